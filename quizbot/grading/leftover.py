"""A reply that commits to no known diagnosis: chatter, or something offered that the grader does not know?

Chatter, plans and questions are ``no_guess``. Anything said about the picture goes to a person.
"""

import re
from collections.abc import Sequence
from itertools import chain

from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.grading import explain
from quizbot.grading.fold import fold, stem
from quizbot.grading.key import Key
from quizbot.grading.qualify import opposed
from quizbot.grading.sorting import Sorted
from quizbot.grading.status import ASKED, CONTEXT, DENIED, OTHERS, QUOTED
from quizbot.grading.words import Word, Words
from quizbot.grading.wordsets import BUTS, ORDERS, SEEING, SELF, TALK

_YOU = frozenset({"you", "u", "your", "ur"})
_PAUSE = re.compile(r"[.,]|\Z")
_NO_GUESS = Verdict(VerdictKind.NO_GUESS, None, None, (explain.NOTHING,))
_HEARSAY = frozenset(ASKED + OTHERS + CONTEXT + QUOTED + DENIED)
SHORT = 6  # words; a short reply of words that are neither talk nor chatter may be a name unknown to the grader
MAX_PHRASE = 12  # words that name an item of the review queue
MAX_LETTERS = 200  # characters of such a name: a key in the database; PostgreSQL indexes no more than 2,704 bytes


class _Clause:
    """Words between two pauses, without those that a guess or a question has used.

    Attributes:
        words: these.
        kinds: their kinds, a letter each.
        surfaces: these as they are looked up.
        near: whether a word of the answers may stand anywhere in the reply.
        asked: whether the sentence ends in a question mark.
    """

    __slots__ = ("asked", "key", "kinds", "near", "surfaces", "words")

    def __init__(self, key: Key, words: list[Word], kinds: str, surfaces: Sequence[str], *, near: bool) -> None:
        self.key = key
        self.words = words
        self.kinds = kinds
        self.surfaces = surfaces
        self.near = near
        self.asked = False

    @property
    def names(self) -> bool:
        """Whether one of them is a word of the full answers."""
        return self.near and not self.key.full.isdisjoint(chain.from_iterable([word.atoms for word in self.words]))

    def count(self, kinds: str) -> int:
        """How many of its words are of these kinds."""
        return sum([self.kinds.count(kind) for kind in kinds])

    @property
    def is_about_the_picture(self) -> bool:
        """Whether it holds a medical word, one of the answers, or one of the picture's description."""
        if "a" in self.kinds or self.names:
            return True
        if len(self.words) > SHORT:
            return False
        said = self.surfaces
        return (
            "b" in self.kinds
            or not self.key.initials.isdisjoint(said)
            or not self.key.picture.isdisjoint(map(stem, said))
        )

    @property
    def is_hedged(self) -> bool:
        """Whether the question is a word of the diagnosis with a question mark ("torsion?")."""
        return len(self.words) < SHORT and self.names and not self.count("Q@")

    @property
    def is_bare(self) -> bool:
        """Whether it is nothing but words of the diagnosis ("potassium")."""
        if not self.near:
            return False
        content, full = self.key.content, self.key.full
        silent = True
        for word in self.words:
            if word.kind not in "p.,sc":
                if word.surface not in content and full.isdisjoint(word.atoms):
                    return False
                silent = False
        return not silent

    @property
    def is_remark(self) -> bool:
        """Whether the respondent talks of themselves and not of what they see."""
        said = self.surfaces
        return not SELF.isdisjoint(said) and SEEING.isdisjoint(said) and "u" not in self.kinds

    @property
    def is_plan(self) -> bool:
        """Whether it says what to do: a body part in it is where to look or cut."""
        if not self.key.initials.isdisjoint(self.surfaces) or self.is_bare:
            return False
        if "m" in self.kinds:
            return True
        first = next((w for w in self.words if w.kind not in "p.,@scHZ"), None)
        return first is not None and first.surface in ORDERS


def _clauses(key: Key, words: Words, marks: list[str], used: set[int]) -> list[_Clause]:
    out: list[_Clause] = []
    start = waiting = 0
    last = max([i for i in used if marks[i] == DENIED], default=-1)
    whole = not used and _HEARSAY.isdisjoint(marks)
    near = words.near or not key.content.isdisjoint(words.surfaces)
    for pause in _PAUSE.finditer(words.kinds):
        index = pause.start()
        kept, kinds, surfaces = words[start:index], words.kinds[start:index], words.surfaces[start:index]
        if not whole:
            kept = [words[i] for i in range(start, index) if i not in used and marks[i] not in _HEARSAY]
            kinds = "".join([word.kind for word in kept])
            surfaces = tuple([word.surface for word in kept])
        if kept and (last < start or not _leads_to_denial(words, last, start, index)):
            out.append(_Clause(key, kept, kinds, surfaces, near=near))
        start = index + 1
        if pause[0] == ".":
            if words[index].surface == "?":
                for clause in out[waiting:]:
                    clause.asked = True
            waiting = len(out)
    return out


def _leads_to_denial(words: Words, last: int, start: int, end: int) -> bool:
    """Whether a clause says why it is not something ("painless, so it's not glaucoma") and turns to nothing else.

    ``last`` is the place of the last word that is denied.
    """
    if "." in words.kinds[start:last]:
        return False
    return not any(w.surface in BUTS or w.kind == "u" for w in words[start:end])


def phrase(words: Words, places: tuple[int, ...] = ()) -> str:
    """The normalised words that group replies in the review queue."""
    told = list(zip(words.surfaces, words.kinds, strict=True))
    chosen = [told[p] for p in places] if places else [(s, k) for s, k in told if k in "augb" and s.isalnum()]
    content = [(s, k) for s, k in chosen if k in "au" or k.isupper()] if len(chosen) > MAX_PHRASE else chosen
    named = " ".join(dict.fromkeys([fold(s) for s, _ in content[:MAX_PHRASE] if s]))
    named = named or " ".join(dict.fromkeys([s for s, k in told[:MAX_PHRASE] if k not in "p.,"]))
    return named[:MAX_LETTERS].rstrip()


def _offers(words: Words, clauses: list[_Clause], *, medical: bool) -> bool:
    """Whether something in it may be meant as an answer; in a ``medical`` quiz everyday words alone are none."""
    open_clauses = [c for c in clauses if not c.asked or (c.is_hedged and len(clauses) == 1)]
    addressed = words.kinds[:1] == "@" and not _YOU.isdisjoint(words.surfaces)
    for clause in open_clauses:
        if clause.is_bare:
            return True
        if not addressed and clause.is_about_the_picture and not (clause.is_plan or clause.is_remark):
            return True
    if "u" in words.kinds:
        short = [c for c in open_clauses if not c.is_plan or len(c.words) <= 3]  # noqa: PLR2004  # a bare name
        unknown = sum([c.kinds.count("u") for c in short])
        if unknown:
            return unknown * SHORT > len(words) or not any(map(_is_talk, words))
    if medical or not 0 < sum(c.count("gb") for c in open_clauses) <= SHORT:
        return False
    return not any(map(_is_talk, words)) and not any(c.is_plan for c in clauses)


def _is_talk(word: Word) -> bool:
    """Whether it is a word of somebody who talks rather than names: a cue, an idiom, a word like "why"."""
    idiom = word.kind == "c" and " " in word.surface
    return idiom or word.surface in TALK or word.kind in "SQKTHCZ" or (word.kind == "N" and word.surface != "no")


def settle(key: Key, words: Words, marks: list[str], found: Sorted) -> Verdict:
    """The verdict on a reply without a live guess."""
    reasons = explain.dropped(words, found.dropped)
    used = {p for m, _ in found.dropped for p in m.places}
    clash = opposed(key, words, marks, used)
    if clash:
        return Verdict(VerdictKind.INCORRECT, 0.0, None, (*reasons, clash))
    if not _offers(words, _clauses(key, words, marks, used), medical=bool(key.specialty)):
        return _NO_GUESS._replace(reasons=(*reasons, explain.NOTHING)) if reasons else _NO_GUESS
    named = phrase(words)
    return Verdict(VerdictKind.REVIEW, None, None, (*reasons, f'"{named}": {explain.UNKNOWN}'), named)
