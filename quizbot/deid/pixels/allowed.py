"""The allow-list: whether every piece of a line is clinical vocabulary, a plain number or punctuation."""

import re
from functools import cache

from quizbot.deid.pixels.slips import skeleton
from quizbot.deid.vocabulary import fold, is_clinical, is_eponym, is_name, overlay, phrases

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?")
_GLUED = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)([a-z]+)|([a-z]{1,5})(\d{1,3}|\d[.,]\d{1,2})")
_BY = re.compile(r"\d{1,4}(?:[x×]\d{1,4}){1,2}")
_PARTS = re.compile(r"[a-z0-9.,×]*[a-z0-9]")
_LETTERS = re.compile(r"[a-z]+")
_LEAST_WORD = 4  # letters of each word where two ran together
_MISREAD = 7  # letters from which a word with one misread letter is still that word


def unknown_words(line: str, kind: str | None = None) -> list[str]:
    """The pieces of a line, folded, that the vocabulary for a kind of picture does not hold; none if all is allowed."""
    folded = fold(line)
    if " ".join(folded.split()).strip(" .:") in phrases():
        return []
    return [part for part in _PARTS.findall(folded) if not _allowed(part.strip(".,"), kind)]


def _allowed(part: str, kind: str | None) -> bool:
    if not part or _NUMBER.fullmatch(part) or _BY.fullmatch(part) or _known(part, kind):
        return True
    if "." in part or "," in part:
        return all(_allowed(piece, kind) for piece in re.split(r"[.,]", part)) or _is_glued(part, kind)
    return _is_glued(part, kind) or _ran_together(part, kind) or _is_misread(part, kind)


def _known(word: str, kind: str | None) -> bool:
    if is_name(word):
        return word in overlay(kind)
    return word in overlay(kind) or (len(word) > 2 and is_clinical(word) and not is_eponym(word))  # noqa: PLR2004


def _is_glued(part: str, kind: str | None) -> bool:
    """A number and its unit, or a label and its number: "72bpm", "W400", "z1.5"."""
    glued = _GLUED.fullmatch(part)
    return bool(glued) and (glued[2] or glued[3]) in overlay(kind)


def _ran_together(part: str, kind: str | None) -> bool:
    """Two or three words without their spaces: "sinusrhythm"."""
    if not _LETTERS.fullmatch(part):
        return False
    return any(
        _is_long_word(part[:at], kind) and (_is_long_word(part[at:], kind) or _ran_together(part[at:], kind))
        for at in range(_LEAST_WORD, len(part) - _LEAST_WORD + 1)
    )


def _is_long_word(word: str, kind: str | None) -> bool:
    return len(word) >= _LEAST_WORD and _known(word, kind)


def _is_misread(part: str, kind: str | None) -> bool:
    """The same word but for letters that look alike: "portab1e", "sp02"; never a name."""
    return not is_name(part) and not part.isdigit() and skeleton(part) in _skeletons(kind)


@cache
def _skeletons(kind: str | None) -> frozenset[str]:
    return frozenset(skeleton(word) for word in overlay(kind) if len(word) > 2 or not word.isalpha())  # noqa: PLR2004
