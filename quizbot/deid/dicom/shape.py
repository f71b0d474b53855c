"""Square pixels: what was taken with oblong ones is stretched along its longer side, as PS3.3, C.7.6.3.1.7 gives it."""

from PIL import Image
from pydicom import Dataset

from quizbot.deid.dicom.groups import about
from quizbot.deid.facts import Refused
from quizbot.deid.limits import fits, too_large

_SAME = 0.01  # a difference that nobody sees
_MOST = 10.0  # beyond this the header is wrong


def square(image: Image.Image, dataset: Dataset, frame: int) -> tuple[Image.Image, tuple[str, ...]]:
    """The picture with square pixels, and what was done.

    Raises:
        Refused: the pixels are said to be absurdly long, or the result is too large.
    """
    ratio = height_to_width(dataset, frame)
    if abs(ratio - 1) <= _SAME:
        return image, ()
    if not 1 / _MOST <= ratio <= _MOST:
        raise Refused("", "says that its pixels are far from square", "export the picture as PNG from your viewer")
    width, height = image.size
    size = (width, round(height * ratio)) if ratio > 1 else (round(width / ratio), height)
    if not fits(*size):
        raise Refused("", *too_large())
    stretched = image.resize(size, Image.Resampling.BICUBIC)
    return stretched, (f"stretched from {width} x {height} to {size[0]} x {size[1]}: its pixels are not square",)


def height_to_width(dataset: Dataset, frame: int) -> float:
    """How much taller than wide a pixel is; 1 where the file does not say."""
    measures = about(dataset, frame, "PixelMeasuresSequence")
    for where, keyword in (
        (measures, "PixelSpacing"),
        (dataset, "ImagerPixelSpacing"),
        (dataset, "NominalScannedPixelSpacing"),
        (dataset, "PixelAspectRatio"),
    ):
        both = where.get(keyword)
        if both and len(both) == 2 and float(both[0]) > 0 and float(both[1]) > 0:  # noqa: PLR2004  # rows, columns
            return float(both[0]) / float(both[1])
    return 1.0
