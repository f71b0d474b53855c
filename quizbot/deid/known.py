"""The pictures that the project drew itself, by the digest of their pixels.

The list, ``drawn.json`` beside this module, is kept by ``quizbot draw --register`` (``quizbot/desk/register.py``).
Pixels, not files: the digest stays the same whatever version of an encoder wrote the file.
"""

import hashlib
import json
from pathlib import Path

from PIL import Image

from quizbot.core.errors import QuizbotError

DRAWN = Path(__file__).with_name("drawn.json")


def pixel_digest(image: Image.Image) -> str:
    """SHA-256 over the size and the pixels of an RGB picture, hexadecimal."""
    width, height = image.size
    return hashlib.sha256(f"{width}x{height} RGB\n".encode() + image.tobytes()).hexdigest()


def drawn_digests() -> frozenset[str]:
    """The digests of all pictures that the project drew.

    Raises:
        QuizbotError: the list is missing or damaged.
    """
    try:
        pictures = json.loads(DRAWN.read_text("utf-8"))["pictures"]
        return frozenset(pictures)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QuizbotError(str(DRAWN), "the list of drawn pictures cannot be read", "install quizbot again") from error
