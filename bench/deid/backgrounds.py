"""Grounds that look like ECG paper, radiographs and ultrasound to a text reader, and pictures that packages ship."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from quizbot.drawing.ecg import paper
from quizbot.drawing.ecg import tracing as records
from quizbot.drawing.ecg.diagnoses import DIAGNOSES

Pixels = npt.NDArray[np.float32]
Chance = np.random.Generator


def _noise(rng: Chance, height: int, width: int, grain: float) -> Pixels:
    """Noise of standard deviation 1 whose structures are ``grain`` pixels large."""
    raw = rng.standard_normal((height, width)).astype(np.float32)
    soft = cv2.GaussianBlur(raw, (0, 0), grain) if grain > 0.3 else raw
    return (soft / (soft.std() + 1e-6)).astype(np.float32)


def _rgb(grey: Pixels) -> Image.Image:
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).convert("RGB")


def radiograph(rng: Chance, width: int, height: int) -> Image.Image:
    """Soft shapes, bright curved bands like ribs, a dark surround, film grain."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    body = ((x - width / 2) / (width * rng.uniform(0.3, 0.48))) ** 4 + ((y - height / 2) / (height * 0.55)) ** 4
    grey = 40 + 110 * np.exp(-body) + 25 * _noise(rng, height, width, min(height, width) / 8)
    for _ in range(int(rng.integers(0, 12))):
        bend = rng.uniform(-0.4, 0.4) * height * ((x - width / 2) / width) ** 2 * 4
        band = np.abs(y - rng.uniform(0, height) - bend)
        grey += rng.uniform(8, 40) * np.exp(-((band / rng.uniform(4, 22)) ** 2)) * np.exp(-body)
    grey *= 1 - 0.9 * np.clip(body - 1, 0, 1)
    grey += rng.uniform(1, 7) * _noise(rng, height, width, rng.uniform(0, 1.2))
    return _rgb(255 - grey if rng.random() < 0.1 else grey)


def ultrasound(rng: Chance, width: int, height: int) -> Image.Image:
    """A sector of speckle on black, a grey scale at its side."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    top, centre = -height * rng.uniform(0.02, 0.2), width * rng.uniform(0.4, 0.6)
    radius = np.hypot(x - centre, y - top)
    inside = (np.abs(np.arctan2(x - centre, y - top)) < rng.uniform(0.4, 0.8)) & (radius < height * 1.02)
    tissue = 70 + 35 * _noise(rng, height, width, min(height, width) / 14)
    speckle = np.abs(_noise(rng, height, width, rng.uniform(0.7, 2.2)))
    grey = np.where(inside, tissue * speckle, rng.uniform(0, 12))
    if rng.random() < 0.6:
        grey[height // 4 : height // 2, 8:20] = np.linspace(255, 0, height // 2 - height // 4)[:, None]
    image = np.repeat(np.clip(grey, 0, 255)[:, :, None], 3, axis=2)
    if rng.random() < 0.4:
        _colour_flow(rng, image, inside)
    return Image.fromarray(image.astype(np.uint8))


def _colour_flow(rng: Chance, image: Pixels, inside: npt.NDArray[np.bool_]) -> None:
    height, width = inside.shape
    flow = (_noise(rng, height, width, min(height, width) / 25) > 1.3) & inside
    image[flow, 0] = rng.uniform(120, 255)
    image[flow, 2] = rng.uniform(0, 255)


def tracing(rng: Chance, width: int, height: int) -> Image.Image:
    """Plain ECG-like lines on a coloured, grey or dark grid, without letters."""
    papers = (((255, 250, 248), (246, 190, 186), (20, 20, 30)), ((250, 250, 250), (205, 205, 205), (0, 0, 0)))
    dark = ((6, 10, 8), (24, 44, 34), (90, 240, 120))
    paper, grid, ink = (*papers, dark)[int(rng.integers(3))]
    image = np.full((height, width, 3), paper, np.uint8)
    step = int(rng.integers(5, 10))
    for at in range(0, max(width, height), step):
        strength = 1.0 if at % (5 * step) == 0 else 0.45
        line = tuple(int(p + (g - p) * strength) for p, g in zip(paper, grid, strict=True))
        image[at : at + 1] = line
        image[:, at : at + 1] = line
    rows = int(rng.integers(2, 6))
    for row in range(rows):
        points = _beats(rng, width, height * (row + 0.6) / rows, height / rows * 0.35)
        cv2.polylines(
            image, [points], isClosed=False, color=ink, thickness=int(rng.integers(1, 4)), lineType=cv2.LINE_AA
        )
    return Image.fromarray(image)


def _beats(rng: Chance, width: int, base: float, size: float) -> npt.NDArray[np.int32]:
    x = np.arange(width, dtype=np.float32)
    phase = np.mod(x + rng.uniform(0, 200), rng.uniform(90, 220))
    waves = ((20, 6, 0.12), (38, 2.2, rng.uniform(0.4, 1.0)), (42, 2.5, -0.25), (70, 9, rng.uniform(-0.3, 0.35)))
    y = sum(a * np.exp(-(((phase - at) / w) ** 2)) for at, w, a in waves)
    y = base - size * (y + 0.02 * rng.standard_normal(width))
    return np.stack([x, y], axis=1).astype(np.int32)[None]


@functools.lru_cache(maxsize=12)
def _drawn(diagnosis: str, seed: int) -> Image.Image:
    return paper.draw(records.record(diagnosis, seed))


def electrocardiogram(rng: Chance, width: int, _: int) -> Image.Image:
    """A 12-lead ECG of ``quizbot.drawing.ecg``, its lead names and its "25 mm/s" on it, scaled to the width."""
    page = _drawn(sorted(DIAGNOSES)[int(rng.integers(len(DIAGNOSES)))], int(rng.integers(3)))
    return page.resize((width, round(page.height * width / page.width)), Image.Resampling.LANCZOS)


_SHIPPED = (
    "retina.jpg",
    "microaneurysms.png",
    "ihc.png",
    "cell.png",
    "moon.png",
    "gravel.png",
    "grass.png",
    "coins.png",
)


def shipped_pictures() -> Iterator[tuple[str, Image.Image]]:
    """Pictures without letters that scikit-image ships; none where it is not installed."""
    try:
        import skimage  # noqa: PLC0415  # not of the project's requirements
    except ImportError:
        return
    for name in _SHIPPED:
        path = Path(skimage.__file__).parent / "data" / name
        if path.is_file():
            yield name, Image.open(path).convert("RGB")


def shipped(rng: Chance, width: int, height: int) -> Image.Image:
    """One of the shipped pictures, cut to the size; a radiograph where there is none."""
    pictures = [picture for _, picture in shipped_pictures()]
    if not pictures:
        return radiograph(rng, width, height)
    picture = pictures[int(rng.integers(len(pictures)))]
    scale = max(width / picture.width, height / picture.height)
    grown = picture.resize((round(picture.width * scale) + 1, round(picture.height * scale) + 1))
    return grown.crop((0, 0, width, height))


GROUNDS: dict[str, Callable[[Chance, int, int], Image.Image]] = {
    "ecg": electrocardiogram,
    "tracing": tracing,
    "radiograph": radiograph,
    "ultrasound": ultrasound,
    "shipped": shipped,
}
