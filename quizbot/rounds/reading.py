"""Which mentions to read, so that each is read about once and none is lost unseen.

A reading takes the mentions after a known one up to some minutes ago. The known one is asked for again: X lists the
newest 800 mentions only, and if it does not show that one, some in between may have dropped out. Those are searched
for, at five times the price; where the one was merely deleted the search finds nothing, and costs nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from quizbot.platforms.protocol import Page
from quizbot.rounds.bot import Bot
from quizbot.rounds.money import BudgetError
from quizbot.rounds.policy import INDEXING_LAG, MENTIONS_KEPT
from quizbot.store import Round

PAGE = 100  # posts
PACE_OVER = timedelta(minutes=30)
LATELY = timedelta(minutes=5)
_LEAST = timedelta(seconds=30)  # a pace is not taken from less
_NEW = timedelta(hours=1)
SEARCHABLE = timedelta(days=7) - timedelta(hours=1)
_NEARLY = MENTIONS_KEPT - 10  # deleted ones leave holes in the 800


@dataclass(frozen=True, slots=True)
class Window:
    """The mentions to read.

    Attributes:
        now: when the reading starts.
        after: ids up to this one are left out.
        known: a mention in the window that was read before: if X does not list it, X's list does not reach so far back.
            None where none has been read, or none that has settled.
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

    @property
    def empty(self) -> bool:
        """Whether nothing in it has settled yet."""
        return self.until is not None and self.until <= made_at(self.after)


@dataclass(slots=True)
class Tally:
    """What a reading brought so far. ``least``: posts a minute that there are at least, if X's list was too short."""

    window: Window
    read: int = 0
    fresh: int = 0
    least: float = 0.0
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

    def per_minute(self, opened_at: datetime) -> float:
        """Posts a minute in the last half hour that was read, or in its last five minutes if these had more.

        It says how soon to read again. How long to let posts settle it does not: a first burst is over soon, and what
        was not waited for is lost, while what drops out of X's list is searched for.

        Args:
            opened_at: of the newest round; before that there was little to read.
        """
        dates = [at for _, at in self.seen] or [opened_at]
        # X does not show the newest yet, so a reading that goes up to the present ends with the newest post it shows;
        # and where none was known before, it begins with the oldest.
        end = self.window.until or max(dates)
        start = opened_at if self.window.known else max(opened_at, min(dates))
        return max(self._rate(end, min(over, end - start)) for over in (PACE_OVER, LATELY))

    def _rate(self, end: datetime, over: timedelta) -> float:
        over = max(over, _LEAST)
        return sum(at >= end - over for _, at in self.seen) / (over / timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Gap:
    """Ids between which mentions may be missing, both excluded; ``before`` None: up to the present."""

    after: str
    before: str | None

    def per_minute(self, now: datetime) -> float:
        """The pace at which X's list reaches back to the end of the gap, and no further."""
        if self.before is None:
            return 0.0
        return MENTIONS_KEPT / max((now - made_at(self.before)) / timedelta(minutes=1), 1.0)


def window_for(
    known: str | None, rounds: Sequence[Round], now: datetime, settle: timedelta, first: Mapping[str, str]
) -> Window:
    """What to read now. For a new round without answers, and after a close, it goes up to the present. Pure.

    Args:
        known: the newest mention that had settled when it was read, be it from before these rounds; None if none had.
        rounds: those that are read.
        now: the time.
        settle: how long posts are left to settle.
        first: the oldest reply that was read of each round that has any, by round.

    The first reading also brings what was said since the last one between quizzes (``between``): it may be "stop".
    """
    quiz = min(int(row.quiz_post_id or 0) for row in rounds)
    settled = now - settle
    begun = known is not None and int(known) > quiz
    to_the_present = any(_final_is_due(row, now) for row in rounds) or unanswered(rounds, now, first)
    until = None if to_the_present or not (begun or first) else settled
    if begun and known:
        return Window(now, str(int(known) - 1), known, until, settled)
    oldest = min(first.values(), key=int, default=None)
    witness = oldest if oldest and made_at(oldest) < (until or now) else None
    return Window(now, known or str(quiz), witness, until, settled)


def unanswered(rounds: Sequence[Round], now: datetime, first: Mapping[str, str]) -> bool:
    """Whether a new round has no answer yet, so that nobody knows how quickly they will come. Pure."""
    return any(row.id not in first and is_new(row, now) for row in rounds)


def is_new(row: Round, now: datetime) -> bool:
    """Whether a round was opened within the last hour."""
    return row.opened_at is not None and now - row.opened_at < _NEW


def _final_is_due(row: Round, now: datetime) -> bool:
    if row.closes_at is None:
        return False
    final = row.closes_at + INDEXING_LAG
    return now >= final and (row.last_read_at is None or row.last_read_at < final)


def gap_of(window: Window, tally: Tally) -> Gap | None:
    """Where mentions may have dropped out of X's list. Pure."""
    lost = not tally.saw_known if window.known is not None else tally.read >= _NEARLY
    if not lost or window.empty:
        return None
    end = None if window.until is None else id_at(window.until)
    before = tally.oldest or end
    return Gap(window.after, None if before is None else str(before))


def read_window(bot: Bot, window: Window, keep: Callable[[Page], None]) -> None:
    """Read it page by page, as far as the budget goes.

    Raises:
        BudgetError: it does not reach to the end.
        PlatformError: X could not be read.
    """
    if window.empty:
        return
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
        since = after if made_at(after) > oldest else None
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


def id_at(instant: datetime) -> int:
    """The lowest id that can be given out then."""
    return (round(instant.timestamp() * 1000) - _EPOCH_MS) << 22
