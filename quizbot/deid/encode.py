"""From bare pixels to a file that X takes: the same pixels give the same bytes."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops, ImageStat

from quizbot.deid.facts import Refused
from quizbot.deid.proof import NotBareError, check_bare

MAX_POSTED_SIDE = 4096  # X shows at most as much
_MIN_SIDE = 400
_QUALITIES = (92, 85, 78)
_SHRINK = 0.8
_SMALL = (24, 24)
_SOS = b"\xff\xda"  # the marker before the scan; no length or table before it holds these two bytes
_PNG_LEVEL = 6  # level 9 takes ten times as long on smooth pictures, for a sixth less
# JPEG changes pixels. Quality 78 on pure noise changes them by about 12 of 255 on average, on pictures by 1 to 3.
_JPEG_MEAN_ERROR = 20


@dataclass(frozen=True, slots=True)
class Encoded:
    """A rebuilt file, and the picture that it shows.

    Attributes:
        data: the file.
        mime: ``image/png`` or ``image/jpeg``.
        image: decoded from ``data`` again. With a PNG these are the pixels that went in; a JPEG's are slightly others,
            so whoever looks for names and faces looks at these: they are what the world will see.
    """

    data: bytes
    mime: str
    image: Image.Image

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.size


def encode(image: Image.Image, where: str, *, lossless: bool, max_bytes: int) -> Encoded:
    """Encode pixels as PNG, or as JPEG where that is wanted or a PNG would be too large; smaller if it must be.

    Args:
        image: RGB, nothing attached.
        where: the source's path, for messages.
        lossless: try PNG first.
        max_bytes: the file's limit.

    Raises:
        Refused: it cannot be made small enough, or the result is not what it should be.
    """
    for sized, data, mime in _candidates(image, lossless=lossless):
        if len(data) <= max_bytes:
            return Encoded(data, mime, _proved(sized, data, mime, where))
    raise Refused(where, f"cannot be brought below {max_bytes:,} bytes", "crop it or scale it down")


def _candidates(image: Image.Image, *, lossless: bool) -> Iterator[tuple[Image.Image, bytes, str]]:
    longest = min(max(image.size), MAX_POSTED_SIDE)
    while longest == max(image.size) or longest >= _MIN_SIDE:
        sized = _sized(image, longest)
        if lossless:
            yield sized, _png(sized), "image/png"
        for quality in _QUALITIES:
            yield sized, _jpeg(sized, quality), "image/jpeg"
        longest = int(longest * _SHRINK)


def _sized(image: Image.Image, longest: int) -> Image.Image:
    if longest == max(image.size):
        return image
    width, height = (max(1, round(side * longest / max(image.size))) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", compress_level=_PNG_LEVEL)
    return file.getvalue()


def _jpeg(image: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    # Not `optimize`: its tables would make every file's head another one, and its buffer is too small for noise.
    image.save(file, "JPEG", quality=quality, subsampling=0)
    return file.getvalue()


def has_own_head(data: bytes, size: tuple[int, int]) -> bool:
    """Whether a JPEG of this size begins, up to its scan, exactly as those that are written here."""
    return any(data.startswith(_head(quality, size)) for quality in _QUALITIES)


def _head(quality: int, size: tuple[int, int]) -> bytes:
    """All segments before the scan: of a small picture's, with the size put in its place."""
    small = _jpeg(Image.new("RGB", _SMALL), quality)
    scan = small.index(_SOS)
    head = small[: scan + 2 + struct.unpack_from(">H", small, scan + 2)[0]]
    return head.replace(struct.pack(">HH", *_SMALL), struct.pack(">HH", size[1], size[0]), 1)


def _proved(image: Image.Image, data: bytes, mime: str, where: str) -> Image.Image:
    """The picture decoded from the file again, once it is proved that the file holds that picture and nothing else."""
    try:
        declared = check_bare(data, mime)
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as file:
            again = Image.frombytes(file.mode, file.size, file.tobytes())
    except (NotBareError, OSError) as error:
        raise Refused(where, "could not be rebuilt from its pixels", "export it again as PNG") from error
    if again.mode != "RGB" or not declared == again.size == image.size or not _same(image, again, mime):
        raise Refused(where, "came out of the rebuilding as another picture", "export it again as PNG")
    return again


def _same(image: Image.Image, again: Image.Image, mime: str) -> bool:
    difference = ImageChops.difference(image, again)
    if mime == "image/png":
        return difference.getbbox() is None
    return max(ImageStat.Stat(difference).mean) <= _JPEG_MEAN_ERROR
