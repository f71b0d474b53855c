"""A sheet as a scanner gives it back: a little askew."""

from PIL import Image

_LID = (236, 236, 232)  # the grey of the scanner's lid beside the sheet


def askew(sheet: Image.Image, degrees: float) -> Image.Image:
    """The sheet turned anticlockwise by some degrees, as large as before; corners show the lid, 0 changes nothing."""
    if not degrees:
        return sheet
    return sheet.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=_LID)
