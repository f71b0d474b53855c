"""The case folders as their educators see them: what is wrong with each, how far it has come, when it is read again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock

from quizbot.casebook import Finding, Level, LoadedCase
from quizbot.deid.standing import Consent
from quizbot.desk.check import check_case

SOON = timedelta(days=30)
"""A reading that is due within this time is announced."""


@dataclass(frozen=True, slots=True)
class Reading:
    """When a case has to be read again. ``due``: that day has come; ``soon``: it is near."""

    by: date
    due: bool
    soon: bool


def reading_of(loaded: LoadedCase, today: date) -> Reading | None:
    """When a case has to be read again; None if it does not say. Pure."""
    reviewed = loaded.case.reviewed if loaded.case else None
    if reviewed is None or reviewed.again_by is None:
        return None
    by = reviewed.again_by
    return Reading(by, due=by <= today, soon=today < by <= today + SOON)


class Checked:
    """Checks a case again only when its content changed; the checks decode pictures and run the grader.

    Args:
        require_consent: the ground that pictures of patients need.
    """

    def __init__(self, require_consent: Consent) -> None:
        self._require_consent = require_consent
        self._known: dict[str, tuple[str, tuple[Finding, ...]]] = {}
        self._lock = Lock()

    def __call__(self, loaded: LoadedCase) -> tuple[Finding, ...]:
        """Every finding of a case."""
        with self._lock:
            known = self._known.get(loaded.slug)
        if known is None or known[0] != loaded.digest:
            known = (loaded.digest, check_case(loaded, self._require_consent))
            with self._lock:
                self._known[loaded.slug] = known
        return known[1]


def count(findings: Iterable[Finding], level: Level) -> int:
    """How many findings are of a level."""
    return sum(finding.level is level for finding in findings)


Check = Callable[[LoadedCase], tuple[Finding, ...]]
"""Gives every finding of a case."""
