# ruff: noqa: PLR2004  # a criterion is its number; the sentence beside it says what the number is
"""Published criteria, of the diagnoses that are drawn and of those that are mistaken for them.

Each is a sentence and a test on a ``Measurement``. Sources stand with each group; DOIs where the text can be read.
"""

from collections.abc import Mapping

from quizbot.drawing.ecg.criteria import conduction, ischaemia, metabolic, rhythms, wide
from quizbot.drawing.ecg.criteria.criterion import CONDUCTED, PROGRESSION, Criterion, every, within
from quizbot.drawing.ecg.measure import Measurement, TShape

__all__ = ["CRITERIA", "Criterion", "meets", "unmet"]


def meets(name: str, measured: Measurement) -> bool:
    """Whether a measurement fulfils all criteria of a diagnosis."""
    return all(criterion.holds(measured) for criterion in CRITERIA[name])


def unmet(name: str, measured: Measurement) -> list[str]:
    """The criteria of a diagnosis that a measurement does not fulfil, in words."""
    return [criterion.text for criterion in CRITERIA[name] if not criterion.holds(measured)]


# AHA/ACCF/HRS, standardization and interpretation of the ECG, parts III and IV, 2009
# (10.1016/j.jacc.2008.12.013, 10.1016/j.jacc.2008.12.014).
NORMAL = (
    Criterion("rate 60 to 100", lambda m: 60 <= m.rate <= 100),
    CONDUCTED,
    Criterion("PR 120 to 200 ms", lambda m: within(m.pr, 120, 200)),
    Criterion("QRS at most 110 ms", lambda m: m.qrs <= 110),
    Criterion("QTc under 450 ms", lambda m: m.qtc < 450),
    Criterion("axis -30 to 90 degrees", lambda m: -30 <= m.axis <= 90),
    PROGRESSION,
    Criterion("ST at most 1 mm from the baseline", lambda m: every(m, tuple(m.leads), lambda a: abs(a.st) <= 0.1)),
    Criterion(
        "T upright in I, II, V3 to V6",
        lambda m: every(m, ("I", "II", "V3", "V4", "V5", "V6"), lambda a: a.t_shape is TShape.UPRIGHT),
    ),
    Criterion("P upright in II, 0.5 to 2.5 mm", lambda m: 0.05 <= m.p_amplitude <= 0.25),
)

CRITERIA: Mapping[str, tuple[Criterion, ...]] = {
    "normal": NORMAL,
    "wellens": ischaemia.WELLENS_A,
    "wellens-type-b": ischaemia.WELLENS_B,
    "anterior-stemi": ischaemia.ANTERIOR_STEMI,
    "old-anterior-infarction": ischaemia.OLD_ANTERIOR_INFARCTION,
    "left-ventricular-hypertrophy": ischaemia.LEFT_VENTRICULAR_HYPERTROPHY,
    "hyperacute-t": ischaemia.HYPERACUTE_T,
    "de-winter": ischaemia.DE_WINTER,
    "posterior-infarction": ischaemia.POSTERIOR_INFARCTION,
    "inferior-stemi": ischaemia.INFERIOR_STEMI,
    "inferior-rv-infarction": ischaemia.INFERIOR_RIGHT_VENTRICULAR,
    "diffuse-ischaemia": ischaemia.DIFFUSE_ISCHAEMIA,
    "left-bundle-branch-block": conduction.LEFT_BUNDLE_BRANCH_BLOCK,
    "right-bundle-branch-block": conduction.RIGHT_BUNDLE_BRANCH_BLOCK,
    "complete-heart-block": conduction.COMPLETE_HEART_BLOCK,
    "two-to-one-block": conduction.TWO_TO_ONE,
    "mobitz-2": conduction.MOBITZ_2,
    "wenckebach": conduction.WENCKEBACH,
    "sinus-bradycardia": conduction.SINUS_BRADYCARDIA,
    "first-degree-block": conduction.FIRST_DEGREE_BLOCK,
    "pre-excitation": conduction.PRE_EXCITATION,
    "hyperkalaemia": metabolic.HYPERKALAEMIA,
    "hypokalaemia": metabolic.HYPOKALAEMIA,
    "hypocalcaemia": metabolic.HYPOCALCAEMIA,
    "long-qt": metabolic.LONG_QT,
    "sodium-channel-blockade": metabolic.SODIUM_CHANNEL_BLOCKADE,
    "brugada": metabolic.BRUGADA_1,
    "pericarditis": metabolic.PERICARDITIS,
    "early-repolarisation": metabolic.EARLY_REPOLARISATION,
    "hypothermia": metabolic.HYPOTHERMIA,
    "atrial-flutter": rhythms.ATRIAL_FLUTTER,
    "sinus-tachycardia": rhythms.SINUS_TACHYCARDIA,
    "atrial-fibrillation": wide.ATRIAL_FIBRILLATION,
    "re-entry-tachycardia": rhythms.REENTRY_TACHYCARDIA,
    "tremor": rhythms.TREMOR,
    "wide-complex-tachycardia": wide.WIDE_COMPLEX_TACHYCARDIA,
    "ventricular-tachycardia": wide.VENTRICULAR_TACHYCARDIA,
    "pre-excited-fibrillation": wide.PRE_EXCITED_FIBRILLATION,
    "aberrant-tachycardia": wide.ABERRANT_TACHYCARDIA,
    "failure-to-capture": rhythms.FAILURE_TO_CAPTURE,
    "paced-rhythm": rhythms.PACED_RHYTHM,
    "undersensing": rhythms.UNDERSENSING,
    "oversensing": rhythms.OVERSENSING,
}
"""By name: what is drawn (the keys of ``diagnoses.DIAGNOSES``) and what it is mistaken for."""
