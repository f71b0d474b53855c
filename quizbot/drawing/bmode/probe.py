"""Where the samples lie: beams fan out from a curved probe; the scanner puts them where they came from."""

from dataclasses import dataclass

import numpy as np

from quizbot.drawing.waves.capnogram import Array

BEAMS, SAMPLES = 240, 900


@dataclass(frozen=True, slots=True)
class Probe:
    """A probe whose beams fan out.

    Attributes:
        radius: of its curved face, cm; next to nothing for a phased array.
        half_angle: from the middle beam to the outermost, radians.
        depth: how far it looks, cm from its face.
    """

    radius: float
    half_angle: float
    depth: float

    @property
    def angles(self) -> Array:
        """(1, BEAMS) of the beams, radians, from left to right."""
        return np.linspace(-self.half_angle, self.half_angle, BEAMS)[None, :]

    @property
    def depths(self) -> Array:
        """(SAMPLES, 1) of the samples, cm from the face."""
        return np.linspace(0, self.depth, SAMPLES)[:, None]

    @property
    def across(self) -> Array:
        """(SAMPLES, BEAMS) to the right of the middle, cm."""
        return np.asarray((self.radius + self.depths) * np.sin(self.angles))

    @property
    def down(self) -> Array:
        """(SAMPLES, BEAMS) below the middle of the face, cm."""
        return np.asarray((self.radius + self.depths) * np.cos(self.angles) - self.radius)

    @property
    def half_width(self) -> float:
        """Of the fan at its widest, cm."""
        return float((self.radius + self.depth) * np.sin(self.half_angle))

    @property
    def brink(self) -> float:
        """How far above the middle of the face the fan begins at its edges, cm (negative)."""
        return float(self.radius * (np.cos(self.half_angle) - 1))


def converted(probe: Probe, grey: Array, height: int) -> tuple[Array, float]:
    """The picture of a fan.

    Args:
        probe: the probe.
        grey: (SAMPLES, BEAMS), 0 to 1.
        height: of the picture, pixels.

    Returns:
        (height, width), black outside the fan; and pixels a centimetre.
    """
    scale = height / (probe.depth - probe.brink)
    width = round(2 * probe.half_width * scale)
    x = (np.arange(width) + 0.5)[None, :] / scale - probe.half_width
    z = (np.arange(height) + 0.5)[:, None] / scale + probe.brink
    beam = (np.arctan2(x, z + probe.radius) / probe.half_angle + 1) / 2 * (BEAMS - 1)
    sample = (np.hypot(x, z + probe.radius) - probe.radius) / probe.depth * (SAMPLES - 1)
    inside = (beam >= 0) & (beam <= BEAMS - 1) & (sample >= 0) & (sample <= SAMPLES - 1)
    return np.where(inside, _between(grey, sample, beam), 0.0), scale


def _between(grey: Array, sample: Array, beam: Array) -> Array:
    """Grey levels between the four nearest samples."""
    s = np.clip(sample, 0, SAMPLES - 1.001)
    b = np.clip(beam, 0, BEAMS - 1.001)
    i, j = s.astype(int), b.astype(int)
    u, v = s - i, b - j
    above = grey[i, j] * (1 - v) + grey[i, j + 1] * v
    below = grey[i + 1, j] * (1 - v) + grey[i + 1, j + 1] * v
    return np.asarray(above * (1 - u) + below * u)
