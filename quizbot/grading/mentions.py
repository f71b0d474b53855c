"""Finds what a reply mentions: the case's own answers in any word order, and every diagnosis of the lexicon."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizbot.grading.key import Key, Listed
from quizbot.grading.reader import Word
from quizbot.grading.status import is_stop
from quizbot.grading.terms import MAX_WINDOW, Atoms, Term

_SKIPPED = frozenset("sWA")
_SLACK = 9  # words that may stand between the words of a listed answer


@dataclass(frozen=True, slots=True)
class Mention:
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


def find(key: Key, words: list[Word], marks: list[str]) -> list[Mention]:
    """The mentions of a reply, in order, none inside another."""
    found: list[Mention] = []
    for places in _stretches(words, marks):
        found.extend(_listed(key, words, marks, places))
        found.extend(_known(key, words, marks, places))
    listed = {p for m in found if isinstance(m.target, Listed) for p in m.places}
    found = [m for m in found if not _in_passing(words, m) and not (_is_sign(m) and listed.intersection(m.places))]
    return _widest(found) if len(found) > 1 else found


def _is_sign(mention: Mention) -> bool:
    return isinstance(mention.target, Term) and mention.target.kind == "finding"


def _in_passing(words: list[Word], mention: Mention) -> bool:
    """Whether everyday words that also name a diagnosis or a category ("still", "eye") are only used as such."""
    target = mention.target
    if isinstance(target, Listed):
        return False
    if target.kind != "class" and not all(words[p].kind in "gcmnszWA" for p in mention.places):
        return False
    spare = 2 if target.kind == "class" else 0
    first, last = mention.start, mention.end
    while first and not is_stop(words[first - 1]):
        first -= 1
    while last + 1 < len(words) and not is_stop(words[last + 1]):
        last += 1
    rest = [words[at].kind for at in range(first, last + 1) if not mention.start <= at <= mention.end]
    return sum(kind in "gau" for kind in rest) > spare or any(kind in "mnNSQK" for kind in rest)


def _stretches(words: list[Word], marks: list[str]) -> Iterable[list[int]]:
    """Indices of words with content, a list for each sentence and status in it."""
    groups: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        if word.atoms:
            groups.setdefault(_group(marks[index]), []).append(index)
        elif is_stop(word):
            yield from groups.values()
            groups = {}
    yield from groups.values()


def _group(mark: str) -> str:
    return "." if mark == "h" else mark


def _listed(key: Key, words: list[Word], marks: list[str], places: list[int]) -> Iterable[Mention]:
    where: dict[str, list[int]] = {}
    for place in places:
        for atom in words[place].atoms:
            where.setdefault(atom, []).append(place)
    by_atom = key.by_atom
    have = where.keys()
    for atom in have & by_atom.keys():
        for form, item in by_atom[atom]:
            if form <= have:
                for spot in _spots(form, where, atom):
                    yield Mention(spot, form, item, marks[spot[0]], form == item.atoms)


def _spots(form: Atoms, where: dict[str, list[int]], atom: str) -> Iterable[tuple[int, ...]]:
    """The places of an answer's words, near each other, once for each time its rarest word stands there."""
    for anchor in where[atom][:8]:
        spot = {min(where[a], key=lambda p: abs(p - anchor)) for a in form}
        if max(spot) - min(spot) <= len(form) + _SLACK:
            yield tuple(sorted(spot))


def _known(key: Key, words: list[Word], marks: list[str], places: list[int]) -> Iterable[Mention]:
    windows = key.terms.windows
    for run in _runs(words, places):
        for first in range(len(run)):
            atoms: frozenset[str] = frozenset()
            for last in range(first, min(first + MAX_WINDOW, len(run))):
                atoms = atoms.union(words[run[last]].atoms)
                terms = windows.get(atoms)
                if terms:
                    yield from _term_mentions(key, tuple(run[first : last + 1]), atoms, terms, marks)


def _term_mentions(
    key: Key, places: tuple[int, ...], atoms: Atoms, terms: tuple[Term, ...], marks: list[str]
) -> Iterable[Mention]:
    listed = [key.by_term[t.name] for t in terms if t.name in key.by_term]
    if listed:
        if len(terms) == 1 or atoms in (item.atoms for item in listed) or not _rival(key, terms):
            yield Mention(places, atoms, listed[0], marks[places[0]], atoms == listed[0].atoms)
        else:
            yield Mention(places, atoms, Term("|".join(t.name for t in terms), "ambiguous"), marks[places[0]])
    else:
        own = [t for t in terms if t.name in key.own or t.field == key.specialty]
        term = (own or list(terms))[0]
        narrower = key.is_form(term.name)
        yield Mention(
            places, atoms, key.diagnosis if narrower else term, marks[places[0]], exact=False, narrower=narrower
        )


def _rival(key: Key, terms: tuple[Term, ...]) -> bool:
    """Whether an abbreviation or a short name has a second plausible reading besides the listed one."""
    listed = {t.name for t in terms if t.name in key.by_term}
    parents = key.terms.parents
    fields = {t.field for t in terms if t.name in listed}
    return any(
        t.name not in listed and t.field in fields and not listed & parents.get(t.name, frozenset()) for t in terms
    )


def _runs(words: list[Word], places: list[int]) -> Iterable[list[int]]:
    """Places that stand side by side but for words that say nothing."""
    run: list[int] = []
    for place in places:
        if run and not all(words[i].kind in _SKIPPED and not words[i].atoms for i in range(run[-1] + 1, place)):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _rank(mention: Mention) -> tuple[int, int, int, int]:
    listed = isinstance(mention.target, Listed)
    span = mention.end - mention.start
    scattered = max(0, span - len(mention.atoms) - 3)  # words far apart may not belong together
    return (scattered - 2 * len(mention.atoms), 0 if listed else 1, 0 if mention.exact else 1, span)


def _widest(found: list[Mention]) -> list[Mention]:
    """Of mentions that share words, the one that covers the most; a listed answer before a term of equal cover."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(found, key=_rank):
        if not taken.intersection(mention.places):
            kept.append(mention)
            taken.update(mention.places)
    return sorted(kept, key=lambda m: m.places)
