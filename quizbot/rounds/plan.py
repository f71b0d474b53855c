"""The outbox rows of a round: every effect, written down in the order it is made. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizbot.core.case import Case
from quizbot.core.compose import Planned
from quizbot.rounds.media import kept_media
from quizbot.store import OutboxRow


class Action(StrEnum):
    """What an outbox row does on the platform."""

    UPLOAD = "upload"  # of a picture, or of a clip
    CAPTION = "caption"  # brings the clip's captions
    DESCRIBE = "describe"
    POST = "post"
    DELETE = "delete"  # of the post in the row's ``target_id``


@dataclass(frozen=True, slots=True)
class Thread:
    """Where new rows go on: the first free number, and the row of the post they answer (None: a new thread)."""

    seq: int = 0
    parent: int | None = None


def plan(
    account: str, round_id: str, case: Case, posts: Sequence[Planned], digests: Sequence[str], thread: Thread
) -> list[OutboxRow]:
    """Rows for some posts of a round: for each its uploads, their alt texts, then the post itself.

    A post answers the one before it; the first one answers ``thread.parent``. ``digests`` are the round's media, in
    the order of ``quizbot.rounds.media``.
    """
    rows: list[OutboxRow] = []
    parent = thread.parent
    for post in posts:

        def row(action: Action, post: Planned = post, **more: Any) -> OutboxRow:  # noqa: ANN401  # columns of the row
            place: dict[str, Any] = {
                "round_id": round_id,
                "seq": thread.seq + len(rows),
                "role": post.role,
                "part": post.part,
            }
            return OutboxRow(account=account, action=action, **place, **more)

        graphic = case.sensitive == "graphic"
        for image, digest in zip(case.images, digests, strict=True) if post.images else ():
            rows.append(row(Action.UPLOAD, media_digest=digest))
            rows.append(row(Action.DESCRIBE, media_digest=digest, text=image.alt, graphic=graphic))
        if post.video:
            kept = kept_media(case, digests)
            rows.append(row(Action.UPLOAD, media_digest=kept.clip))
            if kept.captions:
                rows.append(row(Action.CAPTION, media_digest=kept.captions))
            if graphic:  # X takes alt texts of pictures only; a clip's stands on the page
                rows.append(row(Action.DESCRIBE, media_digest=kept.clip, graphic=True))
        rows.append(row(Action.POST, text=post.text, reply_to_seq=parent))
        parent = rows[-1].seq
    return rows
