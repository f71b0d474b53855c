"""A picture's findings: where text may be, what it says, and what that means."""

from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image

from quizbot.deid.finding import Box, Decision, Finding
from quizbot.deid.pixels import barcodes, colours, reading, regions, second, third, traces
from quizbot.deid.pixels.classify import Sense, sense
from quizbot.deid.pixels.explained import Settled, is_explained
from quizbot.deid.pixels.hits import Reading
from quizbot.deid.pixels.legible import is_half_read, is_text, is_unread_line
from quizbot.deid.pixels.rows import neighbours
from quizbot.deid.pixels.views import Image8, Views, bolder, evened, normalised

_UNREAD = Sense("unread-text", Decision.HOLD, "look at it; redact it unless it identifies nobody")
_SEVERITY = {None: 0, Decision.HOLD: 1, Decision.REFUSE: 2}


def of(image: Image.Image, *, deny: frozenset[str], kind: str | None) -> Iterator[Finding]:
    """See ``pixels.read``."""
    rgb = np.asarray(image.convert("RGB"))
    yield from barcodes.find(rgb)
    yield from judged(readings(rgb), image.size, deny=deny, kind=kind)


def readings(rgb: Image8) -> list[Reading]:
    """All that may be text in a picture, legible or not."""
    curves = traces.find(rgb)
    seen = _views(rgb, curves)
    return third.look(seen, second.look(seen, reading.read(seen, regions.find(seen, curves))))


def _views(rgb: Image8, curves: traces.Mask) -> Views:
    """All views; of a picture with coloured curves one without their colour, of others two with bolder letters."""
    bare = traces.without(rgb, curves)
    even, colourless = evened(bare), colours.without_curves(rgb, curves)
    return Views(rgb, bare, normalised(rgb), even, bolder(even) if colourless is None else (), colourless)


def judged(
    found: Sequence[Reading], size: tuple[int, int], *, deny: frozenset[str], kind: str | None
) -> Iterator[Finding]:
    """What readings mean: each alone, and two of one row together where that is worse than both."""
    found = [third.settled(each, deny=deny, kind=kind) for each in found]
    legible = [each for each in found if is_text(each)]
    alone = {id(each): sense(each.text, deny=deny, kind=kind, sure=each.sure) for each in legible}
    allowed = [each for each in legible if alone[id(each)] is None and not is_half_read(each)]
    settled = [(each, each.region.box(size)) for each in allowed]
    found = [each for each in found if _counts(each, alone.get(id(each)), settled, size)]
    text = [each for each in found if id(each) in alone]
    joint = []
    for left, right in neighbours(text):
        both = sense(f"{left.text} {right.text}", deny=deny, kind=kind, sure=min(left.sure, right.sure))
        if both and _severity(both) > max(_severity(alone[id(left)]), _severity(alone[id(right)])):
            joint.append(_finding(both, (left, right), size))
    yield from (_finding(meant, (each,), size) for each in text if (meant := alone[id(each)]))
    yield from joint
    unread = (each for each in found if (is_half_read(each) if is_text(each) else is_unread_line(each)))
    yield from (_finding(_UNREAD, (each,), size) for each in unread if not alone.get(id(each)))


def _counts(reading: Reading, meant: Sense | None, settled: Settled, size: tuple[int, int]) -> bool:
    """Whether a reading stands for itself: what refuses always does, and so does what is allowed."""
    if any(reading is each for each, _ in settled) or (meant and meant.decision is Decision.REFUSE):
        return True
    return not is_explained(reading, settled, size)


def _severity(meant: Sense | None) -> int:
    return _SEVERITY[meant.decision if meant else None]


def _finding(meant: Sense, pieces: tuple[Reading, ...], size: tuple[int, int]) -> Finding:
    boxes = [each.region.box(size) for each in pieces]
    text = " ".join(each.text for each in pieces)
    return Finding("text", meant.kind, meant.decision, text, _around(boxes), meant.todo)


def _around(boxes: Sequence[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
