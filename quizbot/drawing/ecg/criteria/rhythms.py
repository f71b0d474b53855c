# ruff: noqa: PLR2004  # a criterion is its number; the sentence beside it says what the number is
"""Rhythms of atria, pacemakers and shaking arms, and what looks like them."""

from quizbot.drawing.ecg.artefact import LIMBS
from quizbot.drawing.ecg.criteria.criterion import Criterion
from quizbot.drawing.ecg.measure import Measurement

_REGULAR = Criterion("RR intervals regular", lambda m: m.rr_variation < 0.02)
_QUICK_QRS = Criterion("QRS narrow: its fast part at most 85 ms", lambda m: m.core <= 85)


def _even(m: Measurement) -> bool:
    """Whether two waves stand between two QRS complexes, half an RR interval apart."""
    half = 60000 / m.rate / 2
    return m.between.waves == 2 and abs(m.between.apart - half) <= 0.08 * half


# 2019 ESC guidelines on supraventricular tachycardia (10.1093/eurheartj/ehz467); Bun SS and others. Atrial flutter:
# more than just one of a kind. Eur Heart J 2015;36:2356: typical, counterclockwise: 240 to 350 a minute, inverted in
# the inferior leads, upright in V1, no level line between.
ATRIAL_FLUTTER = (
    Criterion("ventricular rate 120 to 175, half of the atrial", lambda m: 120 <= m.rate <= 175),
    _REGULAR,
    Criterion("two upright waves in V1 in each RR interval, half of it apart", _even),
    Criterion("II level for less than 140 ms at a time", lambda m: m.between.level < 140),
    Criterion("III dips by at least 1.5 mm between the QRS complexes", lambda m: m.between.dip >= 0.15),
    _QUICK_QRS,
)
SINUS_TACHYCARDIA = (
    Criterion("rate over 100", lambda m: m.rate > 100),
    Criterion("one wave in V1 or none between two QRS complexes", lambda m: m.between.waves < 2),
)
# 2019 ESC guidelines on supraventricular tachycardia: regular, narrow, no P wave of its own between the complexes.
REENTRY_TACHYCARDIA = (
    Criterion("rate over 140", lambda m: m.rate > 140),
    _REGULAR,
    Criterion("no wave in V1 between two QRS complexes", lambda m: m.between.waves == 0),
)
# Littmann L, Monroe MH. Electrocardiographic artifact. N Engl J Med 2000;342:590 (sinus sign); Knight BP and others.
# Clinical consequences of electrocardiographic artifact mimicking ventricular tachycardia. N Engl J Med 1999;341:1270
# (notches at the patient's own RR intervals); resting tremor of 4 to 6 Hz.
TREMOR = (
    Criterion(
        "in one limb lead nothing is out of step with the QRS complexes",
        lambda m: min(m.quietest.unlocked.values()) <= 0.03,
    ),
    Criterion(
        "in the two others 2 mm or more is",
        lambda m: sum(m.quietest.unlocked[lead] >= 0.2 for lead in LIMBS) == 2,
    ),
    Criterion("there the trace swings four to six times a second", lambda m: 4 <= m.quietest.swing_hz <= 6),
    Criterion("in the quiet lead a P wave before each QRS complex", lambda m: m.quietest.has_p),
    Criterion("there the rate is 60 to 100 and regular", lambda m: 60 <= m.quietest.rate <= 100),
    Criterion("RR intervals vary by less than 6 %", lambda m: m.quietest.variation < 0.06),
)
# Mulpuru SK and others. Cardiac pacemakers: function, troubleshooting, and management. J Am Coll Cardiol 2017;69:189
# (10.1016/j.jacc.2016.10.061).
_SPIKES = Criterion("four spikes or more", lambda m: m.pacing.spikes >= 4)
_SEES = Criterion("no spike too soon after a beat of the heart's own", lambda m: m.pacing.soonest >= 0.9)
_FIRES = Criterion("no pause longer than the pacing interval", lambda m: m.pacing.longest <= 1.1)
FAILURE_TO_CAPTURE = (
    _SPIKES,
    Criterion("two or more call forth a QRS complex", lambda m: m.pacing.answered >= 2),
    Criterion("two or more do not, though the ventricles are ready", lambda m: m.pacing.unanswered >= 2),
    _SEES,
    _FIRES,
)
PACED_RHYTHM = (_SPIKES, Criterion("each calls forth a QRS complex", lambda m: m.pacing.unanswered == 0), _SEES, _FIRES)
UNDERSENSING = (_SPIKES, Criterion("a spike too soon after a beat", lambda m: m.pacing.soonest < 0.9))
OVERSENSING = (_SPIKES, Criterion("a pause longer than the pacing interval", lambda m: m.pacing.longest > 1.1))
