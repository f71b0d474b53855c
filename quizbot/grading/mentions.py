"""Finds what a reply mentions: the case's own answers in any word order, and every diagnosis of the lexicon."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizbot.grading.key import Key, Listed
from quizbot.grading.reader import Word
from quizbot.grading.status import is_stop
from quizbot.grading.terms import MAX_WINDOW, Atoms, Term

_SKIPPED = frozenset("sWA")
_MOST = 40  # mentions compared with each other: a bound on what hostile text can cost
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
    found = _widest(words, found) if len(found) > 1 else found
    if found and any(w.kind in "OV" for w in words):
        found = sorted(found + _shared_heads(key, words, marks, found), key=lambda m: m.places)
    return found


def _is_sign(mention: Mention) -> bool:
    return isinstance(mention.target, Term) and mention.target.kind == "finding"


def _in_passing(words: list[Word], mention: Mention) -> bool:
    """Whether everyday words that also name a diagnosis or a category ("still", "eye") are only used as such."""
    target = mention.target
    if isinstance(target, Listed):
        return False
    if target.kind != "class" and not all(words[p].kind in "gbcmnszWA" for p in mention.places):
        return False
    spare = 2 if target.kind == "class" else 0
    first, last = mention.start, mention.end
    while first and not is_stop(words[first - 1]):
        first -= 1
    while last + 1 < len(words) and not is_stop(words[last + 1]):
        last += 1
    rest = [words[at].kind for at in range(first, last + 1) if not mention.start <= at <= mention.end]
    return sum(kind in "gaub" for kind in rest) > spare or any(kind in "mnNSQK" for kind in rest)


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
    slips = _slips(words, places, where)
    by_atom = key.by_atom
    have = where.keys()
    for atom in have & by_atom.keys():
        for form, item in by_atom[atom]:
            if form <= have:
                for spot in _spots(form, where, atom):
                    if _joined_up(words, spot, item) and (not slips or _tight(form, spot, slips)):
                        yield Mention(spot, form, item, marks[spot[0]], form == item.atoms)


def _joined_up(words: list[Word], spot: tuple[int, ...], item: Listed) -> bool:
    """Whether no "or", "vs" or ">" parts the words, unless the answer itself holds a slash."""
    return "/" in item.text or not any(words[i].kind in "OVPU" for i in range(spot[0], spot[-1]))


def _slips(words: list[Word], places: list[int], where: dict[str, list[int]]) -> set[int]:
    """Everyday words beside content that miss an answer's word by a letter: counted, if the rest of the answer is there."""
    found = set()
    for place in range(max(0, places[0] - 2), min(len(words), places[-1] + 3)):
        slip = words[place].slip
        if slip and slip not in where:
            where[slip] = [place]
            found.add(place)
    return found


def _tight(form: Atoms, spot: tuple[int, ...], slips: set[int]) -> bool:
    used = slips.intersection(spot)
    return not used or (len(spot) > len(used) and spot[-1] - spot[0] <= len(form) + 1)


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


def _widest(words: list[Word], found: list[Mention]) -> list[Mention]:
    """Of mentions that share words, the one that covers the most; a listed answer before a term of equal cover."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(found, key=_rank):
        if not taken.intersection(mention.places) and not _bridges(words, mention, found):
            kept.append(mention)
            taken.update(mention.places)
    return sorted(kept, key=lambda m: m.places)


def _bridges(words: list[Word], mention: Mention, found: list[Mention]) -> bool:
    """Whether it takes words out of another mention across a "with": "orbital [cellulitis] with subperiosteal abscess"."""
    if not any(words[i].kind in "WAOV" for i in range(mention.start, mention.end)):
        return False
    places = set(mention.places)
    return any(
        places.intersection(o.places) and not places.issuperset(o.places) and o.end - o.start < len(o.places) + 1
        for o in found[:_MOST]
    )


def _shared_heads(key: Key, words: list[Word], marks: list[str], found: list[Mention]) -> list[Mention]:
    """ "C1 or odontoid fracture": the word on the other side of "or" borrows the rest of the name."""
    out = []
    taken = {p for m in found for p in m.places}
    for mention in found[:_MOST]:
        for near, place in ((mention.start - 1, mention.start - 2), (mention.end + 1, mention.end + 2)):
            if (
                not (0 <= place < len(words) and 0 <= near < len(words))
                or place in taken
                or words[near].kind not in "OV"
            ):
                continue
            atoms = words[place].atoms
            for dropped in sorted(mention.atoms) if atoms and len(mention.atoms) > 1 else ():
                target = _named(key, (mention.atoms - {dropped}).union(atoms))
                if target is not None and target != mention.target:
                    out.append(Mention((place,), frozenset(atoms), target, marks[place]))
                    break
    return out


def _named(key: Key, atoms: Atoms) -> Listed | Term | None:
    entries = next((key.by_atom[a] for a in atoms if any(form == atoms for form, _ in key.by_atom.get(a, ()))), ())
    for form, item in entries:
        if form == atoms:
            return item
    terms = key.terms.windows.get(atoms, ())
    return key.by_term.get(terms[0].name, terms[0]) if terms and terms[0].kind == "dx" else None
