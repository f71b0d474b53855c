"""The model: breaths one after another, and what each diagnosis does to them.

A breath out empties the dead space (no CO2), then the alveoli: the curve rises with a time constant towards a plateau
that climbs a little. A breath in washes it out. In bronchospasm the alveoli empty unevenly and slowly, so that the time
constant grows to that of the breath itself and the plateau is lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Chance = np.random.Generator
RATE = 50  # samples a second
_WASHOUT_S = 0.07


@dataclass(frozen=True, slots=True)
class Breath:
    """One breath.

    Attributes:
        at: when breathing out begins, s.
        out: how long it lasts, s.
        level: CO2 at its end, mmHg.
        tau: time constant of the rise, s.
        slope: how much of the level is the plateau's climb.
    """

    at: float
    out: float
    level: float
    tau: float = 0.08
    slope: float = 0.06


@dataclass(frozen=True, slots=True)
class Capnogram:
    """A curve.

    Attributes:
        co2: (n,) mmHg.
        rate: samples a second.
    """

    co2: Array
    rate: int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis that can be drawn.

    Attributes:
        title: its name.
        seconds: how long a stretch of it is shown.
        breaths: settles a patient.
    """

    title: str
    seconds: float
    breaths: Callable[[Chance, float], list[Breath]]


def record(diagnosis: str, seed: int) -> Capnogram:
    """The curve of a diagnosis; the same for the same seed."""
    rng, plan = np.random.default_rng(seed), DIAGNOSES[diagnosis]
    seconds = np.arange(round(plan.seconds * RATE)) / RATE
    co2 = np.zeros_like(seconds)
    for breath in plan.breaths(rng, plan.seconds):
        co2 = np.maximum(co2, _curve(breath, seconds))
    return Capnogram(np.maximum(0, co2 + 0.12 * rng.standard_normal(len(co2))), RATE)


def _curve(breath: Breath, seconds: Array) -> Array:
    since = seconds - breath.at
    rise = 1 - np.exp(-np.maximum(0, since) / breath.tau)
    full = 1 - np.exp(-breath.out / breath.tau)
    climb = 1 - breath.slope * (1 - np.clip(since / breath.out, 0, 1))
    washed = np.exp(-np.maximum(0, since - breath.out) / _WASHOUT_S)
    return np.asarray(breath.level * rise / full * climb * washed * (since > 0))


def _times(rng: Chance, rate: float, seconds: float, jitter: float) -> list[float]:
    """When breaths begin, ``rate`` a minute."""
    at, period = rng.uniform(0.3, 1.0), 60 / rate
    times = []
    while at < seconds - 0.4 * period:
        times.append(float(at))
        at += period * (1 + jitter * rng.standard_normal())
    return times


def _normal(rng: Chance, seconds: float) -> list[Breath]:
    level, rate = rng.uniform(35, 42), rng.uniform(12, 16)
    return [Breath(at, 0.45 * 60 / rate, level * rng.normal(1, 0.01)) for at in _times(rng, rate, seconds, 0.02)]


def _bronchospasm(rng: Chance, seconds: float) -> list[Breath]:
    """Breathing out takes long, and the alveoli empty unevenly: the fin of a shark."""
    level, rate, tau = rng.uniform(46, 56), rng.uniform(18, 22), rng.uniform(0.75, 1.0)
    out = 0.62 * 60 / rate
    return [Breath(at, out, level * rng.normal(1, 0.02), tau, 0.1) for at in _times(rng, rate, seconds, 0.02)]


def _oesophageal(rng: Chance, seconds: float) -> list[Breath]:
    """What mask ventilation blew into the stomach comes back, less with each breath."""
    first, rate, fade = rng.uniform(10, 18), rng.uniform(13, 16), rng.uniform(0.38, 0.50)
    times = _times(rng, rate, seconds, 0.02)
    return [Breath(at, 1.4, first * fade**n, 0.25, 0.1) for n, at in enumerate(times)]


def _return_of_circulation(rng: Chance, seconds: float) -> list[Breath]:
    """Ten breaths a minute; the circulation brings little CO2 to the lungs, then suddenly much."""
    low, high = rng.uniform(11, 16), rng.uniform(44, 54)
    turn = seconds * rng.uniform(0.5, 0.6)
    return [
        Breath(at, 2.2, _level(at - turn, low, high) * rng.normal(1, 0.04), 0.12)
        for at in _times(rng, 10, seconds, 0.03)
    ]


def _level(since: float, low: float, high: float) -> float:
    return low if since < 0 else high - (high - low) * float(np.exp(-(since + 4) / 5))


DIAGNOSES: Mapping[str, Diagnosis] = {
    "normal": Diagnosis("Normal capnogram", 24, _normal),
    "bronchospasm": Diagnosis("Bronchospasm", 24, _bronchospasm),
    "oesophageal-intubation": Diagnosis("Oesophageal intubation", 60, _oesophageal),
    "return-of-circulation": Diagnosis("Return of spontaneous circulation", 90, _return_of_circulation),
}
