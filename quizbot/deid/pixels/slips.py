"""What a text reader mistakes for what: one letter for all that look alike, and how far two words are apart."""

import re

from rapidfuzz.distance import OSA

from quizbot.deid.vocabulary import fold

_ALIKE = str.maketrans(
    {"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "8": "b", "2": "z", "6": "g", "9": "g", "q": "g"}
)
_AS_DIGITS = str.maketrans(
    {"o": "0", "d": "0", "l": "1", "i": "1", "|": "1", "z": "2", "s": "5", "g": "6", "b": "8", "t": "7"}
)
_AS_LETTERS = str.maketrans({"0": "o", "1": "l", "5": "s", "8": "b", "6": "g", "9": "g"})
_TWICE = re.compile(r"(.)\1")
_LONG, _LONGER = 5, 8  # letters from which one slip, or two, leave a word recognisable


def skeleton(text: str, *, pairs: bool = True) -> str:
    """A text's letters and digits, those that look alike made one: "0'Brien" and "OBRlEN" give the same.

    Args:
        text: any.
        pairs: also those two that look like one, such as "rn" and "m".
    """
    letters = re.sub(r"[^\w|!]|_", "", fold(text))
    if pairs:
        letters = letters.replace("rn", "m").replace("vv", "w").replace("cl", "d")
    return letters.translate(_ALIKE)


def once(word: str) -> str:
    """A word with one of two equal letters that follow each other: a text reader loses the other."""
    return _TWICE.sub(r"\1", word)


def as_digits(word: str) -> str:
    """A word with the letters that are mistaken for digits turned into them."""
    return fold(word).translate(_AS_DIGITS)


def as_letters(word: str) -> str:
    """A word with the digits that are mistaken for letters turned into them."""
    return fold(word).translate(_AS_LETTERS)


def same(word: str, wanted: str) -> bool:
    """Whether a skeleton may be another, misread: one slip in five letters, two in eight."""
    if word == wanted:
        return True
    slips = 0 if len(wanted) < _LONG else 1 if len(wanted) < _LONGER else 2
    return slips > 0 and OSA.distance(word, wanted, score_cutoff=slips) <= slips
