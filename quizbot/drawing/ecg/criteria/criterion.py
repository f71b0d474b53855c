# ruff: noqa: PLR2004  # a criterion is its number; the sentence beside it says what the number is
"""What a criterion is, and those that many diagnoses share."""

from collections.abc import Callable
from dataclasses import dataclass

from quizbot.drawing.ecg.measure import LeadReading, Measurement

ANTERIOR = ("V1", "V2", "V3", "V4")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: what a book would say, and whether a measurement shows it."""

    text: str
    holds: Callable[[Measurement], bool]


def some(m: Measurement, leads: tuple[str, ...], test: Callable[[LeadReading], bool], least: int = 1) -> bool:
    """Whether a test holds in at least so many of the leads."""
    return sum(test(m.leads[lead]) for lead in leads) >= least


def every(m: Measurement, leads: tuple[str, ...], test: Callable[[LeadReading], bool]) -> bool:
    """Whether a test holds in all of the leads."""
    return some(m, leads, test, len(leads))


def within(value: float | None, low: float, high: float) -> bool:
    """Whether a value is there and inside its limits."""
    return value is not None and low <= value <= high


def r_grows(m: Measurement) -> bool:
    """Whether the R wave grows from V1 to V4."""
    heights = [m.leads[lead].r for lead in ANTERIOR]
    return heights == sorted(heights) and m.leads["V3"].r > 0.3


CONDUCTED = Criterion(
    "each QRS follows a P wave at a steady PR interval",
    lambda m: m.pr_spread is not None and m.pr_spread < 25 and abs(m.p_count - m.qrs_count) <= 1,
)
NARROW = Criterion("QRS under 120 ms", lambda m: m.qrs < 120)
PROGRESSION = Criterion("R wave grows from V1 to V4, above 3 mm in V3", r_grows)
NO_Q = Criterion("no Q waves in V1 to V4", lambda m: every(m, ANTERIOR, lambda lead: lead.q > -0.05 and lead.r >= 0.1))
MORE_P = Criterion(
    "more P waves than QRS complexes", lambda m: m.atrial_rate is not None and m.atrial_rate > 1.2 * m.rate
)
INFERIOR = ("II", "III", "aVF")
LATERAL = ("I", "aVL", "V5", "V6")


def up(limit: float) -> Callable[[LeadReading], bool]:
    """Whether a lead's J point is at least so many mV up."""
    return lambda lead: lead.j >= limit


def down(limit: float) -> Callable[[LeadReading], bool]:
    """Whether a lead's ST segment, at the J point and 60 ms later, is at least so many mV down."""
    return lambda lead: max(lead.j, lead.st) <= -limit
