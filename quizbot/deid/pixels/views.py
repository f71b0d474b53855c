"""Views of a picture, because letters hide in each of them.

As it is, with and without curves; the red channel locally normalised, which brings out letters that hardly differ from
their ground (on pink ECG paper the grid is gone in it), with and without curves.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Image8 = npt.NDArray[np.uint8]

_AROUND = 41  # pixels: a square about as high as two lines
_FLOOR = 6.0  # grey levels: less variation than this is noise


@dataclass(frozen=True, slots=True)
class Views:
    """A picture as the network sees it, (height, width, 3) each.

    Attributes:
        plain: itself, RGB.
        bare: itself without curves, RGB.
        normalised: its red channel, locally normalised, curves and all.
        evened: the same without curves.
    """

    plain: Image8
    bare: Image8
    normalised: Image8
    evened: Image8


def normalised(rgb: Image8) -> Image8:
    """The red channel as its distance from the local mean in local standard deviations, three equal channels."""
    return _grey(_evened(rgb[:, :, 0]))


def _evened(channel: Image8) -> Image8:
    values = channel.astype(np.float32)
    mean = cv2.blur(values, (_AROUND, _AROUND))
    spread = np.sqrt(np.maximum(cv2.blur(values * values, (_AROUND, _AROUND)) - mean * mean, 0))
    return np.clip(128 + 50 * (values - mean) / (spread + _FLOOR), 0, 255).astype(np.uint8)


def _grey(channel: npt.NDArray[np.uint8]) -> Image8:
    return np.repeat(channel[:, :, None], 3, axis=2)
