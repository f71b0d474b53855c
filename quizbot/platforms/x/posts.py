"""X's post objects, of either dialect, read into ``Post``."""

from datetime import UTC, datetime

from quizbot.platforms.protocol import Post
from quizbot.platforms.x.dialect import in_any_dialect
from quizbot.platforms.x.shapes import JsonObject, ShapeError, identifier, is_id, optional, records, required
from quizbot.platforms.x.text import full_text

# Every post has these, mentions that answer nothing included: one that lacks them tells that the fields' names were
# not understood.
_ALWAYS = ("author_id", "conversation_id", "created_at")
_REFERENCES = in_any_dialect("referenced_", "s")
_EDITS = in_any_dialect("edit_history_", "_ids")
_REPOSTS = frozenset({"retweeted", "reposted", "quoted"})


class MissingFieldError(ShapeError):
    """A post lacks a field that was asked for: the server speaks another dialect."""


def read_post(raw: JsonObject) -> Post:
    """Read one post.

    A post that stands in another post's conversation answers something; if it does not say what, that is an error
    and not "no reply". ``in_reply_to_user_id`` is no such sign: X sets it too on a new post that begins with a
    handle, so that anybody could stop the bot by greeting it.

    Raises:
        MissingFieldError: a field that was asked for is missing.
        ShapeError: another field is missing or has another shape than X documents.
    """
    for key in _ALWAYS:
        if raw.get(key) is None:
            raise MissingFieldError(f"{key} is missing")
    post_id, conversation = identifier(raw, "id"), identifier(raw, "conversation_id")
    edits = _edits(raw, post_id)
    references = _references(raw)
    reply_to = references.get("replied_to")
    is_repost = not _REPOSTS.isdisjoint(references)
    if reply_to is None and not is_repost and conversation not in edits:
        raise MissingFieldError(f"{' or '.join(_REFERENCES)} is missing")
    return Post(
        id=post_id,
        author_id=identifier(raw, "author_id"),
        text=full_text(raw),
        created_at=_instant(required(raw, "created_at", str)),
        conversation_id=conversation,
        reply_to=reply_to,
        edits=edits,
        is_repost=is_repost,
    )


def _references(raw: JsonObject) -> dict[str, str]:
    found = [entry for key in _REFERENCES for entry in records(raw, key)]
    return {required(entry, "type", str): identifier(entry, "id") for entry in found}


def _edits(raw: JsonObject, post_id: str) -> tuple[str, ...]:
    ids = {post_id}
    for key in _EDITS:
        for value in optional(raw, key, list) or []:
            if not isinstance(value, str) or not is_id(value):
                raise ShapeError(f"{key} holds something else than ids")
            ids.add(value)
    return tuple(sorted(ids, key=int))


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
        utc = instant.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ShapeError("created_at is no instant") from None
    if instant.tzinfo is None:
        raise ShapeError("created_at has no time zone")
    return utc
