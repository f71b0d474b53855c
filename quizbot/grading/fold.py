"""Spelling rules: one key for spellings that policy calls the same word."""

import re
from collections.abc import Container
from functools import lru_cache

_MEDIAL = re.compile(r"(?<=[a-z])(?:[ao]e(?=[a-z]{2})|oe(?=as?$))")
_ENDS = (
    (re.compile(r"ccion|czion|kzion"), "ction"),
    (re.compile(r"shuns?$|shions?$"), "tion"),
    (re.compile(r"(?:ate|at|ad)(?:d|o|a|os|as|e|i)$"), "at"),
    (re.compile(r"cion$|zione$|cao$|sao$|ciones$"), "tion"),
)
_ANY_END = re.compile("|".join(pattern.pattern for pattern, _ in _ENDS))
_HARD = re.compile(r"qu(?=[ei])|ck|k|cch|ch")
_LIGATURE = re.compile(r"ae|oe")
_DOUBLE = re.compile(r"(.)(?=\1)")
_UMLAUT = re.compile(r"(?<=h)am(?=[ao])|ami(?=[aes]|$)|od(?=em)|as(?=the[st])|os(?=oph)|ak(?=al)|az(?=um)|at(?=iolog)")
_KEPT_S = ("ss", "us", "is", "as", "os")
_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("er", "e"),
    ("ly", ""),
)
_BY_LAST = {end[-1]: tuple(each for each in _ENDINGS if each[0][-1] == end[-1]) for end, _ in _ENDINGS}
MIN_SOUND = 5
STEM = 7  # letters


def singular(word: str) -> str:
    """A word without its plural or possessive ending, by rule; "syphilis" and "abscess" stay."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(_KEPT_S[:3]):  # noqa: PLR2004  # "gas", "pus" stay
        return word
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004  # "dies", "lies" stay
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """The American singular of a lower-case word: "haematomas" and "hematoma" give the same key."""
    if len(word) > 4:  # noqa: PLR2004  # shorter words have no British spelling that matters
        if "ae" in word or "oe" in word:
            word = _MEDIAL.sub("e", word)
            if word.startswith("oe"):
                word = word[1:]
        if word.endswith(("our", "ours")):
            word = word.replace("our", "or")
        if "is" in word or "yse" in word:
            word = word.replace("isation", "ization").replace("ising", "izing").replace("yse", "yze")
    return singular(word)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What forms of a long word share, near enough to tell that they belong together: "tombstoning", "tombstones"."""
    return fold(word)[:STEM]


def with_umlauts(word: str) -> str:
    """A German word of Greek stems with the "e" that its umlauts stood for: "hamatom", "anamie", "odem"."""
    return _UMLAUT.sub(lambda m: m[0][0] + "e" + m[0][1:], word)


def sound(word: str) -> str:
    """A key that cognates in Spanish, Portuguese, French, Italian and German share; empty if too short to tell."""
    if len(word) < MIN_SOUND:
        return ""
    if _ANY_END.search(word):
        for pattern, replacement in _ENDS:
            word = pattern.sub(replacement, word)
    word = _HARD.sub("c", word.replace("ph", "f"))
    if word.startswith(("pn", "ps")):
        word = word[1:]
    if "ae" in word or "oe" in word:
        word = _LIGATURE.sub("e", word)
    word = word.replace("y", "i").replace("h", "").replace("z", "s")
    word = _DOUBLE.sub("", word).rstrip("aeious")
    return word if len(word) >= MIN_SOUND - 1 else ""


def inflected(low: str, known: Container[str]) -> bool:
    """Whether it is a form of one of the known English words."""
    ends = _BY_LAST.get(low[-1], ())
    return bool(ends) and any(low.endswith(end) and low.removesuffix(end) + tail in known for end, tail in ends)
