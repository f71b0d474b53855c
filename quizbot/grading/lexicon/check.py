"""What must hold of the lexicon's files, whoever writes them."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from quizbot.grading.fold import fold
from quizbot.grading.lexicon import Diagnosis, load

LEAST = 1_500  # diagnoses


def check() -> list[str]:
    """One line for everything wrong, none if all is well."""
    diagnoses = load().diagnoses
    found = [*_names(diagnoses), *_targets(diagnoses), *_synonyms(diagnoses), *_cues()]
    if len(diagnoses) < LEAST:
        found.append(f"{len(diagnoses)} diagnoses; at least {LEAST} are wanted")
    return found


def summary() -> str:
    """How much there is."""
    lexicon = load()
    names = sum(1 + len(d.syn) + len(d.abbr) for d in lexicon.diagnoses)
    fields = len({d.field for d in lexicon.diagnoses})
    return f"{len(lexicon.diagnoses)} diagnoses in {fields} files, {names} names, {len(lexicon.findings)} findings"


def plain_name(name: str) -> str:
    """The spelling by which two names are the same."""
    return " ".join(fold(word) for word in name.lower().replace("-", " ").replace("'", "").split())


def _names(diagnoses: tuple[Diagnosis, ...]) -> Iterator[str]:
    for name, count in Counter(plain_name(d.name) for d in diagnoses).items():
        if count > 1:
            files = ", ".join(sorted(d.field for d in diagnoses if plain_name(d.name) == name))
            yield f'{files}: "{name}" is there {count} times; keep one'


def _targets(diagnoses: tuple[Diagnosis, ...]) -> Iterator[str]:
    known = {plain_name(name) for d in diagnoses for name in (d.name, *d.syn)}
    known |= {plain_name(name) for name, syn in load().classes.items() for name in (name, *syn)}
    known |= {plain_name(name) for f in load().findings for name in (f.name, *f.syn)}
    for d in diagnoses:
        for key, targets in (("isa", d.isa), ("not", d.unlike)):
            for target in targets:
                if plain_name(target) not in known:
                    yield f'{d.field}: {d.name}: {key}: nothing is called "{target}"; name a diagnosis or a class'


def _synonyms(diagnoses: tuple[Diagnosis, ...]) -> Iterator[str]:
    """A full name under two diagnoses is an error; an abbreviation under two is read as ambiguous."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for d in diagnoses:
        for name in (d.name, *d.syn):
            owners[plain_name(name)].add(d.name)
    for name, owner in sorted(owners.items()):
        if len(owner) > 1:
            yield f'"{name}" is a name of {" and of ".join(sorted(owner))}; leave it to one, or make it an abbreviation'


def _cues() -> Iterator[str]:
    for phrase, count in Counter(p for phrases in load().cues.values() for p in phrases).items():
        if count > 1:
            yield f'cues.yaml: "{phrase}" stands in {count} classes; keep one'
