"""Where text may be: from the network's maps over the views to turned boxes."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from quizbot.deid.finding import Box
from quizbot.deid.pixels import models, tiles, views
from quizbot.deid.pixels.models import Pixels
from quizbot.deid.pixels.views import Image8

Quad = npt.NDArray[np.float32]
"""(4, 2): corners x, y in pixels, clockwise, the first two along the text's longer side."""

# Pixels that one pass may see: what a core does in time, and what fits into memory.
_FULL = 2_200_000
_PLAIN = 1_500_000
_COARSE = 550_000
_LARGEST = 1.5  # small pictures are enlarged so much: letters of 10 pixels are found then

_MARKED = 0.3  # the map's value from which a pixel is text; recall hardly changes between 0.15 and 0.5
_LEAST_SCORE = 0.35
_LEAST_SIDE = 3.0  # pixels
_UNCLIP = 1.6  # the network marks the core of a line; the line is larger by this share of area over outline
_MOST = 400  # boxes looked at; a picture with more is text all over


@dataclass(frozen=True, slots=True)
class Region:
    """A place that looks like text.

    Attributes:
        quad: its turned box.
        score: the map's mean inside, 0 to 1, best view at every pixel.
        votes: in how many of the three views it shows on its own.
    """

    quad: Quad
    score: float
    votes: int

    @property
    def height(self) -> float:
        """Its shorter side, pixels."""
        return float(np.linalg.norm(self.quad[0] - self.quad[3]))

    @property
    def width(self) -> float:
        """Its longer side, pixels."""
        return float(np.linalg.norm(self.quad[0] - self.quad[1]))

    def box(self, size: tuple[int, int]) -> Box:
        """The upright box around it, inside a picture of (width, height)."""
        x0, y0 = np.floor(self.quad.min(axis=0)).astype(int)
        x1, y1 = np.ceil(self.quad.max(axis=0)).astype(int)
        return max(0, int(x0)), max(0, int(y0)), min(size[0], int(x1)), min(size[1], int(y1))


def find(rgb: Image8) -> list[Region]:
    """The places of a picture that look like text, in reading order."""
    maps = [_map(view(rgb), budget, rgb.shape[:2]) for view, budget in _passes()]
    return _regions(maps)


def _passes() -> tuple[tuple[views.View, int], ...]:
    return (views.as_is, _FULL), (views.normalised, _PLAIN), (views.contrasted, _COARSE)


def _map(view: Image8, budget: int, shape: tuple[int, ...]) -> Pixels:
    """Probability of text at every pixel of the picture, seen in tiles if it is larger than one pass may be."""
    result = np.zeros(shape[:2], np.float32)
    for x0, y0, x1, y1 in tiles.cut(shape[1], shape[0], _PLAIN):
        seen = _look(view[y0:y1, x0:x1], budget)
        np.maximum(result[y0:y1, x0:x1], seen, out=result[y0:y1, x0:x1])
    return result


def _look(view: Image8, budget: int) -> Pixels:
    height, width = view.shape[:2]
    scale = min(_LARGEST, (budget / (height * width)) ** 0.5)
    size = _fit(width * scale), _fit(height * scale)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    scaled = cv2.resize(view, size, interpolation=way).astype(np.float32)
    seen = models.run(models.detector(), (scaled / 127.5 - 1).transpose(2, 0, 1)[None])[0, 0]
    return np.asarray(cv2.resize(seen, (width, height)), np.float32)


def _fit(side: float) -> int:
    """The nearest side that the network takes."""
    return max(32, round(side / 32) * 32)


def _regions(maps: list[Pixels]) -> list[Region]:
    merged = np.maximum.reduce(maps)
    marked = (merged > _MARKED).astype(np.uint8)
    contours, _ = cv2.findContours(marked, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    contours = sorted(contours, key=cv2.contourArea, reverse=True)[:_MOST]
    found = [region for contour in contours if (region := _region(contour, merged, maps))]
    return sorted(found, key=lambda r: (r.quad[:, 1].min(), r.quad[:, 0].min()))


def _region(contour: npt.NDArray[np.int32], merged: Pixels, maps: list[Pixels]) -> Region | None:
    (centre, (width, height), angle) = cv2.minAreaRect(contour)
    if min(width, height) < _LEAST_SIDE:
        return None
    x, y, w, h = cv2.boundingRect(contour)
    inside = np.zeros((h, w), np.uint8)
    cv2.drawContours(inside, [contour - (x, y)], -1, 1, cv2.FILLED)
    scores = [cv2.mean(each[y : y + h, x : x + w], inside)[0] for each in (merged, *maps)]
    if scores[0] < _LEAST_SCORE:
        return None
    grow = 2 * width * height * _UNCLIP / (2 * (width + height))
    corners = cv2.boxPoints((centre, (width + grow, height + grow), angle))
    return Region(_along(corners), scores[0], sum(score > _MARKED for score in scores[1:]))


def _along(corners: Quad) -> Quad:
    """The same corners, clockwise, beginning so that the first side is the longer one and runs to the right."""
    if np.linalg.norm(corners[0] - corners[1]) < np.linalg.norm(corners[1] - corners[2]):
        corners = np.roll(corners, -1, axis=0)
    direction = corners[1] - corners[0]
    backwards = direction[0] < 0 if abs(direction[0]) >= abs(direction[1]) else direction[1] < 0
    return np.asarray(np.roll(corners, 2, axis=0) if backwards else corners, np.float32)
