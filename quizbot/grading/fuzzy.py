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


def deletions(word: str) -> set[str]:
    """What a word is looked up by, for several spellers at once."""
    return _deletions(word, allowed_edits(len(word)))


class Speller:
    """Finds known words near an unknown one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._index: defaultdict[str, list[str]] = defaultdict(list)
        alike: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in words:
            alike[word[:PREFIX], allowed_edits(len(word) + 1)].append(word)
        for (head, edits), group in alike.items():
            for key in _deletions(head, edits):
                self._index[key] += group

    def near(self, word: str, keys: set[str] | None = None) -> list[tuple[int, str]]:
        """Known words within the allowed edits as (edits, word), nearest first; ``keys``: its ``deletions``."""
        edits = allowed_edits(len(word))
        if not edits or len(word) > MOST_LETTERS:
            return []
        met = {known for key in keys or _deletions(word, edits) for known in self._index.get(key, ())}
        found = ((OSA.distance(word, known, score_cutoff=edits), known) for known in met)
        return sorted((distance, known) for distance, known in found if distance <= edits)
