"""A second look at what looks like text and was not read: nearer, without curves, and at nothing else.

Where letters touch a curve or each other, the network takes all of it for one high line, too small to read; seen nearer
it marks the letters alone. What is read there surely and in full takes the place of the first reading; anything less
stands beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizbot.deid.finding import Box
from quizbot.deid.pixels import reading, regions
from quizbot.deid.pixels.boxes import area, shared
from quizbot.deid.pixels.hits import Reading, Region
from quizbot.deid.pixels.views import Views

_SURE = 0.88  # a reading less sure is looked at again
_LEAST_SCORE, _LEAST_VOTES = 0.7, 2  # of a place that does look like text
_HEIGHTS = 12.0, 160.0  # pixels: what is lower was seen enlarged, what is higher is no line
_MARGIN = 24  # pixels around a place
_NEARER = 2.5  # times
_MOST = 700_000  # pixels of all second looks together, enlarged: a quarter of a second
_FIRST, _AGAIN = 1_600, 400  # pixels of strips read there: see ``reading.read``
_INSIDE = 0.5  # of what is found lies in the place looked at
_WHOLE = 0.6  # of its width


def look(seen: Views, found: Sequence[Reading]) -> list[Reading]:
    """The readings, and those of a second look at the doubtful ones; surer ones take their places."""
    looked = [(first, _pieces(seen, first)) for first in _affordable(found, (seen.plain.shape[1], seen.plain.shape[0]))]
    again = iter(reading.read(seen, [piece for _, pieces in looked for piece in pieces], _FIRST, _AGAIN))
    result = {id(each): [each] for each in found}
    for first, pieces in looked:
        second = [next(again) for _ in pieces]
        result[id(first)] = second if _is_whole(second, first.region) else [first, *second]
    return [each for some in result.values() for each in some]


def _affordable(found: Sequence[Reading], size: tuple[int, int]) -> Iterator[Reading]:
    """The doubtful readings, likeliest text first, as far as time goes."""
    left = float(_MOST)
    for each in sorted(filter(_is_doubtful, found), key=lambda r: (-r.region.votes, -r.region.score)):
        cost = area(_around(each.region.box(size), size)) * _NEARER**2
        if cost <= left:
            left -= cost
            yield each


def _is_doubtful(each: Reading) -> bool:
    region = each.region
    likely = region.score >= _LEAST_SCORE and region.votes >= _LEAST_VOTES
    return likely and each.sure < _SURE and _HEIGHTS[0] <= region.height <= _HEIGHTS[1]


def _pieces(seen: Views, first: Reading) -> list[Region]:
    """What looks like text in the place of a reading, seen nearer."""
    size = seen.plain.shape[1], seen.plain.shape[0]
    place = first.region.box(size)
    found = regions.nearer(seen.bare, _around(place, size), _NEARER)
    inside = [each for each in found if (box := each.box(size)) and shared(box, place) >= _INSIDE * area(box)]
    return [replace(each, votes=first.region.votes, crossed=first.region.crossed) for each in inside]


def _is_whole(again: Sequence[Reading], region: Region) -> bool:
    """Whether a place was read surely and in full."""
    read = [each for each in again if each.text]
    return all(each.sure >= _SURE for each in read) and sum(each.region.width for each in read) >= _WHOLE * region.width


def _around(box: Box, size: tuple[int, int]) -> Box:
    x0, y0, x1, y1 = box
    return max(0, x0 - _MARGIN), max(0, y0 - _MARGIN), min(size[0], x1 + _MARGIN), min(size[1], y1 + _MARGIN)
