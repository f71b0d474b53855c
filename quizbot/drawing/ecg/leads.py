"""The lead field: what each lead sees of a current source in the heart.

Coordinates are Frank's: x to the patient's left, y to the feet, z to the back.

A source at the heart's centre is seen through Dower's coefficients (Dower GE, Machado HB, Osborne JA. On deriving the
electrocardiogram from vectorcardiographic leads. Clin Cardiol 1980;3:87). A source elsewhere in the heart is nearer
to some chest electrodes than to others; the difference follows from the field of a dipole in a uniform conductor,
which falls with the square of the distance. The limb electrodes are far away, so they see a regional source as if it
were at the centre, and reciprocal changes in the limb leads are a matter of geometry alone.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
INDEPENDENT = ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6")
ROWS = [LEADS.index(lead) for lead in INDEPENDENT]
"""Of the independent leads among all twelve."""
CHEST = LEADS[6:]

_DOWER = np.array(
    [
        [0.632, -0.235, 0.059],  # I
        [0.235, 1.066, -0.132],  # II
        [-0.515, 0.157, -0.917],  # V1
        [0.044, 0.164, -1.387],  # V2
        [0.882, 0.098, -1.277],  # V3
        [1.213, 0.127, -0.601],  # V4
        [1.125, 0.127, -0.086],  # V5
        [0.831, 0.076, 0.230],  # V6
    ]
)

# Centimetres from the centre of the ventricles, in an adult.
_CHEST_ELECTRODES = np.array(
    [
        [-6.0, -2.5, -8.0],  # V1, fourth space, right of the sternum
        [-1.5, -2.5, -9.0],  # V2, fourth space, left of it
        [2.5, -0.5, -9.0],  # V3
        [6.0, 1.5, -7.5],  # V4, fifth space, mid-clavicular
        [9.5, 1.5, -3.5],  # V5, anterior axillary line
        [11.5, 1.5, 1.5],  # V6, mid-axillary
    ]
)

REGIONS: Mapping[str, tuple[float, float, float]] = {
    "centre": (0.0, 0.0, 0.0),
    "anteroseptal": (0.5, -0.5, -3.2),
    "apical": (3.0, 2.0, -2.5),
    "lateral": (3.5, 0.0, 0.5),
    "inferior": (0.5, 3.0, 0.5),
    "posterior": (1.0, 0.0, 3.0),
    "right-ventricular": (-2.5, 1.0, -2.5),
}


def lead_field(region: str) -> Array:
    """What a unit dipole in a region gives in each independent lead.

    Args:
        region: one of ``REGIONS``.

    Returns:
        (8, 3): millivolts per unit of x, y, z, rows as ``INDEPENDENT``.
    """
    field = _DOWER.copy()
    field[2:] *= _nearness(np.array(REGIONS[region]))[:, None]
    return field


def _nearness(place: Array) -> Array:
    """How many times larger a chest lead sees a dipole at ``place`` than at the centre, (6,)."""
    far = np.linalg.norm(_CHEST_ELECTRODES, axis=1)
    near = np.linalg.norm(_CHEST_ELECTRODES - place, axis=1)
    return np.asarray((far / near) ** 2)


def twelve(independent: Array) -> Array:
    """All twelve leads from the eight independent ones, by Einthoven's and Goldberger's definitions.

    Args:
        independent: (8, n), rows as ``INDEPENDENT``, millivolts.

    Returns:
        (12, n), rows as ``LEADS``, millivolts.
    """
    one, two = independent[0], independent[1]
    limbs = np.stack([one, two, two - one, -(one + two) / 2, one - two / 2, two - one / 2])
    return np.concatenate([limbs, independent[2:]])
