"""Gathering replies: every mention is read, those that answer a quiz post directly are kept."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from quizbot.core.optout import is_opt_out
from quizbot.platforms.protocol import Page, PlatformError, Post
from quizbot.rounds.bot import Bot
from quizbot.rounds.forget import remembered
from quizbot.rounds.policy import INDEXING_LAG, OVERLAP, next_reading
from quizbot.store import ReplyRow, Round
from quizbot.store.accounts import account_row, opt_out, opted_out
from quizbot.store.replies import known_ids, newest_reply, seen_again
from quizbot.store.rounds import readable_rounds

RETRY = timedelta(minutes=1)


def collect_due(bot: Bot) -> bool:
    """Read the mentions if it is time; returns whether a reading was completed."""
    now = bot.now()
    with bot.store.read() as session:
        rounds = readable_rounds(session, bot.account, now - bot.policy.read_for)
    account = bot.account_row()
    if not rounds or (account.next_poll_at is not None and now < account.next_poll_at):
        return False
    try:
        count = _read(bot, rounds, account.mentions_since)
    except PlatformError as error:
        _not_read(bot, error, now)
        return False
    _complete(bot, rounds, now)
    if count:
        bot.log.info("replies collected", new=count)
    return True


def _read(bot: Bot, rounds: Sequence[Round], since: str | None) -> int:
    posts = {row.quiz_post_id: row for row in rounds if row.quiz_post_id}
    start = since or str(min(int(post_id) for post_id in posts))
    count = sum(keep(bot, posts, page) for page in bot.platform.mentions(start))
    for row in rounds if bot.policy.sweep else ():
        if _sweep_is_due(row, bot.now()):
            count += sum(keep(bot, posts, page) for page in bot.platform.search_replies(row.quiz_post_id or ""))
            _swept(bot, row)
    return count


def _sweep_is_due(row: Round, now: datetime) -> bool:
    return row.swept_at is None and row.closes_at is not None and now >= row.closes_at + INDEXING_LAG


def _swept(bot: Bot, row: Round) -> None:
    with bot.store.write() as session:
        session.get_one(Round, row.id).swept_at = bot.now()


def keep(bot: Bot, rounds: dict[str, Round], page: Page) -> int:
    """Store what is new on a page, all of it or nothing."""
    now = bot.now()
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


def _complete(bot: Bot, rounds: Sequence[Round], started: datetime) -> None:
    """Only a complete reading moves the point that the next one goes back to."""
    with bot.store.write() as session:
        account = account_row(session, bot.account, started)
        newest = newest_reply(session, bot.account)
        if newest is not None:
            settled = newest_reply(session, bot.account, before=newest.posted_at - OVERLAP)
            account.mentions_since = settled.post_id if settled else account.mentions_since
        for row in rounds:
            session.get_one(Round, row.id).last_read_at = started
        account.polled_at, account.poll_error = started, None
        account.next_poll_at = min(_next(row, started) for row in rounds)


def _next(row: Round, now: datetime) -> datetime:
    assert row.opened_at is not None and row.closes_at is not None  # noqa: S101, PT018  # readable_rounds gives no other
    final = row.closes_at + INDEXING_LAG
    if row.closes_at <= now < final:
        return final
    return next_reading(now, row.opened_at, row.closes_at)


def _not_read(bot: Bot, error: PlatformError, now: datetime) -> None:
    later = max(now + RETRY, min(error.retry_at or now, now + timedelta(minutes=15)))
    with bot.store.write() as session:
        account = account_row(session, bot.account, now)
        account.next_poll_at, account.poll_error = later, str(error)
    bot.log.warning("replies unreadable", failure=error.kind, error=str(error), again=later.isoformat())
