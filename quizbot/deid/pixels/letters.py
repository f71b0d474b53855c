"""Where a network of our own sees letters: small ones on grain, on grids and beside curves, at the picture's own size.

The general network wants letters of 16 pixels and more, and enlarging a picture costs seconds. This one is tiny: it was
trained on nothing but letters on medical grounds, most of them of 9 to 18 pixels (``bench/deid/letters``).
"""

import cv2
import numpy as np
import numpy.typing as npt

from quizbot.deid.pixels import models, tiles
from quizbot.deid.pixels.models import Pixels
from quizbot.deid.pixels.views import Image8, Views, locally_normalised

_STRIDE = 16  # pixels: sides are multiples of it
_TILE = 1_800_000  # pixels looked at at once

Channels = npt.NDArray[np.uint8]
"""(height, width, 4): see ``channels``."""


def channels(seen: Views) -> Channels:
    """What the network sees: red locally normalised, the evened view, grey, and grey without curves, normalised."""
    bare = locally_normalised(_grey(seen.bare))
    return np.stack([seen.normalised[:, :, 0], seen.evened[:, :, 0], _grey(seen.plain), bare[:, :, 0]], axis=2)


def _grey(rgb: Image8) -> Image8:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)


def scaled(seen: Channels) -> Pixels:
    """The channels as the network takes them, (4, height, width), -1 to 1."""
    return np.asarray(seen.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1, np.float32)


def find(seen: Views) -> Pixels:
    """Probability, at every pixel of a picture, of the middle of a line of letters."""
    whole = channels(seen)
    height, width = whole.shape[:2]
    result = np.zeros((height, width), np.float32)
    for x0, y0, x1, y1 in tiles.cut(width, height, _TILE):
        part = _look(whole[y0:y1, x0:x1])
        np.maximum(result[y0:y1, x0:x1], part, out=result[y0:y1, x0:x1])
    return result


def _look(part: Channels) -> Pixels:
    height, width = part.shape[:2]
    down, right = -height % _STRIDE, -width % _STRIDE
    padded = cv2.copyMakeBorder(part, 0, down, 0, right, cv2.BORDER_REFLECT_101)  # repeated, grain would be strokes
    seen = models.run(models.letters(), scaled(np.asarray(padded, np.uint8))[None])[0, 0]
    return np.asarray(cv2.resize(seen, (width + right, height + down))[:height, :width], np.float32)
