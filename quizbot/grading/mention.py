"""Words of a reply that name something."""

from typing import NamedTuple

from quizbot.grading.key import Listed
from quizbot.grading.terms import Atoms, Term


class Mention(NamedTuple):
    """Words of a reply taken as a guess.

    Attributes:
        places: the indices of the words.
        atoms: the family words they stand for.
        target: a listed answer, or a term of the lexicon.
        mark: the words' common status (see ``status``).
        exact: whether the words are the wording of the listed answer itself, not of a synonym.
        narrower: whether they name a form of the diagnosis.
    """

    places: tuple[int, ...]
    atoms: Atoms
    target: Listed | Term
    mark: str
    exact: bool = True
    narrower: bool = False

    @property
    def start(self) -> int:
        """Index of the first word."""
        return self.places[0]

    @property
    def end(self) -> int:
        """Index of the last word."""
        return self.places[-1]
