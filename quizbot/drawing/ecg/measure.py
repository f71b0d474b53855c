"""Reads rate, intervals, axis, ST levels and T waves off a tracing, as a cardiologist with callipers would."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from quizbot.drawing.ecg.artefact import Quietest, quietest
from quizbot.drawing.ecg.atria import Atria, find_p
from quizbot.drawing.ecg.beats import AverageBeat, Index, average, core, find_qrs
from quizbot.drawing.ecg.circling import Between, between
from quizbot.drawing.ecg.each import Each, each
from quizbot.drawing.ecg.leads import LEADS, Array
from quizbot.drawing.ecg.pacing import Pacing, find_spikes, pacing, without_spikes
from quizbot.drawing.ecg.tracing import Tracing
from quizbot.drawing.ecg.waves import j_wave, pr_level, st_length, u_wave, upstroke

_HALF = 0.5
_FASTEST, _PACED = 0.6, 0.2  # of the fastest complex; beats of a pacemaker and beats of the heart differ much
_PAUSE = 1.25  # times the RR interval before it
_SEEN_MV = 0.05  # half a millimetre: less is not called a wave


class TShape(StrEnum):
    """The polarity of a T wave; a biphasic one by the order of its halves."""

    FLAT = "flat"
    UPRIGHT = "upright"
    INVERTED = "inverted"
    UP_DOWN = "biphasic, up then down"
    DOWN_UP = "biphasic, down then up"


@dataclass(frozen=True, slots=True)
class LeadReading:
    """What one lead's average beat shows, millivolts from the level before the QRS complex.

    Attributes:
        q: depth of a negative wave before the R wave, 0 or less.
        r: height of the R wave, 0 or more.
        s: depth of a negative wave after the R wave, 0 or less.
        j: level at the J point.
        st: level 60 ms after it.
        t_up: the T wave's highest point, 0 or more.
        t_down: its lowest, 0 or less.
        t_shape: its polarity.
        t_width: width at half of its larger half's height, ms.
        j_wave: height of a hump on the end of the QRS complex, 0 without one.
        u: height of the U wave, 0 without one.
        pr_level: level of the PR segment above that before the P wave.
    """

    q: float
    r: float
    s: float
    j: float
    st: float
    t_up: float
    t_down: float
    t_shape: TShape
    t_width: float
    j_wave: float
    u: float
    pr_level: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """A tracing's numbers; times in ms, rates a minute.

    Attributes:
        rate: of the ventricles.
        rr_variation: standard deviation of the RR intervals over their mean.
        atrial_rate: of the P waves; None without P waves.
        pp_variation: the same of the PP intervals, hidden P waves allowed for; None without P waves.
        p_amplitude: of the average P wave in lead II, mV; 0 without P waves.
        p_count: P waves seen outside QRS complexes.
        qrs_count: QRS complexes seen.
        pr: median time from the last P wave's onset to the QRS onset; None without P waves.
        pr_spread: standard deviation of those times; None without P waves.
        pr_before_pause: mean of those before a pause (an RR interval longer by a quarter); None without.
        pr_after_pause: mean of those that end a pause; None without.
        qrs: duration.
        core: how long the vector moves fast within it.
        qt: from the QRS onset to the T wave's end.
        qtc: the same for a rate of 60, by Bazett's formula.
        upstroke: from the QRS onset to half of the greatest speed; long with a delta wave.
        st_length: from the J point to the T wave's rise.
        axis: of the QRS complex in the frontal plane, degrees, -180 to 180.
        leads: each lead's reading, by name.
        each: what the QRS complexes, one by one, have in common.
        between: what is seen between the QRS complexes.
        quietest: what is seen in the limb lead with least artefact.
        pacing: what a pacemaker does.
    """

    rate: float
    rr_variation: float
    atrial_rate: float | None
    pp_variation: float | None
    p_amplitude: float
    p_count: int
    qrs_count: int
    pr: float | None
    pr_spread: float | None
    pr_before_pause: float | None
    pr_after_pause: float | None
    qrs: float
    core: float
    qt: float
    qtc: float
    upstroke: float
    st_length: float
    axis: float
    leads: Mapping[str, LeadReading]
    each: Each
    between: Between
    quietest: Quietest
    pacing: Pacing


def measure(tracing: Tracing) -> Measurement:
    """Measure a tracing.

    Raises:
        beats.UnreadableError: there is no rhythm in it.
    """
    rate, spikes = tracing.rate, find_spikes(tracing.leads)
    leads = without_spikes(tracing.leads, spikes)
    qrs = find_qrs(leads, rate, _PACED if len(spikes) else _FASTEST)
    beat = average(leads, qrs, rate)
    atria = find_p(leads, qrs, beat, rate)
    rr = np.diff(qrs) / rate
    pp = _pp_intervals(atria.onsets) / rate
    pr = _pr_intervals(atria, qrs, beat) / rate * 1000
    qt = (beat.t_end - beat.onset) / rate * 1000
    seen = pr[np.isfinite(pr)]
    middle = float(np.median(seen)) if len(seen) else None
    before_pause, after_pause = _pauses(pr, rr)
    return Measurement(
        rate=float(60 / rr.mean()),
        rr_variation=float(rr.std() / rr.mean()),
        atrial_rate=float(60 / np.median(pp)) if len(pp) else None,
        pp_variation=float(pp.std() / pp.mean()) if len(pp) else None,
        p_amplitude=atria.amplitude,
        p_count=len(atria.onsets),
        qrs_count=len(qrs),
        pr=middle,
        pr_spread=float(seen.std()) if len(seen) else None,
        pr_before_pause=before_pause,
        pr_after_pause=after_pause,
        qrs=(beat.offset - beat.onset) / rate * 1000,
        core=core(beat, rate),
        qt=qt,
        qtc=float(qt / np.sqrt(rr.mean())),
        upstroke=upstroke(beat, rate),
        st_length=st_length(beat, rate),
        axis=_axis(beat),
        leads={lead: _read(beat, row, rate, middle) for row, lead in enumerate(LEADS)},
        each=each(leads, rate),
        between=between(leads, qrs, beat, rate),
        quietest=quietest(leads, rate),
        pacing=pacing(spikes, qrs, rate),
    )


def _pp_intervals(onsets: Index) -> Array:
    """Intervals between P waves; one that a hidden P wave doubled or tripled is divided."""
    gaps = np.diff(onsets).astype(float)
    return gaps / np.maximum(1, np.round(gaps / np.median(gaps))) if len(gaps) else gaps


def _pr_intervals(atria: Atria, qrs: Index, beat: AverageBeat) -> Array:
    """From the last P wave's onset between two QRS complexes to the onset of the second, samples; NaN without one."""
    starts = qrs - beat.origin + beat.onset
    between = [
        (start, atria.onsets[(atria.onsets > last) & (atria.onsets < start)]) for last, start in pairwise(starts)
    ]
    return np.array([start - p[-1] if len(p) else np.nan for start, p in between], dtype=float)


def _pauses(pr: Array, rr: Array) -> tuple[float | None, float | None]:
    """Mean PR of the beats before a pause and of those that end one; None without a pause."""
    ends = np.flatnonzero(rr[1:] > _PAUSE * rr[:-1]) + 1
    known = [(pr[end - 1], pr[end]) for end in ends if np.isfinite(pr[end - 1]) and np.isfinite(pr[end])]
    if not known:
        return None, None
    before, after = np.mean(known, axis=0)
    return float(before), float(after)


def _axis(beat: AverageBeat) -> float:
    """From the net areas of the QRS complex in I and aVF, which stand at 0 and 90 degrees; aVF is augmented by 2/√3."""
    one, avf = (beat.leads[LEADS.index(lead), beat.onset : beat.offset].sum() for lead in ("I", "aVF"))
    return float(np.degrees(np.arctan2(avf * 2 / np.sqrt(3), one)))


def _read(beat: AverageBeat, row: int, rate: int, pr: float | None) -> LeadReading:
    lead = beat.leads[row]
    complex_, j60 = lead[beat.onset : beat.offset], beat.offset + round(0.06 * rate)
    top = int(np.argmax(complex_))
    wave = lead[beat.offset + round(0.04 * rate) : beat.t_end + 1]
    high, low = int(np.argmax(wave)), int(np.argmin(wave))
    return LeadReading(
        q=float(min(0.0, complex_[: top + 1].min())),
        r=float(max(0.0, complex_[top])),
        s=float(min(0.0, complex_[top:].min())),
        j=float(lead[beat.offset]),
        st=float(lead[j60]),
        t_up=float(max(0.0, wave[high])),
        t_down=float(min(0.0, wave[low])),
        t_shape=_shape(wave, high, low),
        t_width=_width(wave, rate),
        j_wave=j_wave(lead, beat, rate),
        u=u_wave(lead, beat, rate),
        pr_level=pr_level(lead, beat, pr, rate),
    )


def _shape(wave: Array, high: int, low: int) -> TShape:
    up, down = bool(wave[high] >= _SEEN_MV), bool(wave[low] <= -_SEEN_MV)
    if up and down:
        return TShape.UP_DOWN if high < low else TShape.DOWN_UP
    if up:
        return TShape.UPRIGHT
    return TShape.INVERTED if down else TShape.FLAT


def _width(wave: Array, rate: int) -> float:
    """Full width at half maximum of the larger half, ms."""
    peak = int(np.argmax(np.abs(wave)))
    low = np.flatnonzero(wave / wave[peak] < _HALF)
    before, after = low[low < peak], low[low > peak]
    first = before[-1] + 1 if len(before) else 0
    last = after[0] if len(after) else len(wave)
    return float((last - first) / rate * 1000)
