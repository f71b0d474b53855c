"""Atrial waves that never rest: how many stand between two QRS complexes, and whether they stand evenly.

Read in V1, where the T wave is low and an atrial wave has a hump of its own, and in the inferior leads, where nothing
is level when the atria go round in circles.
"""

from dataclasses import dataclass

import numpy as np

from quizbot.drawing.ecg.beats import AverageBeat, Index, smooth
from quizbot.drawing.ecg.leads import LEADS, Array
from quizbot.drawing.ecg.waves import humps

_HUMP_MV = 0.03
_LEVEL_MV = 0.06
_LONGEST_QRS_S = 0.1  # where an atrial wave runs into a narrow complex, its end is not seen


@dataclass(frozen=True, slots=True)
class Between:
    """What is seen from the J point to the next QRS complex, in the median of such stretches.

    Attributes:
        waves: humps in V1.
        apart: the mean time between them, ms; 0 with fewer than two.
        level: the longest time that II stays within 0.6 mm, ms.
        dip: how far III falls below its median, mV, 0 or more.
    """

    waves: int
    apart: float
    level: float
    dip: float


def between(leads: Array, qrs: Index, beat: AverageBeat, rate: int) -> Between:
    """Look at (12, n) mV between the QRS complexes."""
    first = min(beat.offset, beat.onset + round(_LONGEST_QRS_S * rate)) - beat.origin
    last = beat.onset - beat.origin
    length = int(np.quantile(np.diff(qrs), 0.1)) + last - first
    starts = [q + first for q in qrs if q + first >= 0 and q + first + length < leads.shape[1]]
    if length < round(0.1 * rate) or not starts:
        return Between(0, 0.0, 0.0, 0.0)
    rest = smooth(np.median([leads[:, at : at + length] for at in starts], axis=0), round(0.012 * rate))
    v1, two, three = (rest[LEADS.index(name)] for name in ("V1", "II", "III"))
    tops = humps(v1, _HUMP_MV)
    return Between(
        waves=len(tops),
        apart=float(np.diff(tops).mean() / rate * 1000) if len(tops) > 1 else 0.0,
        level=_level(two) / rate * 1000,
        dip=float(np.median(three) - three.min()),
    )


def _level(lead: Array) -> int:
    """Samples of the longest stretch in which a lead stays within ``_LEVEL_MV``."""
    longest, first = 0, 0
    for last in range(len(lead)):
        while np.ptp(lead[first : last + 1]) > _LEVEL_MV:
            first += 1
        longest = max(longest, last + 1 - first)
    return longest
