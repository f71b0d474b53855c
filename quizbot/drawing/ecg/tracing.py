"""Ten seconds of twelve leads."""

from dataclasses import dataclass, replace

import numpy as np

from quizbot.drawing.ecg.diagnoses import DIAGNOSES
from quizbot.drawing.ecg.leads import INDEPENDENT, LEADS, Array, twelve
from quizbot.drawing.ecg.model import Complex, project
from quizbot.drawing.ecg.noise import electrodes, to_leads
from quizbot.drawing.ecg.patient import Focus, Plan
from quizbot.drawing.ecg.rhythm import BREATHS_PER_S

SECONDS = 10.0
RATE = 500


@dataclass(frozen=True, slots=True)
class Tracing:
    """A recording.

    Attributes:
        leads: (12, n) millivolts, rows as ``leads.LEADS``.
        rate: samples a second.
    """

    leads: Array
    rate: int

    def __getitem__(self, lead: str) -> Array:
        """One lead by its name, (n,) millivolts."""
        return np.asarray(self.leads[LEADS.index(lead)])


def record(diagnosis: str, seed: int, mains: float = 0.0, mains_hz: float = 50.0) -> Tracing:
    """The tracing of a diagnosis; the same for the same seed.

    Args:
        diagnosis: one of ``diagnoses.DIAGNOSES``.
        seed: any non-negative number: another patient with the same diagnosis.
        mains: size of the mains hum, mV.
        mains_hz: its frequency.
    """
    rng = np.random.default_rng(seed)
    plan = DIAGNOSES[diagnosis].plan(rng, SECONDS)
    return play(replace(plan, noise=replace(plan.noise, mains=mains, mains_hz=mains_hz)), rng)


def play(plan: Plan, rng: np.random.Generator) -> Tracing:
    """The tracing of one patient, with noise and breathing from ``rng``."""
    count = int(SECONDS * RATE)
    noise = to_leads(electrodes(rng, plan.noise, count, RATE))
    return Tracing(twelve(_beats(plan, count, rng.uniform(0, 2 * np.pi)) + noise), RATE)


def _beats(plan: Plan, count: int, phase: float) -> Array:
    """The heart alone, (8, count) mV; breathing lets it swell and shrink by 3 %."""
    seconds = np.arange(count) / RATE
    seen = np.zeros((len(INDEPENDENT), count))
    sources = (
        Focus(plan.heart.p, plan.rhythm.p),
        Focus(plan.heart.qrs + plan.heart.t, plan.rhythm.qrs),
        *plan.others,
    )
    for source in sources:
        for onset in source.onsets:
            breath = 1 + 0.03 * np.sin(2 * np.pi * BREATHS_PER_S * onset + phase)
            seen += _beat(source.waves, seconds, onset, breath)
    return seen


def _beat(waves: Complex, seconds: Array, onset: float, size: float) -> Array:
    return project(waves, (seconds - onset) * 1000, size)
