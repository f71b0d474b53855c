# ruff: noqa: PLR2004  # a criterion is its number; the sentence beside it says what the number is
"""Published criteria, of the diagnoses that are drawn and of those that are mistaken for them.

Each is a sentence and a test on a ``Measurement``. Sources stand with each group; DOIs where the text can be read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tools.ecg.leads import CHEST
from tools.ecg.measure import LeadReading, Measurement, TShape

_ANTERIOR = ("V1", "V2", "V3", "V4")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: what a book would say, and whether a measurement shows it."""

    text: str
    holds: Callable[[Measurement], bool]


def meets(name: str, measured: Measurement) -> bool:
    """Whether a measurement fulfils all criteria of a diagnosis."""
    return all(criterion.holds(measured) for criterion in CRITERIA[name])


def unmet(name: str, measured: Measurement) -> list[str]:
    """The criteria of a diagnosis that a measurement does not fulfil, in words."""
    return [criterion.text for criterion in CRITERIA[name] if not criterion.holds(measured)]


def _some(m: Measurement, leads: tuple[str, ...], test: Callable[[LeadReading], bool], least: int = 1) -> bool:
    return sum(test(m.leads[lead]) for lead in leads) >= least


def _every(m: Measurement, leads: tuple[str, ...], test: Callable[[LeadReading], bool]) -> bool:
    return _some(m, leads, test, len(leads))


def _within(value: float | None, low: float, high: float) -> bool:
    return value is not None and low <= value <= high


def _r_grows(m: Measurement) -> bool:
    heights = [m.leads[lead].r for lead in _ANTERIOR]
    return heights == sorted(heights) and m.leads["V3"].r > 0.3


_CONDUCTED = Criterion(
    "each QRS follows a P wave at a steady PR interval",
    lambda m: m.pr_spread is not None and m.pr_spread < 25 and abs(m.p_count - m.qrs_count) <= 1,
)
_NARROW = Criterion("QRS under 120 ms", lambda m: m.qrs < 120)
_PROGRESSION = Criterion("R wave grows from V1 to V4, above 3 mm in V3", _r_grows)
_NO_Q = Criterion(
    "no Q waves in V1 to V4", lambda m: _every(m, _ANTERIOR, lambda lead: lead.q > -0.05 and lead.r >= 0.1)
)

# AHA/ACCF/HRS, standardization and interpretation of the ECG, parts III and IV, 2009
# (10.1016/j.jacc.2008.12.013, 10.1016/j.jacc.2008.12.014).
_NORMAL = (
    Criterion("rate 60 to 100", lambda m: 60 <= m.rate <= 100),
    _CONDUCTED,
    Criterion("PR 120 to 200 ms", lambda m: _within(m.pr, 120, 200)),
    Criterion("QRS at most 110 ms", lambda m: m.qrs <= 110),
    Criterion("QTc under 450 ms", lambda m: m.qtc < 450),
    Criterion("axis -30 to 90 degrees", lambda m: -30 <= m.axis <= 90),
    _PROGRESSION,
    Criterion("ST at most 1 mm from the baseline", lambda m: _every(m, tuple(m.leads), lambda a: abs(a.st) <= 0.1)),
    Criterion(
        "T upright in I, II, V3 to V6",
        lambda m: _every(m, ("I", "II", "V3", "V4", "V5", "V6"), lambda a: a.t_shape is TShape.UPRIGHT),
    ),
    Criterion("P upright in II, 0.5 to 2.5 mm", lambda m: 0.05 <= m.p_amplitude <= 0.25),
)

# Rhinehardt J and others. Electrocardiographic manifestations of Wellens' syndrome. Am J Emerg Med 2002;20:638
# (10.1053/ajem.2002.34800); de Zwaan C and others, 1982 (10.1016/0002-8703(82)90480-X).
_WELLENS_COMMON = (
    Criterion("ST in V2 and V3 less than 1 mm up", lambda m: _every(m, ("V2", "V3"), lambda a: a.st < 0.1)),
    _NO_Q,
    _PROGRESSION,
    _CONDUCTED,
    _NARROW,
)
_WELLENS_A = (
    Criterion(
        "T in V2 and V3 biphasic, first up then at least 1 mm down",
        lambda m: _every(m, ("V2", "V3"), lambda a: a.t_shape is TShape.UP_DOWN and a.t_up >= 0.1 and a.t_down <= -0.1),
    ),
    *_WELLENS_COMMON,
)
_WELLENS_B = (
    Criterion(
        "T in V2 and V3 inverted by at least 2 mm",
        lambda m: _every(m, ("V2", "V3"), lambda a: a.t_shape is TShape.INVERTED and a.t_down <= -0.2),
    ),
    *_WELLENS_COMMON,
)
# Fourth universal definition of myocardial infarction, 2018, for women, who have the lower limit.
_ANTERIOR_STEMI = (
    Criterion("J point at least 1.5 mm up in V2 and V3", lambda m: _every(m, ("V2", "V3"), lambda a: a.j >= 0.15)),
)
_OLD_ANTERIOR_INFARCTION = (
    Criterion("R wave at most 3 mm in V3, or Q waves in V1 to V4", lambda m: not (_r_grows(m) and _NO_Q.holds(m))),
)
_HYPOKALAEMIA = (
    Criterion(
        "T in V2 and V3 flat, inverted, or first down then up",
        lambda m: _every(m, ("V2", "V3"), lambda a: a.t_shape in (TShape.FLAT, TShape.INVERTED, TShape.DOWN_UP)),
    ),
)
# Sokolow and Lyon, 1949.
_LEFT_VENTRICULAR_HYPERTROPHY = (
    Criterion(
        "S in V1 and the larger R of V5 and V6 at least 35 mm",
        lambda m: max(m.leads["V5"].r, m.leads["V6"].r) - m.leads["V1"].s >= 3.5,
    ),
)

# Varga C and others. BMC Emerg Med 2019;19:33 (10.1186/s12873-019-0247-0); Durfey N and others. West J Emerg Med
# 2017;18:963 (10.5811/westjem.2017.6.33033). The heights are the usual textbook limits of a normal T wave.
_HYPERKALAEMIA = (
    Criterion("T at least 10 mm in two chest leads", lambda m: _some(m, CHEST, lambda a: a.t_up >= 1.0, least=2)),
    Criterion("the tallest T at most 100 ms wide at half its height", lambda m: _tallest_t(m).t_width <= 100),
    Criterion("QRS over 120 ms", lambda m: m.qrs > 120),
    Criterion("P under 0.5 mm, or none", lambda m: abs(m.p_amplitude) < 0.05),
    Criterion("PR over 200 ms, if there is a P wave", lambda m: m.pr is None or m.pr > 200),
)


def _tallest_t(m: Measurement) -> LeadReading:
    return max((m.leads[lead] for lead in CHEST), key=lambda a: a.t_up)


_HYPERACUTE_T = (
    Criterion("T at least 10 mm in two chest leads", lambda m: _some(m, CHEST, lambda a: a.t_up >= 1.0, least=2)),
    Criterion("its base broad", lambda m: _tallest_t(m).t_width > 100),
    _NARROW,
)
# de Winter RJ and others. N Engl J Med 2008;359:2071.
_DE_WINTER = (
    Criterion("J point at least 1 mm down in V2 to V4", lambda m: _every(m, CHEST[1:4], lambda a: a.j <= -0.1)),
    Criterion("T tall and upright there", lambda m: _every(m, CHEST[1:4], lambda a: a.t_shape is TShape.UPRIGHT)),
    _NARROW,
)
# Liebelt EL and others. Ann Emerg Med 1995;26:195.
_SODIUM_CHANNEL_BLOCKADE = (
    Criterion("QRS over 100 ms", lambda m: m.qrs > 100),
    Criterion("R in aVR at least 3 mm", lambda m: m.leads["aVR"].r >= 0.3),
)
_LEFT_BUNDLE_BRANCH_BLOCK = (
    Criterion("QRS at least 120 ms", lambda m: m.qrs >= 120),
    Criterion("no Q in I, V5 and V6", lambda m: _every(m, ("I", "V5", "V6"), lambda a: a.q > -0.03)),
)

_MORE_P = Criterion(
    "more P waves than QRS complexes", lambda m: m.atrial_rate is not None and m.atrial_rate > 1.2 * m.rate
)

# 2018 ACC/AHA/HRS guideline on bradycardia and conduction delay (10.1016/j.jacc.2018.10.044).
_COMPLETE_HEART_BLOCK = (
    _MORE_P,
    Criterion("RR intervals regular", lambda m: m.rr_variation < 0.03),
    Criterion("PP intervals regular", lambda m: m.pp_variation is not None and m.pp_variation < 0.05),
    Criterion("no steady relation of P and QRS", lambda m: m.pr_spread is not None and m.pr_spread > 80),
    Criterion("ventricular rate below 60, and below the atrial", lambda m: m.rate < min(60, m.atrial_rate or 0)),
)
_STEADY_PR = Criterion("PR of the conducted beats steady", lambda m: m.pr_spread is not None and m.pr_spread < 25)
_TWO_TO_ONE = (_MORE_P, _STEADY_PR, Criterion("RR regular", lambda m: m.rr_variation < 0.05))
_MOBITZ_2 = (_MORE_P, _STEADY_PR, Criterion("RR irregular", lambda m: m.rr_variation >= 0.05))
_WENCKEBACH = (Criterion("RR irregular", lambda m: m.rr_variation >= 0.05), _MORE_P)
_SINUS_BRADYCARDIA = (Criterion("rate below 60", lambda m: m.rate < 60), _CONDUCTED)
_FIRST_DEGREE_BLOCK = (_CONDUCTED, Criterion("PR over 200 ms", lambda m: m.pr is not None and m.pr > 200))

CRITERIA: Mapping[str, tuple[Criterion, ...]] = {
    "normal": _NORMAL,
    "wellens": _WELLENS_A,
    "wellens-type-b": _WELLENS_B,
    "anterior-stemi": _ANTERIOR_STEMI,
    "old-anterior-infarction": _OLD_ANTERIOR_INFARCTION,
    "hypokalaemia": _HYPOKALAEMIA,
    "left-ventricular-hypertrophy": _LEFT_VENTRICULAR_HYPERTROPHY,
    "hyperkalaemia": _HYPERKALAEMIA,
    "hyperacute-t": _HYPERACUTE_T,
    "de-winter": _DE_WINTER,
    "sodium-channel-blockade": _SODIUM_CHANNEL_BLOCKADE,
    "left-bundle-branch-block": _LEFT_BUNDLE_BRANCH_BLOCK,
    "complete-heart-block": _COMPLETE_HEART_BLOCK,
    "two-to-one-block": _TWO_TO_ONE,
    "mobitz-2": _MOBITZ_2,
    "wenckebach": _WENCKEBACH,
    "sinus-bradycardia": _SINUS_BRADYCARDIA,
    "first-degree-block": _FIRST_DEGREE_BLOCK,
}
"""By name: what is drawn (the keys of ``diagnoses.DIAGNOSES``) and what it is mistaken for."""
