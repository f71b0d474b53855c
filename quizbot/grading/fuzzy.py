"""Misspelt words: the nearest known words within two edits.

They are found through deletions: the index holds every known word under its beginning with up to two letters removed; a
lookup does the same with the misspelt word and measures only the few words that meet it (the symmetric-delete method).
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

PREFIX = 7  # letters of a beginning
MOST_COMPARED = 300  # words, each with all others: in less than half the time that the index takes
LONG = 6  # letters from which two edits are still recognisable; shorter words get one
SHORT = 4
MOST_LETTERS = 40  # no word of medicine is longer


def allowed_edits(length: int) -> int:
    """How many slips a word of this many letters may hold (insert, drop, change, or swap of neighbours)."""
    return 0 if length < SHORT else 1 if length < LONG else 2


def _shortened(word: str) -> list[str]:
    """A word without one of its letters, each in turn."""
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _beginnings(word: str, edits: int) -> list[str]:
    """A word's beginning with up to so many letters removed, one or two; some more than once."""
    head = word[:PREFIX]
    once = _shortened(head)
    twice = set(chain.from_iterable(map(_shortened, once))) if edits > 1 else ()
    return [head, *once, *twice]


class Speller:
    """Finds known words near an unknown one.

    One slip is the usual question. Two are asked of some dozen words in 20,000 replies, and the index of those takes a
    fifth of a second to make: the first few are compared with all known words of about their length instead.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in words:
            self._by_length[len(word)].append(word)
        self._indexes: dict[int, dict[str, list[str]]] = {}
        self._compared = 0

    def near(self, word: str, most: int = 2) -> list[tuple[int, str]]:
        """Known words within the allowed edits, and within ``most``, as (edits, word), nearest first."""
        edits = min(allowed_edits(len(word)), most)
        if not edits or len(word) > MOST_LETTERS:
            return []
        if edits > 1 and self._compared < MOST_COMPARED:
            self._compared += 1
            return self._among_all(word, edits)
        index = self._index(edits)
        met: list[str] = []
        for key in _beginnings(word, edits):
            if found := index.get(key):
                met += found
        return _near(word, edits, set(met)) if met else []

    def _among_all(self, word: str, edits: int) -> list[tuple[int, str]]:
        lengths = range(len(word) - edits, len(word) + edits + 1)
        about = list(chain.from_iterable([self._by_length.get(length, ()) for length in lengths]))
        met = process.extract(word, about, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return sorted([(distance, known) for known, distance, _ in met])

    def _index(self, most: int) -> dict[str, list[str]]:
        if most not in self._indexes:
            self._indexes[most] = _indexed(chain.from_iterable(self._by_length.values()), most)
        return self._indexes[most]


def _indexed(words: Iterable[str], most: int) -> dict[str, list[str]]:
    """Each word under its beginnings, with no more letters removed than it may miss itself."""
    alike: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for word in words:
        if edits := min(most, allowed_edits(len(word) + 1)):
            alike[word[:PREFIX], edits].append(word)
    index: defaultdict[str, list[str]] = defaultdict(list)
    for (head, edits), group in alike.items():
        for key in set(_beginnings(head, edits)):
            index[key] += group
    return index


def _near(word: str, edits: int, met: Iterable[str]) -> list[tuple[int, str]]:
    return sorted([(d, known) for known in met if (d := OSA.distance(word, known, score_cutoff=edits)) <= edits])


Halves = tuple[int, dict[str, list[str]], dict[str, list[str]]]


class NearFew:
    """The same for the few words of one case's answers, which nearly every word of a reply is compared with.

    A slip leaves as it was what stands before it or what stands behind it: half of the word, but for four letters of
    which the middle two are exchanged.

    Attributes:
        halves: by the number of letters of a word that may be misspelt, how many letters make half of it, and what the
            known words that it may be meant for begin and end with.
        exchanged: words of four letters by what they are with their middle exchanged.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._about: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        self.halves: dict[int, Halves] = {}
        self.exchanged: dict[str, list[str]] = {}
        for word in words:
            for size in range(len(word) - 2, len(word) + 3):
                if abs(size - len(word)) <= allowed_edits(size):
                    self._about[size].append((letters(word), word))
            for size in range(max(SHORT, len(word) - 1), min(len(word) + 1, MOST_LETTERS) + 1):
                half, starts, ends = self.halves.setdefault(size, (max(2, (size - 1) // 2), {}, {}))
                starts.setdefault(word[:half], []).append(word)
                ends.setdefault(word[-half:], []).append(word)
            if len(word) == SHORT:
                self.exchanged.setdefault(word[0] + word[2] + word[1] + word[3], []).append(word)

    def nearest(self, word: str) -> str:
        """The word that one slip parts from it, the first of several; ""  if there is none."""
        if len(word) not in self.halves:
            return ""
        half, starts, ends = self.halves[len(word)]
        met = [*starts.get(word[:half], ()), *ends.get(word[-half:], ()), *self.exchanged.get(word, ())]
        return min([known for known in met if OSA.distance(word, known) == 1], default="") if met else ""

    def near(self, word: str, signs: int) -> list[tuple[int, str]]:
        """The words within the allowed edits as (edits, word), nearest first; ``signs`` are the word's ``letters``."""
        edits, about = allowed_edits(len(word)), self._about.get(len(word))
        if not edits or not about or len(word) > MOST_LETTERS:
            return []
        most = 2 * edits  # an edit changes no more than two of the letters
        alike = [known for others, known in about if (signs ^ others).bit_count() <= most]
        return _near(word, edits, alike) if alike else []


def letters(word: str) -> int:
    """The letters of a word as the bits of a number, those of other alphabets anywhere among them."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
