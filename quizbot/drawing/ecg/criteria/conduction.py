# ruff: noqa: PLR2004  # a criterion is its number; the sentence beside it says what the number is
"""Blocks and by-passes, and what looks like them."""

from quizbot.drawing.ecg.criteria.criterion import CONDUCTED, MORE_P, Criterion, every, within
from quizbot.drawing.ecg.measure import Measurement


def _pr_change(m: Measurement) -> float:
    """PR before a pause less that after it, ms; 0 without a pause."""
    return (m.pr_before_pause or 0.0) - (m.pr_after_pause or 0.0)


LEFT_BUNDLE_BRANCH_BLOCK = (
    Criterion("QRS at least 120 ms", lambda m: m.qrs >= 120),
    Criterion("no Q in I, V5 and V6", lambda m: every(m, ("I", "V5", "V6"), lambda a: a.q > -0.03)),
)
# 2018 ACC/AHA/HRS guideline on bradycardia and conduction delay (10.1016/j.jacc.2018.10.044).
COMPLETE_HEART_BLOCK = (
    MORE_P,
    Criterion("RR intervals regular", lambda m: m.rr_variation < 0.03),
    Criterion("PP intervals regular", lambda m: m.pp_variation is not None and m.pp_variation < 0.05),
    Criterion("no steady relation of P and QRS", lambda m: m.pr_spread is not None and m.pr_spread > 80),
    Criterion("ventricular rate below 60, and below the atrial", lambda m: m.rate < min(60, m.atrial_rate or 0)),
)
_PAUSES = Criterion(
    "pauses, without a pacemaker",
    lambda m: m.pr_before_pause is not None and m.rr_variation >= 0.05 and not m.pacing.spikes,
)
_STEADY_PR = Criterion("PR of the conducted beats steady", lambda m: m.pr_spread is not None and m.pr_spread < 25)
TWO_TO_ONE = (MORE_P, _STEADY_PR, Criterion("RR regular", lambda m: m.rr_variation < 0.05))
MOBITZ_2 = (
    Criterion("more P waves than QRS complexes", lambda m: m.atrial_rate is not None and m.atrial_rate > 1.15 * m.rate),
    Criterion("PP intervals regular", lambda m: m.pp_variation is not None and m.pp_variation < 0.08),
    _STEADY_PR,
    _PAUSES,
    Criterion("PR the same before and after a pause, within 20 ms", lambda m: abs(_pr_change(m)) <= 20),
)
WENCKEBACH = (
    Criterion("more P waves than QRS complexes", lambda m: m.atrial_rate is not None and m.atrial_rate > 1.15 * m.rate),
    Criterion("PP intervals regular", lambda m: m.pp_variation is not None and m.pp_variation < 0.08),
    _PAUSES,
    Criterion("PR shorter after a pause than before it, by at least 40 ms", lambda m: _pr_change(m) >= 40),
    Criterion("each complex looks like the others", lambda m: m.each.alike > 0.95),
)
SINUS_BRADYCARDIA = (Criterion("rate below 60", lambda m: m.rate < 60), CONDUCTED)
FIRST_DEGREE_BLOCK = (CONDUCTED, Criterion("PR over 200 ms", lambda m: m.pr is not None and m.pr > 200))

RIGHT_BUNDLE_BRANCH_BLOCK = (
    Criterion("QRS at least 120 ms", lambda m: m.qrs >= 120),
    Criterion("R in V1 above 3 mm, and larger than S", lambda m: m.leads["V1"].r > max(0.3, -m.leads["V1"].s)),
    Criterion("S in I and V6", lambda m: every(m, ("I", "V6"), lambda a: a.s <= -0.1)),
)
# 2015 ACC/AHA/HRS guideline on supraventricular tachycardia: short PR, slurred upstroke, wide QRS.
PRE_EXCITATION = (
    CONDUCTED,
    Criterion("PR under 120 ms", lambda m: within(m.pr, 60, 120)),
    Criterion("slurred upstroke: half of the greatest speed only after 30 ms", lambda m: m.upstroke >= 30),
    Criterion("QRS at least 110 ms", lambda m: m.qrs >= 110),
)
