"""A reply that commits to no known diagnosis: chatter, or something offered that the grader does not know?

Chatter, plans and questions are ``no_guess``. Anything said about the picture goes to a person.
"""

from dataclasses import dataclass, replace

from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.grading import explain
from quizbot.grading.fold import fold
from quizbot.grading.guess import Sorted
from quizbot.grading.key import Key
from quizbot.grading.qualify import opposed
from quizbot.grading.reader import Word
from quizbot.grading.status import ASKED, CONTEXT, DENIED, OTHERS, QUOTED, is_pause, is_stop
from quizbot.grading.wordsets import ORDERS, SEEING, SELF, TALK

_HEARSAY = frozenset(ASKED + OTHERS + CONTEXT + QUOTED + DENIED)
SHORT = 6  # words; a short reply of words that are neither talk nor chatter may be a name unknown to the grader
MAX_PHRASE = 12  # words that name an item of the review queue
MAX_LETTERS = 200  # characters of such a name: a key in the database; PostgreSQL indexes no more than 2,704 bytes


@dataclass(frozen=True, slots=True)
class _Clause:
    """Words between two pauses, without those that a guess or a question has used."""

    words: tuple[Word, ...]
    asked: bool
    said: frozenset[str]
    picture: frozenset[str]
    initials: frozenset[str]

    def count(self, kinds: str) -> int:
        """How many of its words are of these kinds."""
        return sum(w.kind in kinds for w in self.words)

    @property
    def about_the_picture(self) -> list[Word]:
        """Its medical words and the words of the answers."""
        few = len(self.words) <= SHORT
        return [
            w
            for w in self.words
            if w.kind == "a"
            or (few and w.kind == "b")
            or (few and w.surface in self.picture)
            or (few and w.surface in self.initials)
            or self.said.intersection(w.atoms)
        ]

    @property
    def is_hedged(self) -> bool:
        """Whether the question is a word of the diagnosis with a question mark ("torsion?")."""
        return (
            len(self.words) < SHORT
            and not self.count("Q@")
            and any(self.said.intersection(w.atoms) for w in self.words)
        )

    @property
    def is_remark(self) -> bool:
        """Whether the respondent talks of themselves and not of what they see."""
        said = {w.surface for w in self.words}
        return not SELF.isdisjoint(said) and SEEING.isdisjoint(said) and not self.count("u")

    @property
    def is_plan(self) -> bool:
        """Whether it says what to do: a body part in it is where to look or cut."""
        first = next((w for w in self.words if w.kind not in "p@scHZ"), None)
        if any(w.surface in self.initials for w in self.words):
            return False
        return self.count("m") > 0 or (first is not None and first.surface in ORDERS)


def _clauses(key: Key, words: list[Word], marks: list[str], used: set[int]) -> list[_Clause]:
    out: list[_Clause] = []
    start = waiting = 0
    for index in range(len(words) + 1):
        end = index == len(words)
        if end or is_pause(words[index]):
            kept = tuple(words[i] for i in range(start, index) if i not in used and marks[i] not in _HEARSAY)
            if kept:
                out.append(_Clause(kept, asked=False, said=key.full, picture=key.picture, initials=key.initials))
            start = index + 1
            if end or is_stop(words[index]):
                if not end and words[index].surface == "?":
                    out[waiting:] = [replace(c, asked=True) for c in out[waiting:]]
                waiting = len(out)
    return out


def phrase(words: list[Word], places: tuple[int, ...] = ()) -> str:
    """The normalised words that group replies in the review queue."""
    chosen = [words[p] for p in places] if places else [w for w in words if w.kind in "augb" and w.surface.isalnum()]
    content = [w for w in chosen if w.kind in "au" or w.kind.isupper()] if len(chosen) > MAX_PHRASE else chosen
    named = " ".join(dict.fromkeys(fold(w.surface) for w in content[:MAX_PHRASE] if w.surface))
    named = named or " ".join(dict.fromkeys(w.surface for w in words[:MAX_PHRASE] if w.kind != "p"))
    return named[:MAX_LETTERS].rstrip()


def _offers(words: list[Word], clauses: list[_Clause]) -> bool:
    """Whether something in it may be meant as an answer."""
    open_clauses = [c for c in clauses if not c.asked or (c.is_hedged and len(clauses) == 1)]
    talk = sum(w.surface in TALK or w.kind in "SQKTHCZ" or (w.kind == "N" and w.surface != "no") for w in words)
    addressed = bool(words) and words[0].kind == "@" and any(w.surface in ("you", "u", "your", "ur") for w in words)
    if any(c.about_the_picture and not (c.is_plan or c.is_remark) for c in open_clauses) and not addressed:
        return True
    unknown = sum(c.count("u") for c in open_clauses if not c.is_plan or len(c.words) <= 3)  # noqa: PLR2004  # a bare name
    if unknown:
        return unknown * SHORT > len(words) or not talk
    plain = sum(c.count("gb") for c in open_clauses)
    plans = sum(c.is_plan for c in clauses)
    return 0 < plain <= SHORT and not talk and not plans


def settle(key: Key, words: list[Word], marks: list[str], found: Sorted) -> Verdict:
    """The verdict on a reply without a live guess."""
    reasons = tuple(explain.dropped(words, m.places, why) for m, why in found.dropped)
    used = {p for m, _ in found.dropped for p in m.places}
    clash = opposed(key, words, marks, used)
    if clash:
        return Verdict(VerdictKind.INCORRECT, 0.0, None, (*reasons, clash))
    if not _offers(words, _clauses(key, words, marks, used)):
        return Verdict(VerdictKind.NO_GUESS, None, None, (*reasons, explain.NOTHING))
    named = phrase(words)
    return Verdict(VerdictKind.REVIEW, None, None, (*reasons, f'"{named}": {explain.UNKNOWN}'), phrase=named)
