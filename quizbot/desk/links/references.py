"""The references of cases: findings for ``check --links``, and what the bot asks before it posts one."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from quizbot.casebook import Finding, Level, LoadedCase, Problem
from quizbot.desk.links.judging import judge
from quizbot.desk.links.many import Try, try_all
from quizbot.desk.links.trying import try_address

REMEMBERED = timedelta(hours=1)


def link_findings(cases: Sequence[LoadedCase], try_one: Try | None = None) -> Iterator[Finding]:
    """Try every reference of the cases: an error for each that is dead, a warning for each that a person must open."""
    urls = [reference.url for loaded in cases if loaded.case for reference in loaded.case.references]
    tried = try_all(urls, try_one or try_address)
    for loaded in cases:
        for n, reference in enumerate(loaded.case.references if loaded.case else ()):
            judged = judge(tried[reference.url])
            if judged is not None:
                yield loaded.locate(Problem(("references", n, "url"), judged.level, judged.message))


class DeadLinks:
    """Says whether an address is dead for certain; what was asked within the hour is not asked again.

    An address that cannot be judged counts as living: a publisher that refuses programs must not stop the quiz.
    """

    def __init__(self, now: Callable[[], datetime], try_one: Try = try_address) -> None:
        self._now = now
        self._try = try_one
        self._known: dict[str, tuple[datetime, str | None]] = {}

    def __call__(self, url: str) -> str | None:
        """Why an address must not be posted; None if it may be."""
        now = self._now()
        known = self._known.get(url)
        if known is None or not known[0] <= now < known[0] + REMEMBERED:
            known = (now, self._ask(url))
            self._known[url] = known
        return known[1]

    def _ask(self, url: str) -> str | None:
        judged = judge(try_all([url], self._try)[url])
        return judged.message if judged is not None and judged.level is Level.ERROR else None
