"""The monitor's picture: a yellow curve on black, with its scale and the seconds."""

from collections.abc import Mapping

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from quizbot.drawing.waves.capnogram import DIAGNOSES, Capnogram, record

_WIDTH, _HEIGHT = 1600, 620
_LEFT, _RIGHT, _TOP, _BOTTOM = 110, 30, 90, 70
_HIGHEST = 60.0  # mmHg
_FINE = 3  # the curve is drawn so many times larger and shrunk again
_BLACK, _GRID, _TEXT, _CURVE = (8, 10, 14), (44, 50, 58), (190, 196, 204), (246, 214, 70)


def titles() -> Mapping[str, str]:
    """What can be drawn: names and titles."""
    return {name: diagnosis.title for name, diagnosis in DIAGNOSES.items()}


def picture(diagnosis: str, seed: int) -> Image.Image:
    """The picture of a diagnosis; the same for the same seed."""
    return draw(record(diagnosis, seed))


def draw(curve: Capnogram) -> Image.Image:
    """The picture of a capnogram, RGB."""
    page = Image.new("RGB", (_WIDTH, _HEIGHT), _BLACK)
    seconds = len(curve.co2) / curve.rate
    _scale(page, seconds)
    pen = Image.new("L", (_WIDTH * _FINE, _HEIGHT * _FINE), 0)
    times = np.arange(len(curve.co2)) / curve.rate
    points = [(_x(t, seconds) * _FINE, _y(v) * _FINE) for t, v in zip(times, curve.co2, strict=True)]
    ImageDraw.Draw(pen).line(points, fill=255, width=4 * _FINE, joint="curve")
    page.paste(_CURVE, mask=pen.reduce(_FINE))
    return page


def _scale(page: Image.Image, seconds: float) -> None:
    ruler, font = ImageDraw.Draw(page), ImageFont.load_default(size=28)
    ruler.text((_LEFT, 24), "CO2  mmHg", fill=_CURVE, font=font)
    for level in (0, 20, 40, 60):
        ruler.line([(_LEFT, _y(level)), (_WIDTH - _RIGHT, _y(level))], fill=_GRID, width=2)
        ruler.text((_LEFT - 18, _y(level)), str(level), fill=_TEXT, font=font, anchor="rm")
    step = 5 if seconds <= 30 else 10  # noqa: PLR2004  # so that the numbers stand apart
    for second in range(0, int(seconds) + 1, step):
        ruler.line([(_x(second, seconds), _y(0)), (_x(second, seconds), _y(0) + 10)], fill=_TEXT, width=2)
        ruler.text((_x(second, seconds), _y(0) + 16), f"{second} s", fill=_TEXT, font=font, anchor="ma")


def _x(second: float, seconds: float) -> float:
    return _LEFT + second / seconds * (_WIDTH - _LEFT - _RIGHT - 30)


def _y(level: float) -> float:
    return _TOP + (1 - level / _HIGHEST) * (_HEIGHT - _TOP - _BOTTOM)
