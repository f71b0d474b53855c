"""Gathering replies: every mention is read, about once; those that answer a quiz post directly are kept."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from quizbot.core.optout import is_opt_out
from quizbot.platforms.protocol import Page, PlatformError, Post
from quizbot.rounds.bot import Bot
from quizbot.rounds.forget import remembered
from quizbot.rounds.money import BudgetError
from quizbot.rounds.policy import INDEXING_LAG, SETTLE, next_reading, settling
from quizbot.rounds.reading import (
    LATELY,
    PACE_OVER,
    Tally,
    Window,
    gap_of,
    read_gap,
    read_window,
    unanswered,
    window_for,
)
from quizbot.rounds.waits import patience
from quizbot.store import Conflict, ReplyRow, Round
from quizbot.store.accounts import account_row, opt_out, opted_out
from quizbot.store.leases import give_back, take
from quizbot.store.own import rounds_by_id
from quizbot.store.replies import count_since, first_replies, known_ids, seen_again
from quizbot.store.rounds import locked_round, readable_rounds

TASK = "mentions"
_LEASE = timedelta(minutes=10)
_LONGEST_WAIT = timedelta(hours=4)  # a next reading further off was planned by a clock that has been put back since


def collect_due(bot: Bot) -> bool:
    """Read the mentions if it is time; returns whether a reading was completed."""
    now = bot.now()
    account = bot.account_row()
    if not _is_due(account.next_poll_at, now) and account.poll_error is None:
        return False
    with bot.store.read() as session:
        rounds = readable_rounds(session, bot.account, now - bot.policy.read_for)
    if not rounds:
        _nothing_to_read(bot, account.poll_error)
    if not rounds or not _is_due(account.next_poll_at, now):
        return False
    with bot.store.write() as session:
        if not take(session, bot.account, TASK, bot.owner, now, now + _LEASE):
            return False
    try:
        return _collect(bot, rounds, now)
    finally:
        with bot.store.write() as session:
            give_back(session, bot.account, TASK, bot.owner)


def _nothing_to_read(bot: Bot, error: str | None) -> None:
    """What stood in the way of a reading that is no longer wanted is no trouble any more."""
    if error is not None:
        with bot.store.write() as session:
            account_row(session, bot.account, bot.now(), lock=True).poll_error = None


def _is_due(next_poll_at: datetime | None, now: datetime) -> bool:
    return next_poll_at is None or not now < next_poll_at <= now + _LONGEST_WAIT


def _collect(bot: Bot, rounds: Sequence[Round], now: datetime) -> bool:
    pace = max(bot.pace, _pace(bot, rounds))
    with bot.store.read() as session:
        first = first_replies(session, [row.id for row in rounds])
    window = window_for(bot.account_row().mentions_since, rounds, now, settling(pace), first)
    try:
        tally, missing = _read(bot, rounds, window)
    except (PlatformError, BudgetError) as error:
        _not_read(bot, error, now)
        return False
    except Conflict:
        return False  # another process stored the same replies; the next reading goes over them again
    _complete(bot, rounds, tally, pace, answered=tally.fresh > 0 or not unanswered(rounds, now, first))
    _note_missing(bot, rounds, missing)
    if tally.fresh:
        bot.log.info("replies collected", new=tally.fresh, read=tally.read)
    return True


def _pace(bot: Bot, rounds: Sequence[Round]) -> float:
    """Replies a minute, over the last half hour that was read, or its last five minutes if these had more."""
    ends = [row.last_read_at for row in rounds if row.last_read_at]
    if not ends:
        return 0.0
    with bot.store.read() as session:
        return max(
            count_since(session, bot.account, max(ends) - over) / (over / timedelta(minutes=1))
            for over in (PACE_OVER, LATELY)
        )


def _read(bot: Bot, rounds: Sequence[Round], window: Window) -> tuple[Tally, str | None]:
    """Read the window, what X no longer listed of it, and the sweep where one is due."""
    posts = {row.quiz_post_id: row for row in rounds if row.quiz_post_id}
    tally = Tally(window)

    def keep_page(page: Page) -> None:
        tally.add(page, keep(bot, posts, page))

    read_window(bot, window, keep_page)
    missing = None
    gap = gap_of(window, tally)
    if gap is not None:
        bot.log.warning("more replies than X lists, searching for the rest", after=gap.after, before=gap.before)
        listed = tally.read
        missing = read_gap(bot, posts, gap, keep_page)
        tally.least = gap.per_minute(window.now) if tally.read > listed else 0.0
    for row in rounds if bot.policy.sweep else ():
        if _sweep_is_due(row, bot.now()):
            for page in bot.platform.search_replies(row.quiz_post_id or ""):
                tally.fresh += keep(bot, posts, page)
            _swept(bot, row)
    return tally, missing


def _sweep_is_due(row: Round, now: datetime) -> bool:
    return row.swept_at is None and row.closes_at is not None and now >= row.closes_at + INDEXING_LAG


def _swept(bot: Bot, row: Round) -> None:
    with bot.store.write() as session:
        session.get_one(Round, row.id).swept_at = bot.now()


def keep(bot: Bot, rounds: dict[str, Round], page: Page) -> int:
    """Store what is new on a page, all of it or nothing."""
    now = bot.now()
    if not page.posts:
        return 0
    with bot.store.write() as session:
        posts = remembered(session, bot.account, page.posts, bot.memory)
        known = known_ids(session, bot.account, [post.id for post in posts])
        for post in posts:
            if is_opt_out(post.text) and post.author_id != bot.account:
                opt_out(session, bot.account, post.author_id, now)
        away = opted_out(session, bot.account)
        here = [post for post in posts if post.author_id not in away]
        seen_again(session, bot.account, {post.id: post.text for post in here if post.id in known})
        rows = list(_rows(bot.account, rounds, [post for post in here if post.id not in known], now))
        session.add_all(rows)
    return len(rows)


def _rows(account: str, rounds: dict[str, Round], posts: Iterable[Post], now: datetime) -> Iterable[ReplyRow]:
    for post in posts:
        target = rounds.get(post.reply_to or "")
        if target is None or post.is_repost or post.author_id == account:
            continue
        yield ReplyRow(
            account=account,
            post_id=post.id,
            root_id=post.edits[0] if post.edits else post.id,
            round_id=target.id,
            author_id=post.author_id,
            text=post.text,
            posted_at=post.created_at,
            seen_at=now,
        )


def _complete(bot: Bot, rounds: Sequence[Round], tally: Tally, pace: float, *, answered: bool) -> None:
    """Only a complete reading moves the point that the next one begins at."""
    window = tally.window
    bot.pace = tally.least
    pace = max(pace, tally.least)
    lately = max(pace, _glance(bot, tally, rounds))
    with bot.store.write() as session:
        account = account_row(session, bot.account, window.now, lock=True)
        account.mentions_since = tally.next_start(settling(pace)) or account.mentions_since
        for stored in rounds_by_id(session, bot.account, {row.id for row in rounds}).values():
            # A reading that leaves the newest to settle must not undo what the last one, which did not, has said.
            stored.last_read_at = max(stored.last_read_at or window.end, window.end)
        account.polled_at, account.poll_error = window.now, None
        account.next_poll_at = min(_next(row, window.now, lately, answered=answered) for row in rounds)


def _glance(bot: Bot, tally: Tally, rounds: Sequence[Round]) -> float:
    """The highest pace that was seen lately: until what it was seen in has settled, readings follow it."""
    now = tally.window.now
    found = tally.per_minute(max(row.opened_at for row in rounds if row.opened_at is not None)) if tally.seen else 0.0
    pace, at = bot.glance or (0.0, now)
    if found >= pace or not at <= now < at + SETTLE + LATELY:
        bot.glance = pace, at = found, now
    return pace


def _next(row: Round, now: datetime, pace: float, *, answered: bool) -> datetime:
    assert row.opened_at is not None and row.closes_at is not None  # noqa: S101, PT018  # readable_rounds gives no other
    return next_reading(now, row.opened_at, row.closes_at, pace, answered=answered)


def _note_missing(bot: Bot, rounds: Collection[Round], missing: str | None) -> None:
    """Replies that can no longer be read are said to be missing."""
    if missing is None:
        return
    with bot.store.write() as session:
        for row in rounds:
            locked_round(session, row.id).unread = missing
    bot.log.error("replies lost", reason=missing)


def _not_read(bot: Bot, error: PlatformError | BudgetError, now: datetime) -> None:
    with bot.store.write() as session:
        account = account_row(session, bot.account, now, lock=True)
        told = getattr(error, "retry_at", None) or now
        later = max(now + patience(account.polled_at, now), min(told, now + timedelta(minutes=15)))
        known = account.poll_error == str(error)
        account.next_poll_at, account.poll_error = later, str(error)
    if not known:
        bot.log.warning("replies unreadable", error=str(error), again=later.isoformat())
