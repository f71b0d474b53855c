"""The effects that bring a clip: its pieces, X's processing, its captions.

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

PROCESSED_WITHIN = timedelta(hours=1)  # X takes seconds to minutes for a clip of 140 s


class NotYet(Exception):  # noqa: N818  # it is an answer, and reads as one where it is caught
    """The platform is still processing a clip; ``wait``: until it is worth asking again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


def brought(bot: Bot, media: CleanMedia) -> str:
    """Upload a picture or a clip; returns its media id.

    Raises:
        PlatformError: it was not taken, or perhaps not.
    """
    return bot.platform.upload_clip(media) if media.mime == CLIP_MIME else bot.platform.upload(media)


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


def put_off(bot: Bot, row: OutboxRow, wait: timedelta) -> None:
    """Ask again later: waiting is no failed attempt."""
    with bot.store.write() as session:
        values = {"state": "planned", "next_try_at": bot.now() + wait, "attempts": row.attempts - 1}
        note(session, row.id or 0, bot.owner, **values, failure=None, error=None)
