"""Shares and correlations with their intervals. Pure.

Item analysis after classical test theory: nothing is said of fewer than 30 attempts, and of fewer than 100 only as
unstable. Intervals of 95 %: Wilson's for shares (Wilson 1927, J Am Stat Assoc 22:209), Fisher's z for correlations
(Fisher 1921, Metron 1:3).
"""

import math
from dataclasses import dataclass

LEAST = 30  # attempts below which nothing is said
STABLE = 100  # attempts from which a number is not called unstable
_Z = 1.959963984540054  # the normal distribution's 97.5th percentile
_ALL_THE_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval. ``n``: of how many attempts."""

    value: float
    low: float
    high: float
    n: int

    @property
    def enough(self) -> bool:
        """Whether so many attempts stand behind it that something may be said."""
        return self.n >= LEAST

    @property
    def unstable(self) -> bool:
        """Whether too few attempts stand behind it to rely on it."""
        return self.n < STABLE


@dataclass(frozen=True, slots=True)
class Sums:
    """Of ``n`` pairs (x, y), x being 0 or 1: the sums of x, y, their products, and the squares of y."""

    n: int
    x: float
    y: float
    xy: float
    yy: float


def measured(right: int, n: int) -> Estimate | None:
    """The share of right answers, however few there are; None without any."""
    if n <= 0:
        return None
    p, zz = right / n, _Z * _Z
    middle, width = p + zz / (2 * n), _Z * math.sqrt(p * (1 - p) / n + zz / (4 * n * n))
    scale = 1 + zz / n
    return Estimate(p, max(0.0, min(p, (middle - width) / scale)), min(1.0, max(p, (middle + width) / scale)), n)


def share(right: int, n: int) -> Estimate | None:
    """The share of right answers; None for too few."""
    return measured(right, n) if n >= LEAST else None


def point_biserial(sums: Sums) -> Estimate | None:
    """The correlation of right answers with the rest score; None for too few, or where one of them never varies."""
    n = sums.n
    if n < LEAST:
        return None
    spread_x = n * sums.x - sums.x * sums.x
    spread_y = n * sums.yy - sums.y * sums.y
    if spread_x <= _ALL_THE_SAME or spread_y <= _ALL_THE_SAME * max(1.0, n * sums.yy):
        return None
    r = (n * sums.xy - sums.x * sums.y) / math.sqrt(spread_x * spread_y)
    r = max(-1.0, min(1.0, r))
    if abs(r) >= 1 - _ALL_THE_SAME:
        return Estimate(r, r, r, n)
    z, width = math.atanh(r), _Z / math.sqrt(n - 3)
    return Estimate(r, math.tanh(z - width), math.tanh(z + width), n)
