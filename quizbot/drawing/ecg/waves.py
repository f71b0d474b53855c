"""Finer findings on an average beat: delta wave, J wave, U wave, the length of ST, the level of the PR segment.

Knows nothing of how the signal was made.
"""

import numpy as np

from quizbot.drawing.ecg.beats import AverageBeat, Index, smooth
from quizbot.drawing.ecg.leads import ROWS, Array

_NOTCH_MV = 0.03  # a dip of less is noise
_HALF, _FIFTH = 0.5, 0.2


def upstroke(beat: AverageBeat, rate: int) -> float:
    """From the QRS onset to where the vector first moves half as fast as it ever does, ms; long with a delta wave."""
    slopes = np.gradient(beat.leads[ROWS, beat.onset : beat.offset], axis=1)
    speed = np.sqrt((slopes**2).sum(axis=0))
    return float(np.argmax(speed >= _HALF * speed.max()) / rate * 1000)


def st_length(beat: AverageBeat, rate: int) -> float:
    """From the J point to where the T wave has risen by a fifth, ms, on the leads' root mean square."""
    size = smooth(np.sqrt((beat.leads[ROWS] ** 2).mean(axis=0)), round(0.02 * rate))
    after = size[beat.offset : beat.t_end]
    top = int(np.argmax(after[round(0.06 * rate) :])) + round(0.06 * rate)
    level = after[: top + 1].min()
    low = np.flatnonzero(after[: top + 1] < level + _FIFTH * (after[top] - level))
    return float(low[-1] / rate * 1000) if len(low) else 0.0


def j_wave(lead: Array, beat: AverageBeat, rate: int) -> float:
    """Height of a second hump within 90 ms after the R wave's peak, mV; 0 without a dip between the two."""
    top = beat.onset + int(np.argmax(lead[beat.onset : beat.offset]))
    piece = lead[top : top + round(0.09 * rate)]
    tops = humps(piece, _NOTCH_MV)
    return float(max(0.0, piece[tops[-1]])) if len(tops) else 0.0


def u_wave(lead: Array, beat: AverageBeat, rate: int) -> float:
    """Height of the second hump of the repolarisation, mV; 0 without a T wave of its own and a dip before it."""
    piece = smooth(lead[beat.offset + round(0.06 * rate) :], round(0.03 * rate))
    tops = humps(piece, _NOTCH_MV)
    return float(max(0.0, piece[tops[-1]])) if len(tops) > 1 else 0.0


def pr_level(lead: Array, beat: AverageBeat, pr: float | None, rate: int) -> float:
    """Level of the PR segment, just before the QRS complex, above that before the P wave, mV; 0 without P waves."""
    if pr is None:
        return 0.0
    p_onset = beat.onset - round(pr / 1000 * rate)
    before = lead[max(0, p_onset - round(0.08 * rate)) : max(1, p_onset - round(0.03 * rate))]
    return float(-np.median(before))


def humps(piece: Array, dip: float) -> Index:
    """Samples of the local maxima that stand by more than ``dip`` above the lowest point since the one before."""
    inner = np.flatnonzero((piece[1:-1] >= piece[:-2]) & (piece[1:-1] > piece[2:])) + 1
    found: list[int] = []
    for at in inner:
        valley = piece[found[-1] if found else 0 : at].min()
        if piece[at] - valley > dip:
            found.append(int(at))
        elif found and piece[at] > piece[found[-1]]:
            found[-1] = int(at)
    return np.array(found, dtype=np.intp)
