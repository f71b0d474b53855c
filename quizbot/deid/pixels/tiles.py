"""Large pictures are looked at in overlapping pieces, so that small letters stay letters and memory stays small."""

from math import ceil

from quizbot.deid.finding import Box

OVERLAP = 160  # pixels: a short string stands whole in one of two neighbours


def cut(width: int, height: int, most: int) -> list[Box]:
    """Boxes that together cover a picture, each of at most about ``most`` pixels, neighbours overlapping."""
    if width * height <= most:
        return [(0, 0, width, height)]
    side = int(most**0.5)
    return [(x0, y0, x1, y1) for y0, y1 in _spans(height, side) for x0, x1 in _spans(width, side)]


def _spans(length: int, side: int) -> list[tuple[int, int]]:
    if length <= side:
        return [(0, length)]
    count = ceil((length - OVERLAP) / (side - OVERLAP))
    step = (length - side) / max(1, count - 1)
    return [(round(i * step), round(i * step) + side) for i in range(count)]
