"""Three views of a picture, because letters hide in each of them.

As it is; the red channel locally normalised, which brings out letters that hardly differ from their ground (on pink
ECG paper the grid is gone in it); the same after a median, which takes the speckle of ultrasound from between letters.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

Image8 = npt.NDArray[np.uint8]
View = Callable[[Image8], Image8]

_SIGMA = 12.0  # pixels: about the height of a line
_FLOOR = 6.0  # grey levels: less variation than this is noise
_SPECKLE = 7  # pixels, odd: wider than a grain of speckle, about as wide as a stroke


def as_is(rgb: Image8) -> Image8:
    """The picture itself, channels in the order that the models were trained on (BGR)."""
    return np.ascontiguousarray(rgb[:, :, ::-1])


def normalised(rgb: Image8) -> Image8:
    """The red channel as its distance from the local mean in local standard deviations, three equal channels."""
    red = rgb[:, :, 0].astype(np.float32)
    mean = cv2.GaussianBlur(red, (0, 0), _SIGMA)
    spread = np.sqrt(np.maximum(cv2.GaussianBlur(red * red, (0, 0), _SIGMA) - mean * mean, 0))
    scaled = 128 + 50 * (red - mean) / (spread + _FLOOR)
    return _grey(np.clip(scaled, 0, 255).astype(np.uint8))


def smoothed(rgb: Image8) -> Image8:
    """The red channel after a median, then as ``normalised``."""
    red = cv2.medianBlur(np.ascontiguousarray(rgb[:, :, 0]), _SPECKLE)
    return normalised(red[:, :, None])


def _grey(channel: npt.NDArray[np.uint8]) -> Image8:
    return np.repeat(channel[:, :, None], 3, axis=2)
