"""Cases that have to be read again: medicine changes, and a day is set when a case is read. Pure.

A reading that is noted for a day to come has not been done.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from quizbot.casebook import Finding, LoadedCase, Problem, error, warning
from quizbot.core.case import Case, Review

SOON = timedelta(days=60)
"""A reading that is due within this time is announced."""
_UNKNOWN = "has an error, so nobody can tell whether it is due; `quizbot check` names it"
_FIRST_ZONE = timedelta(hours=14)  # where each day begins first (Kiribati): the second reader may sit anywhere


@dataclass(frozen=True, slots=True)
class Reading:
    """When a case has to be read again. ``due``: that day has come; ``soon``: it is near."""

    by: date
    due: bool
    soon: bool


def is_due(reviewed: Review | None, today: date) -> bool:
    """Whether the day has come by which a case was to be read again."""
    return reviewed is not None and reviewed.again_by is not None and reviewed.again_by <= today


def reading_of(case: Case | None, today: date) -> Reading | None:
    """When a case has to be read again; None if it does not say."""
    reviewed = case.reviewed if case else None
    if reviewed is None or reviewed.again_by is None:
        return None
    by = reviewed.again_by
    return Reading(by, due=is_due(reviewed, today), soon=today < by <= today + SOON)


def due_findings(cases: Iterable[LoadedCase], today: date) -> Iterator[Finding]:
    """A warning for each case that has to be read again by now or soon, by day; then for those without a day."""
    for loaded in sorted(cases, key=lambda one: _day(one.case)):
        problem = _due(loaded.case, today) if loaded.case is not None else warning(_UNKNOWN)
        if problem is not None:
            yield loaded.locate(problem)


def count_due(findings: Iterable[Finding]) -> int:
    """How many of some findings are of ``due_findings`` about a case that has to be read."""
    return sum(one.key.startswith("reviewed") for one in findings)


def _day(case: Case | None) -> date:
    """By when a case is to be read again; the last day there is if nobody can tell."""
    by = case.reviewed.again_by if case is not None and case.reviewed is not None else None
    return by or date.max


def early_findings(cases: Iterable[LoadedCase], now: datetime) -> Iterator[Finding]:
    """An error for each case that is said to have been read on a day that has begun nowhere yet."""
    today = (now.astimezone(UTC) + _FIRST_ZONE).date()
    for loaded in cases:
        reviewed = loaded.case.reviewed if loaded.case is not None else None
        if reviewed is not None and reviewed.on > today:
            message = f"{reviewed.on} is still to come; write the day on which it was read, once it was"
            yield loaded.locate(error(message, "reviewed", "on"))


def _due(case: Case, today: date) -> Problem | None:
    if case.reviewed is None:
        return warning("nobody has read it a second time; let somebody do it and note it here", "reviewed")
    reading = reading_of(case, today)
    if reading is None:
        return warning("has no again_by, so nobody will be told to read it again; set a day", "reviewed")
    key = ("reviewed", "again_by")
    if reading.due:
        return warning(f"was to be read again by {reading.by}; read it, then set on and again_by anew", *key)
    return warning(f"is to be read again by {reading.by}", *key) if reading.soon else None
