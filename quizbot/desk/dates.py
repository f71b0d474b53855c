"""Dates that cannot be, or are over: a reference from a year to come, a pinned time that has passed. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from quizbot.casebook import Finding, LoadedCase, Problem, error, warning
from quizbot.core.case import Case
from quizbot.desk.due import early_findings


def date_findings(cases: Iterable[LoadedCase], now: datetime, within: timedelta) -> Iterator[Finding]:
    """What is wrong with the dates of some cases.

    Args:
        cases: the cases.
        now: the time, with its zone.
        within: how long after a pinned time the bot still posts a case (``QUIZBOT_POST_WITHIN``).
    """
    held = list(cases)
    yield from early_findings(held, now)
    for loaded in held:
        if loaded.case is not None:
            yield from map(loaded.locate, (*_years(loaded.case, now.year + 1), *_passed(loaded.case, now - within)))


def _years(case: Case, last: int) -> Iterator[Problem]:
    """Journals print next year's number in autumn; what is later is a slip."""
    for n, reference in enumerate(case.references):
        if reference.year is not None and reference.year > last:
            yield error(f"{reference.year} is still to come; write the year it came out", "references", n, "year")


def _passed(case: Case, earliest: datetime) -> Iterator[Problem]:
    """The bot passes over a case whose pinned time it has missed (``rounds.queue.missed``)."""
    if case.post_on is not None and case.post_on < earliest:
        message = "has passed: a case that is not posted by now will not be; write another time, or take the line out"
        yield warning(f"{case.post_on:%Y-%m-%d %H:%M} {message}", "post_on")
