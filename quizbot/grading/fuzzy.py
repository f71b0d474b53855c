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
_NONE: list[str] = []


def allowed_edits(length: int) -> int:
    """How many slips a word of this many letters may hold (insert, drop, change, or swap of neighbours)."""
    return 0 if length < SHORT else 1 if length < LONG else 2


def _deletions(word: str, edits: int) -> set[str]:
    head = word[:PREFIX]
    last = {head[:i] + head[i + 1 :] for i in range(len(head))} if len(head) > 1 else set()
    found = {head, *last}
    for _ in range(1, edits):
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
        met = {known for key in _deletions(word, edits) if key in index for known in index[key]}
        return _near(word, edits, met) if met else []


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
        starts: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        ends: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._exchanged: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            self._by_size[len(word)].append((_letters(word), word))
            for size in range(max(SHORT, len(word) - 1), min(len(word) + 1, MOST_LETTERS) + 1):
                starts[size][word[:2]].append(word)
                ends[size][word[-2:]].append(word)
            if len(word) == SHORT:
                self._exchanged[word[0] + word[2] + word[1] + word[3]].append(word)
        self._edges = {size: (dict(starts[size]), dict(ends[size])) for size in starts}

    def nearest(self, word: str) -> str:
        """The word that one slip parts from it, the first of several; ""  if there is none."""
        edges = self._edges.get(len(word))
        if edges is None:
            return ""
        met = edges[0].get(word[:2], _NONE) + edges[1].get(word[-2:], _NONE) + self._exchanged.get(word, _NONE)
        return min([known for known in met if OSA.distance(word, known) == 1], default="") if met else ""

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
