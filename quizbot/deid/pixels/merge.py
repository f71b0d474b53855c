"""One place found in several views becomes one region."""

from collections.abc import Sequence

from quizbot.deid.finding import Box
from quizbot.deid.pixels.hits import Region

_SAME = 0.5  # intersection over union
_PART = 0.75  # share of a piece that lies inside a longer piece of its row
_HIGHER = 1.7  # times its height: a much higher one around it is no row of text
_FAR = 100_000


def distinct(regions: Sequence[Region]) -> list[Region]:
    """The regions without repetitions; a piece of a longer one stays, because the longer one may be no text."""
    kept: list[tuple[Region, Box]] = []
    for region in sorted(regions, key=lambda r: (-r.votes, -r.width * r.score)):
        box = region.box((_FAR, _FAR))
        if not any(_same(box, around) for _, around in kept):
            kept.append((region, box))
    return sorted((region for region, _ in kept), key=lambda r: (r.quad[:, 1].min(), r.quad[:, 0].min()))


def wholes(regions: Sequence[Region]) -> dict[int, list[int]]:
    """By the index of each region that is a piece of a row's longer one: the indices of those longer ones."""
    boxes = [region.box((_FAR, _FAR)) for region in regions]
    within = {
        i: [j for j, other in enumerate(regions) if j != i and _is_piece(region, boxes[i], other, boxes[j])]
        for i, region in enumerate(regions)
    }
    return {i: longer for i, longer in within.items() if longer}


def _same(box: Box, other: Box) -> bool:
    both = shared(box, other)
    return both > _SAME * (area(box) + area(other) - both)


def _is_piece(region: Region, box: Box, other: Region, around: Box) -> bool:
    inside = shared(box, around) > _PART * area(box) and area(around) > area(box)
    return inside and other.height < _HIGHER * region.height


def shared(a: Box, b: Box) -> int:
    """Pixels that two boxes share."""
    return max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))


def area(box: Box) -> int:
    """Pixels of a box, at least one."""
    return max(1, (box[2] - box[0]) * (box[3] - box[1]))
