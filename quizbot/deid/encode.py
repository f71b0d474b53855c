"""From bare pixels to a file that X takes: the same pixels give the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from quizbot.deid.facts import Refused
from quizbot.deid.proof import NotBareError, check_bare

MAX_POSTED_SIDE = 4096  # X shows at most as much
_MIN_SIDE = 400
_QUALITIES = (92, 85, 78)
_SHRINK = 0.8


@dataclass(frozen=True, slots=True)
class Encoded:
    """A rebuilt file."""

    data: bytes
    mime: str
    width: int
    height: int


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
    for candidate in _candidates(image, lossless=lossless):
        if len(candidate.data) <= max_bytes:
            _prove(candidate, where)
            return candidate
    raise Refused(where, f"cannot be brought below {max_bytes:,} bytes", "crop it or scale it down")


def _candidates(image: Image.Image, *, lossless: bool) -> Iterator[Encoded]:
    longest = min(max(image.size), MAX_POSTED_SIDE)
    while longest == max(image.size) or longest >= _MIN_SIDE:
        sized = _sized(image, longest)
        if lossless:
            yield _saved(sized, "image/png")
        for quality in _QUALITIES:
            yield _saved(sized, "image/jpeg", quality)
        longest = int(longest * _SHRINK)


def _sized(image: Image.Image, longest: int) -> Image.Image:
    if longest == max(image.size):
        return image
    width, height = (max(1, round(side * longest / max(image.size))) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _saved(image: Image.Image, mime: str, quality: int = 0) -> Encoded:
    file = BytesIO()
    if mime == "image/png":
        image.save(file, "PNG", compress_level=9)
    else:
        image.save(file, "JPEG", quality=quality, subsampling=0, optimize=True)
    return Encoded(file.getvalue(), mime, *image.size)


def _prove(encoded: Encoded, where: str) -> None:
    """Nothing but a picture in it, and one that can be read again."""
    try:
        check_bare(encoded.data, encoded.mime)
        with Image.open(BytesIO(encoded.data)) as again:
            again.load()
            same = again.size == (encoded.width, encoded.height) and again.mode == "RGB"
    except (NotBareError, OSError) as error:
        raise Refused(where, "could not be rebuilt from its pixels", "export it again as PNG") from error
    if not same:
        raise Refused(where, "came out of the rebuilding with another size", "export it again as PNG")
