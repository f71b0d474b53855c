"""Cases that have to be read again: medicine changes, and a day is set when a case is read. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from quizbot.casebook import Finding, LoadedCase, Problem, warning
from quizbot.core.case import Case

SOON = timedelta(days=60)


def due_findings(cases: Iterable[LoadedCase], today: date) -> Iterator[Finding]:
    """A warning for each case that has to be read again by now or soon, and for each that nobody set a day for."""
    for loaded in cases:
        problem = _due(loaded.case, today) if loaded.case is not None else None
        if problem is not None:
            yield loaded.locate(problem)


def _due(case: Case, today: date) -> Problem | None:
    if case.reviewed is None:
        return warning("nobody has read it a second time; let somebody do it and note it here", "reviewed")
    by = case.reviewed.again_by
    if by is None:
        return warning("has no again_by, so nobody will be told to read it again; set a day", "reviewed")
    key = ("reviewed", "again_by")
    if by <= today:
        return warning(f"was to be read again by {by}; read it, then set on and again_by anew", *key)
    return warning(f"is to be read again by {by}", *key) if by - today <= SOON else None
