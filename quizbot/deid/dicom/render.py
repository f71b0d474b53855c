"""One frame as an upright sRGB picture with square pixels, and what has to be said about it."""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from pydicom import Dataset
from pydicom.pixels.processing import apply_color_lut

from quizbot.deid.child.colour import managed
from quizbot.deid.dicom import shape
from quizbot.deid.dicom.pixels import Values, values
from quizbot.deid.dicom.window import grey, modality

_OVERLAYS, _CURVES = range(0x6000, 0x6020, 2), range(0x5000, 0x5020, 2)


@dataclass(frozen=True, slots=True)
class Shown:
    """A rendered frame: RGB; what was done to it; what the educator has to confirm, each its kind and what to do."""

    image: Image.Image
    notes: tuple[str, ...]
    asks: tuple[tuple[str, str], ...]


def render(dataset: Dataset, frame: int, window: tuple[float, float] | str | None) -> Shown:
    """Render a frame, counted from 0.

    Raises:
        Refused: it has no plain reading.
        Exception: it is damaged.
    """
    stored, kind = values(dataset, frame)
    if kind in ("MONOCHROME1", "MONOCHROME2"):
        image, notes, asks = _grey(stored, kind, dataset, frame, window)
    else:
        image, notes, asks = _coloured(stored, kind, dataset), (), ()
    image, stretched = shape.square(image, dataset, frame)
    return Shown(image, notes + stretched + _left_out(dataset), asks)


def _grey(
    stored: Values, kind: str, dataset: Dataset, frame: int, window: tuple[float, float] | str | None
) -> tuple[Image.Image, tuple[str, ...], tuple[tuple[str, str], ...]]:
    no_notes: tuple[str, ...] = ()
    no_asks: tuple[tuple[str, str], ...] = ()
    if int(dataset.BitsStored) == 1:
        shades, notes, asks = stored * np.float32(255), no_notes, no_asks
    else:
        shades, notes, asks = grey(modality(stored, dataset, frame), dataset, frame, window)
    if kind == "MONOCHROME1":  # PS3.3, C.7.6.3.1.2: the smallest value is white
        shades = 255 - shades
    return Image.fromarray(_bytes(shades)).convert("RGB"), notes, asks


def _coloured(stored: Values, kind: str, dataset: Dataset) -> Image.Image:
    bits = int(dataset.BitsStored)
    if kind == "PALETTE COLOR":
        stored = apply_color_lut(stored, dataset)[..., :3]
        bits = stored.dtype.itemsize * 8
    elif kind != "RGB":
        raise ValueError("the colours did not come out as RGB")
    image = Image.fromarray(_bytes(stored * np.float32(255 / (2**bits - 1))), "RGB")
    profile = dataset.get("ICCProfile")
    return managed(image, bytes(profile)) if profile else image


def _bytes(shades: Values) -> Values:
    return np.ascontiguousarray(np.clip(np.rint(shades), 0, 255).astype(np.uint8))


def _left_out(dataset: Dataset) -> tuple[str, ...]:
    overlays = sum((group, 0x3000) in dataset or (group, 0x0010) in dataset for group in _OVERLAYS)
    curves = sum((group, 0x3000) in dataset for group in _CURVES)
    said = dataset.get("BurnedInAnnotation")
    return (
        *((f"{overlays} overlays of the file are left out",) if overlays else ()),
        *((f"{curves} curves of the file are left out",) if curves else ()),
        *(("its drawn annotations are left out",) if "GraphicAnnotationSequence" in dataset else ()),
        *(("what the file says about burned-in text is not believed",) if said else ()),
    )
