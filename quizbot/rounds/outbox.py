"""Making the effects that were written down: claim, send, settle. A post goes out once, or is reported.

The platform has no idempotency keys. So an end that leaves it open whether a post exists (time-out, cut connection,
5xx, a crash, a refusal as duplicate) makes the row ``unknown``, and an unknown row is settled by reading the bot's own
timeline (``settle.py``). Uploads and alt texts are invisible until a post uses them, and are simply made again; so are
deletions, for what is deleted stays so.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from quizbot.core.errors import QuizbotError
from quizbot.core.media import CleanMedia
from quizbot.platforms.protocol import Draft, Failure, PlatformError
from quizbot.rounds.bot import Bot
from quizbot.rounds.failed import failed, upload_anew
from quizbot.rounds.money import effect_cost
from quizbot.rounds.plan import Action
from quizbot.rounds.settle import LEASE, settle
from quizbot.rounds.signed import stored
from quizbot.rounds.states import State
from quizbot.store import OutboxRow, Round, Session, leases
from quizbot.store.effects import bury, bury_all, note, note_sent
from quizbot.store.rounds import claim, outbox_of, round_of

PROCESSING_MOST = timedelta(minutes=30)  # seconds to minutes for a clip of 140 s; after that it is uploaded anew
MEDIA_LIFE = timedelta(hours=20)  # X keeps an unused media id for about a day
FINAL = ("sent", "refused")
_EFFECTS_MOST = 100  # more than a round has


def recover(bot: Bot) -> None:
    """After a start: on SQLite this process is the only one, so every claim and lease of another is dead.

    Elsewhere a claim is dead when its lease is over; ``push`` sees to that all the time.
    """
    if bot.store.is_sqlite:
        with bot.store.write() as session:
            bury_all(session, bot.account)
            leases.bury_all(session, bot.account)


def as_far_as_it_goes(step: Callable[[], bool]) -> bool:
    """Take a round's next step until there is none that can be taken now; returns whether any was taken."""
    for taken in range(_EFFECTS_MOST):
        if not step():
            return taken > 0
    return True


def push(bot: Bot, round_row: Round) -> bool:
    """Make the next effect of a round, if it is due; returns whether anything changed."""
    with bot.store.read() as session:
        now_row = round_of(session, bot.account, round_row.id)
        rows = outbox_of(session, round_row.id)
    row = _next(rows)
    if row is None or now_row is None or now_row.halted:
        return False
    if row.state == "sending":
        return _bury(bot, row)
    if _missed_its_time(bot, now_row, rows):
        return True
    return settle(bot, row, rows) if row.state == "unknown" else _make_next(bot, row, rows)


def _next(rows: Sequence[OutboxRow]) -> OutboxRow | None:
    """The first effect that is not made yet; a deletion waits for nothing."""
    unmade = [row for row in rows if row.state not in FINAL]
    return min(unmade, key=lambda row: (row.action != Action.DELETE, row.seq), default=None)


def _make_next(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> bool:
    if not _may_go(bot, row):
        return False
    if row.action == Action.POST and _renew_media(bot, rows, row):
        return True
    return _claimed(bot, row) and _send(bot, row, rows)


def resume_round(session: Session, account: str, round_id: str, now: datetime) -> bool:
    """Take up a halted round again: its next effect is tried anew; False if no such round is halted."""
    row = round_of(session, account, round_id)
    if row is None or not row.halted:
        return False
    row.halted = None
    if row.state == State.POSTING:
        row.created_at = now  # its time begins anew; and no other case is started right after it
    for effect in outbox_of(session, round_id):
        if effect.state == "unknown":
            effect.failure = None  # if the timeline does not show it, it may be sent again
            effect.absences, effect.absent_at = 0, None
        if effect.state not in FINAL:
            effect.next_try_at, effect.attempts = None, 0
    return True


def all_sent(rows: Sequence[OutboxRow]) -> bool:
    """Whether nothing is left to be made."""
    return bool(rows) and all(row.state in FINAL for row in rows)


def _bury(bot: Bot, row: OutboxRow) -> bool:
    """Whether a claim turned out to be dead.

    A claim of this process itself that is still there is: the database failed before its end could be written down.
    """
    with bot.store.write() as session:
        return bury(session, row.id or 0, bot.owner, bot.now(), LEASE)


def _missed_its_time(bot: Bot, row: Round, rows: Sequence[OutboxRow]) -> bool:
    """A case that could not be posted for so long that its time of the calendar is over waits for the operator.

    Otherwise all that could not go out while X was away would go out together when it is back.
    """
    if row.state != State.POSTING or bot.now() <= row.created_at + bot.policy.post_within:
        return False
    posts = [r for r in rows if r.action == Action.POST]
    if any(r.state == "sent" for r in posts):
        return False
    last = next((r.error for r in posts if r.error), None) or "posting was stopped"
    bot.halt(row.id, f"its time is over by more than QUIZBOT_POST_WITHIN, and it is not known to be out ({last})")
    return True


def _may_go(bot: Bot, row: OutboxRow) -> bool:
    """What takes a post back goes at any time; all else neither while stopped nor beyond the budget."""
    if row.action == Action.DELETE:
        return True
    if not bot.may_post():
        return False
    return bot.policy.budget is None or bot.purse().covers(effect_cost(row, bot.policy.prices))


def _claimed(bot: Bot, row: OutboxRow) -> bool:
    now = bot.now()
    with bot.store.write() as session:
        return claim(session, row.id or 0, bot.owner, now, now + LEASE)


def _send(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> bool:
    row.attempts += 1  # as the claim has written down
    try:
        result = _upload(bot, row, rows) if row.action == Action.UPLOAD else _make(bot, row, rows)
    except PlatformError as error:
        failed(bot, row, error)
        return False
    if result is None:
        return False
    with bot.store.write() as session:
        kept = note_sent(session, row.id or 0, bot.owner, result, bot.now())
    place = {"round": row.round_id, "action": row.action, "role": row.role, "part": row.part, "id": result}
    bot.log.info("sent" if kept else "sent, while another process took it up", **place)
    bot.go_on_posting()
    return True


def _make(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> str:
    match row.action:
        case Action.CAPTION:
            return bot.platform.caption(_described(row, rows).result_id or "", _media(bot, row, rows))
        case Action.DESCRIBE:
            media_id = _described(row, rows).result_id or ""
            bot.platform.describe(media_id, row.text, graphic=row.graphic)
            return media_id
        case Action.DELETE:
            bot.platform.delete(row.target_id or "")
            return row.target_id or ""
        case _:
            return bot.platform.post(draft(row, rows))


def _upload(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> str | None:
    """Bring a picture or clip, or ask for one that was brought; its id, or None as long as it is being processed.

    The id is written down at once: the next try asks for it instead of bringing all of it again.
    """
    platform, now = bot.platform, bot.now()
    known = None if row.result_id is None else platform.processed(row.result_id)
    found = known or platform.upload(_media(bot, row, rows))
    if not found.wait:
        return found.id
    since = now if known is None or row.settled_at is None else row.settled_at
    if now >= since + PROCESSING_MOST:
        raise PlatformError(
            Failure.PROCESSING, "X", "has not processed the picture or clip in time", "see on X whether it works"
        )
    later = {"next_try_at": now + timedelta(seconds=found.wait), "attempts": row.attempts - (known is not None)}
    with bot.store.write() as session:
        note(session, row.id or 0, bot.owner, state="planned", result_id=found.id, settled_at=since, **later)
    return None


def draft(row: OutboxRow, rows: Sequence[OutboxRow]) -> Draft:
    """The post that a row makes, with the ids its earlier rows brought."""
    uploads = [r for r in rows if r.action == Action.UPLOAD and (r.role, r.part) == (row.role, row.part)]
    parent = None if row.reply_to_seq is None else _result(rows, row.reply_to_seq)
    return Draft(row.text, parent, tuple(r.result_id or "" for r in uploads if r.seq < row.seq))


def _described(row: OutboxRow, rows: Sequence[OutboxRow]) -> OutboxRow:
    """The last upload before an alt text or captions: their own."""
    return [r for r in rows if r.action == Action.UPLOAD and r.seq < row.seq][-1]


def _result(rows: Sequence[OutboxRow], seq: int) -> str:
    return next(r.result_id or "" for r in rows if r.seq == seq)


def _media(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> CleanMedia:
    """The gate's output as it was stored, if it may still leave."""
    try:
        return stored(bot, row, rows)
    except QuizbotError as error:
        raise PlatformError(Failure.REFUSED, error.where, error.what, error.todo) from error


def _renew_media(bot: Bot, rows: Sequence[OutboxRow], post: OutboxRow) -> bool:
    """Upload again what X will have forgotten by now."""
    oldest = bot.now() - MEDIA_LIFE
    own = [r for r in rows if (r.role, r.part) == (post.role, post.part) and r.action == Action.UPLOAD]
    if not any(r.settled_at is not None and r.settled_at < oldest for r in own):
        return False
    upload_anew(bot, post)
    return True
