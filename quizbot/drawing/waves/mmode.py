"""M-mode of the lung: one line of sight over time. What rests draws lines, what moves draws sand.

Above the pleural line lies the chest wall, which rests. Below it the picture is an artefact of the pleura: with lung
sliding each moment scatters anew (sand on the shore); with air between the pleurae nothing moves, and the lines go on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from quizbot.drawing.waves.capnogram import Array

DEPTH, WIDTH = 420, 900  # rows, columns
SECONDS, DEPTH_CM = 6.0, 6.0
_SHADES = 24  # as many as the eye tells apart on a screen; more only makes the file large


@dataclass(frozen=True, slots=True)
class MMode:
    """A picture's grey levels, 0 to 1.

    Attributes:
        grey: (DEPTH, WIDTH), row by row from the skin inwards, column by column in time.
        pleura: row of the pleural line.
    """

    grey: Array
    pleura: int


DIAGNOSES: Mapping[str, str] = {
    "lung-sliding": "Normal lung sliding",
    "pneumothorax": "Pneumothorax",
    "lung-point": "Lung point",
}


def titles() -> Mapping[str, str]:
    """What can be drawn: names and titles."""
    return DIAGNOSES


def picture(diagnosis: str, seed: int) -> Image.Image:
    """The picture of a diagnosis; the same for the same seed."""
    return draw(record(diagnosis, seed))


def record(diagnosis: str, seed: int) -> MMode:
    """The picture of a diagnosis; the same for the same seed."""
    rng = np.random.default_rng(seed)
    pleura = int(DEPTH * rng.uniform(0.28, 0.36))
    rows = _lines(rng)
    rows[pleura - 2 : pleura + 4] = 0.95
    rows[2 * pleura - 2 : 2 * pleura + 3] += 0.35  # an A line, the pleura's echo
    grey = np.repeat(rows[:, None], WIDTH, axis=1) + 0.02 * rng.standard_normal((DEPTH, WIDTH))
    slides = _slides(diagnosis, rng)
    sand = 0.34 + 0.17 * _grain(rng)
    below = np.asarray(np.arange(DEPTH)[:, None] > pleura + 4)
    grey = np.where(below & slides[None, :], 0.25 * grey + sand, grey)
    fade = np.where(below, np.exp(-(np.arange(DEPTH)[:, None] - pleura) / (1.1 * DEPTH)), 1.0)
    return MMode(np.clip(grey * fade, 0, 1), pleura)


def motion(picture: MMode) -> Array:
    """How much each quarter of a second moves below the pleural line: the standard deviation along the rows, (24,)."""
    below = picture.grey[picture.pleura + 10 : picture.pleura + 150]
    return np.array([np.median(part.std(axis=1)) for part in np.array_split(below, 24, axis=1)])


def draw(picture: MMode) -> Image.Image:
    """The picture, grey on black, with the depth beside it and the seconds under it."""
    page = Image.new("RGB", (WIDTH + 120, DEPTH + 90), (0, 0, 0))
    page.paste(
        Image.fromarray((np.round(picture.grey * _SHADES) / _SHADES * 255).astype(np.uint8)).convert("RGB"), (90, 20)
    )
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size=20)
    for cm in range(int(DEPTH_CM) + 1):
        y = 20 + cm / DEPTH_CM * DEPTH
        pen.line([(80, y), (90, y)], fill=(200, 200, 200), width=2)
        pen.text((74, y), f"{cm} cm", fill=(200, 200, 200), font=font, anchor="rm")
    for second in range(int(SECONDS) + 1):
        x = 90 + second / SECONDS * WIDTH
        pen.line([(x, DEPTH + 20), (x, DEPTH + 30)], fill=(200, 200, 200), width=2)
        pen.text((x, DEPTH + 36), f"{second} s", fill=(200, 200, 200), font=font, anchor="ma")
    return page


def _lines(rng: np.random.Generator) -> Array:
    """The brightness of each depth at rest: layers of skin, fat, fascia and muscle."""
    coarse = np.convolve(rng.standard_normal(DEPTH + 30), np.ones(9) / 3, "same")[15:-15]
    return np.asarray(np.clip(0.32 + 0.10 * coarse + 0.05 * rng.standard_normal(DEPTH), 0.03, 0.8))


def _grain(rng: np.random.Generator) -> Array:
    """Speckle, a little longer than high."""
    noise = rng.standard_normal((DEPTH + 2, WIDTH + 2))
    return np.asarray((noise[:-2, :-2] + noise[1:-1, :-2] + noise[:-2, 1:-1] + noise[:-2, 2:]) / 2)


def _slides(diagnosis: str, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """At which columns the lung touches the chest wall and slides."""
    if diagnosis == "lung-point":
        breath = np.sin(2 * np.pi * (np.arange(WIDTH) / WIDTH * SECONDS / rng.uniform(2.8, 3.4) + rng.uniform(0, 1)))
        return np.asarray(breath > 0)
    return np.full(WIDTH, diagnosis == "lung-sliding")
