"""Where a curve runs through letters: followed from where it comes out of them to where it goes in.

In the columns where letters stand, ink says nothing of what belongs to the curve. It is the cheapest way through them,
over the ink that is as strong as the curve's own, without needless steps: of the music readers' ways to remove staff
lines, the one by stable paths (dos Santos Cardoso et al., IEEE PAMI 2009). Strokes that it only crosses stay.
"""

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Strength = npt.NDArray[np.float32]
"""(height, width): grey levels from the ground."""
Way = npt.NDArray[np.int32]
"""A row for each column."""

_STEP = 0.02  # what a pixel up or down costs besides its ground, in columns of pure ground
_STEEP = 2  # thicknesses that a curve rises from one column to the next
_THICKER = 2.0  # thicknesses up to which a run of ink is the curve; more is a letter's stroke that it crosses
_RIM = 2  # pixels, soft, above and below


def through(piece: Mask, strength: Strength, plain: npt.NDArray[np.bool_]) -> Mask:
    """Which pixels of the columns that are not plain belong to a curve, its soft rim included.

    Args:
        piece: the curve's ink, and all that touches it.
        strength: of every pixel of the same part of the picture.
        plain: the columns in which the curve stands alone.
    """
    result = np.zeros_like(piece)
    alone = piece & plain
    runs = alone.sum(axis=0)
    if not runs.any():
        return result
    thickness = float(np.median(runs[runs > 0]))
    usual = float(np.median(np.where(alone, strength, 0).max(axis=0)[runs > 0]))
    cost = 1 - np.clip(strength / max(usual, 1.0), 0, 1)
    middle = np.where(runs > 0, (alone * np.arange(len(piece))[:, None]).sum(axis=0) / np.maximum(runs, 1), -1)
    for start, end in _gaps(runs > 0):
        way = _cheapest(cost[:, start:end], middle[start - 1 : start], middle[end : end + 1])
        result[:, start:end] |= _stroke(piece[:, start:end], way, thickness)
    return result


def _gaps(plain: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Beginning and end of every stretch of columns that are not plain."""
    edges = np.flatnonzero(np.diff(np.concatenate([[True], plain, [True]]).astype(np.int8)))
    return ((int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True))


def _cheapest(cost: Strength, before: npt.NDArray[np.float64], behind: npt.NDArray[np.float64]) -> Way:
    """The cheapest way from left to right, from the row before and to the row behind where there is one."""
    height, width = cost.shape
    climb = np.cumsum(cost + _STEP, axis=0)
    rows = np.arange(height)
    came = np.empty((width, height), np.int32)
    total = _anchored(climb[:, 0], before)
    for x in range(width):
        came[x] = _nearest(total, climb[:, x], rows)
        total = total[came[x]] + np.abs(climb[:, x] - climb[came[x], x]) + cost[:, x]
    at = int(np.argmin(total + _anchored(climb[:, -1], behind)))
    way = np.empty(width, np.int32)
    for x in range(width - 1, -1, -1):
        way[x] = at
        at = int(came[x, at])
    return way


def _anchored(climb: Strength, row: npt.NDArray[np.float64]) -> Strength:
    """What it costs to begin or end in each row, if the curve is known to pass one beside it."""
    return np.abs(climb - climb[round(float(row[0]))]) if row.size else np.zeros_like(climb)


def _nearest(total: Strength, climb: Strength, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """For each row, the row to come from: cheapest with the climb between them."""
    down, up = total - climb, (total + climb)[::-1]
    above = np.maximum.accumulate(np.where(down == np.minimum.accumulate(down), rows, 0))
    least = np.where(up == np.minimum.accumulate(up), rows, 0)
    below = (len(rows) - 1 - np.maximum.accumulate(least))[::-1]
    from_above, from_below = down[above] + climb, total[below] + climb[below] - climb
    return np.where(from_above <= from_below, above, below)


def _stroke(piece: Mask, way: Way, thickness: float) -> Mask:
    """The ink along a way: flat, the run of ink it is in unless that is a letter's; steep, all between two rows."""
    rows = np.arange(len(piece))[:, None]
    top = np.maximum.accumulate(np.where(piece, -1, rows), axis=0)
    bottom = np.minimum.accumulate(np.where(piece, len(piece), rows)[::-1], axis=0)[::-1]
    columns = np.arange(piece.shape[1])
    first, last = top[way, columns] + 1, bottom[way, columns] - 1
    earlier = np.concatenate([way[:1], way[:-1]])
    steep = np.abs(way - earlier) > _STEEP * thickness
    first, last = np.where(steep, np.minimum(way, earlier), first), np.where(steep, np.maximum(way, earlier), last)
    drawn = steep | (last - first < _THICKER * thickness + 1)
    stroke = drawn & (rows >= first - _RIM) & (rows <= last + _RIM)
    wide = cv2.dilate((stroke & steep).astype(np.uint8), np.ones((1, 2 * _RIM + 1), np.uint8))
    return np.asarray(stroke | (wide > 0), bool)
