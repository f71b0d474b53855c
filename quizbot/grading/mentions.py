"""Finds what a reply mentions: the case's own answers in any word order, and every diagnosis of the lexicon."""

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from quizbot.grading.key import MANY, Key, Listed, Worth
from quizbot.grading.reader import Words
from quizbot.grading.status import HIGH, LIVE, is_pause, is_stop
from quizbot.grading.terms import Atoms, Term
from quizbot.grading.wordsets import HESITATIONS, PERSONAL

_SKIPPED = frozenset("sWA")
_MOST = 40  # mentions compared with each other: a bound on what hostile text can cost
_ANCHORS = 8  # times an answer's word is looked at in one sentence
_EVERYDAY = "gbcmnszWA"
_NONE: Atoms = frozenset()
_WHOLE = 4  # words of a listed answer that is long enough to hold a "with" itself
_SLACK = 9  # words that may stand between the words of a listed answer


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


def find(key: Key, words: Words, marks: list[str]) -> list[Mention]:
    """The mentions of a reply, in order, none inside another."""
    found: list[Mention] = []
    for places in _stretches(words, marks):
        own = _listed(key, words, marks, places)
        spots = {m.places: m.atoms for m in own}
        found += own
        found += [m for m in _known(key, words, marks, places, spots) if not _in_passing(words, m)]
    if len(found) > 1:
        found = _widest(words, _without_signs(found))
    if found and ("O" in words.kinds or "V" in words.kinds):
        found = sorted(found + _shared_heads(key, words, marks, found), key=attrgetter("places"))
    return found


def _without_signs(found: list[Mention]) -> list[Mention]:
    """A sign of the lexicon gives way to a listed answer among its words: "biphasic T waves in V2"."""
    listed = {p for m in found if isinstance(m.target, Listed) for p in m.places}
    return [m for m in found if not (_is_sign(m) and listed.intersection(m.places))] if listed else found


def _is_sign(mention: Mention) -> bool:
    return isinstance(mention.target, Term) and mention.target.kind == "finding"


def _in_passing(words: Words, mention: Mention) -> bool:
    """Whether everyday words that also name a diagnosis or a category ("still", "eye") are only used as such."""
    target = mention.target
    if isinstance(target, Listed) or (target.kind == "finding" and len(mention.places) > 1):
        return False
    loose = target.kind in ("class", "group", "finding")
    if not loose and not all(words[p].kind in _EVERYDAY for p in mention.places):
        return False
    spare = 1 if target.kind in ("class", "group") else 0
    first, last = mention.start, mention.end
    ends = is_pause if spare else is_stop
    while first and not ends(words[first - 1]):
        first -= 1
    while last + 1 < len(words) and not ends(words[last + 1]):
        last += 1
    if not spare and _fills_its_clause(words, mention) and (first, last) != (mention.start, mention.end):
        return False  # an item of a list
    rest = [words[at].kind for at in range(first, last + 1) if not mention.start <= at <= mention.end]
    everyday = mention.start == mention.end and words[mention.start].kind in "gc" and target.kind == "dx"
    if everyday and any(w.surface in PERSONAL for w in words[first:last]):
        return True  # "get him down"
    return sum(kind in "gaub" for kind in rest) > spare or any(kind in "mnNSQK" for kind in rest)


def _fills_its_clause(words: Words, mention: Mention) -> bool:
    """Whether a pause stands on both sides of it."""
    before, after = mention.start - 1, mention.end + 1
    return (before < 0 or is_pause(words[before])) and (after == len(words) or is_pause(words[after]))


def _stretches(words: Words, marks: list[str]) -> Iterable[list[int]]:
    """Indices of words with content, a list for each sentence and status in it."""
    groups: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        if word.atoms:
            mark = marks[index]
            groups.setdefault(LIVE if mark == HIGH else mark, []).append(index)
        elif groups and word.kind == ".":
            yield from groups.values()
            groups = {}
    yield from groups.values()


def _listed(key: Key, words: Words, marks: list[str], places: list[int]) -> list[Mention]:
    where: dict[str, list[int]] = {}
    for place in places:
        for atom in words[place].atoms:
            if atom in where:
                where[atom].append(place)
            else:
                where[atom] = [place]
    slips = _slips(words, places, where) if key.reader.slips else set()
    by_atom = key.by_atom
    have = where.keys()
    return [
        Mention(spot, form, item, marks[spot[0]], form == item.atoms)
        for atom in where
        if atom in by_atom
        for form, item in by_atom[atom]
        if form <= have
        for spot in _spots(form, where, atom)
        if _joined_up(words, spot, item) and (not slips or _tight(form, spot, slips))
    ]


def _joined_up(words: Words, spot: tuple[int, ...], item: Listed) -> bool:
    """Whether no correction parts the words, nor "or", "vs" or ">", unless the answer itself holds a slash."""
    between = [words[i] for i in range(spot[0], spot[-1])]
    if any(w.kind == "C" and w.surface not in HESITATIONS for w in between):
        return False
    return "/" in item.text or not any(w.kind in "OVPU" for w in between)


def _slips(words: Words, places: list[int], where: dict[str, list[int]]) -> set[int]:
    """Everyday words that miss an answer's word by a letter: they count if the rest of the answer is beside them."""
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


def _spots(form: Atoms, where: dict[str, list[int]], atom: str) -> list[tuple[int, ...]]:
    """The places of an answer's words, near each other, once for each time its rarest word stands there."""
    if len(form) == 1:
        return [(place,) for place in where[atom][:_ANCHORS]]
    out = []
    for anchor in where[atom][:_ANCHORS]:
        spot = sorted(
            {min(where[a], key=lambda p: abs(p - anchor)) if len(where[a]) > 1 else where[a][0] for a in form}
        )
        if spot[-1] - spot[0] <= len(form) + _SLACK:
            out.append(tuple(spot))
    return out


def _known(
    key: Key, words: Words, marks: list[str], places: list[int], spots: dict[tuple[int, ...], Atoms]
) -> list[Mention]:
    """Terms of the lexicon, but for words that a listed answer covers exactly."""
    out = []
    for run in _runs(words, places):
        for first, last, atoms, terms in key.terms.inside(tuple([words[p].atoms for p in run])):
            spot = tuple(run[first:last])
            if not atoms <= spots.get(spot, _NONE):
                out.append(_term_mention(key, spot, atoms, terms, marks))
    return out


def _term_mention(
    key: Key, places: tuple[int, ...], atoms: Atoms, terms: tuple[Term, ...], marks: list[str]
) -> Mention:
    mark = marks[places[0]]
    listed = [key.by_term[t.name] for t in terms if t.name in key.by_term]
    if listed:
        sure = len(terms) == 1 or atoms in (item.atoms for item in listed)
        if sure or not _rival(key, terms) or _hopeless(key, terms):
            return Mention(places, atoms, listed[0], mark, atoms == listed[0].atoms)
        return Mention(places, atoms, Term(" or ".join(t.name for t in terms), "ambiguous"), mark)
    near = [t for t in terms if t.name in key.own or t.field == key.specialty] if len(terms) > 1 else terms
    term = near[0] if near else terms[0]
    whole = key.diagnosis if key.is_form(term.name) else key.detailed(term.name, atoms)
    return Mention(places, atoms, whole or term, mark, exact=False, narrower=whole is not None)


def _hopeless(key: Key, terms: tuple[Term, ...]) -> bool:
    """Whether no reading of a short form can earn anything: each is listed as wrong, or is a stranger to the case."""
    return all(
        key.by_term[t.name].worth is Worth.REJECT
        if t.name in key.by_term
        else not (t.name in key.own or t.name in key.ancestors or key.is_form(t.name))
        for t in terms
    )


def _rival(key: Key, terms: tuple[Term, ...]) -> bool:
    """Whether an abbreviation or a short name has a second plausible reading besides the listed one."""
    if len(terms) >= MANY and all(len(form) == 1 for t in terms for form in key.terms.names.get(t.name, ())[-1:]):
        return True
    listed = {t.name for t in terms if t.name in key.by_term}
    if len({key.by_term[name].credit for name in listed}) > 1:
        return True
    parents = key.terms.parents
    fields = {t.field for t in terms if t.name in listed}
    return any(
        t.name not in listed and t.field in fields and not listed & parents.get(t.name, frozenset()) for t in terms
    )


def _runs(words: Words, places: list[int]) -> list[list[int]]:
    """Places that stand side by side but for words that say nothing."""
    run = [places[0]]
    runs = [run]
    for place in places[1:]:
        if place - run[-1] > 1 and not _silent(words, run[-1] + 1, place):
            run = []
            runs.append(run)
        run.append(place)
    return runs


def _silent(words: Words, start: int, stop: int) -> bool:
    return all(words[i].kind in _SKIPPED and not words[i].atoms for i in range(start, stop))


def _rank(mention: Mention) -> tuple[int, int, int, int, tuple[int, ...], str]:
    listed = isinstance(mention.target, Listed)
    span = mention.end - mention.start
    scattered = max(0, span - len(mention.atoms) - 3)  # words far apart may not belong together
    name = mention.target.text if isinstance(mention.target, Listed) else mention.target.name
    better = (scattered - 2 * len(mention.atoms), 0 if listed else 1, 0 if mention.exact else 1, span)
    return (*better, mention.places, name)  # the last two only make the order the same every time


def _widest(words: Words, found: list[Mention]) -> list[Mention]:
    """Of mentions that share words, the one that covers the most; a listed answer before a term of equal cover."""
    kept: list[Mention] = []
    taken: set[int] = set()
    if len({p for m in found for p in m.places}) == sum(len(m.places) for m in found):
        return sorted(found, key=attrgetter("places"))
    for mention in sorted(found, key=_rank):
        if not taken.intersection(mention.places) and not _bridges(words, mention, found):
            kept.append(mention)
            taken.update(mention.places)
    return sorted(kept, key=attrgetter("places"))


def _bridges(words: Words, mention: Mention, found: list[Mention]) -> bool:
    """Whether it takes a word from a tighter mention across "with": "orbital cellulitis with subperiosteal abscess"."""
    whole = mention.exact and len(mention.atoms) >= _WHOLE and isinstance(mention.target, Listed)
    if whole or not any(words[i].kind in "WAOV" for i in range(mention.start, mention.end)):
        return False
    places = set(mention.places)
    return any(
        places.intersection(o.places) and not places.issuperset(o.places) and o.end - o.start < len(o.places) + 1
        for o in found[:_MOST]
    )


def _shared_heads(key: Key, words: Words, marks: list[str], found: list[Mention]) -> list[Mention]:
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
