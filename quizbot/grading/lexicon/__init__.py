"""The words of emergency medicine, as data files that a clinician can review; loaded on first use and kept.

``diagnoses/*.yaml`` hold the diagnoses, one file a specialty; ``README.md`` says what every file is and where its facts
come from. ``python -m quizbot.grading.lexicon`` checks them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import product
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times as fast where it is built


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis as its file gives it.

    Attributes:
        name: its canonical name, unique over all files.
        field: the file it stands in, without ``.yaml``: its specialty.
        syn: names of the same meaning that drop nothing.
        abbr: short forms; one that stands under two names is ambiguous.
        isa: broader diagnoses or classes that contain it.
        unlike: look-alikes it is confused with (``not`` in the file).
        findings: signs that belong to it but are not it.
        sign: whether it is itself a sign or symptom, which other diagnoses explain ("fever").
    """

    name: str
    field: str
    syn: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    isa: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign that points at diagnoses but is none."""

    name: str
    syn: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the grader knows about words; ``groups`` are the classes that are narrower than a bare category."""

    diagnoses: tuple[Diagnosis, ...]
    findings: tuple[Finding, ...]
    classes: dict[str, tuple[str, ...]]
    groups: frozenset[str]
    families: dict[str, str]
    phrases: dict[str, str]
    implied: dict[str, frozenset[str]]
    cues: dict[str, tuple[str, ...]]
    opposites: tuple[frozenset[str], ...]
    eponyms: frozenset[str]
    management: frozenset[str]
    medical: frozenset[str]
    distinct: frozenset[str]
    chat: frozenset[str]
    idioms: tuple[str, ...]
    everyday_abbreviations: frozenset[str]
    rank: dict[str, int] = field(repr=False)


def _folder() -> Traversable:
    return resources.files(__package__)


def _yaml(file: Traversable) -> Any:  # noqa: ANN401  # whatever the file holds
    return yaml.load(file.read_text("utf-8"), Loader=_Loader)  # noqa: S506  # a safe loader, chosen above


def _words(name: str) -> frozenset[str]:
    lines = (_folder() / name).read_text("utf-8").splitlines()
    return frozenset(w.replace("_", " ") for line in lines if not line.startswith("#") for w in line.split())


def _lines(name: str) -> tuple[str, ...]:
    lines = (_folder() / name).read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _texts(entry: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(item) for item in entry.get(key) or ())


def _diagnosis(entry: dict[str, Any], specialty: str) -> Diagnosis:
    syn, abbr, isa, unlike, findings = (_texts(entry, key) for key in ("syn", "abbr", "isa", "not", "findings"))
    return Diagnosis(str(entry["name"]), specialty, syn, abbr, isa, unlike, findings, bool(entry.get("sign")))


def _diagnoses() -> tuple[Diagnosis, ...]:
    files = sorted((f for f in (_folder() / "diagnoses").iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return tuple(_diagnosis(entry, f.name.removesuffix(".yaml")) for f in files for entry in _yaml(f) or ())


def _families(data: dict[str, str]) -> dict[str, str]:
    return {surface.replace("_", " "): word for word, surfaces in data.items() for surface in str(surfaces).split()}


def _opposites(groups: list[list[str]], families: dict[str, str]) -> tuple[frozenset[str], ...]:
    """The groups in the families' words, which is how a reply's words arrive."""
    return tuple(frozenset(families.get(str(w), str(w)) for w in group) for group in groups)


def _spelt_out(pattern: str) -> Iterator[str]:
    """Every phrase of a pattern with alternatives: "(hard|difficult) to believe (its|)"."""
    parts = [part.split("|") for part in re.split(r"[()]", pattern)]
    for chosen in product(*parts):
        yield " ".join("".join(chosen).split())


def _all_spelt_out(patterns: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for pattern in patterns for phrase in _spelt_out(str(pattern))))


@cache
def load() -> Lexicon:
    """The lexicon; the first call reads the files."""
    folder = _folder()
    general = (folder / "general.txt").read_text("utf-8").split()
    classes = _yaml(folder / "classes.yaml")
    families = _families(_yaml(folder / "words.yaml"))
    return Lexicon(
        diagnoses=_diagnoses(),
        findings=tuple(
            Finding(str(e["name"]), _texts(e, "syn"), _texts(e, "of")) for e in _yaml(folder / "findings.yaml") or ()
        ),
        classes={str(e["name"]): _texts(e, "syn") for e in classes},
        groups=frozenset(str(e["name"]) for e in classes if e.get("group")),
        families=families,
        phrases={str(k): str(v) for k, v in _yaml(folder / "phrases.yaml").items()},
        implied={str(k): frozenset(str(v).split()) for k, v in _yaml(folder / "implied.yaml").items()},
        cues={str(k): _all_spelt_out(v) for k, v in _yaml(folder / "cues.yaml").items()},
        opposites=_opposites(_yaml(folder / "opposites.yaml"), families),
        eponyms=_words("eponyms.txt"),
        management=_words("management.txt"),
        medical=_words("medical.txt"),
        distinct=_words("distinct.txt"),
        chat=_words("chat.txt"),
        idioms=_lines("idioms.txt"),
        everyday_abbreviations=_words("abbreviations.txt"),
        rank={word: place for place, word in enumerate(general)},
    )
