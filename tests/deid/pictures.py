"""Pictures that the gate's tests make."""

from io import BytesIO

from PIL import Image


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
