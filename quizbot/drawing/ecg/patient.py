"""What every patient is made of: a healthy heart, its variation from one person to the next, the noise.

Times are milliseconds at a heart rate of 60, sizes millivolts in Frank's x (left), y (feet), z (back).
"""

from dataclasses import dataclass

import numpy as np

from quizbot.drawing.ecg.leads import Array
from quizbot.drawing.ecg.model import Complex, Heart, Wave, scaled, turned
from quizbot.drawing.ecg.noise import Noise
from quizbot.drawing.ecg.rhythm import Rhythm, conducted

Chance = np.random.Generator


@dataclass(frozen=True, slots=True)
class Focus:
    """Another source of beats than the conduction system: an ectopic one, or a pacemaker and its spikes.

    Attributes:
        waves: what each beat is made of.
        onsets: when, s.
    """

    waves: Complex
    onsets: Array


@dataclass(frozen=True, slots=True)
class Plan:
    """One patient's tracing, all chance settled."""

    heart: Heart
    rhythm: Rhythm
    noise: Noise
    others: tuple["Focus", ...] = ()


# The right atrium (front, down), then the left (left, back).
P: Complex = (
    Wave(38, 16, 18, (0.055, 0.105, -0.055)),
    Wave(74, 19, 17, (0.095, 0.065, 0.050)),
)
# Septum; apex; free wall of the left ventricle; back of its base; outflow tract.
QRS: Complex = (
    Wave(16, 6, 7, (-0.13, -0.03, -0.22)),
    Wave(29, 7, 7, (0.42, 0.30, -0.16)),
    Wave(42, 8, 8, (1.02, 0.66, 0.36)),
    Wave(54, 7, 9, (0.26, 0.10, 0.62)),
    Wave(69, 7, 8, (-0.20, -0.13, 0.17)),
)
# The slope of the ST segment, then the T wave: slow up, quick down.
T: Complex = (
    Wave(225, 60, 60, (0.050, 0.030, -0.035)),
    Wave(322, 52, 36, (0.29, 0.18, -0.16)),
)


def patient(rng: Chance, heart: Heart, rr: float) -> Heart:
    """The heart of one patient: sizes, position and repolarisation (with the cube root of ``rr``, s) of his own."""
    frontal, horizontal, size = rng.normal(0, 7), rng.normal(0, 5), rng.uniform(0.88, 1.15)
    return Heart(
        p=_own(rng, heart.p, frontal / 2, 0.0, size),
        qrs=_own(rng, heart.qrs, frontal, horizontal, size),
        t=scaled(_own(rng, heart.t, frontal / 2, horizontal / 2, size), pace=rr ** (1 / 3)),
    )


def _own(rng: Chance, waves: Complex, frontal: float, horizontal: float, size: float) -> Complex:
    own = tuple(scaled((wave,), size * rng.normal(1, 0.04))[0] for wave in waves)
    return turned(own, frontal, horizontal)


def noise(rng: Chance) -> Noise:
    """A quiet recording, as most are."""
    return Noise(wander=rng.uniform(0.04, 0.09), muscle=rng.uniform(0.004, 0.008))


def normal(rng: Chance, seconds: float) -> Plan:
    """Sinus rhythm, nothing wrong."""
    rate = rng.uniform(62, 84)
    heart = patient(rng, Heart(P, QRS, T), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(150, 180)), noise(rng))
