"""The parameters of each diagnosis. A new one is a function here and a line in ``DIAGNOSES``.

Times are milliseconds at a heart rate of 60, sizes millivolts in Frank's x (left), y (feet), z (back).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from tools.ecg.model import Complex, Heart, Wave, scaled, shifted, turned
from tools.ecg.noise import Noise
from tools.ecg.rhythm import Rhythm, conducted, dissociated

Chance = np.random.Generator


@dataclass(frozen=True, slots=True)
class Plan:
    """One patient's tracing, all chance settled."""

    heart: Heart
    rhythm: Rhythm
    noise: Noise


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis that can be drawn.

    Attributes:
        title: its name, for ``--list``.
        plan: settles a patient, from chance and the seconds wanted.
    """

    title: str
    plan: Callable[[Chance, float], Plan]


# The right atrium (front, down), then the left (left, back).
_P: Complex = (
    Wave(38, 16, 18, (0.055, 0.105, -0.055)),
    Wave(74, 19, 17, (0.095, 0.065, 0.050)),
)
# Septum; apex; free wall of the left ventricle; back of its base; outflow tract.
_QRS: Complex = (
    Wave(16, 6, 7, (-0.13, -0.03, -0.22)),
    Wave(29, 7, 7, (0.42, 0.30, -0.16)),
    Wave(42, 8, 8, (1.02, 0.66, 0.36)),
    Wave(54, 7, 9, (0.26, 0.10, 0.62)),
    Wave(69, 7, 8, (-0.20, -0.13, 0.17)),
)
# The slope of the ST segment, then the T wave: slow up, quick down.
_T: Complex = (
    Wave(225, 60, 60, (0.050, 0.030, -0.035)),
    Wave(322, 52, 36, (0.29, 0.18, -0.16)),
)


def _patient(rng: Chance, heart: Heart, rr: float) -> Heart:
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


def _noise(rng: Chance) -> Noise:
    return Noise(wander=rng.uniform(0.04, 0.09), muscle=rng.uniform(0.004, 0.008))


def _normal(rng: Chance, seconds: float) -> Plan:
    rate = rng.uniform(62, 84)
    heart = _patient(rng, Heart(_P, _QRS, _T), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(150, 180)), _noise(rng))


def _wellens(rng: Chance, seconds: float) -> Plan:
    """Type A: the T wave of the front wall begins upright and ends below the baseline."""
    rate = rng.uniform(60, 76)
    t = (
        Wave(210, 55, 60, (0.04, 0.025, -0.025)),
        Wave(290, 48, 27, (0.26, 0.16, -0.19)),
        Wave(358, 23, 29, (0.03, 0.03, 0.155), "anteroseptal"),
    )
    heart = _patient(rng, Heart(_P, _QRS, t), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(150, 180)), _noise(rng))


def _hyperkalaemia(rng: Chance, seconds: float) -> Plan:
    """Potassium of about 7.5 mmol/l: slow conduction everywhere, quick and uniform repolarisation."""
    rate = rng.uniform(56, 70)
    stretch = rng.uniform(1.46, 1.64)
    p = scaled(_P, size=0.26, pace=1.3)
    slow_end = Wave(72, 12, 13, (-0.20, -0.14, 0.10))
    qrs = scaled((*_QRS, slow_end), size=0.85, pace=stretch)
    t = shifted((Wave(300, 38, 30, (0.66, 0.46, -0.64), point=1.55),), (stretch - 1.5) * 80)
    heart = _patient(rng, Heart(p, qrs, t), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(240, 270), sway=0.01), _noise(rng))


def _complete_heart_block(rng: Chance, seconds: float) -> Plan:
    """Atria at their own rate, a junctional escape rhythm with a narrow QRS at its own, far slower one."""
    ventricular = rng.uniform(40, 45)
    # Away from whole numbers, where the P waves would seem to keep step with the QRS complexes.
    atrial = ventricular * rng.choice([rng.uniform(1.70, 1.80), rng.uniform(2.22, 2.36)])
    heart = _patient(rng, Heart(_P, _QRS, _T), 60 / ventricular)
    return Plan(heart, dissociated(rng, atrial, ventricular, seconds), _noise(rng))


DIAGNOSES: Mapping[str, Diagnosis] = {
    "normal": Diagnosis("Normal sinus rhythm", _normal),
    "wellens": Diagnosis("Wellens syndrome, type A", _wellens),
    "hyperkalaemia": Diagnosis("Severe hyperkalaemia", _hyperkalaemia),
    "complete-heart-block": Diagnosis("Complete heart block, junctional escape", _complete_heart_block),
}
