"""Pressure curves of the monitor: an artery through a catheter and its tubing, and the central veins.

The artery: what the heart ejects flows into the aorta and runs off through the periphery (two elements: compliance and
resistance), and comes back as a wave from the periphery. What the transducer shows is that pressure through a tube of
fluid, which swings like a weight on a spring: second order, with a natural frequency and a damping coefficient
(Gardner RM. Direct blood pressure measurement: dynamic response requirements. Anesthesiology 1981;54:227). A fast
flush is a step down from 300 mmHg, and shows how the tube swings by itself.

The veins: five waves in each beat, placed by the ECG: a, c, x, v, y.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from quizbot.drawing.waves.capnogram import Array, Chance

RATE = 250  # samples a second
SECONDS = 9.0
_FLUSH = 300.0  # mmHg
_RUN_OFF_S, _SETTLES_S = 1.15, 8.0

Atria = Literal["first", "last", "fibrillating"]
"""When the atria beat: before the ventricles, after them (from the junction, backwards), or not at all."""
_P_WAVES: Mapping[Atria, list[tuple[float, float, float, float]]] = {
    "first": [(-0.115, 0.022, 0.022, 0.13)],
    "last": [(0.135, 0.018, 0.018, -0.10)],
    "fibrillating": [],
}


@dataclass(frozen=True, slots=True)
class Trace:
    """What a monitor shows.

    Attributes:
        site: "ART" or "CVP".
        mmhg: (n,) pressure.
        ecg: (n,) millivolts, one lead.
        beats: onsets of the QRS complexes, s.
        rate: samples a second.
    """

    site: str
    mmhg: Array
    ecg: Array
    beats: Array
    rate: int = RATE


@dataclass(frozen=True, slots=True)
class Tube:
    """A catheter with its tubing: natural frequency in hertz, and damping coefficient (1 is critical)."""

    hertz: float
    damping: float


@dataclass(frozen=True, slots=True)
class Veins:
    """The venous waves: heights and depths in mmHg about the mean."""

    mean: float
    a: float
    c: float
    x: float
    v: float
    y: float
    v_at: float = 0.40


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis that can be drawn: its name, and what makes a patient's trace of a seed's chance."""

    title: str
    trace: Callable[[Chance], Trace]


def record(diagnosis: str, seed: int) -> Trace:
    """The trace of a diagnosis; the same for the same seed."""
    return DIAGNOSES[diagnosis].trace(np.random.default_rng(seed))


def _seconds() -> Array:
    return np.arange(round(SECONDS * RATE)) / RATE


def _beats(rng: Chance, rate: float, jitter: float = 0.008) -> Array:
    """Onsets of QRS complexes from before the trace to after it, ``rate`` a minute."""
    gaps = 60 / rate * (1 + jitter * rng.standard_normal(round(SECONDS * rate / 60) + 6))
    return np.asarray(-1.6 + rng.uniform(0, 0.6) + np.cumsum(gaps))


def _bell(seconds: Array, at: float, rise: float, fall: float) -> Array:
    return np.exp(-0.5 * ((seconds - at) / np.where(seconds < at, rise, fall)) ** 2)


def _ecg(rng: Chance, seconds: Array, beats: Array, atria: Atria) -> Array:
    """One lead: P, QRS, T. The line trembles in fibrillation; from the junction P comes upside down behind the QRS."""
    lead = 0.008 * rng.standard_normal(len(seconds))
    waves = [
        (0.012, 0.008, 0.008, -0.1),
        (0.038, 0.010, 0.010, 1.0),
        (0.066, 0.009, 0.011, -0.22),
        (0.28, 0.05, 0.035, 0.24),
    ]
    waves += _P_WAVES[atria]
    if atria == "fibrillating":
        lead += 0.035 * sum(np.sin(2 * np.pi * hz * seconds + rng.uniform(0, 6.28)) for hz in (5.3, 6.4, 7.7))
    for beat in beats:
        for at, rise, fall, size in waves:
            lead += size * _bell(seconds, beat + at, rise, fall)
    return np.asarray(lead)


def _aorta(rng: Chance, seconds: Array, beats: Array, systolic: float, diastolic: float) -> Array:
    """Pressure at the tip of the catheter, mmHg: inflow into a compliance that runs off, and a wave that comes back."""
    early = np.arange(-round(_SETTLES_S * RATE), 0) / RATE
    period = float(np.diff(beats).mean())
    before = beats[0] - period * np.arange(1, round(_SETTLES_S / period) + 2)
    flow = _flow(rng, np.concatenate([early, seconds]), np.concatenate([before, beats]))
    stored = np.zeros_like(flow)
    for at in range(1, len(flow)):
        stored[at] = stored[at - 1] + (flow[at] - stored[at - 1] / _RUN_OFF_S) / RATE
    ahead = stored + 0.22 * flow
    whole = (ahead + 0.2 * np.roll(ahead, round(0.17 * RATE)))[len(early) :]
    return np.asarray(diastolic + (whole - whole.min()) / np.ptp(whole) * (systolic - diastolic))


def _flow(rng: Chance, seconds: Array, beats: Array) -> Array:
    """What the ventricle ejects, quickly at first, and the little that goes back before the valve closes."""
    flow = np.zeros_like(seconds)
    for beat in beats:
        since = np.clip((seconds - beat - 0.19) / 0.27, 0, 1)
        flow += np.sin(np.pi * since**0.5) * (1 + 0.02 * rng.standard_normal())
        flow -= 0.3 * _bell(seconds, beat + 0.47, 0.012, 0.014)
    return flow


def through(pressure: Array, tube: Tube, rate: int = RATE) -> Array:
    """What a transducer at the end of a tube shows of a pressure: a driven, damped spring, in steps of a sixteenth."""
    fine, w = 16, 2 * np.pi * tube.hertz
    step = 1 / rate / fine
    driven = np.interp(np.arange(len(pressure) * fine) / fine, np.arange(len(pressure)), pressure)
    place, speed, shown = float(pressure[0]), 0.0, np.empty(len(pressure))
    for at, drive in enumerate(driven):
        if at % fine == 0:
            shown[at // fine] = place
        speed += step * (w * w * (float(drive) - place) - 2 * tube.damping * w * speed)
        place += step * speed
    return shown


def _artery(tube: Callable[[Chance], Tube]) -> Callable[[Chance], Trace]:
    """An artery through a tube, flushed once."""

    def trace(rng: Chance) -> Trace:
        seconds, beats = _seconds(), _beats(rng, rng.uniform(84, 98))
        true = _aorta(rng, seconds, beats, rng.uniform(122, 138), rng.uniform(64, 74))
        stop = float(beats[beats > SECONDS / 2][0]) + 0.5  # in diastole, so that a pulse does not hide how it swings
        flushed = np.where((seconds > stop - rng.uniform(0.9, 1.2)) & (seconds < stop), _FLUSH, true)
        shown = through(flushed, tube(rng)) + 0.25 * rng.standard_normal(len(seconds))
        return Trace("ART", np.minimum(shown, _FLUSH), _ecg(rng, seconds, beats, "first"), beats)

    return trace


def _vein(waves: Callable[[Chance], Veins], atria: Atria = "first") -> Callable[[Chance], Trace]:
    """The central veins, with a, c, x, v and y where the ECG puts them; breathing moves all of it a little."""

    def trace(rng: Chance) -> Trace:
        own, seconds = waves(rng), _seconds()
        beats = _beats(rng, rng.uniform(74, 88), 0.14 if atria == "fibrillating" else 0.008)
        level = own.mean + 0.6 * np.sin(2 * np.pi * 0.24 * seconds + rng.uniform(0, 6.28))
        for beat in beats:
            level = level + _venous(own, seconds, beat, atria)
        shown = level + 0.12 * rng.standard_normal(len(seconds))
        return Trace("CVP", shown, _ecg(rng, seconds, beats, atria), beats)

    return trace


def _venous(own: Veins, seconds: Array, beat: float, atria: Atria) -> Array:
    """One beat's waves. A cannon wave is an atrium that beats against the closed valve, during the QRS-T."""
    waves = own.c * _bell(seconds, beat + 0.09, 0.03, 0.035)
    waves = waves - own.x * _bell(seconds, beat + 0.22, 0.065, 0.06)
    waves = waves + own.v * _bell(seconds, beat + own.v_at, 0.095, 0.055)
    waves = waves - own.y * _bell(seconds, beat + 0.54, 0.055, 0.075)
    if atria != "fibrillating":
        waves = waves + own.a * _bell(seconds, beat + (0.20 if atria == "last" else -0.045), 0.045, 0.05)
    return np.asarray(waves)


def _good(rng: Chance) -> Tube:
    return Tube(rng.uniform(22, 26), rng.uniform(0.5, 0.62))


def _underdamped(rng: Chance) -> Tube:
    return Tube(rng.uniform(9.5, 12.0), rng.uniform(0.10, 0.14))


def _overdamped(rng: Chance) -> Tube:
    return Tube(rng.uniform(3.4, 4.4), rng.uniform(1.15, 1.4))


def _quiet_veins(rng: Chance) -> Veins:
    return Veins(rng.uniform(5, 8), rng.uniform(2.6, 3.4), rng.uniform(1.2, 1.7), rng.uniform(2.2, 3.0), 2.0, 1.8)


def _leaking_veins(rng: Chance) -> Veins:
    """The ventricle pumps back through the valve: c and v are one broad wave, x is gone, y falls steeply."""
    return Veins(
        rng.uniform(13, 16), 0.0, 2.6, -rng.uniform(6.5, 8.0), rng.uniform(11, 14), rng.uniform(3.5, 4.5), 0.37
    )


def _cannon_veins(rng: Chance) -> Veins:
    return Veins(rng.uniform(7, 10), rng.uniform(13, 16), 1.2, 1.0, 1.8, 2.0)


DIAGNOSES: Mapping[str, Diagnosis] = {
    "artery": Diagnosis("Arterial pressure, rightly damped", _artery(_good)),
    "underdamped": Diagnosis("Arterial pressure, underdamped tubing", _artery(_underdamped)),
    "overdamped": Diagnosis("Arterial pressure, overdamped tubing", _artery(_overdamped)),
    "veins": Diagnosis("Central venous pressure, normal", _vein(_quiet_veins)),
    "tricuspid-regurgitation": Diagnosis(
        "Central venous pressure, severe tricuspid regurgitation", _vein(_leaking_veins, "fibrillating")
    ),
    "cannon-waves": Diagnosis(
        "Central venous pressure, cannon a waves (junctional rhythm)", _vein(_cannon_veins, "last")
    ),
}
