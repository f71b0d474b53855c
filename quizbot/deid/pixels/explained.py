"""The same letters read twice: a worse reading says nothing beside a surer one that accounts for all of it."""

from collections.abc import Sequence

from quizbot.deid.finding import Box
from quizbot.deid.pixels.boxes import area, shared
from quizbot.deid.pixels.hits import Reading
from quizbot.deid.pixels.slips import skeleton

_INSIDE = 0.8  # of the smaller box
_SAME = 0.6  # of the smaller box, where all of its letters stand in the other reading as well
_SURE, _CERTAIN = 0.9, 0.98  # of a reading that accounts for a piece of itself; from the latter on all are as sure
_SURE_PIECES = 0.95  # of those that account for the line that they are pieces of
_MOST_LETTERS = 0.9  # of that line's
_LEAST_LETTERS = 4


Settled = Sequence[tuple[Reading, Box]]
"""Readings that are allowed, none of them a guess, and their boxes in the picture."""


def is_explained(reading: Reading, settled: Settled, size: tuple[int, int]) -> bool:
    """Whether a reading is a piece of a surer one, or a line whose pieces were read more surely.

    Args:
        reading: one that would hold.
        settled: those that are allowed.
        size: the picture's width and height.
    """
    box = reading.region.box(size)
    pieces = (_is_piece(reading, box, each, around) for each, around in settled)
    return any(pieces) or _is_read_in_pieces(reading, box, settled)


def _is_piece(reading: Reading, box: Box, other: Reading, around: Box) -> bool:
    surer = other.sure >= max(_SURE, min(reading.sure, _CERTAIN))
    if not surer or _letters(other) < _letters(reading) or other.leaves_room(1):
        return False
    return shared(box, around) >= (_SAME if _is_part(reading.text, other.text) else _INSIDE) * area(box)


def _is_part(text: str, whole: str) -> bool:
    """Whether a text's letters stand in another in the same order, whatever looks alike made one."""
    part = skeleton(text, pairs=False)
    return part != "" and part in skeleton(whole, pairs=False)


def _is_read_in_pieces(reading: Reading, box: Box, settled: Settled) -> bool:
    letters = _letters(reading)
    if letters < _LEAST_LETTERS:
        return False
    pieces = [
        each
        for each, inner in settled
        if each.sure >= max(reading.sure, _SURE_PIECES) and area(inner) < area(box)
        if shared(inner, box) >= _INSIDE * area(inner)
    ]
    return sum(map(_letters, pieces)) >= _MOST_LETTERS * letters


def _letters(reading: Reading) -> int:
    return sum(c.isalnum() for c in reading.text)
