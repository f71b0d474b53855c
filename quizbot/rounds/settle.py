"""Settling what is unknown by reading the bot's own timeline."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from quizbot.platforms.protocol import Failure, PlatformError, Post
from quizbot.rounds.bot import Bot
from quizbot.rounds.plan import Action
from quizbot.store import OutboxRow
from quizbot.store.rounds import outbox_rows

# X shows a post on its author's timeline with a delay: absent means not seen in two readings this far apart.
APART = timedelta(minutes=2)
READINGS = 2
CLOCK_SKEW = timedelta(minutes=5)  # the most by which X's clock and ours may differ


def settle(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> bool:
    """Find out whether an unknown effect took place; returns whether that is known now."""
    if row.action != Action.POST:
        _again(bot, row)
        return True
    now = bot.now()
    since = row.absent_at or row.lease_until
    if (row.next_try_at and now < row.next_try_at) or (row.absent_at and since and now < since + APART):
        return False
    try:
        found = _find(bot, row, rows)
    except PlatformError as error:
        with bot.store.write() as session:
            stored = session.get_one(OutboxRow, row.id)
            stored.error, stored.next_try_at = str(error), now + APART
        bot.log.warning("timeline unreadable", round=row.round_id, error=str(error))
        return False
    if found is not None:
        _sent(bot, row, found)
        return True
    return _absent(bot, row, now)


def same_text(sent: str, read: str) -> bool:
    """Whether a text read back is the one that was sent (X normalises and trims)."""
    return _folded(sent) == _folded(read)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _find(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> Post | None:
    tried = row.first_tried_at or bot.now()
    with bot.store.read() as session:
        posts = [r for r in outbox_rows(session, bot.account, ["sent"]) if r.action == Action.POST and r.result_id]
    taken = {r.result_id for r in posts}
    before = [int(r.result_id or 0) for r in posts if r.settled_at and r.settled_at < tried]
    parent = next((r.result_id for r in rows if r.seq == row.reply_to_seq), None)
    for page in bot.platform.own_posts(str(max(before)) if before else None):
        for post in page.posts:
            fits = same_text(row.text, post.text) and post.reply_to == parent and post.id not in taken
            if fits and post.created_at >= tried - CLOCK_SKEW:
                return post
        if page.posts and page.posts[-1].created_at < tried - CLOCK_SKEW:
            return None
    return None


def _sent(bot: Bot, row: OutboxRow, found: Post) -> None:
    with bot.store.write() as session:
        stored = session.get_one(OutboxRow, row.id)
        stored.state, stored.result_id, stored.settled_at = "sent", found.id, found.created_at
        stored.failure = stored.error = None
    bot.log.info("found on the timeline", round=row.round_id, role=row.role, part=row.part, id=found.id)


def _absent(bot: Bot, row: OutboxRow, now: datetime) -> bool:
    certain = row.absences + 1 >= READINGS
    with bot.store.write() as session:
        stored = session.get_one(OutboxRow, row.id)
        stored.absences, stored.absent_at = row.absences + 1, now
    if not certain:
        return False
    if row.failure == Failure.DUPLICATE:
        bot.halt(row.round_id, f"X refuses the {row.role} post as a duplicate, and it is not on the timeline")
    else:
        _again(bot, row)
    return True


def _again(bot: Bot, row: OutboxRow) -> None:
    with bot.store.write() as session:
        stored = session.get_one(OutboxRow, row.id)
        stored.state, stored.owner, stored.lease_until = "planned", None, None
        stored.absences, stored.absent_at, stored.next_try_at = 0, None, None
    bot.log.info("absent, sent again", round=row.round_id, action=row.action, role=row.role)
