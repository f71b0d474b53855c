"""Labelled sentences that the tests keep: each line a letter of 45 CFR 164.514(b)(2)(i) and the sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[2] / "tests" / "deid" / "words"
HARMLESS = "-"
_MARKS = re.compile("[«»]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence.

    Attributes:
        letter: of the identifiers' class; ``-`` for a harmless one.
        text: without the marks.
        spans: where the identifiers stand.
    """

    letter: str
    text: str
    spans: tuple[tuple[int, int], ...] = ()


def sets() -> Iterator[tuple[str, list[Sentence]]]:
    """The sets by name; ``-`` stands before the harmless sentences of ``harmless.txt``, too."""
    kept = [*_read(HERE / "identifiers.txt"), *_read(HERE / "harmless.txt", HARMLESS)]
    yield "kept", [*kept, *_read(HERE / "eponyms.txt", HARMLESS)]
    for path in sorted((HERE / "fresh").glob("*.txt")):
        yield path.stem, list(_read(path))


def _read(path: Path, letter: str = "") -> Iterator[Sentence]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("# "):
            yield parsed(f"{letter} {line}" if letter else line)


def parsed(line: str) -> Sentence:
    """A line of a set."""
    pieces = _MARKS.split(line[2:])
    spans, at = [], 0
    for number, piece in enumerate(pieces):
        if number % 2:
            spans.append((at, at + len(piece)))
        at += len(piece)
    return Sentence(line[0], "".join(pieces), tuple(spans))
