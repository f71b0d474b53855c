"""Curves out of the picture: the lines of an ECG or a monitor look like lines of text to the network.

A curve is a thin connected piece, long and low, that crosses nearly each of its columns once; letters, even joined
ones, cross theirs twice and more. A letter alone that touches a curve goes with it, so one view keeps the curves.
"""

import cv2
import numpy as np
import numpy.typing as npt

from quizbot.deid.pixels import follow
from quizbot.deid.pixels.views import Image8

Mask = npt.NDArray[np.bool_]

_GROUND = 31  # pixels, odd: a median over so wide a square sees paper and grid, and no ink
_INK = 55  # grey levels from the ground: more than a grid, less than a trace
_LEAST_WIDTH = 110  # pixels
_LEAST_FLATNESS = 1.6  # width over height
_MOST_FILLED = 0.25  # of its box
_RULED = 6  # pixels: a ruled line is no higher
_LETTER = 31  # pixels: where so wide a piece of a curve has more crossings, letters touch it, and all of it stays
_MOST_CROSSINGS = 1.5  # runs of ink in a column, on average
_LETTERS = 61  # pixels: where strokes are high in much of so wide a piece, they are letters that a line runs along
_HIGH, _MOST_HIGH = 3.0, 0.35  # times the usual run of ink; of the columns, more than where a wave is steep
_LEAST_PLAIN = 0.5  # of a curve's columns, or as many as it has to be wide
_EDGE = 5  # pixels, odd: a line's rim on both sides


def without(rgb: Image8, curves: Mask) -> Image8:
    """The picture with its curves painted over in the colours around them; itself if it has none."""
    if not curves.any():
        return rgb
    half = cv2.resize(rgb, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)  # the ground is smooth
    ground = cv2.resize(cv2.medianBlur(half, _GROUND // 4 * 2 + 1), rgb.shape[1::-1])
    return np.where(curves[:, :, None], ground, rgb)


def find(rgb: Image8) -> Mask:
    """Which pixels belong to curves."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    strength = cv2.absdiff(grey, cv2.medianBlur(grey, _GROUND))
    ink = (strength > _INK).astype(np.uint8)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    curves = np.zeros(grey.shape, bool)
    for label in _candidates(np.asarray(boxes, np.int32)):
        x, y, w, h = boxes[label, :4]
        piece = labels[y : y + h, x : x + w] == label
        plain = _alone(piece)
        if plain.mean() >= _LEAST_PLAIN or plain.sum() >= _LEAST_WIDTH:
            part = strength[y : y + h, x : x + w].astype(np.float32)
            curves[y : y + h, x : x + w] |= _rimmed(piece & plain) | follow.through(piece, part, plain)
    return curves


def _rimmed(curve: Mask) -> Mask:
    """With the rim of the line, which is softer than its middle."""
    return np.asarray(cv2.dilate(curve.astype(np.uint8), np.ones((_EDGE, _EDGE), np.uint8)) > 0, bool)


def _candidates(boxes: npt.NDArray[np.int32]) -> list[int]:
    width, height, area = boxes[:, 2], boxes[:, 3], boxes[:, 4]
    fits = (width >= _LEAST_WIDTH) & (width >= _LEAST_FLATNESS * height) & (area <= _MOST_FILLED * width * height)
    fits |= (width >= _LEAST_WIDTH) & (height <= _RULED)
    fits[0] = False  # the ground
    return [int(label) for label in np.flatnonzero(fits)]


def _alone(piece: Mask) -> Mask:
    """In which columns a curve stands alone: crossed about once over a letter's width, and seldom by a high stroke."""
    padded = np.pad(piece, ((1, 0), (0, 0))).astype(np.int8)
    crossings = (np.diff(padded, axis=0) == 1).sum(axis=0)
    heights = piece.sum(axis=0)
    high = heights > _HIGH * np.median(heights[crossings == 1]) if (crossings == 1).any() else heights > 0
    return (_around(crossings, _LETTER) <= _MOST_CROSSINGS) & (_around(high, _LETTERS) <= _MOST_HIGH)


def _around(columns: npt.NDArray[np.generic], width: int) -> npt.NDArray[np.float32]:
    """The mean of the columns over a width around each."""
    row = columns.astype(np.float32)[None]
    return np.asarray(cv2.blur(row, (width, 1), borderType=cv2.BORDER_REPLICATE)[0], np.float32)
