"""Finding the beats in a signal, their average, and where QRS and T begin and end.

Knows nothing of how the signal was made. Onset and offset are global, over all leads, as the AHA/ACCF/HRS
recommendations ask for (Kligfield 2007, part I, doi 10.1016/j.jacc.2007.01.024).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quizbot.drawing.ecg.leads import ROWS, Array

Index = npt.NDArray[np.intp]

_BEFORE_S, _AFTER_S = 0.36, 0.75
_LEAST_AFTER_S = 0.30
_REFRACTORY_S = 0.25


class UnreadableError(ValueError):
    """There is no rhythm in the signal that could be measured."""


@dataclass(frozen=True, slots=True)
class AverageBeat:
    """The median beat.

    Attributes:
        leads: (12, m) millivolts; 0 is the level just before the QRS complex.
        origin: the sample at which the beats were aligned.
        onset: first sample of the QRS complex.
        offset: the J point, first sample after it.
        t_end: end of the T wave.
    """

    leads: Array
    origin: int
    onset: int
    offset: int
    t_end: int


def smooth(signal: Array, samples: int) -> Array:
    """Running mean over the last axis, as long as the signal; the ends are held."""
    width = max(1, samples) | 1
    pad = [(0, 0)] * (signal.ndim - 1) + [(width // 2 + 1, width // 2)]
    total = np.cumsum(np.pad(signal, pad, mode="edge"), axis=-1)
    return np.asarray((total[..., width:] - total[..., :-width]) / width)


def find_qrs(leads: Array, rate: int, share: float = 0.6, refractory: float = _REFRACTORY_S) -> Index:
    """Samples at which the QRS complexes are steepest.

    Args:
        leads: (12, n) millivolts.
        rate: samples a second.
        share: how fast the slowest kind of complex is, compared with the fastest.
        refractory: the shortest time from one complex's steepest point to the next's, s.

    Raises:
        UnreadableError: there are fewer than three.
    """
    speed = smooth(vector_speed(leads, rate), round(0.03 * rate))
    limit = share * np.quantile(speed, 0.995)
    found: list[int] = []
    for sample in np.flatnonzero(_peaks(speed) & (speed > limit)):
        if found and sample - found[-1] < refractory * rate:
            if speed[sample] > speed[found[-1]]:
                found[-1] = int(sample)
        else:
            found.append(int(sample))
    if len(found) < 3:  # noqa: PLR2004  # an average of two is none
        raise UnreadableError("fewer than three QRS complexes")
    return np.array(found)


def average(leads: Array, qrs: Index, rate: int) -> AverageBeat:
    """The median beat of the complexes found, and its bounds."""
    before = round(_BEFORE_S * rate)
    after = round(min(_AFTER_S, max(_LEAST_AFTER_S, np.quantile(np.diff(qrs), 0.1) / rate - 0.24)) * rate)
    inside = [q for q in align(leads, qrs, rate) if q >= before and q + after < leads.shape[1]]
    beats = np.stack([leads[:, q - before : q + after] for q in inside])
    quiet = slice(before - round(0.10 * rate), before - round(0.06 * rate))
    beats = beats - np.median(beats[:, :, quiet], axis=2, keepdims=True)
    beat = smooth(np.median(beats, axis=0), round(0.008 * rate))
    onset, offset = _qrs_bounds(beat, before, rate)
    beat = beat - np.median(beat[:, onset - round(0.02 * rate) : onset], axis=1, keepdims=True)
    return AverageBeat(beat, before, onset, offset, _t_end(beat, offset, rate))


def core(beat: AverageBeat, rate: int) -> float:
    """How long the heart vector moves faster than a quarter of its greatest speed, ms.

    About two thirds of the QRS duration; other waves that run into the complex leave it as it is.
    """
    speed = vector_speed(beat.leads, rate)
    near = slice(max(0, beat.origin - round(0.12 * rate)), beat.origin + round(0.12 * rate))
    fast = np.flatnonzero(speed[near] > 0.25 * speed[near].max())
    return float((fast[-1] - fast[0]) / rate * 1000)


def align(leads: Array, qrs: Index, rate: int) -> Index:
    """The same complexes, each moved by up to 30 ms to where it fits the first estimate of their average best."""
    speed, reach, half = vector_speed(leads, rate), round(0.03 * rate), round(0.08 * rate)
    inside = qrs[(qrs > half + reach) & (qrs < len(speed) - half - reach)]
    template = np.median([speed[q - half : q + half] for q in inside], axis=0)
    fits = [np.correlate(speed[q - half - reach : q + half + reach], template) for q in inside]
    return np.array([q + int(np.argmax(fit)) - reach for q, fit in zip(inside, fits, strict=True)])


def vector_speed(leads: Array, rate: int) -> Array:
    """How fast the heart vector moves: the root of the summed squared slopes of the independent leads, mV/s."""
    slopes = np.gradient(smooth(leads[ROWS], round(0.010 * rate)), axis=1) * rate
    return np.asarray(np.sqrt((slopes**2).sum(axis=0)))


def _peaks(signal: Array) -> npt.NDArray[np.bool_]:
    inner = (signal[1:-1] >= signal[:-2]) & (signal[1:-1] > signal[2:])
    return np.concatenate([[False], inner, [False]])


def _qrs_bounds(beat: Array, origin: int, rate: int) -> tuple[int, int]:
    """Where the vector leaves rest and comes to it again.

    Rest is a speed below 5 % of the greatest for 8 ms. Where the ST segment has no rest, as in hyperkalaemia, QRS
    ends at the slowest point between the complex and the T wave's flank.
    """
    speed = smooth(vector_speed(beat, rate), round(0.006 * rate))
    still = _lasting(speed < 0.05 * speed[origin - 5 : origin + 6].max(), round(0.008 * rate))
    start = max(0, origin - round(0.17 * rate))
    before = np.flatnonzero(still[:origin])
    onset = int(before[-1]) + 1 if len(before) else start + int(np.argmin(speed[start:origin]))
    reach = slice(origin, origin + round(0.17 * rate))
    rests = np.flatnonzero(still[reach])
    offset = int(rests[0]) if len(rests) else int(np.argmin(speed[reach]))
    return onset, origin + offset


def _lasting(flags: npt.NDArray[np.bool_], samples: int) -> npt.NDArray[np.bool_]:
    """Flags that stand in a run of at least so many."""
    runs = np.convolve(flags, np.ones(samples), "valid") >= samples
    lasting = np.zeros(len(flags), dtype=bool)
    for first in np.flatnonzero(runs):
        lasting[first : first + samples] = True
    return lasting


def _t_end(beat: Array, offset: int, rate: int) -> int:
    """Where the tangent to the steepest part of the last downstroke meets the baseline, on the leads' mean square.

    The tangent method is Lepeschkin's; the AHA/ACCF/HRS part IV (doi 10.1016/j.jacc.2008.12.014) describes it.
    """
    size = smooth(np.sqrt((beat[ROWS] ** 2).mean(axis=0)), round(0.02 * rate))
    size = size - np.quantile(size[offset:], 0.05)
    start = offset + round(0.06 * rate)
    tops = start + np.flatnonzero(_peaks(size[start:]) & (size[start:] > 0.35 * size[start:].max()))
    last = int(tops[-1]) if len(tops) else start + int(np.argmax(size[start:]))
    piece = size[last : last + round(0.16 * rate)]
    if piece[-1] >= piece[0] or len(piece) < 3:  # noqa: PLR2004  # the next beat comes before the downstroke does
        return len(size) - 1
    slopes = np.gradient(piece)
    steepest = last + int(np.argmin(slopes))
    return min(len(size) - 1, steepest + round(float(size[steepest] / -slopes.min())))
