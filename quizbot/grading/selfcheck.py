"""What the grader can tell of a case before it is posted: answers that grade wrongly, collide, or are given away."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from quizbot.core.case import Case
from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.grading.compiling import compile_key
from quizbot.grading.judging import grade, mentioned
from quizbot.grading.key import Key, Listed, Worth

Level = Literal["error", "warning"]
_EXPECTED = {
    Worth.FULL: VerdictKind.CORRECT,
    Worth.PARTIAL: VerdictKind.PARTIAL,
    Worth.REJECT: VerdictKind.INCORRECT,
}


class Notice(NamedTuple):
    """Something found: the key in case.yaml, how bad, and what it is, for a person."""

    key: str
    level: Level
    message: str


def check_key(case: Case) -> list[Notice]:
    """All findings about a case's answers and the texts posted with it; none for a pearl or a link."""
    if case.answer is None:
        return []
    key = compile_key(case)
    addressed = list(zip(_addresses(case), key.listed, strict=True))
    return [*_collisions(addressed), *_same_diagnoses(key, addressed), *_wrong(key, addressed), *_leaks(key, case)]


def _addresses(case: Case) -> Iterator[str]:
    answer = case.answer
    if answer is None:
        return
    yield "answer.diagnosis"
    yield from (f"answer.accept[{i}]" for i in range(len(answer.accept)))
    yield from (f"answer.partial[{i}].answer" for i in range(len(answer.partial)))
    yield from (f"answer.reject[{i}].answer" for i in range(len(answer.reject)))


def _collisions(addressed: list[tuple[str, Listed]]) -> Iterator[Notice]:
    seen: dict[frozenset[str], tuple[str, Listed]] = {}
    for address, item in addressed:
        before = seen.setdefault(item.atoms, (address, item))
        if before[1].worth is not item.worth or before[1].credit != item.credit:
            yield Notice(address, "error", f'"{item.text}" is the same answer as {before[0]}, "{before[1].text}"')


def _same_diagnoses(key: Key, addressed: list[tuple[str, Listed]]) -> Iterator[Notice]:
    """Answers that are another name of a full one: whoever uses the one is wronged by what the other is given."""
    full: dict[str, tuple[str, Listed]] = {}
    for address, item in addressed:
        terms = key.terms.windows.get(item.atoms, ())
        if len(terms) != 1:
            continue  # a short form with several readings
        if item.worth is Worth.FULL:
            full.setdefault(terms[0].name, (address, item))
        elif terms[0].name in full:
            where, right = full[terms[0].name]
            message = f'"{item.text}" is another name for {where}, "{right.text}" ({terms[0].name})'
            level: Level = "error" if item.worth is Worth.REJECT else "warning"
            yield Notice(address, level, f"{message}; take one of them out")


def _wrong(key: Key, addressed: list[tuple[str, Listed]]) -> Iterator[Notice]:
    for address, item in addressed:
        verdict = grade(key, item.text)
        if verdict.kind is not _EXPECTED[item.worth] or verdict.credit != item.credit:
            yield Notice(address, _level(verdict), _says(item, verdict))


def _level(verdict: Verdict) -> Level:
    # An answer that goes to a person costs a minute; one that gets another's credit is unfair to every respondent.
    return "warning" if verdict.kind is VerdictKind.REVIEW else "error"


def _says(item: Listed, verdict: Verdict) -> str:
    got = verdict.kind.value + ("" if verdict.credit is None else f" ({verdict.credit:g})")
    return f'"{item.text}" grades as {got}: {"; ".join(verdict.reasons)}'


def _leaks(key: Key, case: Case) -> Iterator[Notice]:
    for address, text in _posted(case):
        for quote, item in mentioned(key, text):
            if item.worth is Worth.FULL:
                yield Notice(address, "error", f'"{quote}" gives the answer away ("{item.text}"); leave it out')
            elif item.worth is Worth.PARTIAL:
                message = f'"{quote}" is worth {item.credit:g} of a point to whoever copies it ("{item.text}")'
                yield Notice(address, "warning", f"{message}; leave it out, or take it out of `partial`")


def _posted(case: Case) -> Iterator[tuple[str, str]]:
    yield "prompt", case.prompt
    yield from ((f"images[{i}].alt", image.alt) for i, image in enumerate(case.images))
    yield from ((f"hashtags[{i}]", f"#{tag}") for i, tag in enumerate(case.hashtags))
