"""Hearts that are driven by something else than the sinus node, and a tracing that only looks so."""

from dataclasses import replace

import numpy as np

from quizbot.drawing.ecg.leads import Array
from quizbot.drawing.ecg.model import Complex, Heart, Wave, scaled, turned
from quizbot.drawing.ecg.patient import QRS, Chance, Focus, P, Plan, T, noise, normal, patient
from quizbot.drawing.ecg.rhythm import Rhythm, train

# Counterclockwise around the tricuspid valve: slowly down, quickly up in the inferior leads; a hump of its own in V1.
_FLUTTER: Complex = (
    Wave(95, 58, 24, (0.0, -0.235, 0.02)),
    Wave(130, 20, 22, (-0.02, 0.02, -0.185)),
    Wave(150, 16, 34, (0.0, 0.075, 0.0)),
)


def flutter(rng: Chance, seconds: float) -> Plan:
    """The right atrium goes round in circles at about 300 a minute, every second turn is conducted."""
    period = 60 / rng.uniform(284, 314)
    turns = np.arange(-4, seconds / period + 2) * period + rng.uniform(0, period)
    turns = turns + 0.001 * rng.standard_normal(len(turns))
    delay = rng.uniform(0.196, 0.206)
    heart = patient(rng, Heart(scaled(_FLUTTER, pace=period / 0.2), QRS, scaled(T, size=0.75)), 2 * period)
    return Plan(heart, Rhythm(p=turns, qrs=turns[::2] + delay), noise(rng))


def tremor(rng: Chance, seconds: float) -> Plan:
    """A healthy heart, and a right arm that shakes five times a second: every lead with that arm in it swings."""
    plan = normal(rng, seconds)
    shaking = replace(plan.noise, tremor=rng.uniform(0.52, 0.66), tremor_hz=rng.uniform(4.4, 5.4), tremor_at=0)
    return replace(plan, noise=shaking)


# The impulse starts at the tip of the right ventricle and creeps from cell to cell: to the left, up and back.
_PACED: Complex = (
    Wave(34, 14, 14, (0.28, -0.16, 0.06)),
    Wave(66, 18, 20, (0.62, -0.66, 0.50)),
    Wave(106, 19, 19, (0.52, -0.52, 0.42)),
    Wave(138, 11, 12, (0.12, -0.12, 0.08)),
)
_PACED_T: Complex = (
    Wave(235, 60, 60, (-0.08, 0.09, -0.09)),
    Wave(350, 58, 44, (-0.26, 0.30, -0.28)),
)
_SPIKE: Complex = (Wave(0, 1.5, 1.5, (0.42, -0.62, -0.50)),)


def failure_to_capture(rng: Chance, seconds: float) -> Plan:
    """A VVI pacemaker whose spikes come on time, and only some of which the ventricle answers; complete heart block."""
    interval, patience = 60 / rng.uniform(63, 68), rng.uniform(1.42, 1.54)
    spikes, paced, escapes = _demand(rng, seconds, interval, patience)
    heart = patient(rng, Heart(P, QRS, T), 1.1)
    lean = rng.normal(0, 5)
    size = rng.uniform(0.92, 1.08)
    own = scaled(turned((*_PACED, *_PACED_T), lean, 0.0), size=size)
    atria = train(rng, rng.uniform(74, 88), seconds, 0.01, 0.004)
    others = (Focus(_SPIKE, spikes), Focus(own, paced))
    return Plan(heart, Rhythm(p=atria, qrs=escapes), noise(rng), others)


def _demand(rng: Chance, seconds: float, interval: float, patience: float) -> tuple[Array, Array, Array]:
    """What a demand pacemaker and an escape focus do to each other; onsets in seconds.

    The pacemaker fires an ``interval`` after the last beat it sensed or spike it gave; the focus ``patience`` after
    the last beat of the ventricles.

    Returns:
        The spikes; the paced beats; the escape beats.
    """
    spikes: list[float] = []
    paced: list[float] = []
    escapes: list[float] = []
    due, beat, in_turn = -3.0 + rng.uniform(0, interval), -3.2, 0
    takes = _captures(rng)
    while due < seconds + 1 or beat + patience < seconds + 1:
        escape = beat + patience * rng.normal(1, 0.006)
        if escape < due:
            escapes.append(escape)
            beat, due = escape, escape + 0.04 + interval
            continue
        spikes.append(due)
        if takes[in_turn % len(takes)]:
            paced.append(due)
            beat = due
        in_turn += 1
        due += interval
    return np.array(spikes), np.array(paced), np.array(escapes)


def _captures(rng: Chance) -> list[bool]:
    """Which spikes are answered: one or two are, then one or two are not."""
    answers: list[bool] = []
    for _ in range(12):
        answers += [True] * int(rng.integers(1, 3)) + [False] * int(rng.integers(1, 3))
    return answers
