"""What in the limb leads does not keep step with the heart, and what the quietest of them shows.

A limb that moves disturbs the two leads it has a part in; the third is free of it, and there the heart is seen as it
is (the sinus sign: Littmann L, Monroe MH. Electrocardiographic artifact. N Engl J Med 2000;342:590).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from quizbot.drawing.ecg.beats import Index, UnreadableError, find_qrs, smooth
from quizbot.drawing.ecg.leads import LEADS, Array

LIMBS = ("I", "II", "III")
_P_MV = 0.02


@dataclass(frozen=True, slots=True)
class Quietest:
    """The limb lead in which least is out of step.

    Attributes:
        unlocked: of each limb lead, what beats do not have in common, root mean square, mV.
        lead: the quietest.
        rate: of the QRS complexes in it, a minute; 0 where none are found in it.
        variation: standard deviation of its RR intervals over their mean.
        has_p: whether its average beat has a P wave.
        swing_hz: the frequency at which the loudest limb lead swings most, of those above 2.
    """

    unlocked: Mapping[str, float]
    lead: str
    rate: float
    variation: float
    has_p: bool
    swing_hz: float


def quietest(leads: Array, rate: int) -> Quietest:
    """Read the quietest limb lead of (12, n) mV, on its own."""
    calm = {name: _calm(leads[LEADS.index(name)], rate) for name in LIMBS}
    found = {name: _complexes(lead, rate) for name, lead in calm.items()}
    lead = min(LIMBS, key=lambda name: _unlocked(calm[name], found[name], rate))
    unlocked = {name: _unlocked(calm[name], found[lead], rate) for name in LIMBS}
    loudest = max(LIMBS, key=lambda name: unlocked[name])
    rr = np.diff(found[lead]) / rate
    return Quietest(
        unlocked=unlocked,
        lead=lead,
        rate=float(60 / rr.mean()) if len(rr) else 0.0,
        variation=float(rr.std() / rr.mean()) if len(rr) else 0.0,
        has_p=_has_p(calm[lead], found[lead], rate),
        swing_hz=_swing(calm[loudest], rate),
    )


def _calm(lead: Array, rate: int) -> Array:
    """A lead without its slow wander."""
    return np.asarray(lead - smooth(lead, rate))


def _complexes(lead: Array, rate: int) -> Index:
    """What in one lead alone looks like QRS complexes; none where nothing does."""
    try:
        return find_qrs(np.tile(lead, (len(LEADS), 1)), rate)
    except UnreadableError:
        return np.array([], dtype=np.intp)


def _before(lead: Array, qrs: Index, rate: int) -> Array:
    """The stretches from 300 to 60 ms before the complexes, each about its own median; (beats, samples)."""
    first, last = round(0.30 * rate), round(0.06 * rate)
    pieces = [lead[q - first : q - last] for q in qrs if q >= first]
    return np.array([piece - np.median(piece) for piece in pieces])


def _unlocked(lead: Array, qrs: Index, rate: int) -> float:
    before = _before(lead, qrs, rate)
    return float((before - np.median(before, axis=0)).std()) if len(before) > 1 else float(lead.std())


def _has_p(lead: Array, qrs: Index, rate: int) -> bool:
    """Whether the average of what precedes the complexes rises and falls again, or the reverse."""
    before = _before(lead, qrs, rate)
    if len(before) < 2:  # noqa: PLR2004  # one is no average
        return False
    wave = smooth(np.median(before, axis=0), round(0.02 * rate))
    edges = max(wave[0], wave[-1]), min(wave[0], wave[-1])
    return bool(wave.max() - edges[0] >= _P_MV or edges[1] - wave.min() >= _P_MV)


def _swing(lead: Array, rate: int) -> float:
    power = np.abs(np.fft.rfft((lead - lead.mean()) * np.hanning(len(lead)))) ** 2
    hz = np.fft.rfftfreq(len(lead), 1 / rate)
    return float(hz[np.argmax(np.where(hz > 2, power, 0))])  # noqa: PLR2004  # below it the heart's own rate is found
