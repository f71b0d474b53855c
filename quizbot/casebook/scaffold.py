"""A new case folder: a commented case.yaml with blanks, which ``quizbot check`` then points at."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from quizbot.casebook.finding import Key, Level, Problem, key_text
from quizbot.casebook.folder import CASE_FILE
from quizbot.casebook.loader import slug_problems, text_problems
from quizbot.casebook.schema import SCHEMA_FILE, keep_schema
from quizbot.core.case import Kind
from quizbot.core.errors import InputError, one_line

_HEAD = """\
# yaml-language-server: $schema=../{schema}
# Fill in the blanks. `quizbot check` names those that are left, `quizbot preview` shows the posts.
# Every key is explained in docs/case-format.md.
# Below ">-" a text begins in the next line, two blanks further in than its key, and needs no quotes. Elsewhere a text
# with a colon, or one that begins with @ # * & ! % or a bracket, needs quotes around it.
kind: {kind}
prompt: >- # {prompt}

"""

_PROMPT = {
    Kind.IMAGE_QUIZ: "posted with the image: age and sex, the story in a line, and what you ask",
    Kind.QUESTION: "the whole question: age and sex, the story in a line, and what you ask",
    Kind.PEARL: "the factoid, as it will be posted",
    Kind.LINK: "what there is to watch, hear or read, and why; the address stands below, under references",
}

_IMAGES = """\
images: # 1 to 4, in the order posted; PNG, JPEG, WebP or TIFF, in this folder
  - file: # such as ecg.png
    alt: >- # describes the image, does not give the answer away

    alt_answer: # the full description, shown after the reveal
    origin: # synthetic, patient or licensed
    photo: false # true for a photograph of a person, or of a part of one
    credit: # who made it
"""

_ANSWER = """\
answer:
  diagnosis: # as it will be posted
  accept: [] # other names of it, full credit: [Wellens sign, LAD T-wave syndrome]
  partial: [] # each {answer: critical LAD stenosis, credit: 0.5, because: That is the cause.}
  reject: [] # each {answer: NSTEMI, because: Troponin is normal while the pattern shows.}
certainty: # probable, almost-certain or certain
proof: # how the diagnosis was proved, such as angiography
pearl: >- # the lesson, posted with the answer

"""

_REFERENCES = """\
references: # {why}
  - title: >-

    url: # such as https://doi.org/10.1016/0002-8703(82)90480-X
    kind: article # or guideline, podcast, video, page
    year:
"""

_NO_REFERENCES = """\
references: [] # the first is posted, if there is one: {title: Its title, url: "https://...", kind: article, year: 1982}
"""

_TAIL = """\
author: # your handle in quotes, such as "@an_educator"
# A second person reads the case, then fills this in and takes the first # away:
# reviewed: {by: "@a_second_educator", on: 2026-10-01, again_by: 2028-10-01}
consent: # synthetic, written-consent, not-identifiable or licence
consent_ref: # where a written consent is kept; never a record number
sensitive: none # or graphic: posted behind X's sensitive-media warning
difficulty: # 1 to 5, your guess
tags: [] # for the archive: [cardiology, ecg]
hashtags: [] # posted, written here without the sign: [FOAMed, ECG]
asks_again: # the id of the case whose diagnosis this one asks again with another image; four weeks after it
post_on: # a date-time with zone to pin it, such as 2026-10-05T12:00+02:00; else the queue decides
"""


FILLED: Mapping[Key, str] = {
    ("prompt",): "prompt: >-",
    ("images", 0, "file"): "  - file:",
    ("images", 0, "alt"): "    alt: >-",
    ("images", 0, "origin"): "    origin:",
    ("answer", "diagnosis"): "  diagnosis:",
    ("answer", "accept"): "  accept: []",
    ("certainty",): "certainty:",
    ("proof",): "proof:",
    ("pearl",): "pearl: >-",
    ("references", 0, "title"): "  - title: >-",
    ("references", 0, "url"): "    url:",
    ("author",): "author:",
    ("consent",): "consent:",
    ("consent_ref",): "consent_ref:",
}
"""The blanks that can be filled in when the case is made, by key: how each one's line begins."""

Given = Mapping[Key, str | tuple[str, ...]]
"""What is known of a new case: texts by key, and ``answer.accept`` as a tuple of them. What is missing stays blank."""

_BREAKS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_WORD = re.compile("[a-z]+(?:[.-][a-z]+)*")
_WIDTH = 100  # characters of a line of text
_PLAIN = frozenset({("certainty",), ("consent",), ("images", 0, "origin"), ("images", 0, "file")})


def case_text(kind: Kind, given: Given | None = None) -> str:
    """The text of a new case.yaml of a kind, with what is known of it filled in."""
    parts = [_HEAD.format(kind=kind, prompt=_PROMPT[kind], schema=SCHEMA_FILE)]
    if kind is Kind.IMAGE_QUIZ:
        parts.append(_IMAGES)
    if kind.is_quiz:
        parts.append(_ANSWER)
    why = "where it leads" if kind is Kind.LINK else "at least one; the first is posted with the answer"
    with_reference = kind is not Kind.PEARL or ("references", 0, "url") in (given or {})
    parts.append(_REFERENCES.format(why=why) if with_reference else _NO_REFERENCES)
    blank = "".join([*parts, _TAIL])
    return "\n".join(_filled(blank.split("\n"), given or {}))


def _filled(lines: list[str], given: Given) -> Iterator[str]:
    starts = {FILLED[key]: (key, value) for key, value in given.items() if value}
    skip = False
    for line in lines:
        start, _, comment = line.partition(" #")
        if skip and not line:
            skip = False
            continue
        if start not in starts:
            yield line
            continue
        skip = start.endswith(">-")
        yield from _answered(start, comment, *starts[start])


def _answered(start: str, comment: str, key: Key, value: str | tuple[str, ...]) -> Iterator[str]:
    """A blank's line with its value; the hint behind it is no longer needed where it spoke of the blank alone."""
    if isinstance(value, tuple):
        yield f"{start.removesuffix('[]')}[{', '.join(map(_quoted, value))}]"
    elif not start.endswith(">-"):
        yield f"{start} {value if key in _PLAIN and _WORD.fullmatch(value) else _quoted(value)}"
    else:
        yield from _block(start, comment, value)


def _block(start: str, comment: str, value: str) -> Iterator[str]:
    """A text below its key; in quotes if folding would change it."""
    lines = textwrap.wrap(value, _WIDTH, break_long_words=False, break_on_hyphens=False)
    if " ".join(lines) != value or not value.isprintable():
        yield f"{start.removesuffix(' >-')} {_quoted(value)}"
        return
    indent = " " * (len(start) - len(start.lstrip(" -")) + 2)
    yield f"{start} #{comment}" if comment else start
    yield from (indent + line for line in lines)


def _quoted(value: str) -> str:
    """A text in double quotes: what JSON writes, YAML reads as the same text, line breaks escaped."""
    return _BREAKS.sub(lambda odd: f"\\u{ord(odd[0]):04x}", json.dumps(value, ensure_ascii=False))


# Sound values for the blanks, so that every rule can be asked of a value before the others are there.
_STAND_INS: Given = {
    ("prompt",): "?",
    ("images", 0, "file"): "image.png",
    ("images", 0, "alt"): "?",
    ("images", 0, "origin"): "synthetic",
    ("answer", "diagnosis"): "0",
    ("certainty",): "certain",
    ("pearl",): "?",
    ("references", 0, "title"): "?",
    ("references", 0, "url"): "https://example.org/",
    ("author",): "@a",
    ("consent",): "not-identifiable",
    ("consent_ref",): "?",
}


def refusals_of(kind: Kind, given: Given, key: Key) -> list[Problem]:
    """The errors that ``check`` would find because of the value given for a key, by itself or beside the others."""
    before = _errors(kind, {name: value for name, value in given.items() if name != key})
    return [problem for problem in _errors(kind, given) if problem not in before]


def _errors(kind: Kind, given: Given) -> list[Problem]:
    whole = {**_STAND_INS, **{key: value for key, value in given.items() if value}}
    return [problem for problem in text_problems(case_text(kind, whole)) if problem.level is Level.ERROR]


def new_case(cases: Path, slug: str, kind: Kind, given: Given | None = None) -> Path:
    """Make a case folder with its case.yaml, and keep the schema that editors check it by; returns the folder.

    Raises:
        InputError: the slug is no id, the folder exists, a value is refused, or it cannot be written.
    """
    for problem in slug_problems(slug):
        raise InputError(slug, problem.message)
    for problem in _errors(kind, given or {}):
        raise InputError(key_text(problem.key), one_line(problem.message), "nothing was made")
    folder = cases / slug
    try:
        cases.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        with (folder / CASE_FILE).open("x", encoding="utf-8", newline="\n") as file:
            file.write(case_text(kind, given))
        keep_schema(cases / SCHEMA_FILE)
    except FileExistsError:
        raise InputError(str(folder), "exists already", "choose another name, or edit what is there") from None
    except OSError as problem:
        raise InputError(str(folder), f"cannot be written ({problem.strerror})", "check the folder above it") from None
    return folder
