"""The lexicon compiled: sets of family words to the diagnoses, findings and classes they name."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from quizbot.grading.cues import Spotter, read
from quizbot.grading.fold import fold
from quizbot.grading.lexicon import Lexicon, load
from quizbot.grading.memory import uncollected
from quizbot.grading.names import Names
from quizbot.grading.reader import Reader
from quizbot.grading.text import plain, tokens
from quizbot.grading.vocabulary import FAMILIAR, Vocabulary
from quizbot.grading.wordsets import NOISE, SORTS, STOP

RARE = 30_000  # the rank from which a word of a name is nobody's but its own
ADJECTIVE = ("ic", "al", "ous", "ive", "ing", "ed", "less", "ar", "ary", "ion", "oid", "ian")  # such words describe
SHORT_WORD = 3  # letters; so short a word is rather a short form

Atoms = frozenset[str]


@dataclass(frozen=True, slots=True)
class Term:
    """Something with a name: kind is "dx", "finding", "class" (a bare category) or "group" (a narrower class)."""

    name: str
    kind: str
    field: str = ""


@dataclass(frozen=True)
class Terms:
    """The compiled lexicon.

    Attributes:
        windows: the words of every name as a set, to the terms it may mean.
        names: the sets of each term's names.
        parents: a diagnosis' broader terms, by name, all levels up.
        unlike: a diagnosis' look-alikes, by name.
        people: eponyms, folded.
    """

    lexicon: Lexicon
    vocabulary: Vocabulary
    reader: Reader
    spotter: Spotter
    windows: dict[Atoms, tuple[Term, ...]]
    names: dict[str, tuple[Atoms, ...]]
    parents: dict[str, frozenset[str]]
    unlike: dict[str, frozenset[str]]
    people: frozenset[str]

    @cached_property
    def spelt(self) -> Names:
        """The lexicon's names, to be found in a stretch of words."""
        return Names(self.windows)

    def forget(self) -> None:
        """Drop what replies have made it remember: somebody measures the first reading."""
        self.vocabulary.general.forget()
        self.spelt.forget()

    def find(self, text: str) -> tuple[Term, ...]:
        """The terms a name stands for."""
        return self.windows.get(atoms_of(self.reader, self.spotter, text), ())


def atoms_of(reader: Reader, spotter: Spotter, text: str) -> Atoms:
    """The content words of a name, as family words."""
    return frozenset(atom for word in read(reader, spotter, text) for atom in word.atoms)


def _raw_words(text: str) -> Iterator[str]:
    for token in tokens(plain(text)):
        low = token.lower().replace("'", "")
        yield from (part for part in low.split("-") if part and part[0].isalnum())


def _joined(text: str) -> Iterator[str]:
    """Words written with a hyphen, as one: "eight-ball" may be a word of its own."""
    return (token.lower().replace("-", "") for token in tokens(plain(text)) if "-" in token)


def _all_names(lexicon: Lexicon) -> Iterator[str]:
    for dx in lexicon.diagnoses:
        yield from (dx.name, *dx.syn, *dx.findings)
    for finding in lexicon.findings:
        yield from (finding.name, *finding.syn)
    for name, syn in lexicon.classes.items():
        yield from (name, *syn)
    yield from lexicon.phrases.values()


def _vocabulary(lexicon: Lexicon) -> Vocabulary:
    hyphened = {w for name in _all_names(lexicon) for w in _raw_words(name)}
    hyphened |= {t for name in _all_names(lexicon) for t in _joined(name) if t in lexicon.rank}
    words = {lexicon.families.get(w) or lexicon.families.get(fold(w)) or fold(w) for w in hyphened if w not in STOP}
    return Vocabulary(lexicon, words | set(lexicon.families.values()) | {fold(w) for w in lexicon.eponyms})


def bare_eponyms(atoms: Atoms, eponyms: frozenset[str]) -> Atoms:
    """The people's names in a name that holds nothing else but "syndrome" or "injury"; else an empty set."""
    people = atoms & eponyms
    return people if people and not (atoms - people - NOISE) else frozenset()


class _Builder:
    """Collects names while the lexicon is compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.vocabulary = _vocabulary(lexicon)
        self.reader = Reader(self.vocabulary)
        self.spotter = Spotter(lexicon, self.reader)
        self.eponyms = frozenset(fold(w) for w in lexicon.eponyms)
        self.windows: defaultdict[Atoms, dict[str, Term]] = defaultdict(dict)
        self.names: defaultdict[str, list[Atoms]] = defaultdict(list)
        self._read: dict[str, Atoms] = {}

    def atoms(self, text: str) -> Atoms:
        """What a name reads as; most stand in the lexicon more than once."""
        atoms = self._read.get(text)
        if atoms is None:
            atoms = self._read[text] = atoms_of(self.reader, self.spotter, text)
        return atoms

    def add(self, term: Term, names: Iterable[str]) -> None:
        for text in names:
            atoms = self.atoms(text)
            if len(atoms) == 1 and self._says_more(text, *atoms):
                continue
            for form in dict.fromkeys((atoms, bare_eponyms(atoms, self.eponyms), self._strangers(atoms))):
                if form:
                    self._register(form, term)

    def _says_more(self, text: str, atom: str) -> bool:
        """Whether a name says more than its one content word: "R on T", "premature beats"."""
        words = len(text.split())
        return words > 2 or (words > 1 and self.lexicon.rank.get(atom, RARE) < FAMILIAR)  # noqa: PLR2004

    def _strangers(self, atoms: Atoms) -> Atoms:
        """The words that only this sort of name holds, without "syndrome" or "disease": "Andersen-Tawil"."""
        rest = atoms - SORTS
        rank, body = self.lexicon.rank, self.lexicon.families.values()
        strange = all(rank.get(a, RARE) >= RARE and len(a) > SHORT_WORD and not a.endswith(ADJECTIVE) for a in rest)
        strange = strange and rest.isdisjoint(body)
        return rest if rest and rest != atoms and strange and rest.isdisjoint(self.lexicon.medical) else frozenset()

    def _register(self, form: Atoms, term: Term) -> None:
        if all(len(atom) == 1 for atom in form):
            return  # a letter alone names nothing
        rivals = self.windows[form]
        if term.kind != "dx" and any(t.kind == "dx" for t in rivals.values()):
            return
        rivals[term.name] = term
        self.names[term.name].append(form)

    def sign(self, name: str, syn: tuple[str, ...]) -> None:
        """A finding under the name it was first met with."""
        known = [t for text in (name, *syn) for t in self.windows.get(self.atoms(text), {}).values()]
        same = next((t for t in known if t.kind == "finding"), Term(name, "finding"))
        self.add(same, (name, *syn, *self._unsigned(name)))

    @staticmethod
    def _unsigned(name: str) -> tuple[str, ...]:
        """A sign's name without the word "sign", if two words are left."""
        bare = name.removesuffix(" sign")
        return (bare,) if bare != name and " " in bare else ()

    def abbreviations(self) -> None:
        readings: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for dx in self.lexicon.diagnoses:
            expansion = tuple(sorted(self.atoms(dx.name)))
            for short in dx.abbr:
                low = short.lower().replace("'", "").replace("-", "")
                if low.isalnum():
                    readings[low][dx.name] = expansion
        self.vocabulary.abbreviations = {low: tuple(found.values()) for low, found in readings.items()}
        self.vocabulary.general.forget()
        self.reader.clear()
        self._read.clear()

    def build(self) -> None:
        self.abbreviations()
        for dx in self.lexicon.diagnoses:
            term = Term(dx.name, "finding" if dx.sign else "dx", dx.field)
            self.add(term, (dx.name, *dx.syn, *(a for a in dx.abbr if " " in a)))
        for dx in self.lexicon.diagnoses:
            for short in dx.abbr:
                low = short.lower().replace("'", "").replace("-", "")
                if len(self.vocabulary.abbreviations.get(low, ())) > 1:
                    self._register(frozenset({f"abbr:{low}"}), Term(dx.name, "dx", dx.field))
        for finding in self.lexicon.findings:
            self.sign(finding.name, finding.syn)
        for dx in self.lexicon.diagnoses:
            for sign in dx.findings:
                self.sign(sign, ())
        for name, syn in self.lexicon.classes.items():
            for text in (name, *syn):
                atoms = self.atoms(text)
                self.windows[atoms] = {name: Term(name, "group" if name in self.lexicon.groups else "class")}

    def links(self, which: str) -> dict[str, frozenset[str]]:
        by_key = {dx.name.lower(): dx.name for dx in self.lexicon.diagnoses}
        return {
            dx.name: frozenset(
                by_key.get(t.lower()) or next(iter(self.windows.get(self.atoms(t), {})), t) for t in getattr(dx, which)
            )
            for dx in self.lexicon.diagnoses
        }


def _closure(direct: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for name, above in direct.items():
        seen: set[str] = set()
        todo = list(above)
        while todo:
            parent = todo.pop()
            if parent not in seen and parent != name:
                seen.add(parent)
                todo.extend(direct.get(parent, ()))
        out[name] = frozenset(seen)
    return out


@cache
def compiled() -> Terms:
    """The compiled lexicon; the first call takes a good part of a second."""
    with uncollected():
        terms = _compiled(load())
    gc.freeze()  # a million objects that never die: the collector need not walk them again and again
    return terms


def _compiled(lexicon: Lexicon) -> Terms:
    builder = _Builder(lexicon)
    builder.build()
    return Terms(
        lexicon,
        builder.vocabulary,
        builder.reader,
        builder.spotter,
        {form: tuple(found.values()) for form, found in builder.windows.items()},
        {name: tuple(dict.fromkeys(forms)) for name, forms in builder.names.items()},
        _closure(builder.links("isa")),
        builder.links("unlike"),
        builder.eponyms,
    )
