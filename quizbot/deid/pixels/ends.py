"""Where a line of text goes on beyond the box that the network gave it: turned lines are often found in fragments."""

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from quizbot.deid.pixels.hits import Region
from quizbot.deid.pixels.views import Image8

_REACH = 2.0  # heights that are looked at beyond each end
_SIDE = 24  # pixels: the height at which they are looked at
_INKED = 0.45  # of the line's own contrast, from which a column holds ink
_NEAR = 0.65  # heights: what begins farther away is another text
_LEAST = 0.12  # of the columns within that
_MARGIN = 0.25  # heights


def followed(picture: Image8, region: Region) -> Region | None:
    """The region with what seems to go on at its ends, or None if nothing does."""
    height = max(region.height, 1.0)
    ink = _ink(picture, region, height)
    reach = round(_REACH * _SIDE)
    ahead, behind = _more(ink[-reach:]), _more(ink[:reach][::-1])
    if not (ahead or behind):
        return None
    along = (region.quad[1] - region.quad[0]) / max(region.width, 1.0) * height / _SIDE
    left, right = region.quad[[0, 3]] - behind * along, region.quad[[1, 2]] + ahead * along
    return replace(region, quad=np.array([left[0], right[0], right[1], left[1]], np.float32))


def _ink(picture: Image8, region: Region, height: float) -> npt.NDArray[np.bool_]:
    """Which columns of the straightened line, with ``_REACH`` heights more at each end, hold ink."""
    quad = region.quad
    step = (quad[1] - quad[0]) / max(region.width, 1.0) * height * _REACH
    corners = np.array([quad[0] - step, quad[1] + step, quad[2] + step, quad[3] - step], np.float32)
    reach = round(_REACH * _SIDE)
    long = max(4, round(_SIDE * region.width / height)) + 2 * reach
    target = np.array([[0, 0], [long, 0], [long, _SIDE], [0, _SIDE]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, target)
    strip = cv2.warpPerspective(picture, turn, (long, _SIDE), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    spread = np.asarray(strip, np.float32)[3:-3].std(axis=0).max(axis=1)
    return np.asarray(spread > _INKED * np.median(spread[reach:-reach]), np.bool_)


def _more(ink: npt.NDArray[np.bool_]) -> int:
    """Columns to add at an end, from what lies beyond it, nearest first; 0 if that is empty."""
    near = ink[: round(_NEAR * _SIDE)]
    if near.mean() < _LEAST:
        return 0
    return min(len(ink), int(np.flatnonzero(ink)[-1]) + 1 + round(_MARGIN * _SIDE))
