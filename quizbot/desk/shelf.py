"""What is wrong with each case folder, found out again only where it changed."""

from threading import Lock

from quizbot.casebook import Finding, LoadedCase
from quizbot.deid.standing import Consent
from quizbot.desk.check import check_case


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
