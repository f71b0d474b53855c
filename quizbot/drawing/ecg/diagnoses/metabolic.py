"""Hearts whose cells are at fault: electrolytes, drugs, cold, channels, inflammation."""

from dataclasses import replace

from quizbot.drawing.ecg.model import Complex, Heart, Wave, scaled, shifted
from quizbot.drawing.ecg.patient import QRS, Chance, P, Plan, noise, patient
from quizbot.drawing.ecg.rhythm import conducted


def hyperkalaemia(rng: Chance, seconds: float) -> Plan:
    """Potassium of about 7.5 mmol/l: slow conduction everywhere, quick and uniform repolarisation."""
    rate = rng.uniform(56, 70)
    stretch = rng.uniform(1.46, 1.64)
    p = scaled(P, size=0.26, pace=1.3)
    slow_end = Wave(72, 12, 13, (-0.20, -0.14, 0.10))
    qrs = scaled((*QRS, slow_end), size=0.85, pace=stretch)
    t = shifted((Wave(300, 38, 30, (0.66, 0.46, -0.64), point=1.55),), (stretch - 1.5) * 80)
    heart = patient(rng, Heart(p, qrs, t), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(240, 270), sway=0.01), noise(rng))


def hypokalaemia(rng: Chance, seconds: float) -> Plan:
    """Potassium of about 2 mmol/l: ST sags, T is almost flat, U is the tallest wave after the QRS complex."""
    rate = rng.uniform(58, 68)
    t = (
        Wave(165, 62, 62, (-0.10, -0.105, 0.055)),
        Wave(292, 34, 32, (0.095, 0.055, -0.08)),
        Wave(470, 50, 52, (0.14, 0.09, -0.175)),
    )
    heart = patient(rng, Heart(scaled(P, size=1.15), QRS, t), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(165, 190)), noise(rng))


def hypocalcaemia(rng: Chance, seconds: float) -> Plan:
    """Calcium of about 1.4 mmol/l: a long, level ST segment, then a T wave of its usual shape."""
    rate = rng.uniform(62, 76)
    t = shifted((Wave(322, 40, 34, (0.25, 0.16, -0.15)),), rng.uniform(115, 150))
    heart = patient(rng, Heart(P, QRS, t), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(150, 175)), noise(rng))


def sodium_channel_blockade(rng: Chance, seconds: float) -> Plan:
    """A tricyclic antidepressant: fast, slow conduction everywhere, the last forces to the right and up."""
    rate = rng.uniform(108, 118)
    late = Wave(94, 13, 15, (-0.92, -0.72, -0.06))
    qrs = scaled((*QRS[:4], late), size=0.9, pace=rng.uniform(1.06, 1.16))
    t = (Wave(345, 58, 42, (0.22, 0.15, -0.12)),)
    heart = patient(rng, Heart(scaled(P, size=0.9), qrs, t), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(150, 165), sway=0.005), noise(rng))


def brugada(rng: Chance, seconds: float) -> Plan:
    """Type 1: over the right ventricle's outflow the J point is high, ST falls in a slope, T is inverted."""
    rate = rng.uniform(64, 82)
    t = (
        Wave(100, 20, 62, (-0.13, -0.03, -0.175), "anteroseptal"),
        Wave(100, 20, 62, (-0.10, -0.02, -0.05), "right-ventricular"),
        Wave(300, 50, 42, (0.15, 0.03, 0.125), "anteroseptal"),
        Wave(322, 52, 36, (0.22, 0.16, -0.02)),
    )
    heart = patient(rng, Heart(P, QRS, t), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(165, 195)), noise(rng))


def pericarditis(rng: Chance, seconds: float) -> Plan:
    """Injury of the whole outer layer, atria and ventricles: PR down and ST up, the reverse in aVR."""
    rate = rng.uniform(76, 92)
    p = (*P, Wave(165, 45, 90, (-0.06, -0.06, 0.015), point=3.0))
    t = (
        Wave(170, 88, 88, (0.225, 0.125, -0.05), point=3.0),
        Wave(312, 50, 38, (0.23, 0.145, -0.13)),
    )
    heart = patient(rng, Heart(p, QRS, t), 60 / rate)
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(155, 170)), noise(rng))


def hypothermia(rng: Chance, seconds: float) -> Plan:
    """About 28 degrees: slow, all intervals long, a hump on the end of the QRS complex, shivering."""
    rate = rng.uniform(40, 48)
    hump = Wave(97, 12, 19, (0.34, 0.23, -0.15))
    t: Complex = (
        Wave(300, 80, 70, (0.02, 0.01, -0.01)),
        Wave(475, 72, 54, (0.16, 0.10, -0.10)),
    )
    heart = patient(rng, Heart(scaled(P, pace=1.15), (*scaled(QRS[:4], pace=1.05), hump), t), 1.0)
    quiet = noise(rng)
    shivering = replace(quiet, muscle=rng.uniform(0.014, 0.020))
    return Plan(heart, conducted(rng, rate, seconds, rng.uniform(205, 235)), shivering)
