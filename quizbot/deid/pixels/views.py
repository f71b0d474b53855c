"""Views of a picture, because letters hide in each of them.

As it is, with and without curves; the red channel locally normalised, which brings out letters that hardly differ from
their ground (on pink ECG paper the grid is gone in it), with and without curves; in dark pictures, the latter from the
brightest channel. Two with bolder letters, searched only where there is hardly anything to read; where curves have a
colour, one without it.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Image8 = npt.NDArray[np.uint8]

_AROUND = 41  # pixels: a square about as high as two lines
_RULED = 61  # pixels: a grid's lines are longer than letters' strokes
_CROSSING = 9  # pixels: where two of them cross, both are dark
_BOLDER = 3  # pixels, odd
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
        bold: two with bolder letters (see ``bolder``), or none.
        colourless: one without the curves' colour (see ``colours.without_curves``), or None.
    """

    plain: Image8
    bare: Image8
    normalised: Image8
    evened: Image8
    bold: tuple[Image8, ...]
    colourless: Image8 | None

    @property
    def others(self) -> tuple[Image8, ...]:
        """Those in which a place is read that the plain ones left doubtful, the likeliest first."""
        clean = () if self.colourless is None else (self.colourless,)
        return *clean, self.normalised, self.evened, *self.bold


def bolder(view: Image8) -> tuple[Image8, Image8]:
    """A view with dark strokes, and with bright ones, a pixel wider on each side.

    A hair's breadth is lost on the network, and so are letters on speckle: bolder, they hold together, and the grain
    of the other brightness goes. A grid's lines, which are dark, would grow as well: a median takes them out before.
    """
    grain = np.ones((_BOLDER, _BOLDER), np.uint8)
    return np.asarray(cv2.erode(cv2.medianBlur(view, _BOLDER), grain)), np.asarray(cv2.dilate(view, grain))


def normalised(rgb: Image8) -> Image8:
    """The red channel, locally normalised."""
    return locally_normalised(rgb[:, :, 0])


def evened(rgb: Image8) -> Image8:
    """The same as ``normalised``, ruled lines gone; of a dark picture, the logarithm of its brightest channel.

    A grid as strong as the letters on it keeps the network from seeing them.

    Speckle multiplies: its logarithm varies as much in bright as in dark tissue, and letters stand out from it. Green
    and blue letters, which have no red, are met on dark grounds.
    """
    if float(np.median(rgb[::4, ::4, 1])) >= _DARK:
        return locally_normalised(_unruled(rgb[:, :, 0]))
    return locally_normalised(_STEEP * np.log(rgb.max(axis=2).astype(np.float32) + _OFFSET))


def _unruled(channel: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """A bright channel with the dark lines of a grid raised to their ground; shorter strokes stay what they are."""
    across = cv2.morphologyEx(channel, cv2.MORPH_CLOSE, np.ones((1, _RULED), np.uint8))
    down = cv2.morphologyEx(channel, cv2.MORPH_CLOSE, np.ones((_RULED, 1), np.uint8))
    ground = cv2.morphologyEx(np.maximum(across, down), cv2.MORPH_CLOSE, np.ones((_CROSSING, _CROSSING), np.uint8))
    return np.asarray(cv2.add(channel, cv2.subtract(ground, np.minimum(across, down))), np.uint8)


def locally_normalised(channel: npt.NDArray[np.uint8 | np.float32]) -> Image8:
    """A channel as its distance from the local mean in local standard deviations, three equal channels."""
    values = channel.astype(np.float32)
    mean = cv2.blur(values, (_AROUND, _AROUND))
    spread = np.sqrt(np.maximum(cv2.blur(values * values, (_AROUND, _AROUND)) - mean * mean, 0))
    even = np.clip(128 + 50 * (values - mean) / (spread + _FLOOR), 0, 255).astype(np.uint8)
    return np.repeat(even[:, :, None], 3, axis=2)
