"""A tracing's measurements as text."""

from collections.abc import Iterator

from quizbot.drawing.ecg.measure import LeadReading, Measurement, measure
from quizbot.drawing.ecg.tracing import Tracing

_FAST, _WIDE = 120, 100  # where the complexes leave no rest between them, their average says little


def lines(tracing: Tracing) -> Iterator[str]:
    """The numbers a cardiologist would read off, a line each, then a table of the leads in mV."""
    m = measure(tracing)
    yield f"rate {m.rate:.0f}/min, RR varies by {m.rr_variation:.1%}"
    yield _atria(m)
    yield f"QRS {m.qrs:.0f} ms, QT {m.qt:.0f} ms, QTc {m.qtc:.0f} ms, axis {m.axis:.0f} degrees"
    if m.each.rate > _FAST and m.each.width > _WIDE:
        yield (
            f"beat by beat: {m.each.rate:.0f}/min, RR varies by {m.each.variation:.1%}, "
            f"QRS fast for {m.each.width:.0f} ms, in {m.each.narrow} narrow"
        )
    yield f"{'lead':5}{'Q':>7}{'R':>7}{'S':>7}{'J':>7}{'J+60':>7}  T"
    for name, lead in m.leads.items():
        yield f"{name:5}{lead.q:7.2f}{lead.r:7.2f}{lead.s:7.2f}{lead.j:7.2f}{lead.st:7.2f}  {_t(lead)}"


def _atria(m: Measurement) -> str:
    if m.atrial_rate is None or m.pr is None:
        return "no P waves"
    return (
        f"P waves {m.atrial_rate:.0f}/min, {m.p_amplitude * 10:.1f} mm in II, PR {m.pr:.0f} ms "
        f"(varies by {m.pr_spread:.0f} ms)"
    )


def _t(lead: LeadReading) -> str:
    return f"{lead.t_shape}, {lead.t_up:.2f} / {lead.t_down:.2f}, {lead.t_width:.0f} ms wide"
