"""One place found in several views becomes one region."""

from collections.abc import Sequence

from quizbot.deid.finding import Box
from quizbot.deid.pixels.boxes import area, shared
from quizbot.deid.pixels.hits import Region

_SAME = 0.5  # intersection over union
_PART = 0.75  # share of a piece that lies inside a longer piece of its row
_HIGHER = 1.7  # times its height: a much higher one around it is no row of text
_AS_WIDE, _ROOM = 0.8, 2.4  # of the width of the longer of two places, and times the lower one's height
_BLOB = 3.0  # times its height: what is higher is no line
_COVERED = 0.5  # of its area
_FAR = 100_000


def distinct(regions: Sequence[Region]) -> list[Region]:
    """The regions without repetitions and without pieces of a row that is there as a whole."""
    kept: list[tuple[Region, Box]] = []
    for region in sorted(regions, key=lambda r: (-r.votes, -r.width * r.score)):
        box = region.box((_FAR, _FAR))
        if not any(_repeats(region, box, other, around) for other, around in kept):
            kept.append((region, box))
    return sorted((region for region, _ in kept), key=lambda r: (r.quad[:, 1].min(), r.quad[:, 0].min()))


def news(more: Sequence[Region], known: Sequence[Region]) -> list[Region]:
    """Those of more regions that known ones, lines rather than blobs around them, do not cover for the most part."""
    return [region for region in more if not _is_covered(region, known)]


def _is_covered(region: Region, known: Sequence[Region]) -> bool:
    box = region.box((_FAR, _FAR))
    lines = (other for other in known if other.height <= _BLOB * region.height)
    return sum(shared(box, other.box((_FAR, _FAR))) for other in lines) > _COVERED * area(box)


def _repeats(region: Region, box: Box, other: Region, around: Box) -> bool:
    common = shared(box, around)
    if not common:
        return False
    own, others = area(box), area(around)
    if common / (own + others - common) > _SAME or (common > _PART * min(own, others) and _is_same_line(region, other)):
        return True
    return common > _PART * own and other.height < _HIGHER * region.height


def _is_same_line(a: Region, b: Region) -> bool:
    """Whether two places one inside the other are one line, seen closer and with more room around it."""
    widths, heights = sorted((a.width, b.width)), sorted((a.height, b.height))
    return widths[0] >= _AS_WIDE * widths[1] and heights[1] < _ROOM * heights[0]
