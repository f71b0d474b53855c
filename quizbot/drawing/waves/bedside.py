"""The bedside monitor: the ECG in green above, the pressure below in its colour, with its scale and the seconds."""

from collections.abc import Mapping

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from quizbot.drawing.waves.capnogram import Array
from quizbot.drawing.waves.pressure import DIAGNOSES, Trace, record

_WIDTH, _HEIGHT = 1600, 900
_LEFT, _RIGHT = 110, 40
_ECG_BASE, _PX_PER_MV = 220, 110
_TOP, _BOTTOM = 350, 820  # of the pressure's scale
_FINE = 3  # curves are drawn so many times larger and shrunk again
_BLACK, _GRID, _TEXT = (8, 10, 14), (44, 50, 58), (190, 196, 204)
_GREEN, _COLOURS = (92, 220, 120), {"ART": (240, 84, 76), "CVP": (92, 170, 250)}
_SCALES = {"ART": (0, 50, 100, 150, 200), "CVP": (0, 10, 20, 30, 40)}


def titles() -> Mapping[str, str]:
    """What can be drawn: names and titles."""
    return {name: diagnosis.title for name, diagnosis in DIAGNOSES.items()}


def picture(diagnosis: str, seed: int) -> Image.Image:
    """The picture of a diagnosis; the same for the same seed."""
    return draw(record(diagnosis, seed))


def draw(trace: Trace) -> Image.Image:
    """The picture of a trace, RGB. What is above the scale is cut off, as a monitor does."""
    page = Image.new("RGB", (_WIDTH, _HEIGHT), _BLACK)
    colour, scale = _COLOURS[trace.site], _SCALES[trace.site]
    _letter(page, trace, colour)
    x = np.linspace(_LEFT, _WIDTH - _RIGHT, len(trace.mmhg))
    share = np.clip(trace.mmhg / scale[-1], -0.02, 1.04)
    _curve(page, x, _ECG_BASE - _PX_PER_MV * trace.ecg, _GREEN)
    _curve(page, x, _BOTTOM - share * (_BOTTOM - _TOP), colour)
    return page


def _curve(page: Image.Image, x: Array, y: Array, colour: tuple[int, int, int]) -> None:
    pen = Image.new("L", (_WIDTH * _FINE, _HEIGHT * _FINE), 0)
    points = [(float(a) * _FINE, float(b) * _FINE) for a, b in zip(x, y, strict=True)]
    ImageDraw.Draw(pen).line(points, fill=255, width=round(3.4 * _FINE), joint="curve")
    page.paste(colour, mask=pen.reduce(_FINE))


def _letter(page: Image.Image, trace: Trace, colour: tuple[int, int, int]) -> None:
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size=28)
    pen.text((_LEFT, 36), "II", fill=_GREEN, font=font)
    pen.text((_LEFT, 290), f"{trace.site}  mmHg", fill=colour, font=font)
    scale = _SCALES[trace.site]
    for level in scale:
        y = _BOTTOM - level / scale[-1] * (_BOTTOM - _TOP)
        pen.line([(_LEFT, y), (_WIDTH - _RIGHT, y)], fill=_GRID, width=2)
        pen.text((_LEFT - 16, y), str(level), fill=_TEXT, font=font, anchor="rm")
    seconds = len(trace.mmhg) / trace.rate
    for second in range(int(seconds) + 1):
        x = _LEFT + second / seconds * (_WIDTH - _LEFT - _RIGHT)
        pen.line([(x, _BOTTOM), (x, _BOTTOM + 10)], fill=_TEXT, width=2)
        pen.text((x, _BOTTOM + 20), f"{second} s", fill=_TEXT, font=font, anchor="ma")
