"""Files that the gate itself wrote: the pixels of a bare PNG or JPEG, and nothing that is not bare."""

import hashlib
from io import BytesIO

from PIL import Image

from quizbot.deid.facts import Refused
from quizbot.deid.proof import NotBareError, check_bare

MOST_PIXELS = 4096 * 4096  # nothing that the gate writes has more
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}
_HEADS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def digest_of(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def mime_of(data: bytes) -> str:
    """``image/png`` or ``image/jpeg`` by content; empty for anything else."""
    return next((mime for head, mime in _HEADS.items() if data.startswith(head)), "")


def bare_picture(data: bytes, mime: str, where: str) -> Image.Image:
    """The pixels of a file in the form in which the gate writes one.

    Raises:
        Refused: it is no PNG or JPEG, holds anything besides its pixels, or cannot be decoded.
    """
    if mime not in _FORMATS:
        raise Refused(where, "is neither a PNG nor a JPEG as the gate writes them", "run `quizbot deid` on it")
    try:
        check_bare(data, mime)
        with Image.open(BytesIO(data), formats=(_FORMATS[mime],)) as image:
            return _loaded(image)
    except Exception as error:  # a decoder raises anything on hostile bytes
        raise Refused(where, "holds more than pixels, or is damaged", "run `quizbot deid` on it") from error


def _loaded(image: Image.Image) -> Image.Image:
    if image.width * image.height > MOST_PIXELS or image.mode != "RGB":
        raise NotBareError("not as the gate writes it")
    image.load()
    return Image.frombytes("RGB", image.size, image.tobytes())
