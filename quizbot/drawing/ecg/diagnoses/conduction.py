"""Hearts whose impulses go astray: blocks and by-passes."""

from collections.abc import Sequence

from quizbot.drawing.ecg.model import Complex, Heart, Wave, scaled, shifted
from quizbot.drawing.ecg.patient import QRS, Chance, P, Plan, T, noise, patient
from quizbot.drawing.ecg.rhythm import conducted, dissociated, dropping

# Right bundle branch block: the right ventricle comes last, slowly, to the right and forward.
_RIGHT_BUNDLE: Complex = (*QRS[:4], Wave(70, 9, 10, (-0.16, -0.10, -0.02)), Wave(104, 15, 16, (-0.40, -0.04, -0.42)))
_RIGHT_BUNDLE_T: Complex = (
    Wave(255, 55, 60, (0.06, 0.03, 0.03)),
    Wave(352, 52, 36, (0.30, 0.18, 0.07)),
)


def complete_heart_block(rng: Chance, seconds: float) -> Plan:
    """Atria at their own rate, a junctional escape rhythm with a narrow QRS at its own, far slower one."""
    ventricular = rng.uniform(40, 45)
    # Away from whole numbers, where the P waves would seem to keep step with the QRS complexes.
    atrial = ventricular * rng.choice([rng.uniform(1.70, 1.80), rng.uniform(2.22, 2.36)])
    heart = patient(rng, Heart(P, QRS, T), 60 / ventricular)
    return Plan(heart, dissociated(rng, atrial, ventricular, seconds), noise(rng))


def wenckebach(rng: Chance, seconds: float) -> Plan:
    """PR grows by less each time until a P wave is not conducted; groups of three and four beats."""
    rate = rng.uniform(72, 82)
    first, step = rng.uniform(170, 200), rng.uniform(85, 105)
    growing = [first, first + step, first + 1.45 * step, first + 1.75 * step]
    groups = [growing[: 2 + rng.integers(1, 3)] for _ in range(10)]
    heart = patient(rng, Heart(P, QRS, T), 60 / rate * 1.3)
    return Plan(heart, dropping(rng, rate, seconds, groups), noise(rng))


def mobitz_2(rng: Chance, seconds: float) -> Plan:
    """PR always the same; below the bundle of His, where the QRS is wide, a P wave is now and then not conducted."""
    rate = rng.uniform(74, 84)
    pr = rng.uniform(165, 190)
    groups: list[Sequence[float]] = [[pr] * int(rng.integers(2, 5)) for _ in range(10)]
    heart = patient(rng, Heart(P, _RIGHT_BUNDLE, _RIGHT_BUNDLE_T), 60 / rate * 1.2)
    return Plan(heart, dropping(rng, rate, seconds, groups), noise(rng))


def pre_excitation(rng: Chance, seconds: float) -> Plan:
    """A by-pass on the left: the QRS begins at once and slowly (delta wave), and the rest joins in."""
    rate = rng.uniform(64, 84)
    delta: Complex = (Wave(46, 18, 16, (0.34, 0.19, -0.26)),)
    qrs = (*delta, *shifted(scaled(QRS[1:], size=0.92), 38))
    t = (
        Wave(240, 60, 60, (-0.03, -0.01, 0.02)),
        Wave(345, 50, 36, (-0.12, 0.07, 0.10)),
    )
    heart = patient(rng, Heart(scaled(P, pace=0.85), qrs, t), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(92, 106)), noise(rng))
