"""A measurement as devices write one, though a letter was misread: "85 kUp", "PSU82 cm/a", "Depth-9.0icm".

Label, number and unit together say more than each alone: what stands around a number of three digits may be a letter or
two off, unless it announces an identifier or an age, or is a name.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from quizbot.deid.pixels.slips import once, skeleton
from quizbot.deid.vocabulary import is_name, is_proper, labels, overlay

_UNITS = frozenset(
    word
    for topic in (
        "mm cm m cm2 mm2 m2 cm3 ml l dl cc px dpi",
        "mmhg cmh2o kpa mbar hz khz mhz bpm rpm fps min s sec msec ms us",
        "mv uv kv kvp ma mas db w mw deg c pct",
        "mgy ugy msv cgy dgycm2 hu kg g mg mmol kev mev",
        "mms mmsec mmmv cms mls lmin",  # written with a stroke
    )
    for word in topic.split()
)
_COMPOUND = ("qtqtc", "mitis", "sysdia")  # labels written with a stroke between them
_ANNOUNCING = ("age", "aged", "alter", "sex", "male", "female", "born", "name")
_NUMBER = re.compile(r"(?:\d{2,3}|\d(?=[.,]\d))(?:[.,]\d{1,2})?(?:/\d{2,3})?(?!\d)")
_CONFUSED = str.maketrans("uqe", "voc")
_LETTERS = frozenset("01568.,")  # figures inside a word that may be its letters
_LONGEST = 40  # characters of a line that may be one measurement
_EXACT, _ONE = 2, 5  # letters that must be right; letters among which one may be wrong; of more, two
_TELLING = 3  # letters of a label after which a unit of two may be a letter off
_AGES = ("y", "v", "j")  # what a unit of years begins with


def is_measure(folded: str, kind: str | None) -> bool:
    """Whether a folded line is a label, a number and a unit, or a number and a unit, with a letter or two misread."""
    line = folded.strip(" .:-").replace("%", "pct")
    return len(line) <= _LONGEST and any(_fits(label, unit, kind) for label, unit in _splits(line, kind))


def _splits(line: str, kind: str | None) -> Iterator[tuple[str, str]]:
    """What stands before and behind each number of a line; a number begins in figures behind a label such as "t2"."""
    for found in (match for at in range(len(line)) if (match := _NUMBER.match(line, at))):
        start, end = found.span()
        label, unit = _bare(line[:start]), _bare(line[end:])
        inside = line[start - 1 : start].isdigit() and not _is_label(label, kind)
        glued = line[start - 1 : start].isalpha() and line[end : end + 1].isalpha()
        if not inside and not (glued and _LETTERS.issuperset(found[0])):
            yield label, unit


def _is_label(text: str, kind: str | None) -> bool:
    """Whether a text that ends in a figure is a label, a long one with one of them wrong at most."""
    return text in overlay(kind) or (len(_form(text)) > _TELLING and _slips(text, _labels(kind), most=1) is not None)


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _fits(label: str, unit: str, kind: str | None) -> bool:
    if not _may_be_unit(unit) or len(label + unit) <= _EXACT or is_name(label):
        return False
    if not label:
        return _slips(unit, _units(), most=int(len(unit) > _TELLING)) is not None
    off = _slips(label, _labels(kind))
    wrong = _slips(unit, _units(), most=1 if off == 0 and len(label) >= _TELLING else None)
    if off is None or wrong is None or off + wrong > _most(label + unit):
        return False
    return off == 0 or _is_harmless(label, off, certain=wrong == 0 and len(unit) > 1)


def _may_be_unit(text: str) -> bool:
    """Whether a text is letters, or a unit with a figure in it, and nothing that may be years."""
    return (text.isalpha() or text in _UNITS) and not text.startswith(_AGES)


def _is_harmless(label: str, off: int, *, certain: bool) -> bool:
    """Whether a misread label is nobody's name or town, and announces nothing unless the unit is certain."""
    if len(label) > _TELLING and is_proper(label):
        return False
    return certain or not _announces(label, off)


def _announces(label: str, off: int) -> bool:
    """Whether a misread label is as near to a word that announces an identifier."""
    return _slips(label, _announcing(), most=off) is not None


def _slips(word: str, words: Sequence[str], most: int | None = None) -> int | None:
    """How many letters of a word are wrong at the least to be one of the words' forms; None if too many."""
    form = _form(word)
    near = process.extract(
        form, words, scorer=OSA.distance, score_cutoff=_most(form) if most is None else most, limit=None
    )
    return min((int(off) for other, off, _ in near if most is not None or off <= _most(other)), default=None)


def _most(form: str) -> int:
    """How many letters of so many may be wrong."""
    return 0 if len(form) <= _EXACT else 1 if len(form) <= _ONE else 2


def _form(word: str) -> str:
    """A word with letters that look alike made one, and of two equal ones only the first: a reader loses the other."""
    return skeleton(once(word)).translate(_CONFUSED)


@cache
def _units() -> tuple[str, ...]:
    return tuple(sorted({_form(unit) for unit in _UNITS}))


@cache
def _labels(kind: str | None) -> tuple[str, ...]:
    return tuple(sorted({_form(word) for word in (*overlay(kind), *_COMPOUND)}))


@cache
def _announcing() -> tuple[str, ...]:
    return tuple(sorted({_form(word) for word in (*labels(), *_ANNOUNCING)}))
