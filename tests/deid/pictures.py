"""Pictures that the gate's tests make."""

import secrets
from io import BytesIO
from pathlib import Path

from PIL import Image

from quizbot.deid import Output


def gradient(width: int = 60, height: int = 40) -> Image.Image:
    """A picture with no symmetry, so that a turn or a flip shows."""
    pixels = bytes(
        v for y in range(height) for x in range(width) for v in (x * 4 % 256, y * 6 % 256, (x + 2 * y) % 256)
    )
    return Image.frombytes("RGB", (width, height), pixels)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """A picture as a file's bytes."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def put(folder: Path, output: Output) -> Path:
    """A rebuilt file in a folder, under a name of its own."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{secrets.token_hex(8)}.{'png' if output.mime == 'image/png' else 'jpg'}"
    path.write_bytes(output.data)
    return path
