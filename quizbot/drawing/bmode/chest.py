"""The lung between two ribs, from a curved probe. All below the pleural line is an artefact of it.

Air throws nearly all sound back. It runs between probe and pleura again and again, and each round draws the pleural
line once more, at twice, three times its depth (A-lines). Fluid in the septa traps sound that rings on along the beam:
a bright line from the pleura to the bottom, which does not fade and wipes out the A-lines (B-lines, three or more
between two ribs; Volpicelli 2012, doi 10.1007/s00134-012-2513-4).
"""

from dataclasses import dataclass

import numpy as np

from quizbot.drawing.bmode.probe import BEAMS, SAMPLES, Probe
from quizbot.drawing.bmode.speckle import grey
from quizbot.drawing.waves.capnogram import Array, Chance


@dataclass(frozen=True, slots=True)
class Fan:
    """A probe and what it shows.

    Attributes:
        view: "lung" or "heart".
        probe: the probe.
        grey: (SAMPLES, BEAMS), 0 to 1.
    """

    view: str
    probe: Probe
    grey: Array


@dataclass(frozen=True, slots=True)
class _Wall:
    """A chest wall: how deep the pleura lies and the ribs' surfaces, cm; how far apart the ribs are, and their size."""

    pleura: float
    ribs: tuple[float, float]
    rib_depth: float
    rib_size: float


def dry(rng: Chance) -> Fan:
    """Lung full of air: A-lines."""
    return _fan(rng, [])


def wet(rng: Chance) -> Fan:
    """Interstitial syndrome: three to five B-lines in the space."""
    count = int(rng.integers(3, 6))
    places = np.linspace(-0.7, 0.7, count) + rng.uniform(-0.06, 0.06, count)
    return _fan(rng, [float(place) for place in places])


def _fan(rng: Chance, b_lines: list[float]) -> Fan:
    """The chest with B-lines at so much of the way from the middle of the space to its ribs."""
    probe = Probe(radius=6.0, half_angle=0.50, depth=rng.uniform(9.5, 11.0))
    wall = _wall(rng)
    strength, surfaces = _layers(rng, probe, wall)
    before = probe.depths < wall.pleura
    rays = _rays(rng, probe, wall, b_lines)
    rings = 1 + 0.25 * np.sin(2 * np.pi * probe.depths / 0.23)
    strength = strength * before + _haze(probe, wall) + 0.30 * rays * rings
    surfaces = surfaces * before + _pleura(rng, probe, wall, rough=bool(b_lines))
    surfaces = surfaces + (0 if b_lines else _echoes(probe, wall))
    light, bone = _ribs(probe, wall)
    return Fan("lung", probe, grey(rng, probe, strength * light, surfaces * light + bone))


def _wall(rng: Chance) -> _Wall:
    gap, pleura = rng.uniform(2.0, 2.3), rng.uniform(2.0, 2.5)
    ribs = (-gap - rng.uniform(0, 0.3), gap)
    return _Wall(pleura, ribs, pleura - rng.uniform(0.75, 0.9), rng.uniform(0.55, 0.7))


def _layers(rng: Chance, probe: Probe, wall: _Wall) -> tuple[Array, Array]:
    """Skin, fat with its septa, muscle with its fibres."""
    z = probe.depths + 0.05 * np.sin(probe.across * rng.uniform(1.2, 2.0) + rng.uniform(0, 6))
    fat_ends = wall.pleura * rng.uniform(0.36, 0.44)
    strength = np.where(z < 0.18, 0.35, np.where(z < fat_ends, 0.045, 0.075))
    surfaces = 0.3 * _line(z, fat_ends, 0.03) + 0.22 * _line(z, wall.pleura - 0.28, 0.03)
    for _ in range(int(rng.integers(9, 13))):
        at, tilt = rng.uniform(0.3, wall.pleura - 0.35), rng.uniform(-0.05, 0.05)
        middle, reach = rng.uniform(-3, 3), rng.uniform(0.6, 1.8)
        part = np.exp(-0.5 * ((probe.across - middle) / reach) ** 2)
        surfaces = surfaces + rng.uniform(0.05, 0.16) * part * _line(z + tilt * probe.across, at, 0.02)
    return np.asarray(strength), np.asarray(surfaces)


def _pleura(rng: Chance, probe: Probe, wall: _Wall, *, rough: bool) -> Array:
    """The pleural line, a little uneven in a wet lung."""
    uneven = 0.035 if rough else 0.008
    wave = uneven * sum(np.sin(probe.across * k + rng.uniform(0, 6.28)) for k in (1.7, 3.9, 6.1))
    return 0.95 * _line(probe.depths, wall.pleura + wave, 0.055)


def _haze(probe: Probe, wall: _Wall) -> Array:
    """What the chest wall's own echoes leave behind the pleura, fading."""
    below = probe.depths - wall.pleura
    return np.where(below > 0, 0.028 * np.exp(-below / 2.6) + 0.002, 0.0) * np.ones((1, BEAMS))


def _echoes(probe: Probe, wall: _Wall) -> Array:
    """The A-lines, fainter and blurred with each round."""
    lines = np.zeros((SAMPLES, BEAMS))
    middle = np.exp(-0.5 * (probe.angles / 0.24) ** 4)
    for round_trip in range(2, int(probe.depth / wall.pleura) + 1):
        lines = lines + 0.34 * 0.42 ** (round_trip - 2) * middle * _line(
            probe.depths, round_trip * wall.pleura, 0.05 + 0.012 * round_trip
        )
    return lines


def _rays(rng: Chance, probe: Probe, wall: _Wall, places: list[float]) -> Array:
    """The B-lines, 0 to 1: along the beams, from the pleura to the bottom."""
    rays = np.zeros((SAMPLES, BEAMS))
    reach = min(-wall.ribs[0], wall.ribs[1]) - wall.rib_size
    for place in places:
        angle = place * reach / (probe.radius + wall.pleura)
        width = rng.uniform(0.007, 0.013)
        rays = rays + rng.uniform(0.75, 1.0) * np.exp(-0.5 * ((probe.angles - angle) / width) ** 2)
    return np.asarray(np.clip(rays, 0, 1) * np.clip((probe.depths - wall.pleura) / 0.08, 0, 1))


def _ribs(probe: Probe, wall: _Wall) -> tuple[Array, Array]:
    """What light the ribs let through, and their bright surfaces."""
    light, bone = np.ones((SAMPLES, BEAMS)), np.zeros((SAMPLES, BEAMS))
    for middle in wall.ribs:
        way = (probe.angles - middle / (probe.radius + wall.rib_depth)) * (probe.radius + wall.rib_depth)
        arch = wall.rib_depth + 0.45 * (way / wall.rib_size) ** 2 * wall.rib_size
        inside = 1 / (1 + np.exp(-(wall.rib_size - np.abs(way)) / 0.05))
        below = np.clip((probe.depths - arch) / 0.1, 0, 1)
        light = light * (1 - 0.9985 * inside * below)
        bone = bone + 0.8 * inside * _line(probe.depths, arch, 0.05) * np.exp(-((way / wall.rib_size) ** 2))
    return light, bone


def _line(z: Array, at: Array | float, width: float) -> Array:
    return np.asarray(np.exp(-0.5 * ((z - at) / width) ** 2))
