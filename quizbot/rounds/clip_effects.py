"""The effects that bring media: a picture, a clip's pieces, X's processing, a clip's captions.

Each is a row of the outbox, so that a crash loses nothing but its own call. What a row brings is invisible until a post
shows it, so it is simply made again; only the post itself goes out once (``outbox``).
"""

from collections.abc import Sequence
from datetime import timedelta

from quizbot.core.media import CleanMedia
from quizbot.deid import CLIP_MIME
from quizbot.platforms.protocol import Failure, PlatformError
from quizbot.rounds.bot import Bot
from quizbot.rounds.plan import Action
from quizbot.store import OutboxRow
from quizbot.store.effects import note

PICTURE_WITHIN = timedelta(minutes=10)  # a picture takes seconds, if any
PROCESSED_WITHIN = timedelta(hours=1)  # X takes seconds to minutes for a clip of 140 s


class NotYet(Exception):  # noqa: N818  # it is an answer, and reads as one where it is caught
    """The platform is still processing an upload.

    Attributes:
        wait: until it is worth asking again.
        media_id: of a picture that was just brought; from then on it is asked for instead of being brought again.
    """

    def __init__(self, wait: timedelta, media_id: str | None = None) -> None:
        super().__init__()
        self.wait, self.media_id = wait, media_id


def brought(bot: Bot, media: CleanMedia) -> str:
    """Upload a picture or a clip; returns its media id.

    Raises:
        NotYet: it is a picture, and the platform is still processing it.
        PlatformError: it was not taken, or perhaps not.
    """
    if media.mime == CLIP_MIME:
        return bot.platform.upload_clip(media)
    upload = bot.platform.upload(media)
    if upload.wait is not None:
        raise NotYet(upload.wait, upload.id)
    return upload.id


def asked(bot: Bot, row: OutboxRow) -> str:
    """The media id of a picture that was being processed, once it can be posted.

    Raises:
        NotYet: it cannot, yet.
        PlatformError: it never will be, or the platform could not be asked.
    """
    media_id = row.result_id or ""
    wait = bot.platform.waiting(media_id)
    if wait is None:
        return media_id
    if row.settled_at is not None and bot.now() > row.settled_at + PICTURE_WITHIN:
        raise PlatformError(Failure.PROCESSING, "X", "has not processed the picture within ten minutes", "resume later")
    raise NotYet(wait)


def processed(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> str:
    """The clip's media id, once it can be posted.

    Raises:
        NotYet: it cannot, yet.
        PlatformError: it never will be, or the platform could not be asked.
    """
    upload = upload_of(row, rows)
    media_id = upload.result_id or ""
    wait = bot.platform.waiting(media_id)
    if wait is None:
        return media_id
    if upload.settled_at is not None and bot.now() > upload.settled_at + PROCESSED_WITHIN:
        raise PlatformError(Failure.PROCESSING, "X", "has not processed the clip within an hour", "shorten it")
    raise NotYet(wait)


def upload_of(row: OutboxRow, rows: Sequence[OutboxRow]) -> OutboxRow:
    """The upload of the clip that a row is about."""
    return next(r for r in rows if r.action == Action.UPLOAD and (r.role, r.part) == (row.role, row.part))


def put_off(bot: Bot, row: OutboxRow, answer: NotYet) -> None:
    """Ask again later: waiting is no failed attempt."""
    values = {"state": "planned", "next_try_at": bot.now() + answer.wait, "attempts": row.attempts - 1}
    if answer.media_id is not None:
        values |= {"result_id": answer.media_id, "settled_at": bot.now(), "attempts": row.attempts}
    with bot.store.write() as session:
        note(session, row.id or 0, bot.owner, **values, failure=None, error=None)
