"""What a failed effect means: for its row, its round and the account."""

from datetime import datetime, timedelta
from enum import StrEnum

from quizbot.platforms.protocol import Failure, PlatformError
from quizbot.rounds.bot import ACCOUNT_WIDE, Bot
from quizbot.rounds.gone import quiz_is_gone
from quizbot.rounds.plan import Action
from quizbot.rounds.reply_refused import replan_as_plain_posts
from quizbot.rounds.waits import retry_at
from quizbot.store import OutboxRow
from quizbot.store.effects import note
from quizbot.store.rounds import outbox_of

CREDIT_PAUSE = timedelta(minutes=30)  # how long to wait before looking whether credit is back
MOST_TRIES = 100  # with the backoff and the readings in between, about a day
_PARENT_TRIES = 8  # with the backoff, some ten minutes
_MEDIA_TRIES = 6
_PROCESSING_TRIES = 3  # of bringing a picture and of asking for it in vain
_CALM = 12  # attempts that count no further: 429 and no network say nothing of the effect
_HARMLESS = frozenset({Failure.RATE_LIMITED, Failure.NOT_SENT})
_OF_THE_PICTURE = frozenset({Failure.PROCESSING, Failure.MEDIA, Failure.NOT_FOUND})
_UNCLEAR = frozenset({Failure.UNAVAILABLE, Failure.NETWORK})


BROUGHT = frozenset({Action.UPLOAD, Action.CAPTION, Action.DESCRIBE})
"""What a post's media consist of: made again when X has forgotten or lost them."""


class Then(StrEnum):
    """What comes next."""

    AGAIN = "again"  # the same, later
    SETTLE = "settle"  # find out whether it took place
    STOP = "stop"  # the account stops posting
    LOOK = "look"  # see whether the quiz post still stands
    PLAIN = "plain"  # no reply, but a post of its own
    ANEW = "anew"  # upload the pictures anew
    HALT = "halt"  # the round waits for the operator


_OF_THE_THREAD = {Failure.REPLY_REFUSED: Then.PLAIN, Failure.NOT_FOUND: Then.LOOK}


def decide(row: OutboxRow, error: PlatformError) -> Then:
    """What follows from a failure. Pure."""
    if row.action == Action.POST and error.ambiguous:
        return Then.SETTLE
    if error.kind in ACCOUNT_WIDE:
        return Then.STOP
    if row.reply_to_seq is not None and error.kind in _OF_THE_THREAD:
        return _OF_THE_THREAD[error.kind]
    if error.kind is Failure.MEDIA or _is_lost(row, error):
        return _picture(row, error)
    if error.permanent or (error.kind in _UNCLEAR and row.attempts >= MOST_TRIES):
        return Then.HALT
    return Then.AGAIN


def _is_lost(row: OutboxRow, error: PlatformError) -> bool:
    """Whether a picture that X had taken came to nothing, or is not known there any more: it can be brought anew."""
    return error.kind is Failure.PROCESSING or (row.action == Action.UPLOAD and error.kind is Failure.NOT_FOUND)


def _picture(row: OutboxRow, error: PlatformError) -> Then:
    """A picture may be refused for a moment (it is still being processed) or for having been uploaded too long ago."""
    if _is_lost(row, error):
        return Then.AGAIN if row.attempts < _PROCESSING_TRIES else Then.HALT
    if row.attempts >= _MEDIA_TRIES or (row.action == Action.UPLOAD and row.attempts > 1):
        return Then.HALT
    return Then.AGAIN if row.action == Action.UPLOAD or row.attempts % 3 else Then.ANEW


def failed(bot: Bot, row: OutboxRow, error: PlatformError) -> None:
    """Write down what a failure means, and act on it."""
    row.attempts = min(row.attempts, _CALM) if error.kind in _HARMLESS else row.attempts
    then = decide(row, error)
    values = {"state": "planned", "next_try_at": retry_at(error, bot.now(), row.attempts, f"{bot.owner}{row.id}")}
    if error.kind in _OF_THE_PICTURE and row.action == Action.UPLOAD:
        values |= {"result_id": None, "settled_at": None}  # the next try brings it anew
    if then is Then.SETTLE:
        values = {"state": "unknown", "next_try_at": None}
    with bot.store.write() as session:
        failure = {"failure": str(error.kind), "error": str(error), "attempts": row.attempts}
        note(session, row.id or 0, bot.owner, **failure, **values, absences=0, absent_at=None)
    place = {"round": row.round_id, "action": row.action, "role": row.role}
    bot.log.warning("not sent", **place, failure=error.kind, error=str(error))
    _act(bot, row, error, then)


def _act(bot: Bot, row: OutboxRow, error: PlatformError, then: Then) -> None:
    match then:
        case Then.STOP:
            bot.stop_posting(error, _until(error, bot.now()))
        case Then.PLAIN:
            if not quiz_is_gone(bot, row.round_id):
                replan_as_plain_posts(bot, row.round_id)
        case Then.LOOK:
            # Right after a post was made, X may call it deleted to whoever answers it (seen by other developers).
            if not quiz_is_gone(bot, row.round_id) and row.attempts >= _PARENT_TRIES:
                bot.halt(row.round_id, str(error))
        case Then.ANEW:
            upload_anew(bot, row)
        case Then.HALT:
            bot.halt(row.round_id, str(error))
        case _:
            pass


def _until(error: PlatformError, now: datetime) -> datetime | None:
    return now + CREDIT_PAUSE if error.kind is Failure.NO_CREDIT else None


def upload_anew(bot: Bot, post: OutboxRow) -> None:
    """Plan the uploads of a post once more."""
    with bot.store.write() as session:
        for row in outbox_of(session, post.round_id):
            if (row.role, row.part) == (post.role, post.part) and row.action in BROUGHT:
                row.state, row.result_id, row.settled_at = "planned", None, None
    bot.log.info("uploading anew", round=post.round_id, role=post.role, part=post.part)
