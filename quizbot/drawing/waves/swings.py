# ruff: noqa: PLR2004  # a criterion is its number; the sentence beside it says what the number is
"""Reads a pressure curve as it is read at the bedside, and holds it against the published criteria.

Of an artery the fast flush: how often, how far and how quickly the line swings when the valve is let go. Of the veins
where in the beat, by the ECG, the wave stands. Knows nothing of how the curve was made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from quizbot.drawing.waves.capnogram import Array
from quizbot.drawing.waves.pressure import Trace

_FLUSHED = 250.0
_SWING = 12.0  # mmHg


@dataclass(frozen=True, slots=True)
class Flush:
    """A fast flush.

    Attributes:
        damping: coefficient from the ratio of two swings in succession; 1 without a swing past the mark.
        hertz: of the swings; 0 without two.
        swings: from one turn of the line to the next, within 0.3 s.
        settles: time from the end of the flush until it is below 150 mmHg for good, s.
    """

    damping: float
    hertz: float
    swings: int
    settles: float


@dataclass(frozen=True, slots=True)
class Venous:
    """The average beat of a venous curve.

    Attributes:
        mean: mmHg.
        height: from the lowest to the highest point, mmHg.
        peak: when the highest point is, s after the QRS complex.
        width: how long the curve is above half of its height, s.
        systolic_dip: how far it falls between 0.05 s and the T wave's end below where it was at the QRS, mmHg.
        fall: steepest fall after the peak, mmHg/s.
    """

    mean: float
    height: float
    peak: float
    width: float
    systolic_dip: float
    fall: float


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: what a book would say, and whether a trace shows it."""

    text: str
    holds: Callable[[Trace], bool]


def unmet(name: str, trace: Trace) -> list[str]:
    """The criteria of a diagnosis that a trace does not fulfil, in words."""
    return [criterion.text for criterion in CRITERIA[name] if not criterion.holds(trace)]


def flush(trace: Trace) -> Flush | None:
    """Read the fast flush; None without one."""
    high = np.flatnonzero(trace.mmhg > _FLUSHED)
    if len(high) < 0.3 * trace.rate:
        return None
    after = trace.mmhg[high[-1] : high[-1] + round(0.3 * trace.rate)]  # before the next pulse
    turns = _turns(after)
    far = np.abs(np.diff(after[turns]))
    late = np.flatnonzero(after > 150)
    ratio = float(far[1] / far[0]) if len(far) > 1 else 0.0
    return Flush(
        damping=float(-np.log(ratio) / np.hypot(np.pi, np.log(ratio))) if 0 < ratio < 1 else 1.0,
        hertz=float(trace.rate / 2 / np.mean(np.diff(turns))) if len(turns) > 1 else 0.0,
        swings=len(far),
        settles=float(late[-1] / trace.rate) if len(late) else 0.0,
    )


def _turns(line: Array) -> list[int]:
    """Where a falling line turns up, down again and so on, each time by more than ``_SWING``."""
    turns: list[int] = []
    best, sign = 0, -1
    for at, value in enumerate(line):
        if sign * (value - line[best]) > 0:
            best = at
        elif sign * (line[best] - value) > _SWING:
            turns.append(best)
            best, sign = at, -sign
    return turns


def venous(trace: Trace) -> Venous:
    """Read the average beat."""
    beats = [b for b in trace.beats if 0.2 < b < len(trace.mmhg) / trace.rate - 0.8]
    first, last = round(0.15 * trace.rate), round(0.65 * trace.rate)
    pieces = [trace.mmhg[round(b * trace.rate) - first : round(b * trace.rate) + last] for b in beats]
    beat = np.convolve(np.median(pieces, axis=0), np.ones(5) / 5, "same")[2:-2]
    origin, top = first - 2, int(np.argmax(beat))
    floor = beat.min()
    early = beat[origin + round(0.05 * trace.rate) : origin + round(0.32 * trace.rate)]
    return Venous(
        mean=float(trace.mmhg.mean()),
        height=float(beat.max() - floor),
        peak=(top - origin) / trace.rate,
        width=float((beat > (beat.max() + floor) / 2).sum() / trace.rate),
        systolic_dip=float(max(0.0, beat[origin] - early.min())),
        fall=float(-np.diff(beat[top:]).min() * trace.rate) if top < len(beat) - 2 else 0.0,
    )


def _flushed(test: Callable[[Flush], bool]) -> Callable[[Trace], bool]:
    def holds(trace: Trace) -> bool:
        found = flush(trace)
        return found is not None and test(found)

    return holds


def _vein(test: Callable[[Venous], bool]) -> Callable[[Trace], bool]:
    return lambda trace: trace.site == "CVP" and test(venous(trace))


# Saugel B and others. How to measure blood pressure using an arterial catheter. Crit Care 2020;24:172
# (10.1186/s13054-020-02859-w): one or two swings after a flush are right, more are underdamped, none overdamped.
# Gardner RM. Anesthesiology 1981;54:227: below a damping of about 0.3 a system of 10 to 15 Hz overshoots.
# Rao S and others. Hemodynamic findings in severe tricuspid regurgitation. Catheter Cardiovasc Interv 2012
# (10.1002/ccd.24309): a large systolic wave, x blunted, y prominent, mean raised.
CRITERIA: Mapping[str, tuple[Criterion, ...]] = {
    "artery": (
        Criterion("at most two swings after the flush", _flushed(lambda f: f.swings <= 2)),
        Criterion("settled within 0.05 s", _flushed(lambda f: f.settles < 0.05)),
    ),
    "underdamped": (
        Criterion("three swings or more after the flush", _flushed(lambda f: f.swings >= 3)),
        Criterion("a damping coefficient under 0.3", _flushed(lambda f: f.damping < 0.3)),
        Criterion("a natural frequency under 15 Hz", _flushed(lambda f: 5 < f.hertz < 15)),
    ),
    "overdamped": (
        Criterion("no swing after the flush", _flushed(lambda f: f.swings == 0)),
        Criterion("not settled within 0.05 s", _flushed(lambda f: f.settles >= 0.05)),
    ),
    "veins": (
        Criterion("mean 2 to 10 mmHg", _vein(lambda v: 2 <= v.mean <= 10)),
        Criterion("no wave over 8 mmHg", _vein(lambda v: v.height <= 8)),
        Criterion("x: falls in systole", _vein(lambda v: v.systolic_dip >= 1)),
    ),
    "tricuspid-regurgitation": (
        Criterion("mean over 12 mmHg", _vein(lambda v: v.mean > 12)),
        Criterion("the wave at least 10 mmHg high", _vein(lambda v: v.height >= 10)),
        Criterion("highest in late systole, 0.2 to 0.45 s after the QRS", _vein(lambda v: 0.2 <= v.peak <= 0.45)),
        Criterion("as broad as systole: 0.2 s or more", _vein(lambda v: v.width >= 0.2)),
        Criterion("no x: does not fall in systole", _vein(lambda v: v.systolic_dip < 1)),
        Criterion("y steep: 80 mmHg/s or more", _vein(lambda v: v.fall >= 80)),
    ),
    "cannon-waves": (
        Criterion("the wave at least 8 mmHg high", _vein(lambda v: v.height >= 8)),
        Criterion("during the QRS-T, 0.05 to 0.3 s after the QRS", _vein(lambda v: 0.05 <= v.peak <= 0.3)),
        Criterion("short: under 0.2 s", _vein(lambda v: v.width < 0.2)),
    ),
}
