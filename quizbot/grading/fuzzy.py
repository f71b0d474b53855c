"""Misspelt words: the nearest known words within two edits, found through deletions.

The index holds every known word under its prefix with up to two letters removed; a lookup does the same with the
misspelt word and measures only the few words that meet it (the symmetric-delete method).
"""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

PREFIX = 7
LONG = 6  # letters from which two edits are still recognisable; shorter words get one
SHORT = 4
MOST_LETTERS = 40  # no word of medicine is longer


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
        self._by_size: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        self._starts: defaultdict[int, set[str]] = defaultdict(set)
        self._ends: defaultdict[int, set[str]] = defaultdict(set)
        self._exchanged = set()
        for word in words:
            self._by_size[len(word)].append((_letters(word), word))
            for size in range(len(word) - 1, len(word) + 2):
                self._starts[size].add(word[:2])
                self._ends[size].add(word[-2:])
            if len(word) == SHORT:
                self._exchanged.add(word[0] + word[2] + word[1] + word[3])

    def may_be_slip(self, word: str) -> bool:
        """Whether it is worth while to look for the nearest word."""
        size = len(word)
        starts = self._starts
        return size in starts and (word[:2] in starts[size] or word[-2:] in self._ends[size] or word in self._exchanged)

    def nearest(self, word: str) -> str:
        """The word that one slip parts from it, the first of several; ""  if there is none."""
        if len(word) < SHORT or len(word) > MOST_LETTERS or not self.may_be_slip(word):
            return ""
        return min([known for known in self._alike(word, 1) if OSA.distance(word, known) == 1], default="")

    def near(self, word: str) -> list[tuple[int, str]]:
        """The words within the allowed edits as (edits, word), nearest first."""
        edits = allowed_edits(len(word))
        return _near(word, edits, self._alike(word, edits)) if edits and len(word) <= MOST_LETTERS else []

    def _alike(self, word: str, edits: int) -> list[str]:
        """The words of about its length that hold about the same letters: an edit changes no more than two of them."""
        letters, most = _letters(word), 2 * edits
        return [
            known
            for size in range(len(word) - edits, len(word) + edits + 1)
            if size in self._by_size
            for others, known in self._by_size[size]
            if (letters ^ others).bit_count() <= most
        ]


def _letters(word: str) -> int:
    """The letters of a word as the bits of a number, those of other alphabets anywhere among them."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
