"""Query parameters, read as X reads them: each wrong one is a 400 that names it."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime

from quizbot.platforms.sandbox.ids import MAX_ID, made_at_ms, parse_id
from quizbot.platforms.sandbox.posts import Bounds
from quizbot.platforms.sandbox.problems import Refused, invalid

IDS_PER_CALL = 100
SEARCH_DAYS_MS = 7 * 86_400_000  # recent search reaches back seven days


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bounds of ``max_results`` on a route, and what holds if it is not given."""

    low: int
    high: int
    default: int


def names(query: Mapping[str, str], name: str) -> frozenset[str]:
    """A comma-separated list of names; those that nobody knows do no harm."""
    return frozenset(part.strip() for part in query.get(name, "").split(",") if part.strip())


def identifier(text: str, name: str) -> int:
    """An id.

    Raises:
        Refused: 400, it is none.
    """
    number = parse_id(text)
    if number is None:
        raise invalid(name, text, f"The `{name}` query parameter value [{text[:40]}] is not valid")
    return number


def identifiers(query: Mapping[str, str], name: str) -> list[int]:
    """1 to 100 ids, in order, each once.

    Raises:
        Refused: 400.
    """
    texts = [text for text in query.get(name, "").split(",") if text]
    if not 1 <= len(texts) <= IDS_PER_CALL:
        raise invalid(name, str(len(texts)), f"The number of values in the `{name}` query parameter list is not 1-100")
    return list(dict.fromkeys(identifier(text, name) for text in texts))


def bounds(query: Mapping[str, str], sizes: Sizes, now_ms: int) -> Bounds:
    """The part of a list that a call asks for; one post more than a page, to see whether another page follows.

    Raises:
        Refused: 400.
    """
    after = identifier(query.get("since_id", "0"), "since_id")
    before = identifier(query.get("until_id", str(MAX_ID)), "until_id")
    token = query.get("pagination_token") or query.get("next_token")
    if token:
        before = min(before, _read_token(token))
    return Bounds(
        now_ms=now_ms,
        after_id=after,
        before_id=before,
        from_ms=_instant(query, "start_time", -(2**62)),
        to_ms=_instant(query, "end_time", 2**62),
        size=_size(query, sizes) + 1,
    )


def check_recent(query: Mapping[str, str], now_ms: int) -> None:
    """Recent search refuses to look back further than seven days.

    Raises:
        Refused: 400.
    """
    oldest = now_ms - SEARCH_DAYS_MS
    if _instant(query, "start_time", oldest) < oldest:
        text = query["start_time"]
        raise invalid("start_time", text, f"Invalid 'start_time':'{text[:40]}'. 'start_time' must be within 7 days")
    since = query.get("since_id")
    if since and made_at_ms(identifier(since, "since_id")) < oldest:
        raise invalid("since_id", since, "'since_id' must be a tweet id created within the last 7 days")
    if since and "start_time" in query:
        raise invalid("since_id", since, "'since_id' and 'start_time' cannot be given together")


def make_token(last: int) -> str:
    """The token of the page that follows this post: base32hex, as X's are."""
    return base64.b32hexencode(f"{last:020d}".encode()).decode().rstrip("=").lower()


def _read_token(token: str) -> int:
    try:
        padded = token.upper() + "=" * (-len(token) % 8)
        text = base64.b32hexdecode(padded).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise _bad_token(token) from error
    if not re.fullmatch(r"[0-9]{20}", text):
        raise _bad_token(token)
    return int(text)


def _bad_token(token: str) -> Refused:
    return invalid("pagination_token", token, "The `pagination_token` query parameter value is not valid")


def _size(query: Mapping[str, str], sizes: Sizes) -> int:
    text = query.get("max_results", str(sizes.default))
    if not re.fullmatch(r"[0-9]{1,5}", text) or not sizes.low <= int(text) <= sizes.high:
        shown = f"[{text[:20]}] is not between {sizes.low} and {sizes.high}"
        raise invalid("max_results", text, f"The `max_results` query parameter value {shown}")
    return int(text)


def _instant(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name)
    if text is None:
        return default
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _bad_instant(name, text) from error
    if moment.tzinfo is None or not MINYEAR < moment.year < MAXYEAR:
        raise _bad_instant(name, text)
    return round(moment.timestamp() * 1000)


def _bad_instant(name: str, text: str) -> Refused:
    return invalid(name, text, f"Invalid '{name}':'{text[:40]}'. Give YYYY-MM-DDTHH:mm:ssZ")
