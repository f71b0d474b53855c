"""The references of cases: findings for ``check --links``, and what the bot asks before it posts one."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from quizbot.casebook import Finding, Level, LoadedCase, Problem, warning
from quizbot.casebook.loaded import finding_about
from quizbot.core.case import Reference
from quizbot.desk.links.judging import judge
from quizbot.desk.links.many import Try, try_all
from quizbot.desk.links.reached import untried
from quizbot.desk.links.trying import try_address

REMEMBERED = timedelta(hours=1)


def link_findings(cases: Sequence[LoadedCase], try_one: Try | None = None) -> Iterator[Finding]:
    """Try every reference of the cases: an error for each that is dead, a warning for each that a person must open.

    Without a connection no reference is called dead, and one warning says that they were not tried.
    """
    ask = try_one or try_address
    tried = try_all([reference.url for loaded in cases for reference in _references(loaded)], ask)
    unknown = untried(tried, ask)
    if unknown:
        yield _no_connection(cases, len(unknown), len(tried))
    for loaded in cases:
        if loaded.case is None:
            yield loaded.locate(warning("its references were not tried, for it has an error; mend that first"))
        for n, reference in enumerate(_references(loaded)):
            judged = judge(tried[reference.url]) if reference.url not in unknown else None
            if judged is not None:
                yield loaded.locate(Problem(("references", n, "url"), judged.level, judged.message))


def _references(loaded: LoadedCase) -> tuple[Reference, ...]:
    return loaded.case.references if loaded.case else ()


def _no_connection(cases: Sequence[LoadedCase], unknown: int, tried: int) -> Finding:
    which = "the references were" if unknown == tried else f"{unknown} of {tried} references were"
    message = f"no connection: {which} not tried; try again when this machine reaches the internet"
    return finding_about(cases[0].path.parent, Level.WARNING, message)


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
        tried = try_all([url], self._try)
        judged = judge(tried[url]) if url not in untried(tried, self._try) else None
        return judged.message if judged is not None and judged.level is Level.ERROR else None
