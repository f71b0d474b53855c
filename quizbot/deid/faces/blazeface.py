"""BlazeFace: from a square picture to scored faces.

V. Bazarevsky et al., BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs, CVPR Workshop 2019. The anchors
are those of MediaPipe's graphs ``face_detection_back`` and ``face_detection_full_range``.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from quizbot.deid.faces.runtime import run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LIMIT = 80.0  # beyond it the logistic function of a 32-bit float overflows


@dataclass(frozen=True, slots=True)
class Model:
    """One of the two models.

    Attributes:
        file: its file's name.
        digest: SHA-256 of the file; another one is not run.
        side: side of its input, in pixels.
        layers: stride and number of anchors of each of its feature maps.
    """

    file: str
    digest: str
    side: int
    layers: tuple[tuple[int, int], ...]


BACK = Model(
    "face_detection_back.tflite",
    "e376cf6b168d5ece8a3cedb94acc4eb168a136aede125ccc3d903ef38f5beda8",
    256,
    ((16, 2), (32, 6)),
)
FULL = Model(
    "face_detection_full_range.tflite",
    "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
    192,
    ((4, 1),),
)


def scores(model: Model, picture: "NDArray[np.float32]") -> "tuple[NDArray[np.float32], NDArray[np.float32]]":
    """Faces in one square picture.

    Args:
        model: which of the two.
        picture: side × side × 3, RGB from -1 to 1.

    Returns:
        Per anchor the probability of a face, and 8 points (x, y) in parts of the side: the box's first and last
        corner, right eye, left eye, nose, mouth, right ear, left ear.

    Raises:
        Unavailable: the model or the library that runs it is missing.
    """
    boxes, logits = run(model.file, model.digest, picture)
    points: NDArray[np.float32] = (boxes / model.side).astype(boxes.dtype).reshape(-1, 8, 2)
    half = points[:, 1] / 2
    points[:, [0, 2, 3, 4, 5, 6, 7]] += _anchors(model)[:, None]
    points[:, 0], points[:, 1] = points[:, 0] - half, points[:, 0] + half
    return logistic(logits[:, 0]), points


def logistic(logits: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """From a model's raw output to a probability."""
    import numpy as np  # noqa: PLC0415  # loaded only when a picture is looked at

    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -_LIMIT, _LIMIT))), dtype=np.float32)


@cache
def _anchors(model: Model) -> "NDArray[np.float32]":
    """The centres of the anchors, in parts of the side."""
    import numpy as np  # noqa: PLC0415  # as above

    centres = [
        ((column + 0.5) * stride / model.side, (row + 0.5) * stride / model.side)
        for stride, number in model.layers
        for row in range(model.side // stride)
        for column in range(model.side // stride)
        for _ in range(number)
    ]
    return np.asarray(centres, dtype=np.float32)
