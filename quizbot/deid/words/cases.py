"""The texts of a case that are posted or shown, each with the key it stands under."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from quizbot.core.case import Case, Image, Partial, Reject
from quizbot.deid.finding import Decision, Finding
from quizbot.deid.words.lists import is_abbreviation, is_clinical, is_english
from quizbot.deid.words.marked import LAYER, Marked
from quizbot.deid.words.read import read, read_numbers

_RANDOM_NAME = re.compile(r"(?=.*\d)(?=.*[a-z])[0-9a-f]{16,}|(?=.*\d)[a-z2-7]{16,}")
_SHORT = 4  # letters: "img", "fig", "scan" say nothing
_PARTS = re.compile(r"[A-Za-z]+|\d+")


def case_words(case: Case) -> tuple[tuple[str, Marked], ...]:
    """Every mark in a case's texts, with the key, such as ``images[0].alt``.

    The author's and the reviewer's accounts are public by purpose, references' addresses are checked elsewhere, and
    titles of papers name people and places that are nobody's secret: of these only numbers are looked for.
    """
    marks = [(key, mark) for key, text in _texts(case) for mark in read(text)]
    marks += [(f"references[{at}].title", m) for at, ref in enumerate(case.references) for m in read_numbers(ref.title)]
    marks += [(f"hashtags[{at}]", mark) for at, tag in enumerate(case.hashtags) for mark in _hashtag(tag)]
    return (*marks, *((key, mark) for key, name in _files(case) for mark in file_name(name)))


def _texts(case: Case) -> Iterator[tuple[str, str]]:
    yield "prompt", case.prompt
    for at, image in enumerate(case.images):
        yield from _image(f"images[{at}]", image)
    if case.video:
        yield "video.alt", case.video.alt
        yield from _optional(("video.credit", case.video.credit))
    yield from _answer(case)
    yield from _optional(("proof", case.proof), ("pearl", case.pearl))
    for at, tag in enumerate(case.tags):
        yield f"tags[{at}]", tag


def _image(key: str, image: Image) -> Iterator[tuple[str, str]]:
    yield f"{key}.alt", image.alt
    yield from _optional((f"{key}.alt_answer", image.alt_answer), (f"{key}.credit", image.credit))


def _answer(case: Case) -> Iterator[tuple[str, str]]:
    if case.answer is None:
        return
    yield "answer.diagnosis", case.answer.diagnosis
    for at, name in enumerate(case.answer.accept):
        yield f"answer.accept[{at}]", name
    lists: tuple[tuple[str, Sequence[Partial | Reject]], ...] = (
        ("partial", case.answer.partial),
        ("reject", case.answer.reject),
    )
    for key, others in lists:
        for at, other in enumerate(others):
            yield f"answer.{key}[{at}].answer", other.answer
            yield from _optional((f"answer.{key}[{at}].because", other.because))


def _optional(*texts: tuple[str, str | None]) -> Iterator[tuple[str, str]]:
    yield from ((key, text) for key, text in texts if text)


def _hashtag(tag: str) -> list[Marked]:
    """A hashtag is read with its sign, so that its humps count as words; offsets are those of the tag without it."""
    return [
        Marked(mark.finding, max(0, mark.start - 1), mark.end - 1, mark.suggestion, mark.letter)
        for mark in read(f"#{tag}")
    ]


def _files(case: Case) -> Iterator[tuple[str, str]]:
    for at, image in enumerate(case.images):
        yield f"images[{at}].file", image.file
    if case.video:
        yield from _optional(("video.file", case.video.file), ("video.captions", case.video.captions))


def file_name(name: str) -> tuple[Marked, ...]:
    """What in a file's name is or may be an identifier. A random name, as the gate gives them, is none."""
    stem = PurePath(name).stem
    if _RANDOM_NAME.fullmatch(stem):
        return ()
    spaced = (
        re.sub(r"[_\-.+ ]|(?<=[a-z])(?=[A-Z])", " ", stem)
        if not re.search(r"[a-z][A-Z]", stem)
        else re.sub(r"[_\-.+]", " ", stem)
    )
    marks = [mark for mark in read(stem) if mark.finding.kind != "handle"]  # words joined by _: read one by one below
    marks += [mark for mark in read(spaced) if not _counts(mark)]
    covered = [
        mark for at, mark in enumerate(marks) if not any(o.start < mark.end and mark.start < o.end for o in marks[:at])
    ]
    return (*covered, *_unknown_parts(stem, covered))


def _counts(mark: Marked) -> bool:
    """Up to four figures: cameras number their pictures so."""
    return mark.finding.text.isdigit() and len(mark.finding.text) <= _SHORT


def _unknown_parts(stem: str, marks: list[Marked]) -> list[Marked]:
    """A name has no sentences: any longer word that nobody knows may be somebody's."""
    todo = "give the file a name that says nothing, such as image-1"
    return [
        Marked(Finding(LAYER, "unknown-word", Decision.HOLD, part[0], None, todo), *part.span())
        for part in _PARTS.finditer(stem)
        if _unknown(part[0].lower()) and not any(mark.start < part.end() and part.start() < mark.end for mark in marks)
    ]


def _unknown(part: str) -> bool:
    if part.isdigit():
        return len(part) > _SHORT
    return len(part) > _SHORT and not (is_english(part) or is_clinical(part) or is_abbreviation(part))
