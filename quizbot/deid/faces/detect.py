"""Faces in a picture: both detectors over all views, and one box for each face."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizbot.deid.faces.blazeface import BACK, FULL, Model, scores
from quizbot.deid.faces.views import TURNS, View, crop, squares
from quizbot.deid.finding import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TILE = 480  # pixels: a face of 60 is then 24 in FULL's input
_AROUND = 2.5, 3.0, 4.0  # times a face's own side: what is shown of its surroundings when it is looked at nearer
SAME = 0.3  # intersection over the smaller box, above which two boxes are one face
_RIGHT_EYE, _LEFT_EYE, _MOUTH = 2, 3, 5
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Face:
    """What may be a face.

    Attributes:
        box: where, in pixels, within the picture.
        score: how sure the surest view was, 0 to 1.
        eyes: the right one and the left one, in pixels.
        views: how many views, and anchors in them, saw it.
    """

    box: Box
    score: float
    eyes: tuple[Point, Point]
    views: int = 1


def faces(pixels: "NDArray[np.uint8]", floor: float) -> list[Face]:
    """What scores at least ``floor``, the surest first. ``pixels``: rows × columns × RGB."""
    whole, *tiles = squares(pixels.shape[1], pixels.shape[0], _TILE)
    return _merged(pixels, [(BACK, whole), *((FULL, view) for view in (whole, *tiles))], floor)


def in_whole(pixels: "NDArray[np.uint8]", floor: float) -> list[Face]:
    """The same of the whole picture alone, without tiles."""
    whole = next(squares(pixels.shape[1], pixels.shape[0], _TILE))
    return _merged(pixels, [(BACK, whole), (FULL, whole)], floor)


def nearer(pixels: "NDArray[np.uint8]", face: Face, floor: float) -> list[Face]:
    """The same face as FULL sees it surest in each of three nearer views; none where it scores less than ``floor``."""
    views = [_centred(face.box, around) for around in _AROUND]
    seen = [
        [each for each in _in_view(pixels, FULL, view, floor) if overlap(each.box, face.box) > SAME] for view in views
    ]
    return [max(some, key=lambda each: each.score) for some in seen if some]


def _centred(box: Box, around: float) -> View:
    """A square around the middle of a box, so many times as wide."""
    side = round(around * max(box[2] - box[0], box[3] - box[1]))
    return View((box[0] + box[2] - side) // 2, (box[1] + box[3] - side) // 2, side)


def _merged(pixels: "NDArray[np.uint8]", views: list[tuple[Model, View]], floor: float) -> list[Face]:
    seen = [face for model, view in views for face in _in_view(pixels, model, view, floor)]
    merged: list[Face] = []
    for face in sorted(seen, key=lambda face: face.score, reverse=True):
        at = next((n for n, other in enumerate(merged) if overlap(face.box, other.box) > SAME), None)
        if at is None:
            merged.append(face)
        else:
            merged[at] = replace(merged[at], views=merged[at].views + 1)
    return merged


def _in_view(pixels: "NDArray[np.uint8]", model: Model, view: View, floor: float) -> Iterator[Face]:
    import numpy as np  # noqa: PLC0415  # loaded only when a picture is looked at

    upright = crop(pixels, view, model.side).astype(np.float32) / 127.5 - 1
    for turn in TURNS:
        chances, points = scores(model, np.ascontiguousarray(np.rot90(upright, turn)))
        turned = replace(view, turn=turn)
        for at in np.flatnonzero(chances >= floor):
            face = _face(turned.points(points[at]), float(chances[at]), pixels.shape[1], pixels.shape[0])
            if face and _is_upright(points[at]):
                yield face


def _is_upright(points: "NDArray[np.float32]") -> bool:
    """Whether the mouth lies below both eyes, in the view as it was shown."""
    return bool(points[_MOUTH][1] > max(points[_RIGHT_EYE][1], points[_LEFT_EYE][1]))


def _face(points: "NDArray[np.float32]", score: float, width: int, height: int) -> Face | None:
    """A face from its points in the picture's pixels, unless it lies outside."""
    (x0, y0), (x1, y1) = points[:2].min(axis=0), points[:2].max(axis=0)
    box = (max(0, int(x0)), max(0, int(y0)), min(width, round(x1)), min(height, round(y1)))
    right, left = ((float(x), float(y)) for x, y in points[[_RIGHT_EYE, _LEFT_EYE]])
    return Face(box, score, (right, left)) if box[0] < box[2] and box[1] < box[3] else None


def overlap(one: Box, other: Box) -> float:
    """What two boxes share, in parts of the smaller one."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, wide) * max(0, high) / min(_area(one), _area(other))


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
