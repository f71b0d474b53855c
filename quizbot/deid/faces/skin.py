"""Colours of skin, and whether a picture is a photograph of a body.

Skin of every shade keeps to a narrow band of hue when brightness is taken out (M. Soriano et al., Using the skin locus
to cope with changing illumination conditions in color-based face tracking, NORSIG 2000): red above green above blue.
Monitors, radiographs, scans and stained sections lie outside it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_REDS = (0.36, 0.50)  # share of red in the sum of red, green and blue
_GREENS = (0.26, 0.37)
_DARKEST = 60  # of 255: below it a hue says nothing
_OVER_GREEN, _OVER_BLUE = 12, 4  # of 255: by how much red leads green, and green blue
_SIDE = 300  # pixels that a picture is brought to before its colours are counted
_MANY = 0.15  # share of a picture in the colours of skin, above which it is taken for a photograph
_ROUGHEST = (
    11.5  # of 255: skin is smooth, stained cells are not (portraits 1 to 10, the slides of bench/faces 12 to 20)
)
_FLAT = 0.35  # share of one single colour, above which it is a drawing or a screen's picture


def skin_share(pixels: "NDArray[np.uint8]") -> float:
    """Share of pixels in the colours of skin. ``pixels``: rows × columns × RGB."""
    return float(_skin(pixels).mean()) if pixels.size else 0.0


def looks_photographed(pixels: "NDArray[np.uint8]") -> bool:
    """Whether a picture has as much smooth skin as a photograph of a body, and no flat ground as drawings have."""
    small = _small(pixels)
    skin = _skin(small)
    return float(skin.mean()) > _MANY and _roughness(small, skin) < _ROUGHEST and _flat_share(small) < _FLAT


def _small(pixels: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    import cv2  # noqa: PLC0415  # loaded only when a picture is looked at
    import numpy as np  # noqa: PLC0415  # as above

    scale = min(1.0, _SIDE / max(pixels.shape[:2]))
    size = (max(2, round(pixels.shape[1] * scale)), max(2, round(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _skin(pixels: "NDArray[np.uint8]") -> "NDArray[np.bool_]":
    import numpy as np  # noqa: PLC0415  # as above

    red, green, blue = (pixels[..., channel].astype(np.float32) for channel in range(3))
    total = red + green + blue + 1
    hue = _within(red / total, _REDS) & _within(green / total, _GREENS)
    return hue & (red > _DARKEST) & (red - green > _OVER_GREEN) & (green - blue > _OVER_BLUE)


def _roughness(pixels: "NDArray[np.uint8]", where: "NDArray[np.bool_]") -> float:
    """Median difference in brightness to the next pixels right and below, together."""
    import numpy as np  # noqa: PLC0415  # as above

    grey = pixels.astype(np.float32).mean(axis=-1)
    steps = np.abs(np.diff(grey, axis=0))[:, :-1] + np.abs(np.diff(grey, axis=1))[:-1]
    chosen = steps[where[:-1, :-1]]
    return float(np.median(chosen)) if chosen.size else 0.0


def _within(values: "NDArray[np.float32]", limits: tuple[float, float]) -> "NDArray[np.bool_]":
    return (values > limits[0]) & (values < limits[1])


def _flat_share(pixels: "NDArray[np.uint8]") -> float:
    import numpy as np  # noqa: PLC0415  # as above

    codes = pixels.astype(np.int32) @ np.array([65536, 256, 1])
    return float(np.unique(codes, return_counts=True)[1].max() / codes.size)
