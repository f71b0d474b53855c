"""Fast and wide: an impulse that spreads from cell to cell, not along the conduction system."""

from itertools import count

import numpy as np

from quizbot.drawing.ecg.leads import Array
from quizbot.drawing.ecg.model import Complex, Heart, Wave, scaled, shifted, turned
from quizbot.drawing.ecg.patient import QRS, Chance, Focus, P, Plan, T, noise, patient
from quizbot.drawing.ecg.rhythm import Rhythm, train

# Round an old scar at the apex of the left ventricle: away from it, to the right, up and to the front.
_APICAL: Complex = (
    Wave(28, 12, 12, (0.10, -0.30, -0.05)),
    Wave(56, 13, 14, (-0.30, -0.74, -0.60)),
    Wave(84, 14, 14, (-0.84, -0.88, -0.96)),
    Wave(116, 13, 13, (-0.66, -0.32, -0.28)),
)
_APICAL_T: Complex = (
    Wave(215, 45, 45, (0.10, 0.12, 0.06)),
    Wave(300, 46, 38, (0.26, 0.36, 0.26)),
)
_WHOLE_S = 0.6  # so far from the recording's edges a beat is seen whole, with the one before
_SCARRED = 0.62  # the patient's own complexes beside a healthy heart's
_FUSED_MS = 45  # an impulse from above that comes so little before the ventricles' own meets it half way
_READY_S = 0.29  # after a beat the ventricles cannot be captured before


def ventricular_tachycardia(rng: Chance, seconds: float) -> Plan:
    """A regular focus of the left ventricle; the sinus node goes on, and once or twice gets through."""
    cycle = 60 / rng.uniform(142, 166)
    heart = patient(rng, Heart(scaled(P, 1.15), scaled(QRS, _SCARRED), T), cycle)
    lean, size = rng.normal(0, 8), rng.uniform(0.88, 1.06)
    own = turned(scaled(_APICAL, size), lean, rng.normal(0, 5))
    own_t = turned(scaled(_APICAL_T, size, cycle ** (1 / 3)), lean, 0.0)
    for _ in count():
        atria = train(rng, rng.uniform(72, 92), seconds, 0.01, 0.004)
        alone, fused, captured = _competing(rng, seconds, atria, cycle)
        if _some(captured, seconds) and _some(fused, seconds):
            break
    half_way = (*scaled(own, 0.55), *shifted(scaled(heart.qrs, 0.75), 10), *scaled(own_t, 0.5))
    others = (Focus((*own, *own_t), alone), Focus(half_way, fused))
    return Plan(heart, Rhythm(p=atria, qrs=captured), noise(rng), others)


def _some(onsets: Array, seconds: float) -> bool:
    """Whether there are one to three that can be seen whole."""
    seen = int(((onsets > _WHOLE_S) & (onsets < seconds - _WHOLE_S)).sum())
    return 1 <= seen <= 3  # noqa: PLR2004  # more would be another rhythm


def _competing(rng: Chance, seconds: float, atria: Array, cycle: float) -> tuple[Array, Array, Array]:
    """Who has which beat; onsets in seconds.

    Half of the sinus node's impulses find the AV node refractory, from the ventricles' own that ran back into it.

    Returns:
        The focus's beats, those where both meet, those of the sinus node alone.
    """
    delay = rng.uniform(0.15, 0.18)
    arriving = [float(at + delay) for at in atria if rng.random() < 0.5]  # noqa: PLR2004  # half
    alone: list[float] = []
    fused: list[float] = []
    captured: list[float] = []
    due = -2.0
    last = due - cycle
    while due < seconds + 1:
        arrives = next((at for at in arriving if at >= last + _READY_S), np.inf)
        if arrives < due - _FUSED_MS / 1000:
            captured.append(arrives)
            last = arrives
        else:
            (fused if arrives < due + 0.02 else alone).append(due)
            last = due
        due = last + cycle * rng.normal(1, 0.004)
    return np.array(alone), np.array(fused), np.array(captured)


# Down a left-sided accessory pathway: from the base of the left ventricle to the front, slowly at first.
_BYPASS: Complex = (
    Wave(44, 19, 17, (0.30, 0.26, -0.42)),
    Wave(78, 15, 14, (0.80, 0.70, -0.85)),
    Wave(108, 14, 14, (0.55, 0.55, -0.75)),
    Wave(134, 12, 13, (0.05, 0.16, -0.30)),
)
_BYPASS_T: Complex = (
    Wave(235, 50, 50, (-0.10, -0.08, 0.12)),
    Wave(330, 48, 38, (-0.30, -0.24, 0.36)),
)
_LATER_MS = 34  # the AV node's part of the complex begins after the pathway's
_HARDLY = 0.15  # a share of less is not seen: the complex is narrow
_RR_S = 0.33


def pre_excited_fibrillation(rng: Chance, seconds: float) -> Plan:
    """The atria fibrillate, and a pathway beside the AV node lets through what it can; each complex is a mixture."""
    for _ in count():
        onsets, shares = _through(rng, seconds)
        if _some(np.array(onsets)[np.array(shares) < _HARDLY], seconds):
            break
    heart = patient(rng, Heart(P, scaled(QRS, 0.8), T), _RR_S)
    frontal, horizontal, size = rng.normal(0, 7), rng.normal(0, 6), rng.uniform(0.9, 1.1)
    by = turned(scaled(_BYPASS, size), frontal, horizontal)
    by_t = turned(scaled(_BYPASS_T, size, _RR_S ** (1 / 3)), frontal / 2, horizontal / 2)
    mixed = [
        (
            *scaled(by, share),
            *shifted(scaled(heart.qrs, 1 - share), _LATER_MS * min(1.0, 3 * share)),
            *scaled(by_t, share),
            *scaled(heart.t, 1 - share),
        )
        for share in shares
    ]
    none = np.array([])
    others = tuple(Focus(waves, np.array([at])) for waves, at in zip(mixed, onsets, strict=True))
    return Plan(heart, Rhythm(p=none, qrs=none), noise(rng), others)


def _through(rng: Chance, seconds: float) -> tuple[list[float], list[float]]:
    """When an impulse gets to the ventricles, and what share of them the pathway excites: more, the sooner it comes."""
    refractory, at, last = rng.uniform(0.262, 0.276), -2.0, -3.0
    onsets: list[float] = []
    shares: list[float] = []
    while at < seconds + 1:
        at += max(0.08, rng.normal(0.118, 0.04))
        if at - last < refractory + abs(rng.normal(0, 0.012)) or rng.random() < 0.1:  # noqa: PLR2004
            continue
        waited, last = at - last, at
        share = 0.1 if rng.random() < 0.08 else 1.12 - 1.6 * (waited - 0.26) + rng.normal(0, 0.1)  # noqa: PLR2004
        onsets.append(at)
        shares.append(float(np.clip(share, 0.1, 1.0)))
    return onsets, shares
