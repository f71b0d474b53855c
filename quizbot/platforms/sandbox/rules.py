"""X's rules about what may be posted, as pure functions: data in, nothing or a refusal out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from quizbot.core.weight import ALT_LIMIT, POST_LIMIT, cashtags_in, weighted_length
from quizbot.platforms.sandbox import words
from quizbot.platforms.sandbox.ids import parse_id
from quizbot.platforms.sandbox.pictures import PER_POST
from quizbot.platforms.sandbox.problems import QUOTE_NOT_ALLOWED, REPLY_NOT_ALLOWED, forbidden, invalid

_WEIGHED = 10_000  # characters; weighing takes time, and what is longer than that is too long by any count
WARNINGS = ("adult_content", "graphic_violence", "other")
# Members of a post that X takes and this sandbox has no use for.
_IDLE = frozenset({"made_with_ai", "paid_partnership", "reply_settings", "nullcast", "share_with_followers"})
_UNSUPPORTED = frozenset({"card_uri", "community_id", "direct_message_deep_link", "edit_options", "geo", "poll"})
_REPLY_MEMBERS = frozenset({"in_reply_to_tweet_id", "auto_populate_reply_metadata", "exclude_reply_user_ids"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A post as the bot asks for it."""

    text: str
    reply_to: int | None = None
    media_ids: tuple[int, ...] = ()


def read_draft(record: Mapping[str, object]) -> Draft:
    """Read the body of ``POST /2/tweets``.

    Raises:
        Refused: 400 for a member that is unknown, wrong or not supported here; 403 for a quote.
    """
    for name in record.keys() - {"text", "reply", "media", "quote_tweet_id"} - _IDLE:
        hint = "is not supported by the sandbox" if name in _UNSUPPORTED else "is not defined in the schema"
        raise invalid(name, "", f"$.{name[:40]}: {hint}")
    if record.get("quote_tweet_id") is not None:
        raise forbidden(QUOTE_NOT_ALLOWED, 433)
    text = record.get("text", "")
    if not isinstance(text, str):
        raise invalid("text", str(text), "$.text: string expected")
    return Draft(words.clean(text), _reply_to(record.get("reply")), _media_ids(record.get("media")))


def _reply_to(reply: object) -> int | None:
    if reply is None:
        return None
    if not isinstance(reply, dict) or reply.keys() - _REPLY_MEMBERS:
        raise invalid("reply", str(reply), "$.reply: not as in the schema")
    number = parse_id(str(reply.get("in_reply_to_tweet_id", "")))
    if number is None or not isinstance(reply["in_reply_to_tweet_id"], str):
        raise invalid("reply.in_reply_to_tweet_id", str(reply), "$.reply.in_reply_to_tweet_id: not an id")
    return number


def _media_ids(media: object) -> tuple[int, ...]:
    if media is None:
        return ()
    ids = media.get("media_ids") if isinstance(media, dict) else None
    if not isinstance(ids, list) or not 1 <= len(ids) <= PER_POST:
        raise invalid("media.media_ids", str(media), f"$.media.media_ids: 1 to {PER_POST} ids expected")
    numbers = tuple(parse_id(one) if isinstance(one, str) else None for one in ids)
    if None in numbers:
        raise invalid("media.media_ids", str(ids), "$.media.media_ids: not ids")
    return tuple(number for number in numbers if number is not None)


def check_text(text: str, *, has_media: bool) -> None:
    """Length, emptiness and cashtags.

    Raises:
        Refused: 400 or 403.
    """
    if not text and not has_media:
        raise invalid("text", "", "Your Tweet text is empty; text or media is required.")
    if len(text) > _WEIGHED or weighted_length(text) > POST_LIMIT:
        raise forbidden("Your Tweet text is too long.", 186)
    if len(cashtags_in(text)) > 1:
        raise forbidden("Your Tweet text holds more than one cashtag.", 186)


def check_reply(*, own: bool, mentioned: bool, quoted: bool) -> None:
    """Whom a bot may answer: itself, and an author whose post names the bot in its text or quotes it.

    Raises:
        Refused: 403 in X's words.
    """
    if not (own or mentioned or quoted):
        raise forbidden(REPLY_NOT_ALLOWED, 433)


@dataclass(frozen=True, slots=True)
class Search:
    """A search that the sandbox understands; handles in lower case."""

    conversation_id: int
    not_from: str | None = None
    to: str | None = None


_TERM = re.compile(r"conversation_id:([0-9]{1,19})|-from:@?([A-Za-z0-9_]{1,15})|to:@?([A-Za-z0-9_]{1,15})")


def read_search(query: str) -> Search:
    """Read ``conversation_id:ID``, with ``-from:handle`` or ``to:handle`` beside it.

    Raises:
        Refused: 400, it is anything else.
    """
    found: dict[int, str] = {}
    for term in query.split():
        match = _TERM.fullmatch(term)
        if match is None or match.lastindex is None or match.lastindex in found:
            raise invalid("query", query, "The sandbox knows conversation_id:ID, -from:HANDLE and to:HANDLE only")
        found[match.lastindex] = match[match.lastindex].lower()
    root = parse_id(found.get(1, ""))
    if root is None:
        raise invalid("query", query, "The sandbox searches one conversation: conversation_id:ID is missing")
    return Search(root, found.get(2), found.get(3))


@dataclass(frozen=True, slots=True)
class Description:
    """Alt text and warnings as the bot gives them; None: left as they are."""

    media_id: int
    alt: str | None
    warnings: tuple[str, ...] | None


def read_description(record: Mapping[str, object]) -> Description:
    """Read the body of ``POST /2/media/metadata``.

    Raises:
        Refused: 400.
    """
    number = parse_id(str(record.get("id", "")))
    metadata = record.get("metadata", {})
    if number is None or not isinstance(metadata, dict):
        raise invalid("id", str(record.get("id")), "$.id or $.metadata: not as in the schema")
    return Description(number, _alt(metadata.get("alt_text")), _warnings(metadata.get("sensitive_media_warning")))


def _alt(alt: object) -> str | None:
    if alt is None:
        return None
    text = alt.get("text") if isinstance(alt, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= ALT_LIMIT:
        raise invalid("metadata.alt_text.text", "", f"$.metadata.alt_text.text: 1 to {ALT_LIMIT} characters expected")
    return words.clean(text)


def _warnings(warning: object) -> tuple[str, ...] | None:
    if warning is None:
        return None
    if not isinstance(warning, dict) or warning.keys() - set(WARNINGS) or set(warning.values()) - {True, False}:
        raise invalid("metadata.sensitive_media_warning", str(warning), "$.metadata.sensitive_media_warning: unknown")
    return tuple(name for name in WARNINGS if warning.get(name))
