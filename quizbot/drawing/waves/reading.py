# ruff: noqa: PLR2004  # a criterion is its number; the sentence beside it says what the number is
"""Reads breaths off a capnogram, and holds them against the published criteria."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from quizbot.drawing.waves.capnogram import Array, Capnogram

_SEEN_MMHG = 1.0
_APART_S = 0.8


@dataclass(frozen=True, slots=True)
class Reading:
    """A capnogram's numbers.

    Attributes:
        rate: breaths a minute, also such as bring no CO2 back.
        peaks: (n,) the highest CO2 of each breath seen, mmHg.
        level: their median, mmHg; 0 without breaths.
        first: the median of the first four, mmHg; 0 without breaths.
        rise: share of the breath that the way from a fifth to four fifths of its peak takes, the median.
        baseline: CO2 between the breaths, mmHg.
        last: the highest CO2 of the last 15 seconds, mmHg.
    """

    rate: float
    peaks: Array
    level: float
    first: float
    rise: float
    baseline: float
    last: float


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: what a book would say, and whether a reading shows it."""

    text: str
    holds: Callable[[Reading], bool]


def read(curve: Capnogram) -> Reading:
    """Measure a curve."""
    spans = _spans(curve)
    peaks = np.array([curve.co2[a:b].max() for a, b in spans])
    gaps = np.diff([a for a, _ in spans]) / curve.rate
    return Reading(
        rate=float(60 / np.median(gaps)) if len(gaps) else 0.0,
        peaks=peaks,
        level=float(np.median(peaks)) if spans else 0.0,
        first=float(np.median(peaks[:4])) if spans else 0.0,
        rise=float(np.median([_rise(curve.co2[a:b]) for a, b in spans])) if spans else 0.0,
        baseline=float(np.quantile(curve.co2, 0.05)),
        last=float(curve.co2[-15 * curve.rate :].max()),
    )


def unmet(name: str, reading: Reading) -> list[str]:
    """The criteria of a diagnosis that a reading does not fulfil, in words."""
    return [criterion.text for criterion in CRITERIA[name] if not criterion.holds(reading)]


def _spans(curve: Capnogram) -> list[tuple[int, int]]:
    """First and last sample of each breath that brings CO2, those cut off by the edge left out."""
    over = np.concatenate([[False], curve.co2 > _SEEN_MMHG, [False]])
    starts, ends = np.flatnonzero(over[1:] & ~over[:-1]), np.flatnonzero(~over[1:] & over[:-1])
    whole = [(int(a), int(b)) for a, b in zip(starts, ends, strict=True) if a > 0 and b < len(curve.co2)]
    return [(a, b) for a, b in whole if b - a > _APART_S * curve.rate]


def _rise(breath: Array) -> float:
    low, high = np.argmax(breath > 0.2 * breath.max()), np.argmax(breath > 0.8 * breath.max())
    return float((high - low) / len(breath))


# Chrimes N and others. Preventing unrecognised oesophageal intubation. Anaesthesia 2022;77:1395: CO2 is sustained if at
# least seven breaths show it, of the same height or growing, at least 7.5 mmHg (1 kPa) above the baseline.
_SUSTAINED = Criterion(
    "seven breaths or more, each of 7.5 mmHg or more, not dwindling",
    lambda r: bool(len(r.peaks) >= 7 and r.peaks.min() >= 7.5 and r.peaks[-1] > 0.7 * r.peaks[0]),
)
_LEVEL = Criterion(
    "every breath as high as the first, within a quarter",
    lambda r: bool(len(r.peaks) and np.ptp(r.peaks) < 0.25 * r.peaks[0]),
)
_CLEAN = Criterion("nothing is breathed in again: baseline under 1 mmHg", lambda r: r.baseline < 1)

CRITERIA: Mapping[str, tuple[Criterion, ...]] = {
    "normal": (
        Criterion("35 to 45 mmHg at the end of the breath", lambda r: 34 <= r.level <= 45),
        Criterion("a plateau: the rise takes at most a fifth of the breath", lambda r: r.rise <= 0.2),
        _LEVEL,
        _CLEAN,
    ),
    # Krauss B and others. Capnogram shape in obstructive lung disease. Anesth Analg 2005;100:884
    # (10.1213/01.ANE.0000146520.90393.91): a rounded rise and no level plateau.
    "bronchospasm": (
        Criterion("no plateau: the rise takes a third of the breath or more", lambda r: r.rise >= 1 / 3),
        _LEVEL,
        _SUSTAINED,
        _CLEAN,
    ),
    "oesophageal-intubation": (
        Criterion("CO2 is not sustained", lambda r: not _SUSTAINED.holds(r)),
        Criterion("less with each breath", lambda r: bool(len(r.peaks) > 1 and (np.diff(r.peaks) < 0).all())),
        Criterion("none is left at the end", lambda r: r.last < 1),
    ),
    # Pokorna M and others. A sudden increase in partial pressure end-tidal carbon dioxide at the moment of return of
    # spontaneous circulation. J Emerg Med 2010;38:614: more than 10 mmHg.
    "return-of-circulation": (
        Criterion("10 to 20 mmHg at first", lambda r: 8 <= r.first <= 20),
        Criterion("then a rise by more than 10 mmHg within two breaths", lambda r: _jump(r.peaks) > 10),
        Criterion("that lasts: above 35 mmHg at the end", lambda r: r.last > 35),
        _SUSTAINED,
    ),
}


def _jump(peaks: Array) -> float:
    return float((peaks[2:] - peaks[:-2]).max()) if len(peaks) > 2 else 0.0
