"""Half faces made whole: the picture with a mirror at each of its edges, for the detectors to look at.

A face that the edge cuts in two is one again in the mirror, and the strip of one gets what they expect around it.
"""

from typing import TYPE_CHECKING

from quizbot.deid.faces.detect import Face, in_whole
from quizbot.deid.finding import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DEPTH = 0.5  # of the shorter side: how far the mirrors show


def mirrored(pixels: "NDArray[np.uint8]", floor: float) -> "tuple[NDArray[np.uint8], list[Face]]":
    """The picture between its mirrors, and what scores at least ``floor`` there, in its pixels; the surest first."""
    import cv2  # noqa: PLC0415  # loaded only when a picture is looked at
    import numpy as np  # noqa: PLC0415  # as above

    depth = int(_DEPTH * min(pixels.shape[:2]))
    framed = np.asarray(cv2.copyMakeBorder(pixels, depth, depth, depth, depth, cv2.BORDER_REFLECT), dtype=np.uint8)
    return framed, in_whole(framed, floor)


def unframed(face: Face, width: int, height: int) -> Box:
    """Where a face between the mirrors is in the picture itself, ``width`` × ``height`` pixels."""
    depth = int(_DEPTH * min(width, height))
    x0, x1 = _folded(face.box[0] - depth, face.box[2] - depth, width)
    y0, y1 = _folded(face.box[1] - depth, face.box[3] - depth, height)
    return x0, y0, x1, y1


def _folded(start: int, end: int, length: int) -> tuple[int, int]:
    """A stretch that may reach over an edge: the part inside, or where the mirror took it from."""
    if start + end < 0:
        start, end = -end, -start
    elif start + end > 2 * length:
        start, end = 2 * length - end, 2 * length - start
    return max(0, min(start, length - 1)), min(length, max(end, 1))
