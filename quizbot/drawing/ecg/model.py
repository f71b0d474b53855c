"""The heart vector of one beat: bell-shaped waves, each with a direction in space, a place in time and a region.

After the sums of Gaussians of McSharry and others (A dynamical model for generating synthetic electrocardiogram
signals. IEEE Trans Biomed Eng 2003;50:289), here in three dimensions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from quizbot.drawing.ecg.leads import INDEPENDENT, Array, lead_field

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave of depolarisation or repolarisation.

    Attributes:
        at: when it peaks, ms after the onset of its complex.
        rise: standard deviation before the peak, ms.
        fall: standard deviation after the peak, ms.
        vector: its dipole at the peak in Frank's x (left), y (feet), z (back), mV.
        region: where in the heart it is (``leads.REGIONS``).
        point: 2 for a bell; less for a pointed wave.
    """

    at: float
    rise: float
    fall: float
    vector: Vector
    region: str = "centre"
    point: float = 2.0

    def shape(self, ms: Array) -> Array:
        """Its size at each time, 1 at the peak; ``ms`` counts from the onset of its complex."""
        width = np.where(ms < self.at, self.rise, self.fall)
        return np.exp(-0.5 * np.abs((ms - self.at) / width) ** self.point)


Complex = tuple[Wave, ...]


@dataclass(frozen=True, slots=True)
class Heart:
    """What a beat is made of: the atria's complex, and the ventricles' two."""

    p: Complex
    qrs: Complex
    t: Complex


def scaled(waves: Iterable[Wave], size: float = 1.0, pace: float = 1.0) -> Complex:
    """Waves ``size`` times as large and ``pace`` times as slow."""
    return tuple(
        replace(
            wave,
            at=wave.at * pace,
            rise=wave.rise * pace,
            fall=wave.fall * pace,
            vector=_times(wave.vector, size),
        )
        for wave in waves
    )


def shifted(waves: Iterable[Wave], ms: float) -> Complex:
    """Waves ``ms`` later."""
    return tuple(replace(wave, at=wave.at + ms) for wave in waves)


def turned(waves: Iterable[Wave], frontal: float, horizontal: float) -> Complex:
    """Waves of a heart that lies otherwise in the chest.

    Args:
        waves: the waves.
        frontal: degrees clockwise in the frontal plane (the axis goes up by as much).
        horizontal: degrees towards the front in the horizontal plane (transition moves to the right).
    """
    return tuple(replace(wave, vector=_turn(wave.vector, frontal, horizontal)) for wave in waves)


def _times(vector: Vector, size: float) -> Vector:
    x, y, z = vector
    return (x * size, y * size, z * size)


def _turn(vector: Vector, frontal: float, horizontal: float) -> Vector:
    x, y, z = vector
    a, b = np.radians(frontal), np.radians(horizontal)
    x, y = x * np.cos(a) - y * np.sin(a), x * np.sin(a) + y * np.cos(a)
    x, z = x * np.cos(b) + z * np.sin(b), z * np.cos(b) - x * np.sin(b)
    return (float(x), float(y), float(z))


def project(waves: Complex, ms: Array, size: float = 1.0) -> Array:
    """What the independent leads see of a complex.

    Args:
        waves: the complex.
        ms: (n,) times from the onset of the complex.
        size: factor on all of it (respiration).

    Returns:
        (8, n) millivolts, rows as ``leads.INDEPENDENT``.
    """
    seen = np.zeros((len(INDEPENDENT), len(ms)))
    for wave in waves:
        seen += np.outer(lead_field(wave.region) @ np.array(wave.vector), wave.shape(ms))
    return seen * size
