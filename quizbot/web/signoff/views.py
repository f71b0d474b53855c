"""Pictures of pictures for whoever signs: with more contrast, and each finding enlarged."""

from io import BytesIO

from PIL import Image, ImageChops, ImageFilter

from quizbot.deid.finding import Box

_MARGIN = 0.35  # of the box's longer side, on each side of it
_NEIGHBOURHOOD, _GAIN, _MIDDLE = 40, 6, 110
_LEAST_SIDE, _MOST_SIDE, _MOST_SCALE = 160, 720, 6


def boosted(picture: bytes) -> bytes:
    """The picture with each place set off against its neighbourhood: what is faint shows, in dark corners, too."""
    grey = _opened(picture).convert("L")
    around = grey.filter(ImageFilter.GaussianBlur(max(grey.size) / _NEIGHBOURHOOD))
    return _png(ImageChops.subtract(grey, around, scale=1 / _GAIN, offset=_MIDDLE))


def enlarged(picture: bytes, box: Box) -> bytes:
    """A box of the picture with a little around it, large enough to be read."""
    image = _opened(picture)
    x0, y0, x1, y1 = box
    margin = int(max(x1 - x0, y1 - y0) * _MARGIN) + 4
    cut = image.crop(
        (max(0, x0 - margin), max(0, y0 - margin), min(image.width, x1 + margin), min(image.height, y1 + margin))
    )
    scale = min(_MOST_SCALE, max(1.0, _LEAST_SIDE / min(cut.size)), _MOST_SIDE / max(cut.size))
    size = (max(1, round(cut.width * scale)), max(1, round(cut.height * scale)))
    return _png(cut.resize(size, Image.Resampling.LANCZOS))


def _opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture)).convert("RGB")


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
