"""Finds the lexicon's names in a stretch of words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from quizbot.grading.words import Words

if TYPE_CHECKING:
    from quizbot.grading.terms import Atoms, Term

MAX_WINDOW = 7  # words of the longest name that is looked up as a whole
_OPENINGS_KEPT = 100_000
_LONG_RUN = 200  # words in a row without any small word: no sentence
_SKIPPED = frozenset("sWA")
_NOBODY: "Atoms" = frozenset()

Spot = tuple[tuple[int, ...], "Atoms", tuple["Term", ...]]  # the words' places, what they stand for, its terms
# What a word is where a name may begin: as a set, what it names alone, what may stand beside it in a name.
_Opening = tuple["Atoms", tuple["Term", ...], "Atoms"]


class Names:
    """What words open; ``windows`` are the words of each name to its terms."""

    def __init__(self, windows: Mapping["Atoms", tuple["Term", ...]]) -> None:
        self._windows = windows
        self._mates = _mates(windows)
        self._of_one: dict[str, _Opening] = {}
        self._of_several: dict[tuple[str, ...], _Opening] = {}

    def forget(self) -> None:
        """Drop what has been looked up."""
        self._of_one.clear()
        self._of_several.clear()

    def _opening(self, word: tuple[str, ...]) -> _Opening:
        """What a word of a reply opens; those of one family word, nearly all, are kept by that: its hash is known."""
        found = self._of_several.get(word)
        if found:
            return found
        atoms = frozenset(word)
        first, *others = [self._mates.get(atom, _NOBODY) for atom in atoms]
        mates = first.intersection(*others) if others else first  # nearly always the same set, of which many are large
        found = atoms, self._windows.get(atoms, ()), mates
        if len(word) == 1:
            self._of_one[word[0]] = found
        else:
            if len(self._of_several) > _OPENINGS_KEPT:
                self._of_several.clear()
            self._of_several[word] = found
        return found

    def inside(self, words: Words, places: Sequence[int]) -> list[Spot]:
        """The names among the words with content at some places; small words may stand between those of one name."""
        if len(places) >= _LONG_RUN:
            places = _without_long_runs(words, places)
        found: list[Spot] = []
        atoms_at, last, of_one, known = words.atoms, len(places) - 1, self._of_one.get, self._mates
        for nth, place in enumerate(places):
            word = atoms_at[place]
            opening = of_one(word[0]) if len(word) == 1 else self._opening(word)
            if not opening:
                if word[0] not in known:
                    continue  # no name holds it
                opening = self._opening(word)
            atoms, terms, mates = opening
            if terms:
                found.append(((place,), atoms, terms))
            if mates and nth < last and mates.issuperset(atoms_at[places[nth + 1]]):
                found += self._longer(words, places[nth : nth + MAX_WINDOW], atoms, mates)
        return found

    def _longer(self, words: Words, places: Sequence[int], atoms: "Atoms", mates: "Atoms") -> Iterator[Spot]:
        """The names of two words and more that begin at the first place; ``mates`` may stand beside it."""
        for size in range(1, len(places)):
            place = places[size]
            if not mates.issuperset(words.atoms[place]) or not _side_by_side(words, places[size - 1], place):
                break
            atoms = atoms.union(words.atoms[place])
            terms = self._windows.get(atoms)
            if terms:
                yield tuple(places[: size + 1]), atoms, terms


def _mates(windows: Iterable["Atoms"]) -> dict[str, "Atoms"]:
    """Each word of a name with all words that stand beside it in some name, itself included."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for form in windows:
        for atom in form:
            found[atom] |= form
    return {atom: frozenset(mates) for atom, mates in found.items()}


def _side_by_side(words: Words, place: int, following: int) -> bool:
    """Whether nothing stands between two words but what says nothing."""
    if following - place == 1:
        return True
    between = slice(place + 1, following)
    return _SKIPPED.issuperset(words.kinds[between]) and not any(words.atoms[between])


def _without_long_runs(words: Words, places: Sequence[int]) -> list[int]:
    runs: list[list[int]] = []
    for place in places:
        if runs and _side_by_side(words, runs[-1][-1], place):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [place for run in runs if len(run) < _LONG_RUN for place in run]
