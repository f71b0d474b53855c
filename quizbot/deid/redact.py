"""Solid colour over what must not be seen, in the pixels themselves: nothing is left under it."""

from collections.abc import Iterable

from PIL import Image

from quizbot.deid.facts import Refused
from quizbot.deid.finding import Box

FILL = (0, 0, 0)


def redact(image: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """A copy with every box filled.

    Args:
        image: RGB.
        boxes: x0, y0, x1, y1 in pixels; what reaches beyond the picture is cut.

    Raises:
        Refused: a box is empty or lies outside, so that something else was meant to be covered.
    """
    covered = image.copy()
    for box in boxes:
        covered.paste(FILL, _within(box, image.size))
    return covered


def _within(box: Box, size: tuple[int, int]) -> Box:
    x0, y0, x1, y1 = max(0, box[0]), max(0, box[1]), min(size[0], box[2]), min(size[1], box[3])
    if x0 >= x1 or y0 >= y1:
        where = ",".join(map(str, box))
        raise Refused("", f"the box {where} covers nothing of the picture", "give x0,y0,x1,y1 in pixels of the picture")
    return x0, y0, x1, y1
