"""Keys, posts and pictures that the tests of the X client use."""

import io
from typing import Any

from PIL import Image

from quizbot.core.media import CleanMedia
from quizbot.platforms.x import Dialect, XKeys

BOT = "2244994945"
KEYS = XKeys("consumerKEY123", "consumerSECRET456", f"{BOT}-accessTOKEN789", "tokenSECRET012")
SECRETS = (KEYS.consumer_key, KEYS.consumer_secret, KEYS.access_token, KEYS.access_token_secret, "oauth_signature")


def raw_post(post_id: str = "1001", *, dialect: Dialect = Dialect.POST, **changes: object) -> dict[str, Any]:
    """A reply to post 1000, as X hands it out; a change to None takes the key away."""
    post: dict[str, Any] = {
        "id": post_id,
        "text": "@quizbot Wellens",
        "author_id": "77",
        "conversation_id": "1000",
        "created_at": "2026-08-03T12:30:00.000Z",
        "in_reply_to_user_id": BOT,
        f"edit_history_{dialect}_ids": [post_id],
        f"referenced_{dialect}s": [{"type": "replied_to", "id": "1000"}],
    }
    return {key: value for key, value in (post | changes).items() if value is not None}


def bare_post(post_id: str = "1001") -> dict[str, Any]:
    """The same from a server that did not understand the fields asked for."""
    return {"id": post_id, "text": "@quizbot Wellens"}


def raw_page(*posts: dict[str, Any], next_token: str | None = None) -> dict[str, Any]:
    """A page of posts."""
    meta: dict[str, Any] = {"result_count": len(posts)}
    if next_token:
        meta["next_token"] = next_token
    return {"data": list(posts), "meta": meta} if posts else {"meta": meta}


def picture() -> CleanMedia:
    """A small PNG that really is one."""
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(out, "PNG")
    return CleanMedia(out.getvalue(), "image/png", 4, 3, "d" * 64, "e" * 64)
