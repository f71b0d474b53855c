"""What X makes of a post's text when it shows it: links, mentions, hashtags and cashtags stand out, links are cut.

Pure functions. Positions count characters (code points).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from quizbot.core.weight import links_in

_WORD = re.compile(r"[^ \t\n]+")  # no link goes across these
_MENTION = re.compile(r"(?<![A-Za-z0-9_!#$%&*@])@([A-Za-z0-9_]{1,15})(?![A-Za-z0-9_@])")
_HASHTAG = re.compile(r"(?<![\w&])#(\w*[^\W\d_]\w*)")
_CASHTAG = re.compile(r"(?<!\S)\$([A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?)(?!\w)")
_DISPLAY_LENGTH = 26  # characters of an address without its scheme


class Mark(StrEnum):
    """What a stretch of text is; the values are the names in X's ``entities``."""

    URL = "urls"
    MENTION = "mentions"
    HASHTAG = "hashtags"
    CASHTAG = "cashtags"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that means something; ``value`` is the link, or the name without its sign."""

    mark: Mark
    start: int
    end: int
    value: str


def spans(text: str) -> list[Span]:
    """Links, mentions, hashtags and cashtags of a text, in order; a link wins over what lies inside it."""
    links = [span for word in _WORD.finditer(text) for span in _links(word[0], word.start())]
    tags = [
        Span(mark, found.start(), found.end(), found[1])
        for sign, mark, pattern in (
            ("@", Mark.MENTION, _MENTION),
            ("#", Mark.HASHTAG, _HASHTAG),
            ("$", Mark.CASHTAG, _CASHTAG),
        )
        if sign in text
        for found in pattern.finditer(text)
    ]
    free = [tag for tag in tags if not any(link.start < tag.end and tag.start < link.end for link in links)]
    return sorted(links + free, key=lambda span: span.start)


def _links(word: str, start: int) -> Iterator[Span]:
    """The links of a word; ``links_in`` gives them in order, and knows how to read hostile ones in bounded time."""
    at = 0
    for link in links_in(word) if "." in word else ():
        found = word.find(link, at)
        if found < 0:  # the library reports some links in another form than they are typed in
            continue
        at = found + len(link)
        yield Span(Mark.URL, start + found, start + at, link)


def mentioned(text: str) -> list[str]:
    """Handles that a text mentions, lower case, each once, in order."""
    return list(dict.fromkeys(span.value.lower() for span in spans(text) if span.mark is Mark.MENTION))


def expanded(link: str) -> str:
    """The address a link as typed leads to."""
    return link if re.match(r"https?://", link, re.IGNORECASE) else f"http://{link}"


def displayed(link: str) -> str:
    """A link as X shows it: no scheme, cut."""
    bare = re.sub(r"^https?://(www\.)?", "", link, flags=re.IGNORECASE)
    return bare if len(bare) <= _DISPLAY_LENGTH else bare[:_DISPLAY_LENGTH] + "…"


Segment = tuple[Literal["text", "urls", "mentions", "hashtags", "cashtags"], str, str]


def segments(text: str) -> list[Segment]:
    """A stored text cut up for a page: (what it is, the text to show, the link or name behind it)."""
    found: list[Segment] = []
    at = 0
    for span in spans(text):
        found.append(("text", text[at : span.start], ""))
        shown = displayed(span.value) if span.mark is Mark.URL else text[span.start : span.end]
        behind = expanded(span.value) if span.mark is Mark.URL else span.value
        found.append((span.mark.value, shown, behind))
        at = span.end
    found.append(("text", text[at:], ""))
    return [segment for segment in found if segment[1]]
