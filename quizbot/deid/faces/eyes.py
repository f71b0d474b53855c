"""Pairs of eyes: what an eye strip leaves of a face, found by OpenCV's Haar detector (Viola and Jones, 2001)."""

from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizbot.deid.facts import Unavailable
from quizbot.deid.finding import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIDE = 400  # pixels that the longer side is brought down to: an eye strip fills its picture
_NEIGHBOURS = 8
_SMALLEST = 24  # pixels, of an eye
_NEAREST, _FARTHEST = 1.2, 4.0  # distance of two eyes, in widths of an eye
_ALIKE, _LEVEL = 1.6, 0.4  # at most so much larger, and so many widths higher, one than the other


@cache
def _detector() -> Any:  # noqa: ANN401  # OpenCV ships loose types
    try:
        import cv2  # noqa: PLC0415  # loaded only when a picture is looked at
    except ImportError as error:
        raise Unavailable("", "eyes cannot be looked for: OpenCV is not installed") from error
    detector = cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / "haarcascade_eye.xml"))
    if detector.empty():
        raise Unavailable("", "eyes cannot be looked for: OpenCV came without its Haar files (below 5 it has them)")
    return detector


def eye_pairs(pixels: "NDArray[np.uint8]") -> list[Box]:
    """Boxes around two eyes side by side, in a picture upright or on its side."""
    import cv2  # noqa: PLC0415  # as above
    import numpy as np  # noqa: PLC0415  # as above

    scale = min(1.0, _SIDE / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    grey = cv2.cvtColor(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    upright = [_scaled(pair, scale) for pair in _pairs(grey)]
    aside = [_scaled((y0, x0, y1, x1), scale) for x0, y0, x1, y1 in _pairs(np.ascontiguousarray(grey.T))]
    return upright + aside


def _pairs(grey: Any) -> list[Box]:  # noqa: ANN401  # as above
    found = _detector().detectMultiScale(grey, 1.1, _NEIGHBOURS, minSize=(_SMALLEST, _SMALLEST))
    eyes = [tuple(int(value) for value in eye) for eye in found]
    return [_around(a, b) for a, b in combinations(eyes, 2) if _is_pair(a, b)]


def _is_pair(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    width = (one[2] + other[2]) / 2
    apart = abs(one[0] + one[2] / 2 - other[0] - other[2] / 2) / width
    level = abs(one[1] + one[3] / 2 - other[1] - other[3] / 2) / width
    alike = max(one[2], other[2]) / min(one[2], other[2])
    return _NEAREST <= apart <= _FARTHEST and level <= _LEVEL and alike <= _ALIKE


def _around(one: tuple[int, ...], other: tuple[int, ...]) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[0] + one[2], other[0] + other[2]),
        max(one[1] + one[3], other[1] + other[3]),
    )


def _scaled(box: Box, scale: float) -> Box:
    x0, y0, x1, y1 = (round(value / scale) for value in box)
    return x0, y0, x1, y1
