"""What may be left of a face in a picture: small, turned, halved, barred, its eyes alone."""

from collections.abc import Iterator

import numpy as np
from PIL import Image

from bench.faces.pictures import Portrait
from quizbot.deid.finding import Box

_MARGIN = 0.6  # of the face's width, around it
_FACE = 200  # pixels, of the face in all but the sized ones
_CANVAS = (1500, 1000)
_EYES = (0.10, 0.42)  # of the box's height: where BlazeFace's boxes have the eyes
_GREY = (90, 90, 90)


def variants(portrait: Portrait, random: np.random.Generator) -> Iterator[tuple[str, Image.Image, Box]]:
    """Kind, picture, and where the face is in it."""
    yield "full, as it is", portrait.image, portrait.box
    for size in (60, 100, 200):
        yield f"full, {size} px of 1500", *_placed(*_cut(portrait, size), random)
    image, box = _cut(portrait, _FACE)
    yield "full, grey", image.convert("L").convert("RGB"), box
    for angle in (30, 90, 135, 180, 270):
        yield "rotated", *_rotated(image, box, angle)
    yield from _halves(image, box)
    yield from _barred(image, box)
    top, bottom = (round(box[1] + share * _FACE) for share in _EYES)
    yield "eye strip", image.crop((box[0], top, box[2], bottom)), (0, 0, _FACE, bottom - top)


def _cut(portrait: Portrait, size: int) -> tuple[Image.Image, Box]:
    x0, y0, x1, y1 = portrait.box
    around = round((x1 - x0) * _MARGIN)
    scale = size / (x1 - x0)
    image = portrait.image.crop((x0 - around, y0 - around, x1 + around, y1 + around))
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)
    start = round(around * scale)
    return image, (start, start, start + size, start + size)


def _placed(image: Image.Image, box: Box, random: np.random.Generator) -> tuple[Image.Image, Box]:
    """Somewhere in a large picture of dim noise."""
    width, height = _CANVAS
    noise = random.integers(0, 60, (height // 8, width // 8, 3), dtype=np.uint8)
    page = Image.fromarray(noise).resize(_CANVAS, Image.Resampling.BICUBIC)
    x, y = int(random.integers(0, width - image.width)), int(random.integers(0, height - image.height))
    page.paste(image, (x, y))
    return page, (box[0] + x, box[1] + y, box[2] + x, box[3] + y)


def _rotated(image: Image.Image, box: Box, angle: int) -> tuple[Image.Image, Box]:
    turned = image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_GREY)
    x, y, half = turned.width // 2, turned.height // 2, (box[2] - box[0]) // 2
    return turned, (x - half, y - half, x + half, y + half)


def _halves(image: Image.Image, box: Box) -> Iterator[tuple[str, Image.Image, Box]]:
    x, y = image.width // 2, image.height // 2
    yield "half, left", image.crop((0, 0, x, image.height)), (box[0], box[1], x, box[3])
    yield "half, right", image.crop((x, 0, image.width, image.height)), (0, box[1], box[2] - x, box[3])
    yield "half, upper", image.crop((0, 0, image.width, y)), (box[0], box[1], box[2], y)
    yield "half, lower", image.crop((0, y, image.width, image.height)), (box[0], 0, box[2], box[3] - y)


def _barred(image: Image.Image, box: Box) -> Iterator[tuple[str, Image.Image, Box]]:
    top, bottom = (round(box[1] + share * _FACE) for share in _EYES)
    for colour in (0, 255):
        pixels = np.array(image)
        pixels[top:bottom, box[0] - 10 : box[2] + 10] = colour
        yield "eye bar", Image.fromarray(pixels), box
