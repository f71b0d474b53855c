"""Clinical words, as data files that a clinician can review; loaded on first use and kept.

``overlay.txt`` holds what devices write on pictures, by kind of picture; ``medical.txt`` terms of anatomy and disease;
``institutions.txt`` and ``labels.txt`` what identifies on them. ``words-*.txt`` are the words that texts are read by,
one entry a line; of names and eponyms those with a mark count on pictures, too.
"""

import re
import unicodedata
from functools import cache
from importlib import resources

__all__ = [
    "entries",
    "fold",
    "identifying",
    "is_clinical",
    "is_eponym",
    "is_medical",
    "is_name",
    "is_proper",
    "labels",
    "lines",
    "medical",
    "names",
    "overlay",
    "phrases",
]

_COMMON, _VENDOR = "common", "vendor"
_PICTURES_ONLY = "+"
_MARKS = (" *", " +")
_PIECE = re.compile(r"[a-z]+\d*[a-z]?|\d+[a-z]+")
_SPELT_OUT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "μ": "u", "’": "'"})
_POSSESSIVE = re.compile(r"['’]s$")


def fold(text: str) -> str:
    """Small letters without accents, compatibility forms undone (Unicode NFKD), letters without parts spelt out."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return plain.translate(_SPELT_OUT)


def is_clinical(word: str) -> bool:
    """Whether a whole word is a term of medicine or of the devices' overlays; a person's name never is."""
    return is_medical(word) or _POSSESSIVE.sub("", fold(word)) in overlay(None)


def is_medical(word: str) -> bool:
    """Whether a whole word, or what it is the plural of, is a term of anatomy, disease or treatment."""
    folded = _POSSESSIVE.sub("", fold(word))
    return folded in medical() or (folded.endswith("s") and folded[:-1] in medical())


def is_eponym(word: str) -> bool:
    """Whether a whole word is the name of a person after whom a disease, sign or instrument is called."""
    return _POSSESSIVE.sub("", fold(word)) in _on_pictures("eponyms")


def is_name(word: str) -> bool:
    """Whether a whole word is a frequent given name or surname (and no clinical word)."""
    return fold(word) in names()


def names() -> frozenset[str]:
    """Frequent given names and surnames, none of which is a clinical word."""
    return _on_pictures("given", "surnames")


def is_proper(word: str) -> bool:
    """Whether a whole word is anybody's given name or surname, or a town, however rare; clinical words may be too."""
    return fold(word) in _proper()


@cache
def overlay(kind: str | None) -> frozenset[str]:
    """The words that may stand on a picture of a kind (a section of ``overlay.txt``); of every kind for None."""
    sections = _sections("overlay.txt")
    chosen = {_COMMON, _VENDOR, kind} if kind in sections else set(sections)
    return frozenset(piece for name in chosen for piece in sections[name])


@cache
def phrases() -> frozenset[str]:
    """Phrases that pass as a whole, folded."""
    return frozenset(fold(line) for line in lines("phrases.txt"))


@cache
def labels() -> frozenset[str]:
    """Words that announce an identifier, letters only."""
    return frozenset(lines("labels.txt"))


@cache
def identifying(section: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words and word beginnings of a section of ``institutions.txt``: institution, person, contact or address."""
    words: set[str] = set()
    stems: list[str] = []
    for line in _raw_sections("institutions.txt")[section]:
        if line.startswith("stem:"):
            stems += line.removeprefix("stem:").split()
        else:
            words.update(line.split())
    return frozenset(words), tuple(stems)


@cache
def medical() -> frozenset[str]:
    """Terms of anatomy, disease and treatment."""
    return frozenset(word for line in lines("medical.txt") for word in line.split())


@cache
def entries(name: str) -> frozenset[str]:
    """The entries of ``words-NAME.txt``, as texts are read by them."""
    return frozenset(entry for entry, mark in _marked(name) if mark != _PICTURES_ONLY)


@cache
def _on_pictures(*names: str) -> frozenset[str]:
    """The entries of these lists that count on pictures."""
    return frozenset(entry for name in names for entry, mark in _marked(name) if mark)


def _marked(name: str) -> list[tuple[str, str]]:
    """Entries, each with the mark behind it: whether it counts on pictures, too, or there alone."""
    return [(line[:-2], line[-1]) if line[-2:] in _MARKS else (line, "") for line in lines(f"words-{name}.txt")]


@cache
def _proper() -> frozenset[str]:
    return entries("given") | entries("surnames") | entries("places")


def lines(name: str) -> list[str]:
    """The lines of a data file without comments and blanks."""
    text = (resources.files(__name__) / name).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _raw_sections(name: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines(name):
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        else:
            current.append(line)
    return sections


@cache
def _sections(name: str) -> dict[str, frozenset[str]]:
    return {
        section: frozenset(piece for line in found for piece in _PIECE.findall(fold(line)))
        for section, found in _raw_sections(name).items()
    }
