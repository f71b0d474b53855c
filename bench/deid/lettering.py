"""Letters into pixels: size, contrast, rotation, outline, colour; and where they came to stand."""

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw

from bench.deid.fonts import font
from quizbot.deid.finding import Box

STYLES = ("plain", "outline", "colour", "plate")
_WEIGHTS = np.array([0.299, 0.587, 0.114])  # luma, ITU-R BT.601


@dataclass(frozen=True, slots=True)
class Text:
    """A string as it is to be drawn.

    Attributes:
        words: what it says.
        kind: the identifier's kind, or "clinical".
        font: path; empty for Pillow's own.
        size: in pixels, the font's nominal height.
        contrast: grey levels between letters and ground.
        angle: degrees, counter-clockwise.
        style: one of ``STYLES``.
    """

    words: str
    kind: str
    font: str
    size: int
    contrast: int
    angle: float
    style: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A string and the box it fills, in pixels of the picture."""

    text: Text
    box: Box


def stamp(text: Text) -> Image.Image:
    """The letters' mask (L), turned, cut to what is inked."""
    letters = font(text.font, text.size)
    left, top, right, bottom = letters.getbbox(text.words)
    mask = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8), 0)
    ImageDraw.Draw(mask).text((4 - left, 4 - top), text.words, fill=255, font=letters)
    turned = mask.rotate(text.angle, expand=True, resample=Image.Resampling.BICUBIC) if text.angle else mask
    return turned.crop(turned.getbbox())


def draw(rng: np.random.Generator, image: Image.Image, text: Text, mask: Image.Image, at: tuple[int, int]) -> Placed:
    """Draw a mask's letters at (x, y); their grey differs from the ground's mean by the contrast where it can."""
    box = (at[0], at[1], at[0] + mask.width, at[1] + mask.height)
    if text.style == "plate":
        _plate(rng, image, box)
    ground = np.asarray(image.crop(box), np.float32).mean(axis=(0, 1))
    ink = _ink(rng, ground, text)
    if text.style == "outline":
        rim = mask.point(lambda v: 255 if v > 60 else 0)
        wide = Image.fromarray(_grown(np.asarray(rim)))
        away = tuple(int(np.clip(g + (g - i), 0, 255)) for g, i in zip(ground, ink, strict=True))
        image.paste(away, box[:2], wide)
    image.paste(ink, box[:2], mask)
    return Placed(text, box)


def _grown(mask: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), np.uint8)


def _plate(rng: np.random.Generator, image: Image.Image, box: Box) -> None:
    shade = int(rng.choice([0, 20, 128, 235, 255]))
    margin = int(rng.integers(2, 9))
    x0, y0, x1, y1 = box
    image.paste((shade, shade, shade), (x0 - margin, y0 - margin, x1 + margin, y1 + margin))


def _ink(rng: np.random.Generator, ground: np.ndarray, text: Text) -> tuple[int, int, int]:
    luma = float(ground @ _WEIGHTS)
    up = luma + text.contrast <= 255 and (luma - text.contrast < 0 or rng.random() < 0.5)
    target = luma + text.contrast if up else luma - text.contrast
    if text.style != "colour":
        level = int(np.clip(target, 0, 255))
        return (level, level, level)
    tint = rng.uniform(-70, 70, 3)
    tint -= tint @ _WEIGHTS
    return tuple(int(v) for v in np.clip(target + tint, 0, 255))  # type: ignore[return-value]
