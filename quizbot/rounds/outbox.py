"""Making the effects that were written down: claim, send, settle. A post goes out once, or is reported.

The platform has no idempotency keys. So an end that leaves it open whether a post exists (time-out, cut connection,
5xx, a crash, a refusal as duplicate) makes the row ``unknown``, and an unknown row is settled by reading the bot's own
timeline (``settle.py``). Uploads and alt texts are invisible until a post uses them, and are simply made again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from quizbot.core.errors import QuizbotError
from quizbot.core.media import CleanMedia
from quizbot.platforms.protocol import Draft, Failure, PlatformError
from quizbot.rounds.bot import ACCOUNT_WIDE, Bot
from quizbot.rounds.plan import Action
from quizbot.rounds.reply_refused import replan_as_plain_posts
from quizbot.rounds.settle import settle
from quizbot.rounds.signed import stored
from quizbot.store import OutboxRow, Round, Session
from quizbot.store.rounds import claim, outbox_of, outbox_rows, round_of

LEASE = timedelta(minutes=5)  # longer than any one call may take
MEDIA_LIFE = timedelta(hours=20)  # X keeps an unused media id for about a day
_BACKOFF_FIRST, _BACKOFF_MOST = timedelta(seconds=5), timedelta(minutes=15)
CREDIT_PAUSE = timedelta(minutes=30)  # how long to wait before looking whether credit is back
_PARENT_TRIES = 8  # with the backoff, some twenty minutes
FINAL = ("sent", "refused")


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 5 s, doubled each time, at most 15 min."""
    return min(_BACKOFF_MOST, _BACKOFF_FIRST * (1 << min(attempts, 12)))


def recover(bot: Bot) -> None:
    """After a start: effects that another process was making when it ended are settled, not trusted.

    On SQLite this process is the only one, so every claim of another is dead; elsewhere a claim is dead when its
    lease is over.
    """
    now = bot.now()
    with bot.store.write() as session:
        for row in outbox_rows(session, bot.account, ["sending"]):
            if row.owner != bot.owner and (bot.store.is_sqlite or (row.lease_until or now) <= now):
                row.state = "unknown"


def push(bot: Bot, round_row: Round) -> bool:
    """Make the next effect of a round, if it is due; returns whether anything changed."""
    if round_row.halted or not bot.may_post():
        return False
    with bot.store.read() as session:
        rows = outbox_of(session, round_row.id)
    row = next((r for r in rows if r.state not in FINAL), None)
    if row is None:
        return False
    if row.state == "unknown" or (row.state == "sending" and row.owner == bot.owner):
        # A claim of this process that is still there: the database failed before the end could be written down.
        return settle(bot, row, rows)
    if row.state != "planned":
        return False
    if row.action == Action.POST and _renew_media(bot, rows, row):
        return True
    return _claimed(bot, row) and _send(bot, row, rows)


def resume_round(session: Session, account: str, round_id: str) -> bool:
    """Take up a halted round again: its next effect is tried anew; False if no such round is halted."""
    row = round_of(session, account, round_id)
    if row is None or not row.halted:
        return False
    row.halted = None
    for effect in outbox_of(session, round_id):
        if effect.state == "unknown":
            effect.failure = None  # if the timeline does not show it, it may be sent again
            effect.absences, effect.absent_at = 0, None
        effect.next_try_at = None
    return True


def all_sent(rows: Sequence[OutboxRow]) -> bool:
    """Whether nothing is left to be made."""
    return bool(rows) and all(row.state in FINAL for row in rows)


def _claimed(bot: Bot, row: OutboxRow) -> bool:
    now = bot.now()
    with bot.store.write() as session:
        return claim(session, row.id or 0, bot.owner, now, now + LEASE)


def _send(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> bool:
    try:
        result = _make(bot, row, rows)
    except PlatformError as error:
        _failed(bot, row, error)
        return False
    with bot.store.write() as session:
        stored = session.get_one(OutboxRow, row.id)
        stored.state, stored.result_id, stored.settled_at = "sent", result, bot.now()
        stored.failure = stored.error = None
    bot.log.info("sent", round=row.round_id, action=row.action, role=row.role, part=row.part, id=result)
    return True


def _make(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> str:
    if row.action == Action.UPLOAD:
        return bot.platform.upload(_media(bot, row, rows))
    if row.action == Action.DESCRIBE:
        media_id = _result(rows, row.seq - 1)
        bot.platform.describe(media_id, row.text, graphic=row.graphic)
        return media_id
    return bot.platform.post(draft(row, rows))


def draft(row: OutboxRow, rows: Sequence[OutboxRow]) -> Draft:
    """The post that a row makes, with the ids its earlier rows brought."""
    uploads = [r for r in rows if r.action == Action.UPLOAD and (r.role, r.part) == (row.role, row.part)]
    parent = None if row.reply_to_seq is None else _result(rows, row.reply_to_seq)
    return Draft(row.text, parent, tuple(r.result_id or "" for r in uploads if r.seq < row.seq))


def _result(rows: Sequence[OutboxRow], seq: int) -> str:
    return next(r.result_id or "" for r in rows if r.seq == seq)


def _media(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> CleanMedia:
    """The gate's output as it was stored, if it may still leave."""
    try:
        return stored(bot, row, rows)
    except QuizbotError as error:
        raise PlatformError(Failure.MEDIA, error.where, error.what, error.todo) from error


def _renew_media(bot: Bot, rows: Sequence[OutboxRow], post: OutboxRow) -> bool:
    """Upload again what X will have forgotten by now."""
    oldest = bot.now() - MEDIA_LIFE
    stale = [
        r for r in rows if r.seq < post.seq and r.action != Action.POST and (r.role, r.part) == (post.role, post.part)
    ]
    if not any(r.settled_at is not None and r.settled_at < oldest for r in stale):
        return False
    with bot.store.write() as session:
        for row in stale:
            stored = session.get_one(OutboxRow, row.id)
            stored.state, stored.result_id, stored.settled_at = "planned", None, None
    return True


def _failed(bot: Bot, row: OutboxRow, error: PlatformError) -> None:
    """Write down what a failure means for the row, the round and the account."""
    now = bot.now()
    posting = row.action == Action.POST
    with bot.store.write() as session:
        stored = session.get_one(OutboxRow, row.id)
        stored.failure, stored.error = error.kind, str(error)
        stored.owner = stored.lease_until = None
        if posting and error.ambiguous:
            stored.state, stored.absences, stored.absent_at = "unknown", 0, None
        else:
            stored.state = "planned"
            stored.next_try_at = retry_at(error, now, row.attempts)
    bot.log.warning(
        "not sent", round=row.round_id, action=row.action, role=row.role, failure=error.kind, error=str(error)
    )
    if error.kind in ACCOUNT_WIDE:
        bot.stop_posting(error, now + CREDIT_PAUSE if error.kind is Failure.NO_CREDIT else None)
    elif error.kind is Failure.REPLY_REFUSED and row.role != "plain":
        replan_as_plain_posts(bot, row.round_id)
    elif error.permanent and not _may_be_lag(row, error):
        bot.halt(row.round_id, str(error))


def _may_be_lag(row: OutboxRow, error: PlatformError) -> bool:
    """Right after a post was made, X may call it deleted to whoever answers it (seen by other developers)."""
    return error.kind is Failure.NOT_FOUND and row.reply_to_seq is not None and row.attempts < _PARENT_TRIES


def retry_at(error: PlatformError, now: datetime, attempts: int) -> datetime:
    """When to try again: when the platform says, within a quarter of an hour; else by the backoff."""
    if error.retry_at is not None and now < error.retry_at:
        return min(error.retry_at, now + _BACKOFF_MOST) + timedelta(seconds=1)
    return now + backoff(attempts)
