"""A reply's words as the grader reads them."""

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

STOPS = frozenset(".!?\n;")
_SLIP = itemgetter(4)  # of a word
PAUSES = frozenset(',:()-*[]"')


class Word(NamedTuple):
    """A token as the grader reads it.

    Attributes:
        surface: lower-case, as cues and phrases are looked up.
        atoms: the family words it stands for, several for an abbreviation; empty for words that say nothing.
        kind: s(top), g(eneral), b (general, and in names), m(anagement), a (medical), u(nknown), n(umber),
            c(hat), @ (a user); a capital for a cue (see ``cues``); "." for a mark that ends a sentence, "," for one
            that ends a clause, p for other punctuation.
        shown: what the respondent wrote, if it was read as something else.
        slip: for an everyday word, the family word of an answer that it misses by one letter ("bowl", "bowel").
    """

    surface: str
    atoms: tuple[str, ...]
    kind: str
    shown: str = ""
    slip: str = ""


class Words(list[Word]):
    """A reply's words, with their kinds as a string and their surfaces as a set: many a question is one search.

    Attributes:
        kinds: the words' kinds, in order.
        said: the words' surfaces.
        slipped: whether one of them misses a word of the answers by a letter.
    """

    __slots__ = ("kinds", "said", "slipped")

    def __init__(self, words: Iterable[Word] = ()) -> None:
        super().__init__(words)
        self.kinds = "".join([kind for _, _, kind, _, _ in self])
        self.said = frozenset([surface for surface, _, _, _, _ in self])
        self.slipped = any(map(_SLIP, self))


def mark(surface: str) -> str:
    """The kind of a punctuation mark."""
    if surface in STOPS or surface.startswith(".."):
        return "."
    return "," if surface in PAUSES else "p"


def is_stop(word: Word) -> bool:
    """Whether a sentence ends here."""
    return word.kind == "."


def is_pause(word: Word) -> bool:
    """Whether a clause ends here."""
    return word.kind in ".,"
