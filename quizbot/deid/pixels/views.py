"""Three views of a picture, because letters hide in each of them.

As it is; the red channel with local contrast (on pink ECG paper the grid is gone in it); the red channel locally
normalised, which brings out letters that hardly differ from their ground.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

Image8 = npt.NDArray[np.uint8]
View = Callable[[Image8], Image8]

_TILES = 8  # contrast is evened out over a grid of so many tiles a side
_CLIP = 3.0
_SIGMA = 12.0  # pixels: about the height of a line
_FLOOR = 6.0  # grey levels: less variation than this is noise


def as_is(rgb: Image8) -> Image8:
    """The picture itself, channels in the order that the models were trained on (BGR)."""
    return np.ascontiguousarray(rgb[:, :, ::-1])


def contrasted(rgb: Image8) -> Image8:
    """The red channel, contrast-limited adaptive histogram equalisation (Zuiderveld 1994), three equal channels."""
    equaliser = cv2.createCLAHE(_CLIP, (_TILES, _TILES))
    return _grey(equaliser.apply(np.ascontiguousarray(rgb[:, :, 0])))


def normalised(rgb: Image8) -> Image8:
    """The red channel as its distance from the local mean in local standard deviations, three equal channels."""
    red = rgb[:, :, 0].astype(np.float32)
    mean = cv2.GaussianBlur(red, (0, 0), _SIGMA)
    spread = np.sqrt(np.maximum(cv2.GaussianBlur(red * red, (0, 0), _SIGMA) - mean * mean, 0))
    scaled = 128 + 50 * (red - mean) / (spread + _FLOOR)
    return _grey(np.clip(scaled, 0, 255).astype(np.uint8))


def _grey(channel: npt.NDArray[np.uint8]) -> Image8:
    return np.repeat(channel[:, :, None], 3, axis=2)
