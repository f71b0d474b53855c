"""A picture's findings: where text may be, what it says, and what that means."""

from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image

from quizbot.deid.finding import Box, Decision, Finding
from quizbot.deid.pixels import barcodes, reading, regions
from quizbot.deid.pixels.classify import Sense, sense
from quizbot.deid.pixels.legible import is_text
from quizbot.deid.pixels.hits import Reading
from quizbot.deid.pixels.rows import neighbours

_SEVERITY = {None: 0, Decision.HOLD: 1, Decision.REFUSE: 2}


def of(image: Image.Image, *, deny: frozenset[str], kind: str | None) -> Iterator[Finding]:
    """See ``pixels.read``."""
    rgb = np.asarray(image.convert("RGB"))
    yield from barcodes.find(rgb)
    found = reading.read(rgb, regions.find(rgb))
    yield from judged(found, image.size, deny=deny, kind=kind)


def judged(
    readings: Sequence[Reading], size: tuple[int, int], *, deny: frozenset[str], kind: str | None
) -> Iterator[Finding]:
    """What readings mean: each alone, and two of one row together where that is worse than both."""
    text = [reading for reading in readings if is_text(reading)]
    alone = {id(reading): sense(reading.text, deny=deny, kind=kind, sure=reading.sure) for reading in text}
    joint = []
    for left, right in neighbours(text):
        both = sense(f"{left.text} {right.text}", deny=deny, kind=kind, sure=min(left.sure, right.sure))
        if both and _severity(both) > max(_severity(alone[id(left)]), _severity(alone[id(right)])):
            joint.append(_finding(both, (left, right), size))
    yield from (_finding(found, (reading,), size) for reading in text if (found := alone[id(reading)]))
    yield from joint


def _severity(found: Sense | None) -> int:
    return _SEVERITY[found.decision if found else None]


def _finding(found: Sense, readings: tuple[Reading, ...], size: tuple[int, int]) -> Finding:
    boxes = [reading.region.box(size) for reading in readings]
    text = " ".join(reading.text for reading in readings)
    return Finding("text", found.kind, found.decision, text, _around(boxes), found.todo)


def _around(boxes: Sequence[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
