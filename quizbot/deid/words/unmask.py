"""Undo what hides letters from a reader that is a program: other alphabets' look-alikes, full width, nothing at all.

The text that the rules read is plain: NFKC, accents kept apart from their letters dropped only in look-ups, invisible
characters gone, look-alikes of Latin letters replaced. Each of its characters remembers where it stood.
"""

import re
import unicodedata
from dataclasses import dataclass

_PAIRS = (
    "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwӏlвbмmкkтtнhАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSԌGԚQԜWӀIҮY"  # Cyrillic
    "οoαaνvρpιiκkυuτtχxΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX"  # Greek
    "ɑaɡgɩiʏyᴀaᴄcᴅdᴇeɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwᴢzʙbꜰfⅼlօoսuցgոnհhѕsƖIǀIꓳOꓲI"  # phonetic, Armenian, Lisu
)
_LOOK_ALIKES = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_BOXED = ((0x1F130, "A"), (0x1F150, "A"), (0x1F170, "A"))  # squared and circled capitals, which NFKC leaves alone
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e0fff]"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-") | dict.fromkeys("‘’‛ʼ＇´`", "'") | dict.fromkeys("“”„‟", '"'))


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without disguise.

    Attributes:
        text: what the rules read.
        starts: for each of its characters, the offset in the text as given; one more for its end.
        disguised: spans of ``text`` whose letters were not what they seemed.
    """

    text: str
    starts: tuple[int, ...]
    disguised: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text stood in the text as given."""
        return self.starts[start], self.starts[end - 1] + 1 if end > start else self.starts[start]


def unmask(text: str) -> Plain:
    """Read a text plainly."""
    letters: list[str] = []
    starts: list[int] = []
    for at, raw in _clusters(text):
        for letter in _plain(raw):
            letters.append(letter)
            starts.append(at)
    plain, disguised = _latin("".join(letters))
    return Plain(plain, (*starts, len(text)), disguised)


def _clusters(text: str) -> list[tuple[int, str]]:
    """A letter with the marks that combine with it, and where it stands."""
    clusters: list[tuple[int, str]] = []
    for at, letter in enumerate(text):
        if clusters and unicodedata.combining(letter):
            clusters[-1] = (clusters[-1][0], clusters[-1][1] + letter)
        else:
            clusters.append((at, letter))
    return clusters


def _plain(raw: str) -> str:
    if _HIDDEN.fullmatch(raw[0]):
        return ""
    for first, letter in _BOXED:
        if first <= ord(raw[0]) < first + 26:
            return chr(ord(letter) + ord(raw[0]) - first)
    composed = unicodedata.normalize("NFKC", raw[:4])  # more marks than that are decoration
    if len(composed) > 1 and unicodedata.combining(composed[1]):
        composed = composed[0]
    return "".join(_digit(letter) for letter in composed.translate(_DASHES))


def _digit(letter: str) -> str:
    value = unicodedata.digit(letter, None)
    return letter if value is None else str(value)


def _latin(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Replace look-alikes in words that pretend to be Latin, and say where they were."""
    disguised = []
    letters = list(text)
    for word in _WORD.finditer(text):
        latin = "".join(_LOOK_ALIKES.get(c, c) for c in word[0])
        if latin != word[0] and latin.isascii() and not _is_greek_prefix(word[0]):
            letters[word.start() : word.end()] = latin
            disguised.append(word.span())
    return "".join(letters), tuple(disguised)


def _is_greek_prefix(word: str) -> bool:
    """Such as "αβ" or "βhCG": the first letter is Greek for what it means, the rest is plain."""
    return unicodedata.name(word[0], "").startswith("GREEK SMALL") and word[1:].isascii()
