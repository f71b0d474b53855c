"""Millimetre paper: 25 mm/s, 10 mm/mV, three rows of four leads and a rhythm strip."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from quizbot.drawing.ecg.diagnoses import DIAGNOSES
from quizbot.drawing.ecg.leads import Array
from quizbot.drawing.ecg.tracing import Tracing, record

MM = 7  # pixels
MM_PER_S = 25
MM_PER_MV = 10
_FINE = 4  # the trace is drawn so many times larger and shrunk again

_WIDTH, _HEIGHT = 275, 145  # mm
_LEFT, _TOP = 18, 29  # mm: where the traces begin; the first baseline
_ROW = 33  # mm from baseline to baseline
_HEADER = "25 mm/s   10 mm/mV   0.05-150 Hz"

_WHITE, _MINOR, _MAJOR, _INK = (255, 250, 248), (250, 218, 214), (238, 166, 160), (26, 24, 32)

_GRID = (("I", "aVR", "V1", "V4"), ("II", "aVL", "V2", "V5"), ("III", "aVF", "V3", "V6"))
_COLUMN_S = 2.5


@dataclass(frozen=True, slots=True)
class _Strip:
    """A piece of a lead on the paper."""

    lead: str
    row: int
    start: float  # s
    stop: float


def titles() -> Mapping[str, str]:
    """What can be drawn: names and titles."""
    return {name: diagnosis.title for name, diagnosis in DIAGNOSES.items()}


def picture(diagnosis: str, seed: int, mains: float = 0.0) -> Image.Image:
    """The picture of a diagnosis, with some millivolts of mains hum; the same for the same seed."""
    return draw(record(diagnosis, seed, mains=mains))


def draw(tracing: Tracing) -> Image.Image:
    """The picture of a tracing, RGB."""
    page = _paper()
    pen = Image.new("L", (page.width * _FINE, page.height * _FINE), 0)
    stylus = ImageDraw.Draw(pen)
    for strip in _strips():
        stylus.line(_points(tracing, strip), fill=255, width=round(0.27 * MM * _FINE), joint="curve")
    for row in range(len(_GRID) + 1):
        stylus.line(_pulse(row), fill=255, width=round(0.27 * MM * _FINE), joint="curve")
    for mark in _marks():
        stylus.line(mark, fill=255, width=round(0.2 * MM * _FINE))
    page.paste(_INK, mask=pen.reduce(_FINE))
    _letter(page)
    return page


def _strips() -> Iterator[_Strip]:
    for row, names in enumerate(_GRID):
        for column, lead in enumerate(names):
            yield _Strip(lead, row, column * _COLUMN_S, (column + 1) * _COLUMN_S)
    yield _Strip("II", len(_GRID), 0, len(_GRID[0]) * _COLUMN_S)


def _paper() -> Image.Image:
    page = Image.new("RGB", (_WIDTH * MM + 1, _HEIGHT * MM + 1), _WHITE)
    ruler = ImageDraw.Draw(page)
    for step, colour in ((1, _MINOR), (5, _MAJOR)):
        for x in range(0, _WIDTH + 1, step):
            ruler.line([(x * MM, 0), (x * MM, page.height)], fill=colour)
        for y in range(0, _HEIGHT + 1, step):
            ruler.line([(0, y * MM), (page.width, y * MM)], fill=colour)
    return page


def _points(tracing: Tracing, strip: _Strip) -> list[tuple[float, float]]:
    first, last = round(strip.start * tracing.rate), round(strip.stop * tracing.rate)
    millivolts = tracing[strip.lead][first:last]
    seconds = np.arange(first, first + len(millivolts)) / tracing.rate
    return _on_page(_LEFT + seconds * MM_PER_S, _baseline(strip.row) - millivolts * MM_PER_MV)


def _pulse(row: int) -> list[tuple[float, float]]:
    """The calibration pulse: 1 mV for 0.2 s."""
    x = np.array([0.0, 2.0, 2.0, 7.0, 7.0, 9.0]) + _LEFT - 11
    y = _baseline(row) - MM_PER_MV * np.array([0.0, 0.0, 1.0, 1.0, 0.0, 0.0])
    return _on_page(x, y)


def _marks() -> Iterator[list[tuple[float, float]]]:
    """Short bars where one lead gives way to the next."""
    for strip in _strips():
        if strip.start > 0:
            x = np.full(2, _LEFT + strip.start * MM_PER_S)
            for top in (-6.0, 4.0):
                yield _on_page(x, _baseline(strip.row) + np.array([top, top + 2.0]))


def _baseline(row: int) -> int:
    return _TOP + row * _ROW


def _on_page(x_mm: Array, y_mm: Array) -> list[tuple[float, float]]:
    return [(float(x) * MM * _FINE, float(y) * MM * _FINE) for x, y in zip(x_mm, y_mm, strict=True)]


def _letter(page: Image.Image) -> None:
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size=3.4 * MM)
    pen.text((_LEFT * MM, 2 * MM), _HEADER, fill=_INK, font=font)
    for strip in _strips():
        x = (_LEFT + strip.start * MM_PER_S + 1.2) * MM
        pen.text((x, (_baseline(strip.row) - 19.5) * MM), strip.lead, fill=_INK, font=font)
