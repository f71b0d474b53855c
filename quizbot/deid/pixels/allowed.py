"""The allow-list: whether every piece of a line is clinical vocabulary, a plain number or punctuation."""

import re
from functools import cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from quizbot.deid.pixels.slips import skeleton
from quizbot.deid.vocabulary import fold, is_eponym, is_medical, is_name, is_proper, medical, overlay, phrases

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?")
_GLUED = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)([a-z]+)|([a-z]{1,5})(\d{1,3}|\d[.,]\d{1,2})")
_ENDING_NUMBER = re.compile(r"([a-z]{2,}\d?)(\d{1,4})")
_RUNS = re.compile(r"[a-z]+|\d{1,4}(?:\.\d{1,3})?")
_CHAIN_DIGITS = 6
_BY = re.compile(r"\d{1,4}(?:[x×]\d{1,4}){1,2}")
_PARTS = re.compile(r"[a-z0-9.,×]*[a-z0-9]")
_LETTERS = re.compile(r"[a-z]+")
_LEAST_WORD = 4  # letters of each word where two ran together, and of a word's beginning or end
_LONG = 6  # letters of the second where the first has two or three
_NEAR = 4  # letters from which a word with one letter wrong is still that word, if the reading is not sure
_NEAR_TWICE = 8  # letters from which it still is with two
_TRAILING = re.compile(r"\d{1,3}$")
_SURE = 0.98
_WINDOW = re.compile(r"w[wl]?\d{1,4}w?[lc]-?\d{1,4}")  # a grey-scale window: "w350l50"
_MEASURE = re.compile(r"([a-z]{2,3})[:\s]*\d{1,3}(?:[.,]\d{1,2})?\s*([a-z]{1,4})")


def unknown_words(line: str, kind: str | None = None, *, sure: float = 1.0) -> list[str]:
    """The pieces of a line, folded, that the vocabulary for a kind of picture does not hold; none if all is allowed.

    Args:
        line: as it was read.
        kind: of picture, or None.
        sure: how sure the reading is; one that is not may be a clinical word with one letter wrong.
    """
    folded = fold(line)
    if " ".join(folded.split()).strip(" .:") in phrases():
        return []
    parts = [part.strip(".,") for part in _PARTS.findall(folded)]
    unknown = [part for part in parts if not _allowed(part, kind)]
    return unknown if sure >= _SURE or not unknown else _without_slips(folded, parts, unknown, kind)


def _without_slips(folded: str, parts: list[str], unknown: list[str], kind: str | None) -> list[str]:
    """What of a reading's unknown pieces is no clinical word misread: alone, come apart, or before a measure."""
    left = [part for part in unknown if not _is_near(part, kind)]
    if not left or _is_measure(folded, kind):
        return []
    torn = {part for pair in pairwise(parts) if _is_near("".join(pair), kind) for part in pair}
    return [part for part in left if part not in torn]


def _is_measure(folded: str, kind: str | None) -> bool:
    """A short label with one letter wrong, a number and a unit: "lid 110 cm" is SID; never a name."""
    match = _MEASURE.fullmatch(folded.strip(" .:-"))
    if not match or is_name(match[1]) or match[2] not in overlay(kind):
        return False
    label = match[1]
    return any(len(word) == len(label) and OSA.distance(word, label) == 1 for word in overlay(kind))


def _allowed(part: str, kind: str | None) -> bool:
    if not part or _NUMBER.fullmatch(part) or _BY.fullmatch(part) or _known(part, kind):
        return True
    if "." in part or "," in part:
        return all(_allowed(piece, kind) for piece in re.split(r"[.,]", part)) or _is_glued(part, kind)
    return any(test(part, kind) for test in (_is_glued, _ran_together, _is_misread, _is_cut))


def _known(word: str, kind: str | None) -> bool:
    if is_name(word):
        return word in overlay(kind)
    return word in overlay(kind) or (len(word) > 2 and is_medical(word) and not is_eponym(word))  # noqa: PLR2004


def _is_glued(part: str, kind: str | None) -> bool:
    """Numbers with their units and labels: "72bpm", "W400", "z1.5", "spo298", "cf25mhz"."""
    glued = _GLUED.fullmatch(part)
    if _WINDOW.fullmatch(part) or (glued and (glued[2] or glued[3]) in overlay(kind)):
        return True
    ended = _ENDING_NUMBER.fullmatch(part)
    return bool(ended and ended[1] in overlay(kind)) or _is_chain(part, kind)


def _is_chain(part: str, kind: str | None) -> bool:
    """Labels and units of two letters or more with short numbers between them; single letters could be a number's."""
    runs = _RUNS.findall(part)
    words = [run for run in runs if run.isalpha()]
    if "".join(runs) != part or not words or sum(c.isdigit() for c in part) > _CHAIN_DIGITS:
        return False
    unit = runs[-1].isalpha()  # "2x", "5s"
    return all(word in overlay(kind) for word in words) and all(len(word) > 1 for word in words[: -1 if unit else None])


def _ran_together(part: str, kind: str | None) -> bool:
    """Words without their spaces: "sinusrhythm", "stelevation"; never a name or a town such as "clearwater"."""
    if not _LETTERS.fullmatch(part) or is_name(part) or is_proper(part):
        return False
    if any(part[:at] in overlay(kind) and len(part) >= at + _LONG and _known(part[at:], kind) for at in (2, 3)):
        return True
    return any(
        _is_long_word(part[:at], kind) and (_is_long_word(part[at:], kind) or _ran_together(part[at:], kind))
        for at in range(_LEAST_WORD, len(part) - _LEAST_WORD + 1)
    )


def _is_long_word(word: str, kind: str | None) -> bool:
    return len(word) >= _LEAST_WORD and _known(word, kind)


def _is_misread(part: str, kind: str | None) -> bool:
    """The same word but for letters that look alike: "portab1e", "sp02"; never a name."""
    return not is_name(part) and not part.isdigit() and skeleton(part) in _skeletons(kind)


def _is_cut(part: str, kind: str | None) -> bool:
    """The beginning or the end of a word of the devices, as at the edge of a box; never a name."""
    return part.isalpha() and part in _stumps(kind) and not is_name(part) and not is_proper(part)


def _is_near(part: str, kind: str | None) -> bool:
    """A clinical word with one letter wrong, missing or too many, a long one with two; never a name."""
    word = _TRAILING.sub("", part)
    if len(word) < _NEAR or not word.isalpha() or is_name(word) or is_proper(word):
        return False
    slips = 1 if len(word) < _NEAR_TWICE else 2
    words = _long_words(kind) if slips == 1 else _longest_words(kind)
    return process.extractOne(word, words, scorer=OSA.distance, score_cutoff=slips) is not None


@cache
def _stumps(kind: str | None) -> frozenset[str]:
    words = [word for word in overlay(kind) if len(word) > 2]  # noqa: PLR2004
    cut = {stump for word in words for stump in (word[1:], word[:-1])}
    halves = {half for word in words for at in range(_LEAST_WORD, len(word)) for half in (word[:at], word[-at:])}
    return frozenset(cut | halves)


@cache
def _longest_words(kind: str | None) -> list[str]:
    return sorted(word for word in (*overlay(kind), *medical()) if len(word) >= _NEAR_TWICE)


@cache
def _long_words(kind: str | None) -> list[str]:
    return sorted(word for word in overlay(kind) if len(word) >= _NEAR)


@cache
def _skeletons(kind: str | None) -> frozenset[str]:
    return frozenset(skeleton(word) for word in overlay(kind) if len(word) > 2 or not word.isalpha())  # noqa: PLR2004
