"""Misspelt words: the nearest known words within two edits, found through deletions.

The index holds every known word under its prefix with up to two letters removed; a lookup does the same with the
misspelt word and measures only the few words that meet it (the symmetric-delete method).
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz.distance import OSA

PREFIX = 7
LONG = 6  # letters from which two edits are still recognisable; shorter words get one
SHORT = 4


def allowed_edits(length: int) -> int:
    """How many slips a word of this many letters may hold (insert, drop, change, or swap of neighbours)."""
    return 0 if length < SHORT else 1 if length < LONG else 2


def _deletions(word: str, edits: int) -> Iterator[str]:
    head = word[:PREFIX]
    for count in range(edits + 1):
        if len(head) > count:
            for dropped in combinations(range(len(head)), count):
                yield "".join(c for i, c in enumerate(head) if i not in dropped)


class Speller:
    """Finds known words near an unknown one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._index: dict[str, list[str]] = {}
        for word in words:
            self._add(word)

    def _add(self, word: str) -> None:
        edits = allowed_edits(len(word) + 1)
        for key in set(_deletions(word, edits)):
            self._index.setdefault(key, []).append(word)

    def near(self, word: str) -> list[tuple[int, str]]:
        """Known words within the allowed edits as (edits, word), nearest first."""
        edits = allowed_edits(len(word))
        if not edits or len(word) > 40:  # noqa: PLR2004  # no word of medicine is longer
            return []
        met = {known for key in set(_deletions(word, edits)) for known in self._index.get(key, ())}
        found = ((OSA.distance(word, known, score_cutoff=edits), known) for known in met)
        return sorted((distance, known) for distance, known in found if distance <= edits)
