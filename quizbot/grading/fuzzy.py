"""Misspelt words: the nearest known words within two edits, found through deletions.

The index holds every known word under its prefix with up to two letters removed; a lookup does the same with the
misspelt word and measures only the few words that meet it (the symmetric-delete method).
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from rapidfuzz.distance import OSA

PREFIX = 7
LONG = 6  # letters from which two edits are still recognisable; shorter words get one
SHORT = 4
MOST_LETTERS = 40  # no word of medicine is longer
_NONE: list[str] = []


def allowed_edits(length: int) -> int:
    """How many slips a word of this many letters may hold (insert, drop, change, or swap of neighbours)."""
    return 0 if length < SHORT else 1 if length < LONG else 2


def _deletions(word: str, edits: int) -> set[str]:
    head = word[:PREFIX]
    found = last = {head}
    for _ in range(edits):
        last = {text[:i] + text[i + 1 :] for text in last if len(text) > 1 for i in range(len(text))}
        found = found | last
    return found


class Speller:
    """Finds known words near an unknown one.

    One slip, the usual question, has an index of its own, made first: a fifth of the entries, and few words to measure.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self._indexes: dict[int, dict[str, list[str]]] = {}

    def _index(self, edits: int) -> dict[str, list[str]]:
        if edits not in self._indexes:
            self._indexes[edits] = _indexed(self._words, edits)
        return self._indexes[edits]

    def near(self, word: str, most: int = 2) -> list[tuple[int, str]]:
        """Known words within the allowed edits, and within ``most``, as (edits, word), nearest first."""
        edits = min(allowed_edits(len(word)), most)
        if not edits or len(word) > MOST_LETTERS:
            return []
        index = self._index(edits)
        met = set[str]().union(*map(index.__getitem__, index.keys() & _deletions(word, edits)))
        return _near(word, edits, met)


def _indexed(words: Iterable[str], most: int) -> dict[str, list[str]]:
    """Each word under its prefix with up to so many letters removed, and no more than it may miss itself."""
    alike: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for word in words:
        alike[word[:PREFIX], min(most, allowed_edits(len(word) + 1))].append(word)
    index: defaultdict[str, list[str]] = defaultdict(list)
    for (head, edits), group in alike.items():
        for key in _deletions(head, edits):
            index[key] += group
    return index


def _near(word: str, edits: int, met: Iterable[str]) -> list[tuple[int, str]]:
    return sorted([(d, known) for known in met if (d := OSA.distance(word, known, score_cutoff=edits)) <= edits])


class NearFew:
    """The same for the few words of one case's answers, which nearly every word of a reply is compared with.

    Words of four letters or more that one slip parts begin or end with the same two letters, or are of four letters and
    have their middle exchanged.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_size: defaultdict[int, list[str]] = defaultdict(list)
        self._edges: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            self._by_size[len(word)].append(word)
            for edge in {f"{word[:2]}.", f".{word[-2:]}", f"{word[0]}.{word[-1]}"}:
                self._edges[edge].append(word)
        self._edges.default_factory = None

    def nearest(self, word: str) -> str:
        """The word that one slip parts from it, the first of several; ""  if there is none."""
        size = len(word)
        if size < SHORT or size > MOST_LETTERS:
            return ""
        edges = self._edges
        met = edges.get(f"{word[:2]}.", _NONE) + edges.get(f".{word[-2:]}", _NONE)
        if size == SHORT:
            met = met + edges.get(f"{word[0]}.{word[-1]}", _NONE)
        if not met:
            return ""
        found = [known for known in met if -1 <= len(known) - size <= 1 and OSA.distance(word, known) == 1]
        return min(found, default="")

    def near(self, word: str) -> list[tuple[int, str]]:
        """The words within the allowed edits as (edits, word), nearest first."""
        edits = allowed_edits(len(word))
        if not edits or len(word) > MOST_LETTERS:
            return []
        sizes = range(len(word) - edits, len(word) + edits + 1)
        return _near(word, edits, chain.from_iterable([self._by_size[size] for size in sizes if size in self._by_size]))
