"""A reply's words as the grader reads them."""

from collections.abc import Iterable
from typing import NamedTuple

STOPS = frozenset(".!?\n;")
_EMPTY: tuple[tuple[()], ...] = ((),) * 5  # the columns of no words
GAP = "  "  # between words: each has a blank of its own on both sides, so phrases side by side can both be found
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
    """A reply's words, and what stands in them column by column: many a question is one search.

    Attributes:
        kinds: the words' kinds, in order.
        surfaces: the words' surfaces, in order.
        atoms: the words' family words, in order.
        slipped: whether one of them misses a word of the answers by a letter.
        near: whether one of them may say something of the answers (see ``Key.telling``); True until somebody looked.
    """

    __slots__ = ("atoms", "kinds", "near", "slipped", "surfaces")

    def __init__(self, words: Iterable[Word] = ()) -> None:
        super().__init__(words)
        self.atoms: tuple[tuple[str, ...], ...]
        self.surfaces: tuple[str, ...]
        self.surfaces, self.atoms, kinds, _, slips = zip(*self) if self else _EMPTY  # noqa: B905  # all are as long
        self.kinds = "".join(kinds)
        self.slipped = any(slips)
        self.near = True


def mark(surface: str) -> str:
    """The kind of a punctuation mark."""
    if surface in STOPS or surface.startswith(".."):
        return "."
    return "," if surface in PAUSES else "p"


def of_sign(raw: str) -> Word:
    """What does not begin with a letter or a digit and is no tag: an address, a fracture, a mark."""
    if raw == "#":
        return Word(raw, ("fracture",), "a")
    return Word(raw, (), "@" if raw[0] == "@" and len(raw) > 1 else mark(raw))


def is_stop(word: Word) -> bool:
    """Whether a sentence ends here."""
    return word.kind == "."


def is_pause(word: Word) -> bool:
    """Whether a clause ends here."""
    return word.kind in ".,"
