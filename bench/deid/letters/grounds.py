"""Grounds to write on: those of ``bench.deid``, and others that it does not draw: no generator is learnt by heart."""

from collections.abc import Callable
from pathlib import Path
from unittest import mock

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from bench.deid import backgrounds
from bench.deid.letters import decoys
from bench.deid.letters.decoys import Chance, Picture
from quizbot.drawing.ecg import paper
from quizbot.drawing.ecg import tracing as records
from quizbot.drawing.ecg.diagnoses import DIAGNOSES

Field = npt.NDArray[np.float32]
Ground = tuple[Picture, Picture]
"""RGB, and what is printed on it: 255 where letters stand, (height, width)."""

_PHOTOGRAPHS = (
    "camera",
    "gravel",
    "brick",
    "moon",
    "grass",
    "cell",
    "chelsea",
    "coffee",
    "coins",
    "ihc",
    "microaneurysms",
)
_OTHERS = ("retina.jpg", "hubble_deep_field.jpg")


def any_of(rng: Chance, width: int, height: int) -> Ground:
    """A ground, one in two a kind that ``bench.deid`` draws too."""
    kinds = _KNOWN if rng.random() < 0.5 else _OWN
    return kinds[int(rng.integers(len(kinds)))](rng, width, height)


def _known(draw: Callable[[Chance, int, int], Image.Image]) -> Callable[[Chance, int, int], Ground]:
    def ground(rng: Chance, width: int, height: int) -> Ground:
        picture = np.array(draw(rng, width, height).convert("RGB"))
        return picture, np.zeros(picture.shape[:2], np.uint8)

    return ground


def _electrocardiogram(rng: Chance, width: int, _: int) -> Ground:
    """A drawn ECG; what it prints itself is where it differs from the same one without letters."""
    tracing = records.record(sorted(DIAGNOSES)[int(rng.integers(len(DIAGNOSES)))], int(rng.integers(1000)))
    with mock.patch.object(paper, "_letter"):
        blank = np.asarray(paper.draw(tracing))
    page = np.array(paper.draw(tracing) if rng.random() < 0.6 else blank)
    ink = (cv2.absdiff(page, blank).max(axis=2) > 20).astype(np.uint8) * 255
    size = (width, round(page.shape[0] * width / page.shape[1]))
    return cv2.resize(page, size, interpolation=cv2.INTER_AREA), cv2.resize(ink, size, interpolation=cv2.INTER_AREA)


def noise(rng: Chance, height: int, width: int, along: float, across: float) -> Field:
    """Noise of standard deviation 1, its grain as large as given, pixels."""
    shrink = max(1.0, min(along, across) / 2)
    raw = rng.standard_normal((max(2, int(height / shrink)), max(2, int(width / shrink)))).astype(np.float32)
    if max(along, across) > 0.3:
        raw = cv2.GaussianBlur(raw, (0, 0), sigmaX=max(along / shrink, 0.1), sigmaY=max(across / shrink, 0.1))
    field = cv2.resize(raw, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray((field - field.mean()) / (field.std() + 1e-6), np.float32)


def _shade(rng: Chance, height: int, width: int) -> Field:
    """A soft field of grey levels."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    slope = x * rng.normal(0, 0.12) + y * rng.normal(0, 0.12)
    wide = noise(rng, height, width, *rng.uniform(30, 200, 2)) * rng.uniform(0, 40)
    return np.asarray(rng.uniform(0, 255) + slope - slope.mean() + wide, np.float32)


def _tinted(rng: Chance, grey: Field) -> Picture:
    """Grey levels in a colour, mostly in none."""
    tint = np.ones(3) if rng.random() < 0.6 else rng.uniform(0.6, 1.15, 3)
    return np.clip(grey[:, :, None] * tint, 0, 255).astype(np.uint8)


def _grained(rng: Chance, width: int, height: int) -> Field:
    grain = 10 ** rng.uniform(-0.7, 0.9, 2) if rng.random() < 0.5 else np.full(2, 10 ** rng.uniform(-0.7, 0.7))
    grey = _shade(rng, height, width)
    spread = rng.uniform(0, 25) if rng.random() < 0.7 else rng.uniform(0, 60)
    return grey + spread * noise(rng, height, width, *grain)


def _texture(rng: Chance, width: int, height: int) -> Ground:
    return _decorated(rng, _tinted(rng, _grained(rng, width, height)), waves=0)


def _speckle(rng: Chance, width: int, height: int) -> Ground:
    """Speckle in some shape on black: its grain longer across the beam than along it."""
    grain = rng.uniform(0.5, 2.5)
    tissue = rng.uniform(30, 130) + rng.uniform(10, 50) * noise(rng, height, width, *rng.uniform(15, 90, 2))
    field = noise(rng, height, width, grain * rng.uniform(1, 3), grain)
    speckle = np.abs(field) if rng.random() < 0.6 else np.hypot(field, noise(rng, height, width, grain, grain)) / 1.4
    grey = np.clip(tissue, 3, 255) * speckle ** rng.uniform(0.5, 1.2)
    mask = np.zeros((height, width), np.uint8)
    centre = int(rng.uniform(0.2, 0.8) * width), int(rng.uniform(-0.2, 0.5) * height)
    half = rng.uniform(25, 80)
    cv2.ellipse(mask, centre, (int(width * rng.uniform(0.4, 1.2)),) * 2, 90, -half, half, 255, -1)
    inside = mask > 0 if rng.random() < 0.6 else np.ones((height, width), bool)
    return _decorated(rng, _tinted(rng, np.where(inside, grey, rng.uniform(0, 30))), waves=0)


def _slice(rng: Chance, width: int, height: int) -> Ground:
    """Ellipses in ellipses, as in a section through a body, and bones' hard edges."""
    grey = np.full((height, width), rng.uniform(0, 20), np.float32)
    centre, reach = np.array([width, height]) * rng.uniform(0.35, 0.65, 2), np.array([width, height]) * 0.45
    for share in (1.0, *sorted(rng.uniform(0.05, 0.8, int(rng.integers(3, 25))), reverse=True)):
        spot = centre + rng.normal(0, 0.35, 2) * reach * (1 - share)
        axes = tuple(int(v) for v in np.maximum(2, reach * share * rng.uniform(0.4, 1.1, 2)))
        level, thick = float(rng.uniform(10, 250)), int(rng.choice([-1, -1, 2, 4]))
        cv2.ellipse(grey, tuple(int(v) for v in spot), axes, rng.uniform(0, 180), 0, 360, level, thick, cv2.LINE_AA)
    grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.5, 6))
    grey += rng.uniform(0, 14) * noise(rng, height, width, *rng.uniform(0.2, 2, 2))
    return _decorated(rng, _tinted(rng, grey), waves=0)


def _ruled(rng: Chance, width: int, height: int) -> Ground:
    """A grid of any pitch, width and colours, with curves."""
    picture = np.empty((height, width, 3), np.uint8)
    dark = rng.random() < 0.35
    picture[:] = rng.integers(0, 60, 3) if dark else rng.integers(190, 256, 3)
    away = rng.integers(5, 90, 3)
    ink = picture[0, 0].astype(int) + (away if dark else -away)
    pitch, every = rng.uniform(4, 45), int(rng.choice([2, 4, 5, 5, 10]))
    for axis, length in ((0, height), (1, width)):
        for i in range(int(length / pitch)):
            at = int(i * pitch), int(i * pitch) + (1 if i % every else int(rng.integers(1, 3)))
            strength = 1.0 if i % every == 0 else rng.choice([0.4, 0.6])
            lines = picture[at[0] : at[1]] if axis == 0 else picture[:, at[0] : at[1]]
            lines[:] = np.clip(lines + (ink - lines.astype(int)) * strength, 0, 255)
    grain = rng.uniform(0, 6) * noise(rng, height, width, 0.3, 0.3)
    picture = np.clip(picture + grain[:, :, None], 0, 255).astype(np.uint8)
    return _decorated(rng, picture, waves=7)


def _monitor(rng: Chance, width: int, height: int) -> Ground:
    picture = np.full((height, width, 3), int(rng.integers(0, 40)), np.uint8)
    return _decorated(rng, picture, waves=7)


def _photograph(rng: Chance, width: int, height: int) -> Ground:
    """Part of a photograph without letters that scikit-image ships."""
    import skimage  # noqa: PLC0415  # of the environment for training alone

    names = (*(f"{name}.png" for name in _PHOTOGRAPHS), *_OTHERS)
    file = Path(skimage.__file__).parent / "data" / names[int(rng.integers(len(names)))]
    picture = np.asarray(Image.open(file).convert("RGB"))
    scale = max(width / picture.shape[1], height / picture.shape[0]) * rng.uniform(1, 1.5)
    picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    x, y = int(rng.integers(0, picture.shape[1] - width + 1)), int(rng.integers(0, picture.shape[0] - height + 1))
    return _decorated(rng, np.array(picture[y : y + height, x : x + width]), waves=0)


def _decorated(rng: Chance, picture: Picture, waves: int) -> Ground:
    for _ in range(int(rng.integers(0, waves + 1))):
        decoys.wave(rng, picture, decoys.colour(rng))
    decoys.add(rng, picture, int(rng.choice([0, 4, 14])))
    return picture, np.zeros(picture.shape[:2], np.uint8)


_KNOWN = (
    _electrocardiogram,
    _known(backgrounds.tracing),
    _known(backgrounds.radiograph),
    _known(backgrounds.ultrasound),
    _known(backgrounds.ultrasound),
)
_OWN = (_texture, _speckle, _speckle, _slice, _ruled, _ruled, _monitor, _photograph)
