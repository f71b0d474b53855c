"""At which frames the layers look: the first, the last, one a second at least, and wherever the picture changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, ImageChops

from quizbot.deid.video.limits import FRAMES_A_SECOND

LOOK_SIZE = (160, 90)  # pixels in which frames are compared
_BLOCKS = (16, 9)
# Of 255, in the block that changed most: a cut changes a block by 40 and more, a line of text that appears by 20 to 60,
# an encoder's noise on a still picture by less than 8.
CHANGE = 16
MOST = 420  # frames looked at; three a second of the longest clip


@dataclass(frozen=True, slots=True)
class Moments:
    """Frames by number from 0; ``every_change``: False if the picture changes too often for each to be looked at."""

    frames: tuple[int, ...]
    count: int
    every_change: bool


def moments(greys: Iterable[Image.Image]) -> Moments:
    """Choose the frames.

    Each is compared with the last one that was chosen, so that a slow change is seen as well as a cut.

    Args:
        greys: every frame of the clip, grey, of ``LOOK_SIZE``.
    """
    chosen: list[int] = []
    changes: list[int] = []
    shown: Image.Image | None = None
    count = 0
    for number, grey in enumerate(greys):
        count = number + 1
        changed = shown is None or _change(shown, grey) >= CHANGE
        if changed:
            changes.append(number)
        if changed or number - chosen[-1] >= FRAMES_A_SECOND:
            chosen.append(number)
            shown = grey
    every = len(chosen) <= MOST
    if not every:
        seconds = range(0, count, FRAMES_A_SECOND)
        step = -(-len(changes) // (MOST - len(seconds)))
        chosen = sorted({*seconds, *changes[::step]})
    last = [count - 1] if count and count - 1 not in chosen else []
    return Moments((*chosen, *last), count, every)


def _change(one: Image.Image, other: Image.Image) -> float:
    """The mean difference in the block that changed most, of 255."""
    blocks = ImageChops.difference(one, other).resize(_BLOCKS, Image.Resampling.BOX)
    return float(max(blocks.tobytes()))
