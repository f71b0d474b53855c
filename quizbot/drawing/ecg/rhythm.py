"""When the atria and the ventricles fire."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quizbot.drawing.ecg.leads import Array

BREATHS_PER_S = 0.23


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Onsets of the complexes, seconds, some before 0 and after the end so that no edge is empty.

    Attributes:
        p: onsets of the P waves.
        qrs: onsets of the QRS complexes.
    """

    p: Array
    qrs: Array


def train(rng: np.random.Generator, rate: float, seconds: float, sway: float, jitter: float) -> Array:
    """Onsets of a pacemaker's beats.

    Args:
        rng: the source of chance.
        rate: beats a minute.
        seconds: how long; the train begins before 0 and ends after it.
        sway: respiratory part of the interval's variation, as a fraction.
        jitter: random part, as a standard deviation and a fraction.
    """
    period, onsets = 60 / rate, [-2 * 60 / rate + rng.uniform(0, 60 / rate)]
    phase = rng.uniform(0, 2 * np.pi)
    while onsets[-1] < seconds + period:
        breath = sway * np.sin(2 * np.pi * BREATHS_PER_S * onsets[-1] + phase)
        onsets.append(onsets[-1] + period * (1 + breath + jitter * rng.standard_normal()))
    return np.array(onsets)


def conducted(rng: np.random.Generator, rate: float, seconds: float, pr: float, sway: float = 0.03) -> Rhythm:
    """Sinus rhythm, every P conducted ``pr`` ms after its onset."""
    p = train(rng, rate, seconds, sway, 0.006)
    return Rhythm(p=p, qrs=p + pr / 1000)


def dissociated(rng: np.random.Generator, atrial: float, ventricular: float, seconds: float) -> Rhythm:
    """Atria and ventricles each at their own rate (beats a minute), neither conducting to the other.

    A PP interval that holds a QRS complex is a little shorter than one that does not: ventriculophasic sinus
    arrhythmia, seen in about a third of complete heart blocks.
    """
    qrs = train(rng, ventricular, seconds, 0.0, 0.004)
    period = 60 / atrial
    p = [qrs[0] - rng.uniform(0, period)]
    while p[-1] < seconds + period:
        holds_qrs = np.any((qrs > p[-1]) & (qrs < p[-1] + period))
        p.append(p[-1] + period * ((0.985 if holds_qrs else 1.015) + 0.004 * rng.standard_normal()))
    return Rhythm(p=np.array(p), qrs=qrs)


def dropping(rng: np.random.Generator, rate: float, seconds: float, groups: Sequence[Sequence[float]]) -> Rhythm:
    """Sinus rhythm of which a P wave is not conducted now and then.

    Args:
        rng: the source of chance.
        rate: P waves a minute.
        seconds: how long.
        groups: the PR intervals, ms, of the P waves that are conducted; after each group one is not.
    """
    p = train(rng, rate, seconds, 0.01, 0.004)
    pr = [delay for group in groups for delay in (*group, None)]
    return Rhythm(p=p, qrs=np.array([at + delay / 1000 for at, delay in zip(p, pr, strict=False) if delay]))
