"""Which mentions to read, so that each is read about once and none is lost unseen.

A reading takes the mentions after a known one up to some minutes ago. The known one is asked for again: X lists the
newest 800 mentions only, and if it does not show that one, some in between may have dropped out. Those are searched
for, at five times the price; where the one was merely deleted the search finds nothing, and costs nothing.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from quizbot.platforms.protocol import Page
from quizbot.rounds.bot import Bot
from quizbot.rounds.money import BudgetError
from quizbot.rounds.policy import INDEXING_LAG, MENTIONS_KEPT
from quizbot.store import Round

PAGE = 100  # posts
SEARCHABLE = timedelta(days=7) - timedelta(hours=1)
_NEARLY = MENTIONS_KEPT - 10  # deleted ones leave holes in the 800


@dataclass(frozen=True, slots=True)
class Window:
    """The mentions to read.

    Attributes:
        now: when the reading starts.
        after: ids up to this one are left out.
        known: the newest mention known, the first one in the window; None where there is none yet.
        until: posts dated from then on are left for the next reading; None: everything is read.
        settled: posts dated before then may be taken as complete.
    """

    now: datetime
    after: str
    known: str | None
    until: datetime | None
    settled: datetime

    @property
    def end(self) -> datetime:
        """Up to when the replies are read."""
        return self.until or self.now


@dataclass(slots=True)
class Tally:
    """What a reading brought so far."""

    window: Window
    read: int = 0
    fresh: int = 0
    seen: list[tuple[int, datetime]] = field(default_factory=list)

    def add(self, page: Page, fresh: int) -> None:
        """Count a page."""
        self.read += len(page.posts)
        self.fresh += fresh
        self.seen += [(int(post.id), post.created_at) for post in page.posts]

    @property
    def oldest(self) -> int | None:
        """The lowest id."""
        return min((number for number, _ in self.seen), default=None)

    @property
    def saw_known(self) -> bool:
        """Whether X still lists the mention that the window begins with."""
        return any(str(number) == self.window.known for number, _ in self.seen)

    def next_start(self, settle: timedelta) -> str | None:
        """The mention that the next reading begins with: the newest that has settled by now, if there is one."""
        settled = max(self.window.settled, self.window.now - settle)
        numbers = [number for number, at in self.seen if at < settled]
        return str(max(numbers)) if numbers else None


@dataclass(frozen=True, slots=True)
class Gap:
    """Ids between which mentions may be missing, both excluded; ``before`` None: up to the present."""

    after: str
    before: str | None


def window_for(known: str | None, rounds: Sequence[Round], now: datetime, settle: timedelta) -> Window:
    """What to read now. The first reading of a round, and the one after its close, go up to the present. Pure.

    The first one also reads what was said since the last reading between quizzes (``between``): it may be "stop".
    """
    first = min(int(row.quiz_post_id or 0) for row in rounds)
    settled = now - settle
    if known is None or int(known) <= first:
        return Window(now, known or str(first), None, None, settled)
    final = any(_final_is_due(row, now) for row in rounds)
    return Window(now, str(int(known) - 1), known, None if final else settled, settled)


def _final_is_due(row: Round, now: datetime) -> bool:
    if row.closes_at is None:
        return False
    final = row.closes_at + INDEXING_LAG
    return now >= final and (row.last_read_at is None or row.last_read_at < final)


def gap_of(window: Window, tally: Tally) -> Gap | None:
    """Where mentions may have dropped out of X's list. Pure."""
    lost = not tally.saw_known if window.known is not None else tally.read >= _NEARLY
    if not lost:
        return None
    return Gap(window.known or window.after, None if tally.oldest is None else str(tally.oldest))


def read_window(bot: Bot, window: Window, keep: Callable[[Page], None]) -> None:
    """Read it page by page, as far as the budget goes.

    Raises:
        BudgetError: it does not reach to the end.
        PlatformError: X could not be read.
    """
    pages = bot.platform.mentions(window.after, window.until)
    require(bot, PAGE * bot.policy.prices.owned_read)
    for page in pages:
        keep(page)
        require(bot, PAGE * bot.policy.prices.owned_read)


def read_gap(bot: Bot, quizzes: Collection[str], gap: Gap, keep: Callable[[Page], None]) -> str | None:
    """Search the conversations for what the list no longer holds; returns what is out of reach, in words."""
    oldest = bot.now() - SEARCHABLE
    reachable = [quiz for quiz in quizzes if made_at(quiz) > oldest or made_at(gap.after) > oldest]
    for quiz in reachable:
        after = max(gap.after, quiz, key=int)
        # X refuses an id from before the last seven days; without one it goes back as far as it can.
        since = str(int(after) - 1) if made_at(after) > oldest else None
        require(bot, PAGE * bot.policy.prices.post_read)
        for page in bot.platform.search_replies(quiz, since, gap.before):
            keep(page)
            require(bot, PAGE * bot.policy.prices.post_read)
    if made_at(gap.after) > oldest:
        return None
    return f"replies from {made_at(gap.after):%Y-%m-%d %H:%M} to {oldest:%Y-%m-%d %H:%M} UTC are out of X's reach"


def require(bot: Bot, cost: float) -> None:
    """Refuse what the budget does not hold.

    Raises:
        BudgetError: what is left is kept for the answers owed.
    """
    if not bot.allows(cost):
        todo = "replies are read again next month, or with more budget"
        raise BudgetError(f"QUIZBOT_BUDGET_MONTH: {bot.purse()}; {todo}")


_EPOCH_MS = 1_288_834_974_657  # 4 November 2010: ids hold the milliseconds since then above 22 bits ("Snowflake")


def made_at(post_id: str) -> datetime:
    """When an id was given out."""
    return datetime.fromtimestamp(((int(post_id) >> 22) + _EPOCH_MS) / 1000, UTC)
