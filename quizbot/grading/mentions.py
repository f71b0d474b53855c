"""Finds what a reply mentions: the case's own answers in any word order, and every diagnosis of the lexicon."""

from operator import attrgetter

from quizbot.grading.key import Key, Listed
from quizbot.grading.mention import Mention
from quizbot.grading.spotting import known, listed, may_be_listed
from quizbot.grading.status import HIGH, LIVE
from quizbot.grading.terms import Atoms, Term
from quizbot.grading.words import Words

_MOST = 40  # mentions compared with each other: a bound on what hostile text can cost
_WHOLE = 4  # words of a listed answer that is long enough to hold a "with" itself


def find(key: Key, words: Words, marks: list[str]) -> list[Mention]:
    """The mentions of a reply, in order, none inside another."""
    if marks.count(LIVE) == len(marks) and not may_be_listed(key, words):
        found = known(key, words, marks, [i for i, atoms in enumerate(words.atoms) if atoms])
    else:
        found = _by_stretches(key, words, marks)
    if len(found) > 1:
        found = _widest(words, _without_signs(found))
    if found and ("O" in words.kinds or "V" in words.kinds):
        found = sorted(found + _shared_heads(key, words, marks, found), key=attrgetter("places"))
    return found


def _by_stretches(key: Key, words: Words, marks: list[str]) -> list[Mention]:
    """What stands in each sentence, and with each status in it: the words of an answer may be parted by others."""
    found: list[Mention] = []
    for places in _stretches(words, marks):
        own = listed(key, words, marks, places)
        found += own
        found += known(key, words, marks, places, {m.places: m.atoms for m in own})
    return found


def _without_signs(found: list[Mention]) -> list[Mention]:
    """A sign of the lexicon gives way to a listed answer among its words: "biphasic T waves in V2"."""
    listed = {p for m in found if isinstance(m.target, Listed) for p in m.places}
    return [m for m in found if not (_is_sign(m) and listed.intersection(m.places))] if listed else found


def _is_sign(mention: Mention) -> bool:
    return isinstance(mention.target, Term) and mention.target.kind == "finding"


def _stretches(words: Words, marks: list[str]) -> list[list[int]]:
    """Indices of words with content, a list for each sentence and status in it."""
    stretches: list[list[int]] = []
    groups: dict[str, list[int]] = {}
    for index, (atoms, mark) in enumerate(zip(words.atoms, marks, strict=True)):
        if atoms:
            groups.setdefault(LIVE if mark == HIGH else mark, []).append(index)
        elif groups and words.kinds[index] == ".":
            stretches += groups.values()
            groups = {}
    stretches += groups.values()
    return stretches


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
