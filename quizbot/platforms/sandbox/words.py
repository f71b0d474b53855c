"""What X does to a post's text before it hands it out: links shortened, characters escaped, long posts cut.

Pure functions. Positions count characters (code points) of the text as it is handed out.
"""

import hashlib
import html
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizbot.core.entities import Mark, spans
from quizbot.core.weight import POST_LIMIT, URL_WEIGHT, links_in, weighted_length

_SHORT = "https://t.co/"
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_CUT_SEARCHED = 1200  # characters; only a link longer than that would need more
_UNSTORABLE = ("Cc", "Cs")  # control characters, and halves of surrogate pairs, which UTF-8 cannot hold


@dataclass(frozen=True, slots=True)
class Entity:
    """A span in the text as handed out. ``short`` is the short link that stands there for a URL."""

    mark: Mark
    start: int
    end: int
    value: str
    short: str = ""
    media_key: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A text as X hands it out."""

    text: str
    entities: tuple[Entity, ...] = field(default=())


def clean(text: str) -> str:
    """The form that X stores: NFC, one kind of line ending, no blanks around, nothing unprintable."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in _UNSTORABLE).strip()


def has_link(text: str) -> bool:
    """Whether X bills this text as one with a link."""
    return bool(links_in(text))


def is_long(text: str) -> bool:
    """Whether it weighs more than a plain post may."""
    return weighted_length(text) > POST_LIMIT


def short_link(*parts: object) -> str:
    """A stand-in for a t.co link: 23 characters, always the same for the same parts."""
    number = int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:12], "big")
    slug = ""
    while len(slug) < URL_WEIGHT - len(_SHORT):
        number, digit = divmod(number, len(_ALPHABET))
        slug += _ALPHABET[digit]
    return _SHORT + slug


def hand_out(text: str, seed: object, tail: Sequence[tuple[str, str]] = ()) -> Handed:
    """A text with its links shortened and ``&``, ``<`` and ``>`` escaped.

    Args:
        text: as stored.
        seed: what makes the short links of this post its own.
        tail: links that X puts at the end: (address, media key or empty).
    """
    out, entities, at, length = [], [], 0, 0
    for number, span in enumerate(spans(text)):
        before = html.escape(text[at : span.start], quote=False)
        short = short_link(seed, number, span.value) if span.mark is Mark.URL else ""
        shown = short or html.escape(text[span.start : span.end], quote=False)
        start = length + len(before)
        length = start + len(shown)
        entities.append(Entity(span.mark, start, length, span.value, short))
        out += [before, shown]
        at = span.end
    handed = Handed("".join(out) + html.escape(text[at:], quote=False), tuple(entities))
    for address, media_key in tail:
        handed = _with_tail(handed, address, media_key, short_link(seed, "tail", address))
    return handed


def _with_tail(handed: Handed, address: str, media_key: str, short: str) -> Handed:
    text = f"{handed.text} {short}" if handed.text else short
    entity = Entity(Mark.URL, len(text) - len(short), len(text), address, short, media_key)
    return Handed(text, (*handed.entities, entity))


def cut(text: str) -> str:
    """As much of a long text as fits a plain post with "…" and a link behind it; no link is cut in two."""
    room = POST_LIMIT - URL_WEIGHT - 3  # the blank and "…", which weighs 2
    fitting = bisect_right(range(min(len(text), _CUT_SEARCHED)), room, key=lambda end: weighted_length(text[:end])) - 1
    inside = [s.start for s in spans(text) if s.mark is Mark.URL and s.start < fitting < s.end]
    return text[: inside[0] if inside else fitting].rstrip() + "…"
