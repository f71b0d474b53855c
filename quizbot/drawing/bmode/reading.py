"""Reads B-mode pictures off their grey levels, and the criteria that they have to meet.

A-lines repeat the pleural line at equal distances; three B-lines or more in one space, from the pleura to the bottom
without fading, erasing A-lines, are a positive region (Volpicelli 2012, doi 10.1007/s00134-012-2513-4). A pericardial
effusion is free of echoes and lies between heart and pericardium; more than 2 cm in diastole is large (Klein 2013, doi
10.1016/j.echo.2013.06.023). Behind the pericardium the fluid is in the pleura.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from quizbot.drawing.bmode.chest import Fan
from quizbot.drawing.waves.capnogram import Array

_STANDS_OUT = 0.10  # of white, over what lies around a line
_DARK, _BRIGHT = 0.2, 0.58


@dataclass(frozen=True, slots=True)
class Lung:
    """What a picture of the lung shows.

    Attributes:
        pleura: depth of the pleural line, cm.
        a_lines: depths of the horizontal lines below it, cm.
        b_lines: how many bright lines run from it to the bottom.
    """

    pleura: float
    a_lines: tuple[float, ...]
    b_lines: int


@dataclass(frozen=True, slots=True)
class Heart:
    """What a parasternal picture shows behind the left ventricle.

    Attributes:
        before_pericardium: width of the dark band between the heart's wall and the pericardium, cm.
        behind_pericardium: width of the dark band behind the pericardium, cm.
    """

    before_pericardium: float
    behind_pericardium: float


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: what a book would say, and whether a picture shows it."""

    text: str
    holds: Callable[[Fan], bool]


def unmet(name: str, fan: Fan) -> list[str]:
    """The criteria of a diagnosis that a picture does not fulfil, in words."""
    return [criterion.text for criterion in CRITERIA[name] if not criterion.holds(fan)]


def lung(fan: Fan) -> Lung:
    """Read the space between two ribs."""
    per_cm = len(fan.grey) / fan.probe.depth
    middle = np.abs(fan.probe.angles[0]) < 0.12  # radians: between anybody's ribs
    profile = _smooth(np.median(fan.grey[:, middle], axis=1), 0.06 * per_cm)
    first = round(1.5 * per_cm)
    pleura = first + int(np.argmax(profile[first : round(3 * per_cm)]))
    return Lung(pleura / per_cm, _lines(profile, pleura, per_cm), _rays(fan, pleura, per_cm))


def _lines(profile: Array, pleura: int, per_cm: float) -> tuple[float, ...]:
    """Depths at which a line stands out from what lies half a centimetre above and below it, cm."""
    away = round(0.5 * per_cm)
    at = np.arange(pleura + 2 * away, len(profile) - away)
    out = profile[at] - np.maximum(profile[at - away], profile[at + away])
    tops = [
        i for i in range(1, len(at) - 1) if out[i] > _STANDS_OUT and out[i] == out[max(0, i - away) : i + away].max()
    ]
    return tuple(float(at[i] / per_cm) for i in tops)


def _rays(fan: Fan, pleura: int, per_cm: float) -> int:
    """How many groups of beams are bright all the way from below the pleura to the bottom."""
    below = fan.grey[pleura + round(0.4 * per_cm) :]
    parts = [_smooth(part.mean(axis=0), 1.5) for part in np.array_split(below, 5)]
    bright = np.minimum.reduce(parts) > _BRIGHT
    return int((np.diff(bright.astype(int), prepend=0) == 1).sum())


def heart(fan: Fan) -> Heart:
    """Read along the beams that meet the back wall of the left ventricle squarely."""
    per_cm = len(fan.grey) / fan.probe.depth
    beams = np.flatnonzero(np.abs(fan.probe.angles[0] + 0.12) < 0.08)  # radians
    found = [_bands(_smooth(fan.grey[:, beam], 0.08 * per_cm), per_cm) for beam in beams]
    before, behind = np.median(found, axis=0)
    return Heart(float(before), float(behind))


def _bands(beam: Array, per_cm: float) -> tuple[float, float]:
    """Width of the dark bands just before and just behind the pericardium, the brightest far echo, cm."""
    first = round(7.5 * per_cm)
    pericardium = first + int(np.argmax(beam[first : round(14.5 * per_cm)]))
    near = round(0.5 * per_cm)
    return _run(beam[:pericardium][::-1], near) / per_cm, _run(beam[pericardium:], near) / per_cm


def _run(beam: Array, near: int) -> int:
    """How many samples are dark in one go, if that begins within ``near`` of the start."""
    dark = beam < _DARK
    if not dark[:near].any():
        return 0
    start = int(np.argmax(dark))
    rest = np.flatnonzero(~dark[start:])
    return int(rest[0]) if len(rest) else len(beam) - start


def _smooth(line: Array, width: float) -> Array:
    reach = max(1, round(3 * width))
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(width, 0.3)) ** 2)
    return np.convolve(line, bell / bell.sum(), "same")


def _of_lung(test: Callable[[Lung], bool]) -> Callable[[Fan], bool]:
    return lambda fan: fan.view == "lung" and test(lung(fan))


def _of_heart(test: Callable[[Heart], bool]) -> Callable[[Fan], bool]:
    return lambda fan: fan.view == "heart" and test(heart(fan))


def _repeats(found: Lung) -> bool:
    return all(abs(z / found.pleura - round(z / found.pleura)) < 0.06 for z in found.a_lines)


CRITERIA: Mapping[str, tuple[Criterion, ...]] = {
    "a-lines": (
        Criterion("two horizontal lines or more below the pleura", _of_lung(lambda v: len(v.a_lines) >= 2)),
        Criterion("each at a whole multiple of the pleura's depth", _of_lung(_repeats)),
        Criterion("no line runs to the bottom", _of_lung(lambda v: v.b_lines == 0)),
    ),
    "b-lines": (
        Criterion("three lines or more run from the pleura to the bottom", _of_lung(lambda v: v.b_lines >= 3)),
        Criterion("no A-line is left", _of_lung(lambda v: not v.a_lines)),
    ),
    "heart": (
        Criterion("no fluid before the pericardium", _of_heart(lambda v: v.before_pericardium < 0.3)),
        Criterion("nor behind it", _of_heart(lambda v: v.behind_pericardium < 0.3)),
    ),
    "pericardial-effusion": (
        Criterion("1.5 cm of fluid or more before the pericardium", _of_heart(lambda v: v.before_pericardium >= 1.5)),
        Criterion("none behind it", _of_heart(lambda v: v.behind_pericardium < 0.3)),
    ),
    "pleural-effusion": (
        Criterion("no fluid before the pericardium", _of_heart(lambda v: v.before_pericardium < 0.3)),
        Criterion("1.5 cm of fluid or more behind it", _of_heart(lambda v: v.behind_pericardium >= 1.5)),
    ),
}
