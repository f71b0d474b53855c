"""A third look at what was read and would hold: the same place, cut a little lower and with a little more around it.

Which letter a doubtful stroke becomes depends on where a strip is cut, for that sets how it is scaled to the height
that the network reads. What is written is read from other cuts as well; an accident is not. Whole clinical words and
measurements seldom come about by accident, so where another cut says nothing else, that is what is written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from rapidfuzz.distance import OSA

from quizbot.deid.pixels import reading
from quizbot.deid.pixels.classify import UNKNOWN, Sense, sense
from quizbot.deid.pixels.hits import Quad, Reading
from quizbot.deid.pixels.legible import is_half_read, is_text
from quizbot.deid.pixels.slips import skeleton
from quizbot.deid.pixels.views import Views

_LOWER, _LARGER = -0.12, 0.15  # heights added above and below (and, if any, before and behind)
_MOST = 1_800  # pixels of strips that are read: see ``reading`` for what they cost
_SURE = 0.8  # of what another cut says: of 1,281 strings none was lost by it
_ALIKE = 0.5  # of the letters of the longer text: another cut spells the same line another way


def look(seen: Views, found: Sequence[Reading]) -> list[Reading]:
    """The readings; those that would hold with what other cuts of their places say surely."""
    views = seen.bare, seen.evened
    looks = [(each, (view, quad)) for each in _doubtful(found) for quad in _cuts(each) for view in views]
    read = reading.once([place for _, place in looks], _MOST)
    told: dict[int, list[Reading]] = {}
    for (each, _), (text, sure) in zip(looks, read, strict=True):
        other = replace(each, text=text, sure=sure)
        if other.sure >= _SURE and is_text(other) and _is_same_line(other, each):
            told.setdefault(id(each), []).append(other)
    return [replace(each, again=tuple(told.get(id(each), ()))) for each in found]


def settled(each: Reading, *, deny: frozenset[str], kind: str | None) -> Reading:
    """What another cut says in place of a reading that would hold, if all of that is allowed; else the reading.

    The other is judged as if it were certain: that forgives the fewest slips.
    """
    if each.again and _would_hold(each, sense(each.text, deny=deny, kind=kind, sure=each.sure)):
        return next((other for other in each.again if sense(other.text, deny=deny, kind=kind) is None), each)
    return each


def _doubtful(found: Sequence[Reading]) -> Iterator[Reading]:
    """Readings that would hold, likeliest text first; not those that only bold letters show."""
    likely = sorted(found, key=lambda each: (-each.region.votes, -each.region.score))
    return (each for each in likely if each.region.votes and _would_hold(each, sense(each.text, sure=each.sure)))


def _would_hold(each: Reading, meant: Sense | None) -> bool:
    """Whether a reading holds for words that are not known, or because it is a guess.

    What refuses is not asked again, nor what may be part of an identifier: an age, a number, a time, initials.
    """
    if not is_text(each):
        return False
    return is_half_read(each) if meant is None else meant.kind == UNKNOWN


def _cuts(each: Reading) -> tuple[Quad, Quad]:
    down = each.region.quad[[3, 2]] - each.region.quad[[0, 1]]
    along = (each.region.quad[1] - each.region.quad[0]) * (each.region.height / max(each.region.width, 1))
    return _grown(each.region.quad, down * _LOWER, along * 0), _grown(each.region.quad, down * _LARGER, along * _LARGER)


def _grown(quad: Quad, down: Quad, along: Quad) -> Quad:
    return np.asarray(quad + np.concatenate([-down, down[::-1]]) + np.stack([-along, along, along, -along]), np.float32)


def _is_same_line(other: Reading, first: Reading) -> bool:
    """Whether another cut spells the same line another way, and leaves no letter out."""
    a, b = (skeleton(each.text, pairs=False) for each in (other, first))
    return len(a) >= len(b) and OSA.distance(a, b) <= (1 - _ALIKE) * max(len(a), len(b))
