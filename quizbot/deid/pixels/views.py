"""Views of a picture, because letters hide in each of them.

As it is, with and without curves; the red channel locally normalised, which brings out letters that hardly differ from
their ground (on pink ECG paper the grid is gone in it), with and without curves; in dark pictures, the latter from the
brightest channel.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Image8 = npt.NDArray[np.uint8]

_AROUND = 41  # pixels: a square about as high as two lines
_FLOOR = 6.0  # grey levels: less variation than this is noise
_DARK = 96  # grey levels: the median of a picture that is dark
_STEEP, _OFFSET = 50.0, 8.0  # of the logarithm: one grey level stays one about the level of 42


@dataclass(frozen=True, slots=True)
class Views:
    """A picture as the network sees it, (height, width, 3) each.

    Attributes:
        plain: itself, RGB.
        bare: itself without curves, RGB.
        normalised: its red channel, locally normalised, curves and all.
        evened: the same without curves, of a dark picture made from its brightest channel (see ``evened``).
    """

    plain: Image8
    bare: Image8
    normalised: Image8
    evened: Image8


def normalised(rgb: Image8) -> Image8:
    """The red channel as its distance from the local mean in local standard deviations, three equal channels."""
    return _grey(_evened(rgb[:, :, 0]))


def evened(rgb: Image8) -> Image8:
    """The same as ``normalised``; of a dark picture, the logarithm of its brightest channel instead of the red one.

    Speckle multiplies: its logarithm varies as much in bright as in dark tissue, and letters stand out from it. Green
    and blue letters, which have no red, are met on dark grounds.
    """
    if float(np.median(rgb[::4, ::4, 1])) >= _DARK:
        return normalised(rgb)
    return _grey(_evened(_STEEP * np.log(rgb.max(axis=2).astype(np.float32) + _OFFSET)))


def _evened(channel: npt.NDArray[np.uint8 | np.float32]) -> Image8:
    values = channel.astype(np.float32)
    mean = cv2.blur(values, (_AROUND, _AROUND))
    spread = np.sqrt(np.maximum(cv2.blur(values * values, (_AROUND, _AROUND)) - mean * mean, 0))
    return np.clip(128 + 50 * (values - mean) / (spread + _FLOOR), 0, 255).astype(np.uint8)


def _grey(channel: npt.NDArray[np.uint8]) -> Image8:
    return np.repeat(channel[:, :, None], 3, axis=2)
