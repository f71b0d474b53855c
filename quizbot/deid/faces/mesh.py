"""A second opinion: the face mesh's own verdict on whether it was shown a face.

The detector sees faces in brains and cells; the mesh, shown the same place upright and close, rarely does.
"""

import math
from typing import TYPE_CHECKING

from quizbot.deid.faces.blazeface import logistic
from quizbot.deid.faces.runtime import run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from quizbot.deid.faces.detect import Face

_FILE = "face_landmark.tflite"
_DIGEST = "2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493"
_SIDE = 192
_MARGIN = 1.5  # MediaPipe's: the mesh is shown half again as much as the detector's box


def confirmed(pixels: "NDArray[np.uint8]", face: "Face") -> float:
    """How sure the mesh is that there is a face, 0 to 1."""
    import numpy as np  # noqa: PLC0415  # loaded only when a picture is looked at

    outputs = run(_FILE, _DIGEST, _upright(pixels, face).astype(np.float32) / np.float32(255))
    return float(logistic(outputs[-1]).ravel()[0])


def _upright(pixels: "NDArray[np.uint8]", face: "Face") -> "NDArray[np.uint8]":
    """The face turned so that its eyes are level, in the size that the mesh wants."""
    import cv2  # noqa: PLC0415  # as above
    import numpy as np  # noqa: PLC0415  # as above

    (ax, ay), (bx, by) = face.eyes
    x0, y0, x1, y1 = face.box
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    scale = _SIDE / (max(x1 - x0, y1 - y0) * _MARGIN)
    turn = cv2.getRotationMatrix2D(middle, math.degrees(math.atan2(by - ay, bx - ax)), scale)
    turn[:, 2] += np.array([_SIDE / 2, _SIDE / 2]) - np.array(middle)
    grey = (127, 127, 127)
    return np.asarray(cv2.warpAffine(pixels, turn, (_SIDE, _SIDE), borderMode=cv2.BORDER_CONSTANT, borderValue=grey))
