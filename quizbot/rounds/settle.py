"""Settling what is unknown by reading the bot's own timeline."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from quizbot.platforms.protocol import Failure, PlatformError, Post
from quizbot.rounds.bot import Bot
from quizbot.rounds.failed import MOST_TRIES
from quizbot.rounds.money import post_kind
from quizbot.rounds.plan import Action
from quizbot.rounds.waits import backoff
from quizbot.store import OutboxRow
from quizbot.store.accounts import bill
from quizbot.store.effects import claim_unknown, note, note_sent
from quizbot.store.rounds import outbox_rows

# X shows a post on its author's timeline with a delay: absent means not seen in two readings this far apart.
APART = timedelta(minutes=2)
READINGS = 2
READINGS_OF_DUPLICATE = 10  # X has said that the text stands: the timeline is given twenty minutes to show it
CLOCK_SKEW = timedelta(minutes=5)  # the most by which X's clock and ours may differ
LEASE = timedelta(minutes=5)  # longer than any one call may take


def settle(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> bool:
    """Find out whether an unknown effect took place; returns whether that is known now."""
    now = bot.now()
    if not _is_due(row, now) or not _claimed(bot, row, now):
        return False
    if row.action != Action.POST:
        _again(bot, row, now)
        return True
    try:
        found = _find(bot, row, rows)
    except PlatformError as error:
        with bot.store.write() as session:
            note(session, row.id or 0, bot.owner, error=str(error), next_try_at=now + APART)
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


def _is_due(row: OutboxRow, now: datetime) -> bool:
    """Two readings are two minutes apart; waits that lie in a future which was put off again are none."""
    waits_until = [row.next_try_at, row.absent_at and row.absent_at + APART]
    return not any(at is not None and now < at <= now + APART for at in waits_until)


def _claimed(bot: Bot, row: OutboxRow, now: datetime) -> bool:
    with bot.store.write() as session:
        return claim_unknown(session, row.id or 0, bot.owner, now, LEASE)


def _find(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> Post | None:
    tried = row.first_tried_at or bot.now()
    with bot.store.read() as session:
        posts = [r for r in outbox_rows(session, bot.account, ["sent"]) if r.action == Action.POST and r.result_id]
    taken = {r.result_id for r in posts}
    before = [int(r.result_id or 0) for r in posts if r.settled_at and r.settled_at < tried - CLOCK_SKEW]
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
        if note_sent(session, row.id or 0, bot.owner, found.id, found.created_at):
            bill(session, bot.account, found.created_at.date(), post_kind(row.text), 1)  # its answer was not seen
    bot.log.info("found on the timeline", round=row.round_id, role=row.role, part=row.part, id=found.id)
    bot.go_on_posting()


def _absent(bot: Bot, row: OutboxRow, now: datetime) -> bool:
    if row.absences + 1 < (READINGS_OF_DUPLICATE if row.failure == Failure.DUPLICATE else READINGS):
        with bot.store.write() as session:
            note(session, row.id or 0, bot.owner, absences=row.absences + 1, absent_at=now)
        return False
    reason = _hopeless(row)
    if reason is None:
        _again(bot, row, now)
        return True
    with bot.store.write() as session:
        note(session, row.id or 0, bot.owner, absences=row.absences + 1, absent_at=now)
    bot.halt(row.round_id, reason)
    return True


def _hopeless(row: OutboxRow) -> str | None:
    """Why sending once more would not help."""
    if row.failure == Failure.DUPLICATE:
        return f"X refuses the {row.role} post as a duplicate, and it is not on the timeline"
    if row.attempts >= MOST_TRIES:
        return f"the {row.role} post was tried {row.attempts} times and is not on the timeline ({row.error})"
    return None


def _again(bot: Bot, row: OutboxRow, now: datetime) -> None:
    wait = backoff(row.attempts, f"{bot.owner}{row.id}") if row.failure else timedelta(0)
    with bot.store.write() as session:
        rest = {"absences": 0, "absent_at": None, "next_try_at": now + wait}
        note(session, row.id or 0, bot.owner, state="planned", **rest)
    bot.log.info("absent, sent again", round=row.round_id, action=row.action, role=row.role)
