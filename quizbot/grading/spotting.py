"""Spots the names in a stretch of words: the case's own answers in any order, and the lexicon's terms."""

from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from quizbot.grading.key import MANY, Key, Listed, Placed, Worth
from quizbot.grading.mention import Mention
from quizbot.grading.terms import Atoms, Term
from quizbot.grading.words import Words
from quizbot.grading.wordsets import HESITATIONS, ORDERS, PERSONAL

_ANCHORS = 8  # times an answer's word is looked at in one sentence
_EVERYDAY = frozenset("gbcmnszWA")
_LOOSE = frozenset({"class", "group", "finding"})  # terms that a sentence often holds in passing
_BUSY = frozenset("mnNSQK")  # kinds of words among which everyday words name nothing
_CONTENT = "gaub"  # kinds of words that say something themselves
_TELLING = _BUSY.union(_CONTENT)
_NONE: Atoms = frozenset()
_NOWHERE: Mapping[tuple[int, ...], Atoms] = MappingProxyType({})
_SLACK = 9  # words that may stand between the words of a listed answer


def _is_in_passing(words: Words, places: tuple[int, ...], target: Listed | Term) -> bool:
    """Whether everyday words that also name a diagnosis or a category ("still", "eye") are only used as such."""
    if isinstance(target, Listed):
        return False
    if len(places) > 1:
        if target.kind == "finding":
            return False
        if _is_an_order(words, places[0], target):
            return True
    if target.kind not in _LOOSE:
        kinds = words.kinds
        if kinds[places[0]] not in _EVERYDAY or not _EVERYDAY.issuperset([kinds[p] for p in places]):
            return False
    return _is_said_about_something(words, places, target)


def _is_said_about_something(words: Words, places: tuple[int, ...], target: Term) -> bool:
    """Whether what stands around some words in their clause says something in which they are only a part."""
    kinds = words.kinds
    bare = target.kind in ("class", "group")
    start, end = places[0], places[-1] + 1
    first, last = _clause(kinds, start, end) if bare else _sentence(kinds, start, end)
    if not bare and (first, last) != (start, end) and _fills_its_clause(kinds, start, end):
        return False  # an item of a list
    everyday = len(places) == 1 and kinds[start] in "gc" and target.kind == "dx"
    if everyday and any(w.surface in PERSONAL for w in words[first : last - 1]):
        return True  # "get him down"
    rest = kinds[first:start] + kinds[end:last]
    if not bare:
        return not _TELLING.isdisjoint(rest)
    return not _BUSY.isdisjoint(rest) or sum(map(rest.count, _CONTENT)) > 1


def _sentence(kinds: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around some words begins and ends."""
    last = kinds.find(".", end)
    return kinds.rfind(".", 0, start) + 1, last if last >= 0 else len(kinds)


def _clause(kinds: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around some words begins and ends."""
    first, last = _sentence(kinds, start, end)
    pause = kinds.find(",", end, last)
    return max(first, kinds.rfind(",", first, start) + 1), pause if pause >= 0 else last


def _is_an_order(words: Words, start: int, target: Term) -> bool:
    """Whether a verb that opens its clause only seems to be part of a name: "ring vascular"."""
    first = words[start].surface
    if first not in ORDERS or target.name.lower().startswith(first):
        return False
    return not start or words.kinds[start - 1] in ".,AW"


def _fills_its_clause(kinds: str, start: int, end: int) -> bool:
    """Whether a pause stands on both sides of it."""
    return (not start or kinds[start - 1] in ".,") and (end == len(kinds) or kinds[end] in ".,")


def may_be_listed(key: Key, words: Words) -> bool:
    """Whether any word may be one of the case's own answers, or misses one by a letter."""
    return words.near or _is_loose(key, words)


def _is_loose(key: Key, words: Words) -> bool:
    return words.slipped and key.reader.slips


def listed(key: Key, words: Words, marks: list[str], places: list[int]) -> list[Mention]:
    """The case's own answers among some words, in any order."""
    by_atom = key.by_atom
    loose = _is_loose(key, words)
    if not loose and by_atom.keys().isdisjoint(chain.from_iterable([words.atoms[place] for place in places])):
        return []
    where: dict[str, list[int]] = {}
    for place in places:
        for atom in words.atoms[place]:
            if atom in where:
                where[atom].append(place)
            else:
                where[atom] = [place]
    slips = _slips(words, places, where) if loose else set()
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


def known(
    key: Key,
    words: Words,
    marks: list[str],
    places: Sequence[int],
    spots: Mapping[tuple[int, ...], Atoms] = _NOWHERE,
) -> list[Mention]:
    """Terms of the lexicon, but for words that a listed answer covers exactly (``spots``)."""
    out = []
    for spot, atoms, terms in key.terms.spelt.inside(words, places):
        if spots and atoms <= spots.get(spot, _NONE):
            continue
        placed = key.placed.get(atoms)
        if placed is None:
            placed = key.placed[atoms] = _placed(key, atoms, terms)
        target, exact, narrower = placed
        if not _is_in_passing(words, spot, target):
            out.append(Mention(spot, atoms, target, marks[spot[0]], exact, narrower))
    return out


def _placed(key: Key, atoms: Atoms, terms: tuple[Term, ...]) -> Placed:
    """What a name of the lexicon is to a case: worked out once for each that is met."""
    listed = [key.by_term[t.name] for t in terms if t.name in key.by_term]
    if listed:
        sure = len(terms) == 1 or atoms in (item.atoms for item in listed)
        if sure or not _rival(key, terms) or _hopeless(key, terms):
            return listed[0], atoms == listed[0].atoms, False
        return Term(" or ".join(t.name for t in terms), "ambiguous"), True, False
    near = [t for t in terms if t.name in key.own or t.field == key.specialty] if len(terms) > 1 else terms
    term = near[0] if near else terms[0]
    same = term.name in key.own or key.is_form(term.name)
    whole = key.diagnosis if same else key.detailed(term.name, atoms)
    return whole or term, False, whole is not None


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
