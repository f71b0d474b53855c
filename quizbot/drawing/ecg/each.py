"""The QRS complexes one by one: whether they come evenly, look alike and are equally wide.

An average hides what tells one wide complex tachycardia from another: the beat that is captured, the one that is
fused, the pre-excitation that comes and goes.
"""

from dataclasses import dataclass

import numpy as np

from quizbot.drawing.ecg.beats import Index, find_qrs, vector_speed
from quizbot.drawing.ecg.leads import ROWS, Array

_SLOWEST = 0.35  # of the fastest complex: one that is fused or captured moves at another speed than the others
_SOONEST_S = 0.17  # the steepest point of a wide complex may be its end, of the next one its beginning
_NEAR_S = 0.11  # of its steepest point a complex lies
_HALF_S, _REACH_S = 0.07, 0.02
_MOVING = 0.4  # of a complex's greatest speed; its T wave and the one before are slower
_EVEN = 0.06  # of the median RR interval
_ALIKE = 0.9  # correlation with the median complex, over all leads
_NARROW, _EARLY = 0.75, 0.95  # of the median width and RR interval


@dataclass(frozen=True, slots=True)
class Each:
    """What the complexes have in common.

    Attributes:
        rate: a minute.
        variation: standard deviation of the RR intervals over their mean.
        steady: share of the RR intervals that are within 6 % of the median.
        alike: share of the complexes that look like the median one.
        width: median of how long the heart vector moves fast in each, ms.
        narrow: complexes narrower than that by a quarter.
        captured: those of them that come early.
    """

    rate: float
    variation: float
    steady: float
    alike: float
    width: float
    narrow: int
    captured: int


def each(leads: Array, rate: int) -> Each:
    """Compare the QRS complexes of (12, n) mV.

    Raises:
        beats.UnreadableError: there are fewer than three.
    """
    near, half, reach = (round(seconds * rate) for seconds in (_NEAR_S, _HALF_S, _REACH_S))
    found = find_qrs(leads, rate, _SLOWEST, _SOONEST_S)
    fast = vector_speed(leads, rate)
    edge = near + half + reach
    seen = found[(found >= edge) & (found < leads.shape[1] - edge)]
    bounds = np.array([q - near + _moving(fast[q - near : q + near]) for q in seen])
    widths = np.diff(bounds)[:, 0] / rate * 1000
    rr = np.diff(bounds[:, 0])
    usual = float(np.median(rr))
    narrow = widths < _NARROW * np.median(widths)
    early = np.concatenate([[False], rr < _EARLY * usual])
    middles = bounds.sum(axis=1) // 2
    pieces = np.stack([leads[ROWS, at - half - reach : at + half + reach] for at in middles])
    return Each(
        rate=float(60 * rate / rr.mean()),
        variation=float(rr.std() / rr.mean()),
        steady=float((np.abs(rr - usual) <= _EVEN * usual).mean()),
        alike=float((_likeness(pieces, reach) >= _ALIKE).mean()),
        width=float(np.median(widths)),
        narrow=int(narrow.sum()),
        captured=int((narrow & early).sum()),
    )


def _moving(fast: Array) -> Index:
    """The first and the last sample at which it moves fast."""
    return np.flatnonzero(fast > _MOVING * fast.max())[[0, -1]]


def _likeness(pieces: Array, reach: int) -> Array:
    """How well each complex, moved by up to ``reach`` samples to where it fits best, correlates with the median."""
    middle = _level(np.median(pieces, axis=0)[:, reach:-reach])
    length = middle.shape[1]
    moved = [_level(pieces[:, :, by : by + length]) for by in range(2 * reach + 1)]
    fits = [(one * middle).sum(axis=(1, 2)) / np.sqrt((one**2).sum(axis=(1, 2)) * (middle**2).sum()) for one in moved]
    return np.asarray(np.max(fits, axis=0))


def _level(complexes: Array) -> Array:
    """About the mean of each lead."""
    return np.asarray(complexes - complexes.mean(axis=-1, keepdims=True))
