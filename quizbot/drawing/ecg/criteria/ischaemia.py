# ruff: noqa: PLR2004  # a criterion is its number; the sentence beside it says what the number is
"""Ischaemia and infarction, and what looks like them."""

from quizbot.drawing.ecg.criteria.criterion import (
    CONDUCTED,
    INFERIOR,
    NARROW,
    NO_Q,
    PROGRESSION,
    Criterion,
    down,
    every,
    r_grows,
    some,
    up,
)
from quizbot.drawing.ecg.criteria.metabolic import tallest_t
from quizbot.drawing.ecg.leads import CHEST, LEADS
from quizbot.drawing.ecg.measure import TShape

# Rhinehardt J and others. Electrocardiographic manifestations of Wellens' syndrome. Am J Emerg Med 2002;20:638
# (10.1053/ajem.2002.34800); de Zwaan C and others, 1982 (10.1016/0002-8703(82)90480-X).
_WELLENS_COMMON = (
    Criterion("ST in V2 and V3 less than 1 mm up", lambda m: every(m, ("V2", "V3"), lambda a: a.st < 0.1)),
    NO_Q,
    PROGRESSION,
    CONDUCTED,
    NARROW,
)
WELLENS_A = (
    Criterion(
        "T in V2 and V3 biphasic, first up then at least 1 mm down",
        lambda m: every(m, ("V2", "V3"), lambda a: a.t_shape is TShape.UP_DOWN and a.t_up >= 0.1 and a.t_down <= -0.1),
    ),
    *_WELLENS_COMMON,
)
WELLENS_B = (
    Criterion(
        "T in V2 and V3 inverted by at least 2 mm",
        lambda m: every(m, ("V2", "V3"), lambda a: a.t_shape is TShape.INVERTED and a.t_down <= -0.2),
    ),
    *_WELLENS_COMMON,
)
# Fourth universal definition of myocardial infarction, 2018, for women, who have the lower limit.
ANTERIOR_STEMI = (
    Criterion("J point at least 1.5 mm up in V2 and V3", lambda m: every(m, ("V2", "V3"), lambda a: a.j >= 0.15)),
)
OLD_ANTERIOR_INFARCTION = (
    Criterion("R wave at most 3 mm in V3, or Q waves in V1 to V4", lambda m: not (r_grows(m) and NO_Q.holds(m))),
)
# Sokolow and Lyon, 1949.
LEFT_VENTRICULAR_HYPERTROPHY = (
    Criterion(
        "S in V1 and the larger R of V5 and V6 at least 35 mm",
        lambda m: max(m.leads["V5"].r, m.leads["V6"].r) - m.leads["V1"].s >= 3.5,
    ),
)

HYPERACUTE_T = (
    Criterion("T at least 10 mm in two chest leads", lambda m: some(m, CHEST, lambda a: a.t_up >= 1.0, least=2)),
    Criterion("its base broad", lambda m: tallest_t(m).t_width > 100),
    Criterion("J point not down in V2 to V4", lambda m: every(m, CHEST[1:4], lambda a: a.j > -0.05)),
    NARROW,
)
# de Winter RJ and others. N Engl J Med 2008;359:2071; Verouden NJ and others. Heart 2009;95:1701
# (10.1136/hrt.2009.174557).
DE_WINTER = (
    Criterion("J point at least 1 mm down in V2 to V4", lambda m: every(m, CHEST[1:4], lambda a: a.j <= -0.1)),
    Criterion("ST there climbs", lambda m: every(m, CHEST[1:4], lambda a: a.st > a.j)),
    Criterion("T tall and upright there, at least 5 mm", lambda m: every(m, CHEST[1:4], lambda a: a.t_up >= 0.5)),
    NARROW,
)
# Brady WJ. Acute posterior wall myocardial infarction: electrocardiographic manifestations. Am J Emerg Med 1998;16:409;
# ST at least 0.5 mm down in V1 to V3: fourth universal definition of myocardial infarction, 2018.
POSTERIOR_INFARCTION = (
    Criterion("ST level and at least 0.5 mm down in V1 to V3", lambda m: every(m, CHEST[:3], down(0.05))),
    Criterion("ST there level, within 1 mm", lambda m: every(m, CHEST[:3], lambda a: abs(a.st - a.j) <= 0.1)),
    Criterion("R at least as large as S in V2", lambda m: m.leads["V2"].r >= -m.leads["V2"].s),
    Criterion("T upright in V2 and V3, at least 2 mm", lambda m: every(m, ("V2", "V3"), lambda a: a.t_up >= 0.2)),
    Criterion("ST not down in the inferior leads", lambda m: every(m, INFERIOR, lambda a: a.st > -0.1)),
    NARROW,
)
INFERIOR_STEMI = (
    Criterion("J point at least 1 mm up in II, III and aVF", lambda m: every(m, INFERIOR, up(0.1))),
    Criterion("ST at least 0.5 mm down in aVL", lambda m: m.leads["aVL"].st <= -0.05),
)
# Koh JS and others. Korean J Intern Med 2017;32:248 (10.3904/kjim.2015.122): ST up in V1 and not up in I; the greater
# elevation in III than in II speaks for the right coronary artery.
INFERIOR_RIGHT_VENTRICULAR = (
    *INFERIOR_STEMI,
    Criterion("ST higher in III than in II", lambda m: m.leads["III"].st > m.leads["II"].st),
    Criterion("J point at least 0.5 mm up in V1", lambda m: m.leads["V1"].j >= 0.05),
    Criterion("ST higher in V1 than in V2", lambda m: m.leads["V1"].st > m.leads["V2"].st),
    Criterion("ST not up in I", lambda m: m.leads["I"].st <= 0),
    NARROW,
)
# Fourth universal definition of myocardial infarction, 2018: ST down in six leads or more, up in aVR or V1.
DIFFUSE_ISCHAEMIA = (
    Criterion("ST at least 1 mm down in six leads", lambda m: some(m, LEADS, down(0.1), least=6)),
    Criterion("J point at least 1 mm up in aVR", lambda m: m.leads["aVR"].j >= 0.1),
    Criterion("ST in aVR at least as high as in V1", lambda m: m.leads["aVR"].st >= m.leads["V1"].st - 0.01),
    NARROW,
)
