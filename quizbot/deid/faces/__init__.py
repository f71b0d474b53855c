"""Faces, eyes and photographs in a picture.

A face refuses until it is filled with one colour: a bar over the eyes hides nobody (the detectors still see the face,
and so do people who know it). A photograph of a person, or of a part of one, is never cleared by machine, whether its
case says so or its colours do. What the detectors take for half a face, or for eyes alone, holds.

The models (``models/README.md``) and OpenCV are loaded when the first picture is looked at.
"""

from typing import TYPE_CHECKING

from quizbot.deid.facts import Unavailable
from quizbot.deid.finding import Finding

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["VERSION", "look"]

VERSION = "faces-3 blazeface-back+full mirror mesh haar-eye"
"""Changes with every rule, threshold and model: a record signed under another version is asked for again."""


def look(image: "Image.Image", *, photo: bool = False) -> tuple[Finding, ...]:
    """Findings of the layers ``face`` and ``photo``.

    Args:
        image: RGB, upright, bare.
        photo: whether its case says that it is a photograph of a person or of a part of one.

    Raises:
        Unavailable: a model or a library of the extra ``deid`` is missing.
    """
    try:
        import cv2  # noqa: F401, PLC0415  # loaded only when a picture is looked at
        import numpy as np  # noqa: PLC0415  # as above
    except ImportError as error:
        raise Unavailable("", "faces cannot be looked for: OpenCV or NumPy is not installed") from error
    from quizbot.deid.faces.judge import judge  # noqa: PLC0415  # as above

    return judge(np.asarray(image.convert("RGB")), photo=photo)
