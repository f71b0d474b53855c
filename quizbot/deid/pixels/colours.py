"""A curve's colour out of the picture: letters of any other stand whole where a coloured line runs through them.

A pixel at a line's edge mixes the line's colour with the ground's, so both, and every mixture, lie on one axis of the
colour space. Seen along the axis at right angles to it that is nearest to grey, line and ground are alike; what is
grey, white or of another hue is not (the colour deconvolution of Ruifrok and Johnston, 2001, for one dye).
"""

import cv2
import numpy as np
import numpy.typing as npt

from quizbot.deid.pixels.traces import Mask
from quizbot.deid.pixels.views import Image8, locally_normalised

_STRONG = 80  # grey levels of one channel from the ground: the line itself, and no edge of it
_COLOURED = 0.3  # sine of the angle to grey: less is no colour
_SAMPLE = 5  # one pixel of so many is asked
_FEW = 100  # pixels asked: what has fewer is no curve


def without_curves(rgb: Image8, curves: Mask) -> Image8 | None:
    """A view in which the curves have the ground's brightness, three equal channels; None if they have no colour."""
    axis = _axis(rgb, curves)
    if axis is None:
        return None
    return locally_normalised(np.asarray(cv2.transform(rgb.astype(np.float32), axis[None]), np.float32))


def _axis(rgb: Image8, curves: Mask) -> npt.NDArray[np.float32] | None:
    """The direction of colour in which the curves differ from the ground by nothing; None where grey does as well."""
    ground = np.median(rgb[::4, ::4].reshape(-1, 3), axis=0).astype(np.float32)
    away = rgb[curves][::_SAMPLE].astype(np.float32) - ground
    strong = away[np.abs(away).max(axis=1, initial=0) > _STRONG]
    if len(strong) < _FEW:
        return None
    line = np.median(strong, axis=0)
    line /= np.linalg.norm(line)
    grey = np.full(3, 3**-0.5, np.float32)
    across = grey - (grey @ line) * line
    length = float(np.linalg.norm(across))
    return np.asarray(across / length, np.float32) if length >= _COLOURED else None
