# ruff: noqa: PLR2004  # a criterion is its number; the sentence beside it says what the number is
"""Electrolytes, drugs, cold, channels, inflammation, and what looks like them."""

from quizbot.drawing.ecg.criteria.criterion import CONDUCTED, NARROW, Criterion, every, some, up
from quizbot.drawing.ecg.leads import CHEST
from quizbot.drawing.ecg.measure import LeadReading, Measurement

# Varga C and others. BMC Emerg Med 2019;19:33 (10.1186/s12873-019-0247-0); Durfey N and others. West J Emerg Med
# 2017;18:963 (10.5811/westjem.2017.6.33033). The heights are the usual textbook limits of a normal T wave.
HYPERKALAEMIA = (
    Criterion("T at least 10 mm in two chest leads", lambda m: some(m, CHEST, lambda a: a.t_up >= 1.0, least=2)),
    Criterion("the tallest T at most 100 ms wide at half its height", lambda m: tallest_t(m).t_width <= 100),
    Criterion("QRS over 120 ms", lambda m: m.qrs > 120),
    Criterion("P under 0.5 mm, or none", lambda m: abs(m.p_amplitude) < 0.05),
    Criterion("PR over 200 ms, if there is a P wave", lambda m: m.pr is None or m.pr > 200),
    Criterion("RR intervals regular", lambda m: m.rr_variation < 0.05),
)


def tallest_t(m: Measurement) -> LeadReading:
    """The chest lead with the tallest T wave."""
    return max((m.leads[lead] for lead in CHEST), key=lambda a: a.t_up)


# Surawicz B. Relationship between electrocardiogram and electrolytes. Am Heart J 1967;73:814: U at least 1 mm and
# taller than T in the same lead, ST at least 0.5 mm down.
HYPOKALAEMIA = (
    Criterion("U at least 1 mm in V2 and V3", lambda m: every(m, ("V2", "V3"), lambda a: a.u >= 0.1)),
    Criterion(
        "ST at least 0.5 mm down in II, V5 and V6", lambda m: every(m, ("II", *CHEST[4:]), lambda a: a.st <= -0.05)
    ),
    Criterion("QT with the U wave long", lambda m: m.qtc >= 500),
    NARROW,
)
LONG_QT = (Criterion("QTc at least 480 ms", lambda m: m.qtc >= 480), NARROW)
# AHA/ACCF/HRS, part IV, 2009 (10.1016/j.jacc.2008.12.014): QT long because ST is; the T wave stays as it was.
HYPOCALCAEMIA = (
    *LONG_QT,
    Criterion("ST segment at least 160 ms long", lambda m: m.st_length >= 160),
    Criterion("T of the usual width", lambda m: m.leads["V4"].t_width <= 110),
    Criterion("no U wave in V2 and V3", lambda m: every(m, ("V2", "V3"), lambda a: a.u < 0.05)),
    CONDUCTED,
)


def _pr_down(m: Measurement) -> bool:
    return m.leads["II"].pr_level <= -0.05 and m.leads["aVR"].pr_level >= 0.03


# Liebelt EL and others. Ann Emerg Med 1995;26:195.
SODIUM_CHANNEL_BLOCKADE = (
    Criterion("rate over 100", lambda m: m.rate > 100),
    Criterion("QRS over 100 ms", lambda m: m.qrs > 100),
    Criterion("R in aVR at least 3 mm", lambda m: m.leads["aVR"].r >= 0.3),
    Criterion("R in aVR at least 0.7 of S", lambda m: m.leads["aVR"].r >= 0.7 * _first_down(m.leads["aVR"])),
    Criterion("each complex looks like the others", lambda m: m.each.alike > 0.95),
)


def _first_down(lead: LeadReading) -> float:
    """Depth of a lead's first downward wave, which is a Q wave where an R follows."""
    return max(-lead.q, 0.0)


# Wilde AA and others. Proposed diagnostic criteria for the Brugada syndrome. Circulation 2002;106:2514.
BRUGADA_1 = (
    Criterion("J point at least 2 mm up in V1 and V2", lambda m: every(m, ("V1", "V2"), up(0.2))),
    Criterion("ST falls from there", lambda m: every(m, ("V1", "V2"), lambda a: a.st < a.j - 0.05)),
    Criterion("T inverted there", lambda m: every(m, ("V1", "V2"), lambda a: a.t_down <= -0.1)),
)
_OTHERS = ("I", "II", "III", "aVL", "aVF", *CHEST[1:])
_WIDESPREAD = ("I", "II", "aVF", "V4", "V5", "V6")
# Ginzton LE, Laks MM. Circulation 1982;65:1004: ST in V6 above a quarter of T. 2015 ESC guidelines on pericardial
# diseases: widespread ST elevation or PR depression.
_ST_WIDESPREAD = Criterion(
    "J point at least 0.5 mm up in I, II, aVF and V4 to V6", lambda m: every(m, _WIDESPREAD, up(0.05))
)
PERICARDITIS = (
    CONDUCTED,
    Criterion("P upright in II", lambda m: m.p_amplitude >= 0.05),
    _ST_WIDESPREAD,
    Criterion("ST down in aVR", lambda m: m.leads["aVR"].st <= -0.05),
    Criterion("ST nowhere down but in aVR and V1", lambda m: every(m, _OTHERS, lambda a: a.st > -0.05)),
    Criterion("PR at least 0.5 mm down in II, up in aVR", _pr_down),
    Criterion("ST in V6 above a quarter of T", lambda m: m.leads["V6"].st > 0.25 * m.leads["V6"].t_up),
)
EARLY_REPOLARISATION = (
    Criterion("J point at least 1 mm up in two chest leads", lambda m: some(m, CHEST[1:], up(0.1), least=2)),
    Criterion("ST in V6 at most a quarter of T", lambda m: m.leads["V6"].st <= 0.25 * m.leads["V6"].t_up),
    Criterion("PR not down", lambda m: not _pr_down(m)),
    Criterion("T upright in V2 to V6", lambda m: every(m, CHEST[1:], lambda a: a.t_down > -0.05)),
    Criterion("T at most 10 mm", lambda m: every(m, CHEST, lambda a: a.t_up <= 1.0)),
    NARROW,
)


# Mattu A and others. Electrocardiographic manifestations of hypothermia. Am J Emerg Med 2002;20:314.
HYPOTHERMIA = (
    Criterion("rate below 60", lambda m: m.rate < 60),
    Criterion(
        "J wave at least 1 mm in II and V3 to V6", lambda m: every(m, ("II", *CHEST[2:]), lambda a: a.j_wave >= 0.1)
    ),
    Criterion("QTc at least 460 ms", lambda m: m.qtc >= 460),
    CONDUCTED,
)
