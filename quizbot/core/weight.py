"""X's way of counting a post's length, and of seeing links, mentions and cashtags in it.

Source of the rules: X's "Counting characters" page and twitter-text's version 3 configuration: 280 weighted
characters after NFC, most of Latin 1 and punctuation weigh 1, everything else 2, an emoji sequence 2, any URL 23.
Mentions and cashtags follow the same library's patterns.
"""

import re
import unicodedata
from functools import cache, lru_cache

# twitter_text makes large patterns when it is loaded, which takes longer than most commands; hence the imports inside
# the functions.

POST_LIMIT = 280
URL_WEIGHT = 23
ALT_LIMIT = 1000  # characters of alt text X takes

_JOINER = "\u200d"
_EMOJI_WEIGHT = 2
# No link goes across a blank, and each may stand before one, so a text can be read word by word, its blank before it.
_WORDS = re.compile(r"[ \t\n]?[^ \t\n]+")
# The library tries every start against every ending: quadratic in dots, with a large constant. A word in which no
# dot stands before a top-level domain holds no link, and this search is linear. Of the rest, one with more dots than
# any address has is taken for a link as a whole, without being searched.
_DOTS_SEARCHED = 100
_MENTION = re.compile(r"(?:(?<![A-Za-z0-9_!#$%&*@＠])|(?<![A-Za-z0-9_+~.-])[Rr][Tt]:?)[@＠]([A-Za-z0-9_]{1,20})")
_CASHTAG = re.compile(
    r"(?:^|(?<=\s))[$＄]([A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?)(?=$|\s|[!'#%&()*+,\\./:;<=>?@\[\]^_{|}~$-])"
)


def weighted_length(text: str) -> int:
    """Length of a post by X's rules; at most ``POST_LIMIT`` may be sent."""
    from twitter_text import parse_tweet  # noqa: PLC0415  # see above

    plain = _WORDS.sub(lambda word: _without_links(word[0]), _normal(text))
    return int(parse_tweet(plain).weightedLength) + sum(map(_unjoined_weight, _joined_emojis(plain)))


def links_in(text: str) -> list[str]:
    """What X would turn into links, in order, whether meant as one or not (``see aVR.In II`` holds one)."""
    return [link for word in _WORDS.findall(_normal(text)) for _, link in _links_of(word)]


def mentions_in(text: str) -> list[str]:
    """The names that X would take as mentions of users, without the @, in order (``SpO2 82 @15L`` holds one)."""
    return _MENTION.findall(_normal(text))


def cashtags_in(text: str) -> list[str]:
    """What X would take as cashtags, without the $, in order; it refuses a post with more than one."""
    return _CASHTAG.findall(_normal(text))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


@cache
def _domain_end() -> re.Pattern[str]:
    from twitter_text.regexp.valid_cctld import valid_cctld  # noqa: PLC0415  # see above
    from twitter_text.regexp.valid_gtld import valid_gtld  # noqa: PLC0415
    from twitter_text.regexp.valid_punycode import valid_punycode  # noqa: PLC0415

    ends = "|".join(known.pattern for known in (valid_gtld, valid_cctld, valid_punycode))
    return re.compile(rf"\.(?:{ends})", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _links_of(word: str) -> tuple[tuple[int, str], ...]:
    """The links of a word and where each begins."""
    if "." not in word or not _domain_end().search(word):
        return ()
    if word.count(".") > _DOTS_SEARCHED:
        start = len(word) - len(word.lstrip())
        return ((start, word[start:]),)
    from twitter_text import extract_urls_with_indices  # noqa: PLC0415  # see above

    return tuple((found["indices"][0], found["url"]) for found in extract_urls_with_indices(word))


def _without_links(word: str) -> str:
    """A word of the same weight in which the library finds no link, for it would search again, and for long."""
    for start, link in reversed(_links_of(word)):
        word = word[:start] + "_" * URL_WEIGHT + word[start + len(link) :]
    return word.replace(".", ",")


def _joined_emojis(text: str) -> list[str]:
    if _JOINER not in text:
        return []
    from twitter_text import extract_emojis_with_indices  # noqa: PLC0415  # see above

    return [found["emoji"] for found in extract_emojis_with_indices(text) if _JOINER in found["emoji"]]


def _unjoined_weight(emoji: str) -> int:
    """What X counts more than the library: to X, a joined emoji that lacks a U+FE0F is its parts and its joiners."""
    from twitter_text.regexp.emoji import emoji_dict  # noqa: PLC0415  # see above

    known = emoji_dict.get(emoji)
    if known is not None and known.status == "fully-qualified":
        return 0
    joiners = emoji.count(_JOINER)
    return joiners * (_EMOJI_WEIGHT + 1)
