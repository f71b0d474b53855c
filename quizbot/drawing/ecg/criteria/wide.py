# ruff: noqa: PLR2004  # a criterion is its number; the sentence beside it says what the number is
"""Tachycardias with wide complexes, told from each other by what the complexes do one by one."""

from quizbot.drawing.ecg.criteria.criterion import Criterion

_RATE = Criterion("rate over 120", lambda m: m.each.rate > 120)
_WIDE = Criterion("QRS wide: its fast part over 100 ms", lambda m: m.each.width > 100)
_REGULAR = Criterion("nine RR intervals of ten within 6 % of the median", lambda m: m.each.steady >= 0.9)
_IRREGULAR = Criterion(
    "RR intervals irregular", lambda m: min(m.each.variation, m.rr_variation) > 0.08 and m.each.steady < 0.6
)
# Any lead shows it, so no limb lead is free of it.
WIDE_COMPLEX_TACHYCARDIA = (
    Criterion("rate over 100", lambda m: m.rate > 100 and m.quietest.rate > 100),
    Criterion("QRS wide: its fast part over 85 ms", lambda m: m.core > 85),
)
# Katritsis DG, Brugada J. Differential diagnosis of wide QRS tachycardias. Arrhythm Electrophysiol Rev 2020;9:155
# (10.15420/aer.2020.20): a beat that is captured or fused proves that the atria go their own way.
VENTRICULAR_TACHYCARDIA = (
    _RATE,
    _WIDE,
    Criterion("seven RR intervals of ten within 6 % of the median", lambda m: m.each.steady >= 0.7),
    Criterion("seven complexes of ten of one form", lambda m: m.each.alike >= 0.7),
    Criterion("a narrow complex comes early: captured", lambda m: m.each.captured >= 1),
)
# The same source: with aberrant conduction each complex is one more of the same.
ABERRANT_TACHYCARDIA = (_RATE, _WIDE, _REGULAR, Criterion("no complex is narrow", lambda m: m.each.narrow == 0))
# 2015 ACC/AHA/HRS guideline on supraventricular tachycardia (10.1016/j.jacc.2015.09.019): fast, irregular, wide, with
# a QRS complex that changes from beat to beat as the pathway's share does.
PRE_EXCITED_FIBRILLATION = (
    Criterion("rate over 145", lambda m: m.each.rate > 145),
    _IRREGULAR,
    _WIDE,
    Criterion("from beat to beat another width: one or more narrow", lambda m: m.each.narrow >= 1),
    Criterion("slurred upstroke of the average beat: 25 ms or more", lambda m: m.upstroke >= 25),
    Criterion("no steady PR interval", lambda m: m.pr_spread is None or m.pr_spread >= 25),
)
# 2023 ACC/AHA/ACCP/HRS guideline on atrial fibrillation (10.1161/CIR.0000000000001193).
ATRIAL_FIBRILLATION = (
    Criterion("RR intervals irregular", lambda m: m.rr_variation > 0.1),
    Criterion("QRS narrow: its fast part at most 100 ms", lambda m: m.each.width <= 100),
)
