"""The words of a case as whoever signs sees them: all that is posted or shown, with the marks of the gate in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from quizbot.casebook.finding import Key, key_text
from quizbot.core.case import Case
from quizbot.desk.signoff.looked import Numbered

_LABELS = {
    "prompt": "Prompt",
    "alt": "Alt text",
    "alt_answer": "Description after the reveal",
    "credit": "Credit",
    "file": "File name",
    "captions": "File of the captions",
    "diagnosis": "Diagnosis",
    "accept": "Also accepted",
    "partial": "Partly right",
    "reject": "Wrong, and why",
    "proof": "Proof",
    "pearl": "Pearl",
    "title": "References",
    "url": "Addresses",
    "hashtags": "Hashtags",
    "tags": "Tags",
    "consent_ref": "Consent reference (not shown to anybody)",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``number`` is that of the finding it belongs to."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class TextGroup:
    """Texts of one kind: a label, and each text in pieces."""

    label: str
    texts: tuple[tuple[Piece, ...], ...]


def text_groups(case: Case, findings: Iterable[Numbered]) -> tuple[TextGroup, ...]:
    """The words of a case, grouped by what they are, with the findings' numbers at the letters concerned."""
    marked: dict[str, list[Numbered]] = {}
    for one in findings:
        marked.setdefault(one.key, []).append(one)
    told = ((_label(key), pieces(text, marked.get(key_text(key), ()))) for key, text in _texts(case))
    return tuple(
        TextGroup(label, tuple(text for _, text in group)) for label, group in groupby(told, key=lambda one: one[0])
    )


def pieces(text: str, findings: Iterable[Numbered]) -> tuple[Piece, ...]:
    """A text cut at its marks."""
    cut: list[Piece] = []
    at = 0
    for one in sorted(findings, key=lambda one: one.mark.start if one.mark else 0):
        if one.mark is None or one.mark.start < at:
            continue
        cut += [Piece(text[at : one.mark.start]), Piece(text[one.mark.start : one.mark.end], one.number)]
        at = one.mark.end
    return tuple(piece for piece in (*cut, Piece(text[at:])) if piece.text)


def _texts(case: Case) -> Iterator[tuple[Key, str]]:
    return _walk((), case.model_dump(mode="json", exclude_none=True))


def _walk(key: Key, value: Any) -> Iterator[tuple[Key, str]]:  # noqa: ANN401  # any JSON
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk((*key, name), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _walk((*key, number), inner)
    elif isinstance(value, str) and _label(key):
        yield key, value


def _label(key: Key) -> str:
    names = [part for part in key if isinstance(part, str)]
    known = [name for name in names if name in _LABELS]
    label = _LABELS[known[-1]] if known else ""
    picture = f", picture {key[1] + 1}" if names[0] == "images" and isinstance(key[1], int) else ""
    return f"{label}{picture}" if label else ""
