"""What a respondent did in the rounds of a board, as so much as its line needs. Pure.

A line is the sum of the best k points and the median time, and k grows with the rounds that are held. So a tally keeps
each result, nine bytes of it: then a result that comes, changes or goes, and a new k, are followed without reading any
other attempt.
"""

import struct
from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

_SECONDS = 8  # bytes of a double


@dataclass(slots=True)
class Tally:
    """The results of one respondent. ``points``: of each, least first; ``seconds``: from post to attempt, likewise."""

    points: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def rounds(self) -> int:
        """Attempts made."""
        return len(self.points)

    @property
    def median_seconds(self) -> float:
        """The median time from post to attempt; 0 without any."""
        return median(self.seconds) if self.seconds else 0.0

    def best(self, most: int) -> int:
        """The points of the best rounds, at most so many of them."""
        return sum(self.points[max(0, len(self.points) - most) :])

    def add(self, points: int, seconds: float) -> None:
        """A result comes."""
        insort(self.points, points)
        insort(self.seconds, seconds)

    def remove(self, points: int, seconds: float) -> None:
        """A result goes.

        Raises:
            ValueError: there is none like it.
        """
        _take(self.points, points)
        _take(self.seconds, seconds)

    def packed(self) -> bytes:
        """As it is stored: each result's points as a byte, then each one's seconds as a double."""
        return bytes(self.points) + struct.pack(f"<{len(self.seconds)}d", *self.seconds)


def unpacked(data: bytes) -> Tally:
    """A tally as ``Tally.packed`` gave it."""
    count = len(data) // (1 + _SECONDS)
    return Tally(list(data[:count]), list(struct.unpack(f"<{count}d", data[count:])))


def tally_of(results: Iterable[tuple[int, float]]) -> Tally:
    """The tally of some results, each its points and seconds."""
    pairs = list(results)
    return Tally(sorted(points for points, _ in pairs), sorted(seconds for _, seconds in pairs))


def _take(values: list[int] | list[float], value: float) -> None:
    place = bisect_left(values, value)
    if place == len(values) or values[place] != value:
        raise ValueError(value)
    del values[place]
