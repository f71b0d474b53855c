"""The allow-list: whether every piece of a line is clinical vocabulary, a plain number or punctuation."""

import re
from functools import cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from quizbot.deid.pixels.measures import is_measure
from quizbot.deid.pixels.slips import once, skeleton
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
_AFTER_LABEL = 5  # letters of the second where the first has two or three
_LONG = 6  # letters of a word that is known with a point in it, or without one of two equal letters
_NEAR = 4  # letters from which a word with one letter wrong is still that word, if the reading is not sure
_NEAR_TWICE = 8  # letters from which it still is with two
_TRAILING = re.compile(r"\d{1,3}$")
_SURE = 0.98
_WINDOW = re.compile(r"w[wl]?\d{1,4}w?[lc]-?\d{1,4}")  # a grey-scale window: "w350l50"
_ZERO = re.compile(r"(?<![a-z\d.])o(?=[.,]\d{1,2}(?![\d.]))")  # "O.9"
_LABELLED_ZERO = re.compile(r"^([a-z]{2,4})o(?=[.,]\d{1,2}$)")  # "RIO.68"
_DIGIT_O = re.compile(r"(?<=\d)o(?=[a-z]{2})")  # "TE9OTR4000"
_CAPITALS = re.compile(r"\b([A-Za-z][a-z]{2,})([A-Z][A-Za-z]*)\b")
_LEAD = re.compile(r"aV[A-Za-z\d]|[a-z\d]V[RLF]")  # a limb lead, one letter wrong
_LABELLED = re.compile(r"([a-z]{1,4}\d|\d[a-z])([a-z]{3,})")
_LEAST_END = 3  # letters of a word's end


def unknown_words(line: str, kind: str | None = None, *, sure: float = 1.0) -> list[str]:
    """The pieces of a line, folded, that the vocabulary for a kind of picture does not hold; none if all is allowed.

    Args:
        line: as it was read.
        kind: of picture, or None.
        sure: how sure the reading is; one that is not may be a clinical word with one letter wrong.
    """
    if _LEAD.fullmatch(line.strip()) and kind in (None, "ecg"):
        return []
    line = _CAPITALS.sub(lambda found: _apart(found, kind), line)
    folded = _ZERO.sub("0", fold(line))
    if " ".join(folded.split()).strip(" .:") in phrases():
        return []
    parts = [part.strip(".,") for part in _PARTS.findall(folded)]
    unknown = [part for part in parts if not _allowed(part, kind)]
    if not unknown or is_measure(folded, kind):
        return []
    return _without_slips(parts, unknown, kind, surely=sure >= _SURE)


def _apart(found: re.Match[str], kind: str | None) -> str:
    """Two clinical words with the space between them that was lost: "ChestPA"; anything else as it was."""
    both = fold(found[1]), fold(found[2])
    clinical = all(_known(word, kind) for word in both) and not is_proper(found[0])
    return f"{found[1]} {found[2]}" if clinical else found[0]


def _without_slips(parts: list[str], unknown: list[str], kind: str | None, *, surely: bool) -> list[str]:
    """What of a reading's unknown pieces is no clinical word misread: alone, come apart, or cut at the line's end."""
    left = [part for part in unknown if not _is_near(part, kind, least=_NEAR_TWICE if surely else _NEAR)]
    if len(left) == 1 and _is_told_by_the_rest(left[0], parts, kind):
        return []
    if surely or not left:
        return left
    torn = {part for pair in pairwise(parts) if _is_near("".join(pair), kind) for part in pair}
    return [part for part in left if part not in torn and not _is_cut_off(part, parts, kind)]


def _is_told_by_the_rest(part: str, parts: list[str], kind: str | None) -> bool:
    """A clinical word with one letter wrong, however sure, that a long one stands beside: "leit axis deviation"."""
    beside = any(len(each) >= _NEAR_TWICE and each.isalpha() and _known(each, kind) for each in parts if each != part)
    return beside and _is_near(part, kind, most=1)


def _is_cut_off(part: str, parts: list[str], kind: str | None) -> bool:
    """The end of a device's word that a line begins with, or the beginning of one that it ends with; never a name."""
    if is_name(part) or not any(each.isalpha() and _is_long_word(each, kind) for each in parts):
        return False
    heads, tails = _ends(kind)
    return (part == parts[0] and part in tails) or (part == parts[-1] and part in heads)


def _allowed(part: str, kind: str | None) -> bool:
    if not part or _NUMBER.fullmatch(part) or _BY.fullmatch(part) or _known(part, kind):
        return True
    if "." in part or "," in part:
        pieces = re.split(r"[.,]", part)
        return all(_allowed(piece, kind) for piece in pieces) or _is_glued(part, kind) or _is_torn(part, kind)
    return any(test(part, kind) for test in (_is_glued, _is_labelled, _ran_together, _is_misread, _is_cut))


def _is_torn(part: str, kind: str | None) -> bool:
    """A long clinical word with a point in it that is none: "transve,rse"."""
    word = re.sub(r"[.,]", "", part)
    return len(word) >= _LONG and word.isalpha() and _known(word, kind)


def _is_labelled(part: str, kind: str | None) -> bool:
    """A label with a figure and a word: "t2flair"."""
    found = _LABELLED.fullmatch(part)
    return found is not None and found[1] in overlay(kind) and _known(found[2], kind)


def _known(word: str, kind: str | None) -> bool:
    if is_name(word):
        return word in overlay(kind)
    return word in overlay(kind) or (len(word) > 2 and is_medical(word) and not is_eponym(word))  # noqa: PLR2004


def _is_glued(part: str, kind: str | None) -> bool:
    """Numbers with their units and labels: "72bpm", "W400", "z1.5", "spo298", "cf25mhz"."""
    part = _LABELLED_ZERO.sub(r"\g<1>0", part)
    glued = _GLUED.fullmatch(part)
    if _WINDOW.fullmatch(part) or (glued and (glued[2] or glued[3]) in overlay(kind)):
        return True
    ended = _ENDING_NUMBER.fullmatch(part)
    labelled = ended is not None and (ended[1] in overlay(kind) or _ran_together(ended[1].rstrip("0123456789"), kind))
    return labelled or _is_chain(_DIGIT_O.sub("0", part), kind)


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
    if any(part[:at] in overlay(kind) and len(part) >= at + _AFTER_LABEL and _known(part[at:], kind) for at in (2, 3)):
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


def _is_near(part: str, kind: str | None, least: int = _NEAR, most: int = 2) -> bool:
    """A clinical word of so many letters with one wrong, missing or too many, a long one with two; never a name."""
    word = _TRAILING.sub("", part)
    if len(word) < least or not word.isalpha() or is_name(word) or is_proper(word):
        return False
    slips = 1 if least > _NEAR or len(word) < _NEAR_TWICE else most
    words = _long_words(kind) if len(word) < _NEAR_TWICE else _longest_words(kind)
    if process.extractOne(word, words, scorer=OSA.distance, score_cutoff=slips) is not None or _is_near_pair(
        word, kind
    ):
        return True
    single = once(word)
    return (
        len(single) >= _LONG
        and process.extractOne(single, _once(words), scorer=OSA.distance, score_cutoff=1) is not None
    )


def _is_near_pair(word: str, kind: str | None) -> bool:
    """A long clinical word with one letter wrong that ran together with a short one: "abuormalecg"."""
    cuts = (at for at in (len(word) - 3, len(word) - 4) if at >= _LONG and word[at:] in overlay(kind))
    return any(
        process.extractOne(word[:at], _long_words(kind), scorer=OSA.distance, score_cutoff=1) is not None for at in cuts
    )


@cache
def _stumps(kind: str | None) -> frozenset[str]:
    words = [word for word in overlay(kind) if len(word) > 2]  # noqa: PLR2004
    cut = {stump for word in words for stump in (word[1:], word[:-1])}
    halves = {half for word in words for at in range(_LEAST_WORD, len(word)) for half in (word[:at], word[-at:])}
    return frozenset(cut | halves)


@cache
def _ends(kind: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """Beginnings and ends, three letters and more, of the devices' words."""
    words = [word for word in overlay(kind) if word.isalpha()]
    heads = {word[:at] for word in words for at in range(_LEAST_END, len(word))}
    return frozenset(heads), frozenset(word[at:] for word in words for at in range(1, len(word) - _LEAST_END + 1))


@cache
def _longest_words(kind: str | None) -> tuple[str, ...]:
    return tuple(sorted(word for word in (*overlay(kind), *medical()) if len(word) >= _NEAR_TWICE))


@cache
def _long_words(kind: str | None) -> tuple[str, ...]:
    return tuple(sorted(word for word in overlay(kind) if len(word) >= _NEAR))


@cache
def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(single for word in words if len(single := once(word)) >= _LONG)


@cache
def _skeletons(kind: str | None) -> frozenset[str]:
    return frozenset(skeleton(word) for word in overlay(kind) if len(word) > 2 or not word.isalpha())  # noqa: PLR2004
