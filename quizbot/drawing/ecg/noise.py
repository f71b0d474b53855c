"""What the electrodes pick up beside the heart.

Noise is put on the nine electrodes and the leads are formed from them, as in a recorder, so that what one electrode
does shows in every lead that uses it and Einthoven's law holds for the noise too.
"""

from dataclasses import dataclass

import numpy as np

from quizbot.drawing.ecg.leads import Array
from quizbot.drawing.ecg.rhythm import BREATHS_PER_S

_ELECTRODES = 9  # RA, LA, LL, V1 to V6


@dataclass(frozen=True, slots=True)
class Noise:
    """How much of what, in millivolts.

    Attributes:
        wander: baseline wander with respiration and drift, about its peak.
        muscle: muscle tremor, root mean square.
        mains: mains hum, peak.
        mains_hz: its frequency.
        tremor: a shaking limb under one electrode, about its peak.
        tremor_hz: how often it shakes; 4 to 6 in Parkinson's disease.
        tremor_at: the electrode, by its row: 0 right arm, 1 left arm, 2 left leg.
    """

    wander: float = 0.05
    muscle: float = 0.006
    mains: float = 0.0
    mains_hz: float = 50.0
    tremor: float = 0.0
    tremor_hz: float = 5.0
    tremor_at: int = 0


def electrodes(rng: np.random.Generator, noise: Noise, count: int, rate: float) -> Array:
    """Noise on each electrode, (9, count) mV, at ``rate`` samples a second."""
    seconds = np.arange(count) / rate
    total = _wander(rng, noise.wander, seconds) + _muscle(rng, noise.muscle, count, rate) + _mains(rng, noise, seconds)
    if noise.tremor:
        total[noise.tremor_at] += _tremor(rng, noise, seconds)
    return total


def to_leads(potentials: Array) -> Array:
    """The eight independent leads of electrode potentials, (9, n) to (8, n); chest leads against Wilson's terminal."""
    right_arm, left_arm, left_leg = potentials[:3]
    terminal = potentials[:3].mean(axis=0)
    return np.concatenate([[left_arm - right_arm, left_leg - right_arm], potentials[3:] - terminal])


def _wander(rng: np.random.Generator, size: float, seconds: Array) -> Array:
    frequencies = np.array([0.07, BREATHS_PER_S, 0.41])
    shares = np.array([0.5, 0.4, 0.15])
    phases = rng.uniform(0, 2 * np.pi, (_ELECTRODES, 3))
    sizes = size * shares * rng.uniform(0.4, 1.0, (_ELECTRODES, 3))
    angles = 2 * np.pi * frequencies[:, None] * seconds
    return np.asarray((sizes[..., None] * np.sin(angles + phases[..., None])).sum(axis=1))


def _muscle(rng: np.random.Generator, size: float, count: int, rate: float) -> Array:
    spectrum = np.fft.rfft(rng.standard_normal((_ELECTRODES, count)))
    hz = np.fft.rfftfreq(count, 1 / rate)
    spectrum *= np.exp(-0.5 * ((hz - 45) / 30) ** 2)
    tremor = np.fft.irfft(spectrum, count)
    return np.asarray(size * tremor / tremor.std(axis=1, keepdims=True))


def _tremor(rng: np.random.Generator, noise: Noise, seconds: Array) -> Array:
    """To and fro, a little faster and slower, a little more and less, quicker on one way than on the other."""
    pace = sum(np.sin(2 * np.pi * hz * seconds + rng.uniform(0, 2 * np.pi)) for hz in (0.19, 0.43))
    strength = 1 + 0.22 * sum(np.sin(2 * np.pi * hz * seconds + rng.uniform(0, 2 * np.pi)) for hz in (0.13, 0.31))
    phase = 2 * np.pi * noise.tremor_hz * seconds + 0.55 * pace + rng.uniform(0, 2 * np.pi)
    return np.asarray(noise.tremor * strength * (np.sin(phase) + 0.24 * np.sin(2 * phase + 0.7)))


def _mains(rng: np.random.Generator, noise: Noise, seconds: Array) -> Array:
    sizes = noise.mains * rng.uniform(0.3, 1.0, (_ELECTRODES, 1))
    return np.asarray(sizes * np.sin(2 * np.pi * noise.mains_hz * seconds))
