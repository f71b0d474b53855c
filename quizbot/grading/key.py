"""What a reply is compared with: a case's answers, compiled (see ``compiling``)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import chain

from quizbot.core.ruling import Ruling
from quizbot.core.verdict import Verdict
from quizbot.grading.cues import read_all
from quizbot.grading.reader import Reader
from quizbot.grading.terms import Atoms, Term, Terms
from quizbot.grading.words import Words
from quizbot.grading.wordsets import DEGREES

MANY = 3  # readings from which a short form that the case does not list is never read by context


class Worth(StrEnum):
    """What a listed answer is."""

    FULL = "full"
    PARTIAL = "partial"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Listed:
    """An answer that the case lists.

    Attributes:
        text: as the case writes it.
        worth: full, partial or reject.
        credit: 1, the partial answer's, or 0.
        because: the case's reason, or None.
        atoms: its content words.
        finding: whether it is a sign rather than a diagnosis.
    """

    text: str
    worth: Worth
    credit: float
    because: str | None
    atoms: Atoms
    finding: bool = False


Placed = tuple[Listed | Term, bool, bool]  # what a name is to a case; see ``Mention`` for the other two


@dataclass(frozen=True)
class Key:
    """What ``prepare`` makes of a case; ``grade`` reads nothing else.

    Attributes:
        by_atom: one word of each answer's wording to the wordings it may complete.
        by_term: the names of lexicon terms that are listed answers.
        content: every content word of the diagnosis, accepted and partial answers.
        full: the content words of the diagnosis and the accepted answers.
        own: terms that the diagnosis itself stands for.
        ancestors: names of the terms that contain the diagnosis.
        specialty: the lexicon file that holds the diagnosis, or "".
        sides: "left" and "right" as the alt text names them.
        signs: the wordings of findings that belong to the diagnosis.
        picture: the stems of the telling words of the alt texts, of those findings and of all answers.
        initials: the first letters of the full and partial answers.
        opposites: groups of qualifiers that exclude each other, with those of the diagnosis among them.
        cores: the telling words of each full answer.
        literal: the answers letter for letter.
        longest: characters of the longest of these.
        contrary: groups of qualifiers that exclude each other, with those of the diagnosis' own name among them.
        rulings: by phrase.
        placed: what names of the lexicon are to this case, as far as replies have asked.
        doubts: why a person has to judge a name that the case does not list, or "", as far as replies have asked.
        verdicts: on such names where nothing around them has a say, by what a verdict rests on (see ``judge``).
    """

    diagnosis: Listed
    listed: tuple[Listed, ...]
    reader: Reader
    terms: Terms
    by_atom: dict[str, tuple[tuple[Atoms, Listed], ...]]
    by_term: dict[str, Listed]
    content: Atoms
    full: Atoms
    own: frozenset[str]
    ancestors: frozenset[str]
    specialty: str
    sides: Atoms
    signs: frozenset[Atoms]
    picture: frozenset[str]
    initials: frozenset[str]
    opposites: tuple[tuple[Atoms, Atoms], ...]
    cores: frozenset[Atoms]
    literal: dict[str, Listed]
    longest: int
    contrary: tuple[tuple[Atoms, Atoms], ...]
    rulings: dict[str, Ruling] = field(default_factory=dict)
    placed: dict[Atoms, Placed] = field(default_factory=dict)
    doubts: dict[tuple[str, str, Atoms], str] = field(default_factory=dict)
    verdicts: dict[tuple[object, ...], Verdict] = field(default_factory=dict)

    @cached_property
    def excluded(self) -> Atoms:
        """All qualifiers that exclude one of the diagnosis' own name, and those themselves."""
        return frozenset(atom for group, _ in self.contrary for atom in group)

    @cached_property
    def openings(self) -> frozenset[str]:
        """The first two letters of the answers letter for letter."""
        return frozenset(text[:2] for text in self.literal)

    def is_form(self, name: str) -> bool:
        """Whether a term is a form of the diagnosis and none of its look-alikes."""
        return not self.own.isdisjoint(self.terms.parents.get(name, ())) and not self._is_look_alike(name)

    def _is_look_alike(self, name: str) -> bool:
        unlike = self.terms.unlike
        return bool(self.own & unlike.get(name, frozenset())) or any(name in unlike.get(o, ()) for o in self.own)

    def detailed(self, name: str, atoms: Atoms) -> Listed | None:
        """The full or partial answer that a term names with more detail ("AF with RVR"), if there is one."""
        if name in self.ancestors or atoms <= self.content:
            return None  # on the way to the diagnosis: for a person
        cores = self.cores if len(atoms) > 2 else ()  # noqa: PLR2004  # one of two words stands within three
        if any(len(core) > 1 and core < atoms for core in cores) and not self._is_look_alike(name):
            return self.diagnosis
        parents = self.terms.parents.get(name, ())
        for term, item in self.by_term.items() if not self.by_term.keys().isdisjoint(parents) else ():
            if term in parents and self._details(term, item, atoms) and not self._is_look_alike(name):
                return item
        return None

    def _details(self, term: str, item: Listed, atoms: Atoms) -> bool:
        """Whether what is narrower than a listed answer says no less: the answer is on no way to the diagnosis."""
        if item.worth is Worth.FULL:
            return term not in self.ancestors
        return item.worth is Worth.PARTIAL and item.atoms < atoms and atoms - item.atoms <= DEGREES

    def may_detail(self, name: str, atoms: Atoms) -> bool:
        """Whether a term names a partial answer in more words: that answer, or a sister of the diagnosis."""
        wider = [self.by_term[parent] for parent in self.terms.parents.get(name, ()) if parent in self.by_term]
        partial = any(item.worth is Worth.PARTIAL and item.atoms < atoms for item in wider)
        return partial and not self._is_look_alike(name)

    @cached_property
    def telling(self) -> Atoms:
        """The family words that answers hold, complete or are contradicted by: without one a reply is far from them."""
        return self.full.union(self.by_atom, self.excluded)

    def read(self, texts: Sequence[str]) -> list[Words]:
        """Texts as marked words, spelt by this case."""
        found = read_all(self.reader, self.terms.spotter, texts)
        is_far = self.telling.isdisjoint
        for words in found:
            words.near = not is_far(chain.from_iterable(words.atoms))
        return found
