"""Hearts whose coronary arteries are closing, have closed or have opened again."""

from quizbot.drawing.ecg.model import Complex, Heart, Wave
from quizbot.drawing.ecg.patient import QRS, Chance, P, Plan, noise, patient
from quizbot.drawing.ecg.rhythm import conducted


def _sinus(rng: Chance, seconds: float, heart: Heart, rate: float) -> Plan:
    own = patient(rng, heart, 60 / rate)
    return Plan(own, conducted(rng, rate, seconds, rng.uniform(150, 175)), noise(rng))


def wellens(rng: Chance, seconds: float) -> Plan:
    """Type A: the T wave of the front wall begins upright and ends below the baseline."""
    rate = rng.uniform(60, 76)
    t = (
        Wave(210, 55, 60, (0.04, 0.025, -0.025)),
        Wave(290, 48, 27, (0.26, 0.16, -0.19)),
        Wave(358, 23, 29, (0.03, 0.03, 0.155), "anteroseptal"),
    )
    heart = patient(rng, Heart(P, QRS, t), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(150, 180)), noise(rng))


def de_winter(rng: Chance, seconds: float) -> Plan:
    """The front wall's ST segment starts below the baseline and climbs into tall, symmetrical T waves."""
    t = (
        Wave(112, 26, 62, (-0.055, -0.03, 0.075), "anteroseptal"),
        Wave(112, 26, 62, (-0.03, -0.03, 0.0)),
        Wave(305, 54, 46, (0.42, 0.22, -0.52)),
    )
    return _sinus(rng, seconds, Heart(P, QRS, t), rng.uniform(78, 94))


def posterior_infarction(rng: Chance, seconds: float) -> Plan:
    """Injury of the back wall, seen from the front: ST down, R tall and T upright in V1 to V3."""
    qrs = (
        *QRS[:2],
        Wave(42, 8, 8, (1.02, 0.66, 0.04)),
        Wave(54, 8, 10, (0.20, 0.05, -0.17)),
        Wave(70, 8, 9, (-0.06, -0.08, -0.04)),
    )
    t = (
        Wave(180, 92, 75, (0.02, 0.02, 0.33), "posterior", point=5.0),
        Wave(322, 44, 36, (0.24, 0.15, -0.38)),
    )
    return _sinus(rng, seconds, Heart(P, qrs, t), rng.uniform(66, 88))


def inferior_and_right_ventricular_infarction(rng: Chance, seconds: float) -> Plan:
    """A right coronary artery closed near its mouth: injury downwards, to the right and forward."""
    t = (
        Wave(165, 78, 95, (-0.165, 0.27, 0.018), point=3.0),
        Wave(165, 78, 95, (-0.08, 0.0, 0.0), "right-ventricular", point=3.0),
        Wave(300, 60, 42, (0.02, 0.30, -0.10)),
    )
    return _sinus(rng, seconds, Heart(P, QRS, t), rng.uniform(56, 72))


def diffuse_subendocardial_ischaemia(rng: Chance, seconds: float) -> Plan:
    """Too little blood for the whole inner layer: ST down almost everywhere, up in aVR, which looks into the cavity."""
    t: Complex = (
        Wave(172, 88, 85, (-0.26, -0.155, 0.0), point=4.0),
        Wave(315, 50, 38, (0.14, 0.09, -0.10)),
    )
    return _sinus(rng, seconds, Heart(P, QRS, t), rng.uniform(92, 106))
