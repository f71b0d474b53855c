"""How people answered a round: an anonymous distribution of diagnoses. Pure.

Nobody's words are shown: only names that the case lists or the grader knows, and only those that enough people gave.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from quizbot.core.case import Case, Partial, Reject
from quizbot.core.verdict import VerdictKind

LEAST_PEOPLE = 3
"""A wrong answer is shown only if so many people gave it, so that it points at nobody."""


@dataclass(frozen=True, slots=True)
class Alike:
    """So many people's attempts were judged alike; the columns of ``quizbot.store.VerdictRow``."""

    kind: str
    matched: str | None
    diagnosis: str | None
    people: int


@dataclass(frozen=True, slots=True)
class Given:
    """A diagnosis that people gave. ``share``: of all attempts; ``because``: the educator's reason, if there is one."""

    name: str
    kind: VerdictKind
    people: int
    share: float
    because: str | None


@dataclass(frozen=True, slots=True)
class Answers:
    """How people answered. ``others``: attempts with an answer that too few gave to be shown; ``waiting``: unruled."""

    people: int
    correct: int
    given: tuple[Given, ...]
    others: int
    waiting: int


def distribution(tallies: Iterable[Alike], case: Case) -> Answers:
    """The distribution of a round's attempts over diagnoses, those most given first, the correct one above all.

    Args:
        tallies: how many people's attempts had which verdict.
        case: the round's case, for the names and reasons it lists.
    """
    counts: dict[tuple[VerdictKind, str | None], int] = defaultdict(int)
    for tally in tallies:
        kind = VerdictKind(tally.kind)
        counts[kind, _name(tally, kind, case)] += tally.people
    people = sum(counts.values())
    waiting = sum(count for (kind, _), count in counts.items() if kind is VerdictKind.REVIEW)
    shown = {key: count for key, count in counts.items() if key[1] is not None and _is_shown(key[0], count)}
    reasons = _reasons(case)
    given = [
        Given(name or "", kind, count, count / people, reasons.get((name or "").casefold()))
        for (kind, name), count in shown.items()
    ]
    given.sort(key=lambda one: (one.kind is not VerdictKind.CORRECT, -one.people, one.name))
    correct = sum(count for (kind, _), count in counts.items() if kind is VerdictKind.CORRECT)
    return Answers(people, correct, tuple(given), people - waiting - sum(shown.values()), waiting)


def _is_shown(kind: VerdictKind, people: int) -> bool:
    return kind is VerdictKind.CORRECT or people >= LEAST_PEOPLE


def _name(tally: Alike, kind: VerdictKind, case: Case) -> str | None:
    """The name an attempt is counted under; None for those that have none or wait for a person."""
    if kind is VerdictKind.CORRECT:
        return case.answer.diagnosis if case.answer else None
    if kind is VerdictKind.REVIEW:
        return None
    return tally.matched or tally.diagnosis


def _reasons(case: Case) -> dict[str, str | None]:
    listed: tuple[Partial | Reject, ...] = (*case.answer.partial, *case.answer.reject) if case.answer else ()
    return {one.answer.casefold(): one.because for one in listed}
