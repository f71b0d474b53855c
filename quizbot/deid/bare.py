"""Files that the gate itself wrote: the pixels of a bare PNG or JPEG, and nothing that is not bare.

A case's folder and the database are no safer places than any other: whoever can write there could put a file there that
breaks a decoder. So these are decoded in the child process, too, after the gate's own parser has found them bare.
"""

import hashlib

from PIL import Image

from quizbot.deid.decode import decode
from quizbot.deid.facts import Refused
from quizbot.deid.intake import JPEG, PNG, Source
from quizbot.deid.proof import check_bare

MOST_PIXELS = 4096 * 4096  # nothing that the gate writes has more
_KINDS = {kind.mime: kind for kind in (PNG, JPEG)}
_HEADS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def digest_of(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def mime_of(data: bytes) -> str:
    """``image/png`` or ``image/jpeg`` by content; empty for anything else."""
    return next((mime for head, mime in _HEADS.items() if data.startswith(head)), "")


def bare_size(data: bytes, mime: str, where: str) -> tuple[int, int]:
    """Width and height of a file in the form in which the gate writes one, by its segments: nothing is decoded.

    Raises:
        Refused: it is no PNG or JPEG, or holds anything besides its pixels.
    """
    if mime not in _KINDS:
        raise Refused(where, "is neither a PNG nor a JPEG as the gate writes them", "run `quizbot deid` on it")
    try:
        width, height = check_bare(data, mime)
    except Exception as error:  # a parser that trips over hostile bytes has found them not to be bare
        raise _damaged(where) from error
    if width * height > MOST_PIXELS:
        raise _damaged(where)
    return width, height


def bare_picture(data: bytes, mime: str, where: str) -> Image.Image:
    """The pixels of a file in the form in which the gate writes one.

    Raises:
        Refused: as ``bare_size``; or it cannot be decoded.
    """
    size = bare_size(data, mime, where)
    image = decode(Source(where, data, _KINDS[mime])).image
    if image.size != size:
        raise _damaged(where)
    return image


def _damaged(where: str) -> Refused:
    return Refused(where, "holds more than pixels, or is damaged", "run `quizbot deid` on it")
