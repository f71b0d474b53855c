"""Finding a pacemaker's spikes, and what the ventricles make of them.

Spikes are told from everything alive by their slope: no QRS complex moves so far within two milliseconds and back.
"""

from dataclasses import dataclass

import numpy as np

from quizbot.drawing.ecg.beats import Index
from quizbot.drawing.ecg.leads import ROWS, Array

_SPIKE_MV = 0.12  # above the median of five samples, root mean square of the independent leads
_REACH = 3  # samples beside a spike that it may have touched
_ANSWER_S = 0.20  # a QRS complex that a spike called forth is steepest within so much
_REFRACTORY_S = 0.36  # after a beat the ventricles could not answer anyway


@dataclass(frozen=True, slots=True)
class Pacing:
    """A pacemaker at work; all zero without spikes.

    Attributes:
        spikes: how many.
        interval: shortest time from one spike to the next, ms.
        answered: how many called forth a QRS complex.
        unanswered: how many did not, though the ventricles were ready.
        soonest: shortest time from a QRS complex that no spike called forth to the next spike, over ``interval``;
            well under 1 if the pacemaker does not see the heart's own beats.
        longest: longest stretch without spike or QRS complex, over ``interval``; well over 1 if it sees beats that
            are none.
    """

    spikes: int = 0
    interval: float = 0.0
    answered: int = 0
    unanswered: int = 0
    soonest: float = 0.0
    longest: float = 0.0


def find_spikes(leads: Array) -> Index:
    """Samples of the spikes in (12, n) mV."""
    around = np.stack([np.roll(leads[ROWS], shift, axis=1) for shift in range(-2, 3)])
    above = np.sqrt(((leads[ROWS] - np.median(around, axis=0)) ** 2).mean(axis=0))
    above[:2] = above[-2:] = 0
    found: list[int] = []
    for sample in np.flatnonzero(above > _SPIKE_MV):
        if found and sample - found[-1] <= 2 * _REACH:
            found[-1] = int(sample) if above[sample] > above[found[-1]] else found[-1]
        else:
            found.append(int(sample))
    return np.array(found, dtype=np.intp)


def without_spikes(leads: Array, spikes: Index) -> Array:
    """The leads, a straight line where a spike was."""
    calm = leads.copy()
    for spike in spikes:
        first, last = max(0, spike - _REACH), min(leads.shape[1] - 1, spike + _REACH)
        share = np.linspace(0, 1, last - first + 1)
        calm[:, first : last + 1] = np.outer(leads[:, first], 1 - share) + np.outer(leads[:, last], share)
    return calm


def pacing(spikes: Index, qrs: Index, rate: int) -> Pacing:
    """How the pacemaker works, from the samples of its spikes and of the QRS complexes."""
    if len(spikes) < 2:  # noqa: PLR2004  # one makes no interval
        return Pacing(spikes=len(spikes))
    interval = np.diff(spikes).min() / rate
    called = [q for q in qrs if np.any((q - spikes > 0) & (q - spikes < _ANSWER_S * rate))]
    whole = spikes[spikes < qrs[-1]]  # of a spike after the last complex it cannot be said
    answered = [s for s in whole if np.any((qrs - s > 0) & (qrs - s < _ANSWER_S * rate))]
    ready = [s for s in whole if s not in answered and not np.any((s - qrs >= 0) & (s - qrs < _REFRACTORY_S * rate))]
    # Of a complex at the very beginning the spike may lie before it.
    own = [q for q in qrs if q not in called and q > _ANSWER_S * rate]
    waits = [float((spikes[spikes > q] - q).min() / rate) for q in own if np.any(spikes > q)]
    events = np.sort(np.concatenate([spikes, qrs]))
    return Pacing(
        spikes=len(spikes),
        interval=float(interval * 1000),
        answered=len(answered),
        unanswered=len(ready),
        soonest=float(min(waits) / interval) if waits else 1.0,
        longest=float(np.diff(events).max() / rate / interval),
    )
