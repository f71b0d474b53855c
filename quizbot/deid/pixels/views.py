"""Views of a picture, because letters hide in each of them.

As it is; the red channel locally normalised, which brings out letters that hardly differ from their ground (on pink
ECG paper the grid is gone in it); the same after a median, which takes the speckle of ultrasound from between letters.
On a grey picture with a little colour also the colour alone: coloured letters on speckle stand out in nothing else.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Image8 = npt.NDArray[np.uint8]

_AROUND = 41  # pixels: a square about as high as two lines
_FLOOR = 6.0  # grey levels: less variation than this is noise
_SPECKLE = 7  # pixels, odd: wider than a grain of speckle, about as wide as a stroke


_COLOURED = 40  # levels between a pixel's channels: more than JPEG makes of grey
_LITTLE, _MUCH = 0.0002, 0.15  # share of a picture that is coloured: less are no letters, more is a colour picture


@dataclass(frozen=True, slots=True)
class Views:
    """A picture as the network sees it, (height, width, 3) each.

    Attributes:
        plain: itself, RGB.
        bare: itself without curves, RGB.
        normalised: its red channel, locally normalised, curves and all.
        smoothed: its red channel without curves and speckle, locally normalised.
        tinted: its colour alone, locally normalised, if it is grey but for a little; else None.
    """

    plain: Image8
    bare: Image8
    normalised: Image8
    smoothed: Image8
    tinted: Image8 | None = None


def normalised(rgb: Image8) -> Image8:
    """The red channel as its distance from the local mean in local standard deviations, three equal channels."""
    return _grey(_evened(rgb[:, :, 0]))


def smoothed(rgb: Image8) -> Image8:
    """The red channel after a median, then as ``normalised``."""
    return _grey(_evened(np.asarray(cv2.medianBlur(np.ascontiguousarray(rgb[:, :, 0]), _SPECKLE), np.uint8)))


def tinted(rgb: Image8) -> Image8 | None:
    """How coloured each pixel is, then as ``normalised``; None for a picture without, or full of, colour."""
    colour = np.asarray(rgb.max(axis=2) - rgb.min(axis=2), np.uint8)
    if not _LITTLE < float((colour > _COLOURED).mean()) < _MUCH:
        return None
    return _grey(_evened(np.asarray(cv2.blur(colour, (2, 2)), np.uint8)))


def _evened(channel: Image8) -> Image8:
    values = channel.astype(np.float32)
    mean = cv2.blur(values, (_AROUND, _AROUND))
    spread = np.sqrt(np.maximum(cv2.blur(values * values, (_AROUND, _AROUND)) - mean * mean, 0))
    return np.clip(128 + 50 * (values - mean) / (spread + _FLOOR), 0, 255).astype(np.uint8)


def _grey(channel: npt.NDArray[np.uint8]) -> Image8:
    return np.repeat(channel[:, :, None], 3, axis=2)
