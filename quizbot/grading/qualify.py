"""Qualifiers: what stands beside a match and may contradict the diagnosis, or be missing from it (rules 10 and 11)."""

from dataclasses import dataclass
from itertools import chain

from quizbot.grading.key import Key, Listed, Worth
from quizbot.grading.mention import Mention
from quizbot.grading.status import DEAD
from quizbot.grading.terms import Atoms
from quizbot.grading.words import Words
from quizbot.grading.wordsets import FILLERS, SIGNS, UNDOING

_BESIDE = frozenset("s")
_BRACKETS = frozenset("()")
_MIMIC = frozenset({"mimic", "pseudo", "lookalike", "equivalent", "mimicker", "variant"})


@dataclass(frozen=True, slots=True)
class Clash:
    """A qualifier that contradicts: wrong (credit 0), or for a person to say (None)."""

    credit: float | None
    why: str


def beside(words: Words, guess: Mention) -> Atoms:
    """The family words in the phrase around a guess, its own included."""
    atoms = set(guess.atoms)
    for step, start in ((-1, guess.start - 1), (1, guess.end + 1)):
        at = start
        while 0 <= at < len(words) and (words[at].atoms or words[at].kind in _BESIDE or words[at].surface in _BRACKETS):
            atoms.update(words[at].atoms)
            at += step
    for at in range(guess.start, guess.end):
        if words[at].atoms and not any(w.kind in "NX" for w in words[guess.start : at]):
            atoms.update(words[at].atoms)
    return frozenset(atoms)


def contradiction(key: Key, words: Words, guess: Mention, item: Listed) -> Clash | None:
    """The qualifier in or beside a guess that the diagnosis rules out, if there is one."""
    around = beside(words, guess)
    if _is_a_sign(key, words, guess, item):
        return Clash(None, "a sign of that name is not the diagnosis (rule 14)")
    if (around - item.atoms) & _MIMIC:
        return Clash(None, "the words beside it may turn it into something else")
    if any(guess.atoms in key.terms.names.get(name, ()) for name in key.own):
        around -= guess.atoms  # a name of the diagnosis contradicts nothing
    for group, meant in key.opposites:
        said = around & group
        if said and not said & item.atoms and not said & meant:
            return Clash(0.0, f'"{"/".join(sorted(said))}" contradicts "{"/".join(sorted(meant))}" (rule 10)')
    return _wrong_side(key, around)


def _is_a_sign(key: Key, words: Words, guess: Mention, item: Listed) -> bool:
    """Whether a person's name is followed by what makes it the name of a sign ("Hamman crunch")."""
    after = words[guess.end + 1].atoms if guess.end + 1 < len(words) else ()
    return guess.atoms <= key.terms.people and not SIGNS.isdisjoint(after) and not item.atoms.intersection(after)


def is_undone(words: Words, guess: Mention) -> bool:
    """Whether a word before it makes it another thing ("non cardiogenic", "impending rupture")."""
    first = guess.places[0]
    return first > 0 and words[first - 1].surface in UNDOING


def _wrong_side(key: Key, around: Atoms) -> Clash | None:
    said = around & {"left", "right"}
    if len(key.sides) == 1 and len(said) == 1 and said != key.sides and not key.full & {"left", "right"}:
        return Clash(None, "the picture shows the other side (rule 10)")
    return None


def is_vague(key: Key, guess: Mention, item: Listed) -> bool:
    """Whether a synonym drops a content word of the diagnosis that it does not stand for itself."""
    if guess.exact or item.worth is not Worth.FULL or _says_enough(key, guess):
        return False
    if not guess.atoms < item.atoms or guess.atoms & key.terms.people:
        return False
    implied = key.terms.lexicon.implied
    said = guess.atoms.union(*(implied.get(atom, ()) for atom in guess.atoms))
    return bool(item.atoms - said - FILLERS)


def _says_enough(key: Key, guess: Mention) -> bool:
    """Whether it holds the words of another full answer: then that says how much is enough ("tricyclic overdose")."""
    return any(core <= guess.atoms for core in key.cores)


def fuller(key: Key, words: Words, guess: Mention, item: Listed) -> str:
    """A word near a partial answer that belongs to the diagnosis and would make it whole, if there is one."""
    missing = key.full - item.atoms
    beside = (w for i, w in enumerate(words) if i not in guess.places and missing.intersection(w.atoms))
    return next((w.surface for w in beside), "")


def opposed(key: Key, words: Words, marks: list[str], used: set[int]) -> str:
    """Why a phrase in the answer's words but with an opposite ("anterior dislocation") is wrong, or ""."""
    if not words.near or key.excluded.isdisjoint(chain.from_iterable(words.atoms)):
        return ""
    run: set[str] = set()
    for index in range(len(words) + 1):
        word = words[index] if index < len(words) else None
        if word and word.atoms and marks[index] not in DEAD and index not in used:
            run.update(word.atoms)
        elif not word or word.kind != "s":
            why = _opposite(key, frozenset(run))
            if why:
                return why
            run.clear()
    return ""


def _opposite(key: Key, run: Atoms) -> str:
    own = run & key.full
    strange = run - own
    if not own or not strange:
        return ""
    for group, meant in key.contrary:
        if strange <= group and not run & meant and own - group:
            return f'"{"/".join(sorted(strange))}" contradicts "{"/".join(sorted(meant))}" (rule 10)'
    return ""
