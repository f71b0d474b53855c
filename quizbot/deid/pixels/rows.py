"""Pieces that stand in one row are also judged together: "Age:" and, a little further, "94"."""

from collections.abc import Sequence

from quizbot.deid.pixels.hits import Reading

_GAP = 2.5  # heights between two pieces of one row
_OVERLAP = 0.5  # heights that two boxes of one row may share
_OFFSET = 0.5  # heights that their middles may differ
_TALLER = 1.8  # how much higher one may be than the other


def neighbours(readings: Sequence[Reading]) -> list[tuple[Reading, Reading]]:
    """Pairs of a piece and the next one to its right in the same row, along the direction of the text."""
    return [(a, b) for a in readings if (b := _next(a, readings))]


def _next(piece: Reading, readings: Sequence[Reading]) -> Reading | None:
    behind = [
        (gap, i) for i, other in enumerate(readings) if other is not piece and (gap := _gap(piece, other)) is not None
    ]
    return readings[min(behind)[1]] if behind else None


def _gap(a: Reading, b: Reading) -> float | None:
    """Heights from the end of one piece to the beginning of another, if that goes on in its row."""
    height = min(a.region.height, b.region.height)
    if max(a.region.height, b.region.height) > _TALLER * height:
        return None
    along = (a.region.quad[1] - a.region.quad[0]) / max(a.region.width, 1)
    step = (b.region.quad[0] + b.region.quad[3] - a.region.quad[1] - a.region.quad[2]) / 2
    ahead, aside = float(step @ along) / height, abs(float(along[0] * step[1] - along[1] * step[0])) / height
    return ahead if -_OVERLAP < ahead < _GAP and aside < _OFFSET else None
