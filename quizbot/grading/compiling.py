"""From a case to its key."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quizbot.core.case import Case
from quizbot.core.ruling import Ruling
from quizbot.grading.cues import read
from quizbot.grading.fold import fold, stem
from quizbot.grading.key import MANY, Key, Listed, Worth
from quizbot.grading.reader import Reader
from quizbot.grading.terms import Atoms, Term, Terms, bare_eponyms, compiled
from quizbot.grading.text import letters, plain, tokens
from quizbot.grading.wordsets import FILLERS, HEADS, NOISE, SIGN_HEADS, STOP

TELLING = 1_500  # a word of the picture's description rarer than this is no chatter
_MOST_INITIALS = 6
LONG_NAME = 4  # words of a name that is written short without one of them


def _answers(case: Case) -> Iterator[tuple[str, Worth, float, str | None]]:
    if case.answer is None:
        return
    yield case.answer.diagnosis, Worth.FULL, 1.0, None
    for text in case.answer.accept:
        yield text, Worth.FULL, 1.0, None
    for partial in case.answer.partial:
        yield partial.answer, Worth.PARTIAL, partial.credit, partial.because
    for reject in case.answer.reject:
        yield reject.answer, Worth.REJECT, 0.0, reject.because


def _raw(text: str) -> list[str]:
    return [part for token in tokens(plain(text)) for part in token.lower().replace("'", "").split("-") if part]


def _extra(texts: Sequence[str]) -> frozenset[str]:
    """The words of the answers; "The Who" has only words that say nothing elsewhere, so there they count."""
    words: set[str] = set()
    for text in texts:
        raw = [w for w in _raw(text) if w[0].isalnum()]
        content = [w for w in raw if w not in STOP]
        words.update(content or raw)
    return frozenset(words)


def _initials(text: str) -> frozenset[str]:
    """The first letters of two or more neighbouring words of a name: "WS" may be meant for Wellens syndrome.

    Of a long name an inner word may be missing: "CST" may be meant for a cerebral venous sinus thrombosis.
    """
    letters = "".join(w[0] for w in _raw(text) if w not in STOP and w.isalpha())[:_MOST_INITIALS]
    spans = ((i, j) for i in range(len(letters)) for j in range(i + 2, len(letters) + 1))
    gaps = range(1, len(letters) - 1) if len(letters) >= LONG_NAME else ()
    return frozenset([letters[i:j] for i, j in spans] + [letters[:i] + letters[i + 1 :] for i in gaps])


def _pairs(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for text in texts:
        raw = _raw(text)
        for first, second in pairwise(raw):
            if first.isalpha() and second.isalpha() and first not in STOP and second not in STOP:
                yield (first, second)


def _reader(terms: Terms, texts: Sequence[str]) -> Reader:
    reader = Reader(terms.vocabulary, _extra(texts))
    reader.joined(pair for pair in _pairs(texts) if len("".join(pair)) > 5)  # noqa: PLR2004  # short joins mislead
    return reader


def _atoms(reader: Reader, terms: Terms, text: str) -> Atoms:
    return frozenset(atom for word in read(reader, terms.spotter, text) for atom in word.atoms)


class _Compiler:
    """Builds one key."""

    def __init__(self, case: Case) -> None:
        self.terms = compiled()
        self.answers = list(_answers(case))
        self.reader = _reader(self.terms, [text for text, *_ in self.answers])
        self._resolve_abbreviations()
        self.eponyms = frozenset(fold(w) for w in self.terms.lexicon.eponyms)
        self.listed = [self._listed(*answer) for answer in self.answers]
        self.by_term: dict[str, Listed] = {}
        self.forms: dict[Atoms, Listed] = {}
        self.reader.confusable = self._confusable
        for item in self.listed:
            self._add_forms(item)
        self.body = frozenset(self.terms.lexicon.families.values())
        self.right = frozenset(a for item in self.listed if item.worth is not Worth.REJECT for a in item.atoms)
        for item in self.listed:
            self._add_synonyms(item)
        for item in self.listed:
            self._add_shorter(item)

    def _resolve_abbreviations(self) -> None:
        """An abbreviation with several readings means the one that the case lists."""
        sets = [_atoms(self.reader, self.terms, text) for text, worth, *_ in self.answers]
        for low, readings in self.terms.vocabulary.abbreviations.items():
            if len(readings) > 1:
                hits = [r for r in readings if frozenset(r) in sets]
                alone = any(low == text.lower().replace("-", "") for text, *_ in self.answers)
                if hits and (alone or (len(readings) < MANY and self._plausible(low, hits[0]))):
                    self.reader.abbreviations[low] = hits[0]
        self.reader.clear()

    def _confusable(self, own: tuple[str, ...], rival: tuple[str, ...]) -> bool:
        """Whether the rival word in place of an answer's own word names something else that is known or listed."""
        for item in self.listed:
            if item.atoms.issuperset(own):
                other = item.atoms.difference(own).union(rival)
                same = {t.name for t in self.terms.windows.get(item.atoms, ())}
                if any(t.name not in same for t in self.terms.windows.get(other, ())):
                    return True
                if any(other <= x.atoms for x in self.listed if x.worth is not item.worth):
                    return True
        return False

    def _plausible(self, low: str, reading: tuple[str, ...]) -> bool:
        """Whether the other readings belong to another specialty than the listed one."""
        terms = self.terms.windows.get(frozenset({f"abbr:{low}"}), ())
        fields = [t.field for t in terms if frozenset(reading) in self.terms.names.get(t.name, ())]
        return not any(t.field in fields and frozenset(reading) not in self.terms.names.get(t.name, ()) for t in terms)

    def _listed(self, text: str, worth: Worth, credit: float, because: str | None) -> Listed:
        atoms = _atoms(self.reader, self.terms, text)
        return Listed(text, worth, credit, because, atoms, worth is not Worth.FULL and not self._names_diagnosis(atoms))

    def _names_diagnosis(self, atoms: Atoms) -> bool:
        """Whether a listed answer is a diagnosis, or one with qualifiers, rather than a sign."""
        found = self.terms.windows.get(atoms, ())
        if found:
            return found[0].kind != "finding"
        people = bare_eponyms(atoms, self.eponyms)
        return bool(people) or any(
            t.kind == "dx" for a in atoms for size in (a,) for t in self.terms.windows.get(frozenset({size}), ())
        ) or any(
            t.kind == "dx" for a in atoms for t in self.terms.windows.get(atoms - {a}, ())
        )  # fmt: skip

    def _add_forms(self, item: Listed) -> None:
        if item.atoms:
            self.forms.setdefault(item.atoms, item)
        people = bare_eponyms(item.atoms, self.eponyms)
        if people:
            self.forms.setdefault(people, item)
        if item.atoms & self.eponyms:
            self.forms.setdefault(item.atoms - NOISE or item.atoms, item)

    def _add_shorter(self, item: Listed) -> None:
        """A wrong answer without its generic word ("supracondylar", "anticholinergic") is as wrong."""
        rest = item.atoms - (SIGN_HEADS if item.finding else HEADS)
        telling = rest - self.body - self.terms.lexicon.medical
        if item.worth is Worth.REJECT and telling and rest != item.atoms and not rest & self.right:
            self.forms.setdefault(rest, item)

    def _terms(self, item: Listed) -> list[Term]:
        """The terms of an answer's words; if there are several, the one whose proper name they are."""
        known = self.terms.windows.get(item.atoms) or self.terms.find(item.text)
        found = [t for t in known if t.kind != "class"]
        named = [t for t in found if t.name.lower() == item.text.lower()]
        proper = named or [t for t in found if item.atoms in self.terms.names.get(t.name, ())[:1]]
        return proper if len(found) > 1 and len(proper) == 1 else found

    def _add_synonyms(self, item: Listed) -> None:
        found = self._terms(item)
        if len(found) != 1:
            return
        name = found[0].name
        self.by_term.setdefault(name, item)
        if self.by_term[name] is item:
            for form in self.terms.names.get(name, ()):
                if len(form) > 1 or item.finding:
                    self.forms.setdefault(form, item)

    def _index(self) -> dict[str, tuple[tuple[Atoms, Listed], ...]]:
        index: defaultdict[str, list[tuple[Atoms, Listed]]] = defaultdict(list)
        count: defaultdict[str, int] = defaultdict(int)
        for form in self.forms:
            for atom in form:
                count[atom] += 1
        for form, item in self.forms.items():
            index[min(sorted(form), key=lambda a: count[a])].append((form, item))
        return {atom: tuple(entries) for atom, entries in index.items()}

    def _literal(self) -> dict[str, Listed]:
        literal: dict[str, Listed] = {}
        for item in self.listed:
            literal.setdefault(letters(item.text), item)
        return literal

    def _cores(self) -> frozenset[Atoms]:
        full = [item.atoms for item in self.listed if item.worth is Worth.FULL]
        told = {frozenset(a for a in atoms - FILLERS if len(a) > 1) for atoms in full}
        return frozenset(told - {frozenset()})

    def _own(self) -> frozenset[str]:
        """The diagnosis' own terms in the lexicon: found by its name, or by an accepted name if that fails."""
        for item in self.listed:
            if item.worth is Worth.FULL:
                found = [t.name for t in self._terms(item) if t.kind == "dx"]
                if len(found) == 1 and (item is self.listed[0] or len(item.atoms) >= len(self.listed[0].atoms)):
                    return frozenset(found)
        return frozenset()

    def _sides(self, case: Case) -> Atoms:
        alt = " ".join(image.alt for image in case.images)
        return _atoms(self.reader, self.terms, alt) & {"left", "right"}

    def _findings(self, own: frozenset[str]) -> list[str]:
        lexicon = self.terms.lexicon
        return [sign for dx in lexicon.diagnoses if dx.name in own for sign in dx.findings] + [
            name for f in lexicon.findings if own.intersection(f.of) for name in (f.name, *f.syn)
        ]

    def _signs(self, own: frozenset[str]) -> frozenset[Atoms]:
        return frozenset(_atoms(self.reader, self.terms, sign) for sign in self._findings(own))

    def _picture(self, case: Case, own: frozenset[str]) -> frozenset[str]:
        texts = [*(image.alt for image in case.images), *self._findings(own), *(text for text, *_ in self.answers)]
        rank = self.terms.lexicon.rank
        words = {w for text in texts for w in _raw(text) if w.isalpha()}
        return frozenset(stem(w) for w in words if rank.get(w, TELLING) >= TELLING and w not in STOP)

    def build(self, case: Case, rulings: Sequence[Ruling]) -> Key:
        own = self._own()
        full = frozenset(a for item in self.listed if item.worth is Worth.FULL for a in item.atoms)
        rest = frozenset(a for item in self.listed if item.worth is Worth.PARTIAL for a in item.atoms)
        words = frozenset(fold(w) for text, worth, *_ in self.answers if worth is not Worth.REJECT for w in _raw(text))
        field_name = next((t.field for t in self.terms.windows.get(self.listed[0].atoms, ())), "")
        return Key(
            self.listed[0],
            tuple(self.listed),
            self.reader,
            self.terms,
            self._index(),
            self.by_term,
            full | rest | words - STOP,
            full,
            own,
            frozenset(p for name in own for p in self.terms.parents.get(name, ())),
            field_name,
            self._sides(case),
            self._signs(own),
            self._picture(case, own),
            frozenset(
                short for text, worth, *_ in self.answers if worth is not Worth.REJECT for short in _initials(text)
            ),
            tuple((group, full & group) for group in self.terms.lexicon.opposites if full & group),
            self._cores(),
            self._literal(),
            max(len(text) for text, *_ in self.answers),
            tuple((group, meant) for group in self.terms.lexicon.opposites if (meant := self.listed[0].atoms & group)),
            {ruling.phrase: ruling for ruling in rulings},
        )


def compile_key(case: Case, rulings: Sequence[Ruling] = ()) -> Key:
    """Compile a case's answers and the rulings given on it.

    Raises:
        ValueError: if the case has no answer.
    """
    if case.answer is None:
        raise ValueError("this case has no answer: only an image-quiz or a question is graded")
    return _Compiler(case).build(case, rulings)
