"""A place that looks like text, and what was read there."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quizbot.deid.finding import Box

Quad = npt.NDArray[np.float32]
"""(4, 2): corners x, y in pixels, clockwise, the first two along the text's longer side."""


STRIP = 48  # pixels: the height that the network reads
_NARROWEST, _WIDEST = 48, 1200
_WIDEST_LETTER = 0.95  # heights a character: letters are narrower, waves that look like letters are not


def strip_width(quad: Quad) -> int:
    """How wide a place is, pixels, when it is brought to the height that the network reads."""
    width, height = float(np.linalg.norm(quad[0] - quad[1])), float(np.linalg.norm(quad[0] - quad[3]))
    return int(np.clip(round(STRIP * width / max(height, 1)), _NARROWEST, _WIDEST))


@dataclass(frozen=True, slots=True)
class Region:
    """A place that looks like text.

    Attributes:
        quad: its turned box.
        score: the network's mean inside, 0 to 1.
        votes: in how many of the first three maps it shows (two views, and the smaller network's); none, if only in
            one of the other views.
        crossed: whether a curve runs through it.
    """

    quad: Quad
    score: float
    votes: int
    crossed: bool = False

    @property
    def height(self) -> float:
        """Its shorter side, pixels."""
        return float(np.linalg.norm(self.quad[0] - self.quad[3]))

    @property
    def width(self) -> float:
        """Its longer side, pixels."""
        return float(np.linalg.norm(self.quad[0] - self.quad[1]))

    def box(self, size: tuple[int, int]) -> Box:
        """The upright box around it, inside a picture of (width, height)."""
        x0, y0 = np.floor(self.quad.min(axis=0)).astype(int)
        x1, y1 = np.ceil(self.quad.max(axis=0)).astype(int)
        return max(0, int(x0)), max(0, int(y0)), min(size[0], int(x1)), min(size[1], int(y1))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a region.

    Attributes:
        region: where.
        text: what; empty if nothing.
        sure: the mean probability of its characters, 0 to 1.
        tried: whether there was time to read it at all.
        again: what other cuts of its place say (see ``third``).
    """

    region: Region
    text: str
    sure: float
    tried: bool = True
    again: tuple["Reading", ...] = ()

    def leaves_room(self, letters: int) -> bool:
        """Whether its place is wider than its text can be, and so many letters more."""
        return self.region.width > _WIDEST_LETTER * max(self.region.height, 1) * (len(self.text) + letters)
