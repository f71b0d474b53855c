"""Finding the P waves, conducted or not.

What belongs to the ventricles is taken out first, so that a P wave on a T wave is found too; one inside a QRS complex
is not, as on paper. Looked for in lead II, where the sinus P wave is largest.
"""

from dataclasses import dataclass

import numpy as np

from quizbot.drawing.ecg.beats import AverageBeat, Index, align, smooth
from quizbot.drawing.ecg.leads import LEADS, Array

_II = LEADS.index("II")
_FLOOR_MV = 0.03  # above its surroundings; what is lower is lost in noise and in the rest of the T waves
_FIRST_SHARE = 0.08  # of the P wave's height, where it begins


@dataclass(frozen=True, slots=True)
class Atria:
    """The P waves.

    Attributes:
        onsets: their onsets, samples.
        amplitude: height of the average P wave in lead II, mV; negative if it is inverted, 0 without P waves.
    """

    onsets: Index
    amplitude: float


def find_p(leads: Array, qrs: Index, beat: AverageBeat, rate: int) -> Atria:
    """The P waves of a recording; none if they are seen at half of the QRS complexes or fewer.

    Args:
        leads: (12, n) millivolts.
        qrs: samples of the QRS complexes, as ``beats.find_qrs`` gives them.
        beat: their average.
        rate: samples a second.
    """
    aligned = align(leads, qrs, rate)
    rest = smooth(_without_ventricles(leads[_II], aligned, beat), round(0.03 * rate))
    tops = _tops(_between(rest, aligned, qrs, rate), rate)
    half = round(0.1 * rate)
    whole = tops[(tops >= half) & (tops < len(rest) - half)]
    if len(tops) <= len(qrs) / 2 or not len(whole):
        return Atria(tops[:0], 0.0)
    wave = _average_wave(rest, whole, half)
    height = wave[half]
    over = np.abs(wave) > _FIRST_SHARE * abs(height)
    first = half - int(np.argmin(over[half::-1])) + 1
    return Atria(tops - (half - first), float(height))


def _without_ventricles(lead: Array, qrs: Index, beat: AverageBeat) -> Array:
    """Lead II less the fitted average QRS-T at each complex, and a straight line where the QRS was."""
    first, last = beat.onset - 4, min(beat.t_end + 25, beat.leads.shape[1])
    template = beat.leads[_II, first:last] * _fade(last - first, 12)
    rest = lead - _baseline(lead)
    for q in qrs:
        start = q - beat.origin + first
        piece = rest[max(0, start) : start + len(template)]
        piece -= _fitted(template[max(0, -start) :][: len(piece)], piece)
        hidden = min(len(piece), max(0, beat.offset - first + min(0, start)))
        piece[:hidden] = np.linspace(rest[max(0, start - 1)], piece[min(hidden, len(piece) - 1)], hidden)
    return rest


def _fitted(template: Array, piece: Array) -> Array:
    """The template, sized and (to the first order) shifted in time so that it fits the piece best."""
    basis = np.stack([template, np.gradient(template)], axis=1)
    size, shift = np.linalg.lstsq(basis, piece)[0]
    return np.asarray(basis @ np.array([np.clip(size, 0.8, 1.2), np.clip(shift, -3, 3)]))


def _between(rest: Array, aligned: Index, qrs: Index, rate: int) -> Array:
    """The same, 0 where a wave might belong to a QRS complex beyond the recording's edge, or to one too near to it."""
    first, last = aligned[0] - round(0.3 * rate), aligned[-1] + round(np.median(np.diff(aligned)) - 0.12 * rate)
    if qrs[-1] > aligned[-1] + 0.1 * rate:
        last = qrs[-1] - round(0.09 * rate)
    inside = np.zeros(len(rest), dtype=bool)
    inside[max(0, first) : last] = True
    return np.where(inside, rest, 0.0)


def _fade(length: int, samples: int) -> Array:
    """1, and a slope to 0 over the last samples."""
    return np.minimum(1.0, np.arange(length, 0, -1) / samples)


def _baseline(lead: Array) -> Array:
    """The level between the waves, over the whole lead: the median of two seconds around each moment."""
    knots = np.arange(0, len(lead), 125)
    levels = [np.median(lead[max(0, k - 500) : k + 500]) for k in knots]
    return np.interp(np.arange(len(lead)), knots, levels)


def _tops(rest: Array, rate: int) -> Index:
    """Samples of the P waves' peaks: the largest first, none within 0.28 s of a larger one."""
    local = rest - smooth(rest, round(0.3 * rate))
    size = np.abs(local)
    edge = round(0.06 * rate)
    size[:edge] = size[-edge:] = 0
    limit = max(_FLOOR_MV, 0.5 * np.quantile(size, 0.985))
    tops: list[int] = []
    while size.max() > limit:
        top = int(np.argmax(size))
        tops.append(top)
        size[max(0, top - round(0.28 * rate)) : top + round(0.28 * rate)] = 0
    return np.array(sorted(tops), dtype=np.intp)


def _average_wave(rest: Array, tops: Index, half: int) -> Array:
    wave = np.median([rest[t - half : t + half + 1] for t in tops], axis=0)
    sign = 1 if wave[half] > np.median(wave) else -1
    return np.asarray(wave - sign * np.quantile(sign * wave, 0.1))
