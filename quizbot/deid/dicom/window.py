"""From stored values to grey: modality transformation, then the window, the table or the contrast that was chosen.

DICOM PS3.3, C.11.1 (modality LUT), C.11.2 (VOI LUT and window).
"""

from dataclasses import dataclass

import numpy as np
from pydicom import Dataset
from pydicom.pixels.processing import apply_modality_lut, apply_voi

from quizbot.deid.dicom.groups import about
from quizbot.deid.dicom.pixels import Values
from quizbot.deid.facts import Refused

_SHARES = (0.5, 99.5)  # percentiles between which automatic contrast spreads grey
AUTOMATIC = "auto"
TABLE = "lut"


@dataclass(frozen=True, slots=True)
class Windows:
    """The ways of showing grey that a file offers: (centre, width) pairs, the function's name, and whether a table."""

    pairs: tuple[tuple[float, float], ...]
    function: str
    table: bool


def modality(stored: Values, dataset: Dataset, frame: int) -> Values:
    """Values in the modality's own unit, such as Hounsfield units."""
    where = about(dataset, frame, "PixelValueTransformationSequence")
    if where.get("ModalityLUTSequence"):
        return np.asarray(apply_modality_lut(stored, where), dtype=np.float32)
    values = stored.astype(np.float32)
    values *= _number(where.get("RescaleSlope"), 1)
    values += _number(where.get("RescaleIntercept"), 0)
    return values


def offered(dataset: Dataset, frame: int) -> Windows:
    """What the file offers for a frame. A width below 1 is no window."""
    where = about(dataset, frame, "FrameVOILUTSequence")
    centres, widths = _numbers(where.get("WindowCenter")), _numbers(where.get("WindowWidth"))
    pairs = tuple((centre, width) for centre, width in zip(centres, widths, strict=False) if width >= 1)
    return Windows(pairs, str(where.get("VOILUTFunction") or "LINEAR"), bool(where.get("VOILUTSequence")))


def _number(value: object, default: float) -> float:
    return default if value in (None, "") else float(str(value))


def _numbers(value: object) -> tuple[float, ...]:
    if value in (None, ""):
        return ()
    return tuple(float(one) for one in value) if hasattr(value, "__iter__") else (float(str(value)),)


def grey(
    values: Values, dataset: Dataset, frame: int, wanted: tuple[float, float] | str | None
) -> tuple[Values, tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Grey from 0 to 255, what was done, and what the educator has to confirm.

    Raises:
        Refused: the window chosen is not one the file offers.
    """
    windows = offered(dataset, frame)
    ways = len(windows.pairs) + windows.table
    if isinstance(wanted, tuple):
        return _windowed(values, wanted, windows.function), (f"shown in the window {_told(wanted)}",), ()
    if wanted is not None:
        return (*_named(values, dataset, frame, wanted, windows), ())
    if ways == 0:
        ask = ("window", "the file gives no window: look whether the contrast is right, or give --window CENTRE,WIDTH")
        return (*_named(values, dataset, frame, AUTOMATIC, windows), (ask,))
    default = "1" if windows.pairs else TABLE
    asks = (("window", f"the file offers {_listed(windows)}: choose with --window"),) if ways > 1 else ()
    return (*_named(values, dataset, frame, default, windows), asks)


def _named(values: Values, dataset: Dataset, frame: int, name: str, windows: Windows) -> tuple[Values, tuple[str, ...]]:
    if name == AUTOMATIC:
        return _automatic(values, dataset, frame), ("no window: automatic contrast",)
    if name == TABLE and windows.table:
        return _tabled(values, about(dataset, frame, "FrameVOILUTSequence")), ("shown with the file's own table",)
    if name.isascii() and name.isdigit() and 1 <= int(name) <= len(windows.pairs):
        chosen = windows.pairs[int(name) - 1]
        return _windowed(values, chosen, windows.function), (f"shown in the file's window {_told(chosen)}",)
    raise Refused("", "offers no such window", f"choose {_listed(windows)}, {AUTOMATIC}, or CENTRE,WIDTH: --window")


def _listed(windows: Windows) -> str:
    ways = [f"{n} ({_told(pair)})" for n, pair in enumerate(windows.pairs, 1)] + [TABLE] * windows.table
    return ", ".join(ways) or "none"


def _told(window: tuple[float, float]) -> str:
    return f"{window[0]:g},{window[1]:g}"


def _windowed(values: Values, window: tuple[float, float], function: str) -> Values:
    """PS3.3, C.11.2.1.2 and C.11.2.1.3: linear, linear exact, or a sigmoid."""
    centre, width = window
    if not np.isfinite([centre, width]).all() or width < 1:
        raise Refused(
            "", "cannot be shown in a window of this width", "give --window CENTRE,WIDTH with a width above 1"
        )
    if function == "SIGMOID":
        return 255 / (1 + np.exp(np.clip(-4 * (values - centre) / width, -80, 80)))
    if function == "LINEAR_EXACT":
        return np.clip((values - centre) / width + 0.5, 0, 1) * 255
    return np.clip((values - (centre - 0.5)) / max(width - 1, 1e-6) + 0.5, 0, 1) * 255


def _tabled(values: Values, where: Dataset) -> Values:
    looked_up = np.asarray(apply_voi(values.round().astype(np.int32), where), dtype=np.float32)
    looked_up *= 255 / max(1, float(looked_up.max()))
    return looked_up


def _automatic(values: Values, dataset: Dataset, frame: int) -> Values:
    """Spread between two percentiles, the padding around the picture left out."""
    seen = values
    padding = dataset.get("PixelPaddingValue")
    if padding is not None:
        inside = values[values != modality(np.asarray([int(padding)]), dataset, frame)[0]]
        seen = inside if inside.size else values
    low, high = np.percentile(seen, _SHARES)
    if high <= low:
        low, high = float(seen.min()), float(seen.max())
    spread: Values = np.clip((values - low) / max(high - low, 1e-6), 0, 1) * 255
    return spread
