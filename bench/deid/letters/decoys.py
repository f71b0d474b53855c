"""What stands in medical pictures and is no text: rulers, calipers, arrows, crosses, scales, strokes, waves."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

Chance = np.random.Generator
Picture = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]
Decoy = Callable[[Chance, Picture, Colour], None]


def add(rng: Chance, picture: Picture, most: int) -> None:
    """Draw up to ``most`` of them into an RGB picture."""
    for _ in range(int(rng.integers(0, most + 1))):
        shape = _SHAPES[int(rng.integers(len(_SHAPES)))]
        shape(rng, picture, colour(rng))


def colour(rng: Chance) -> Colour:
    """Half of the time a grey."""
    if rng.random() < 0.5:
        level = int(rng.integers(0, 256))
        return level, level, level
    red, green, blue = (int(value) for value in rng.integers(0, 256, 3))
    return red, green, blue


def _point(rng: Chance, picture: Picture) -> tuple[int, int]:
    height, width = picture.shape[:2]
    return int(rng.integers(0, width)), int(rng.integers(0, height))


def _line(picture: Picture, start: npt.NDArray[np.float64], end: npt.NDArray[np.float64], ink: Colour, w: int) -> None:
    first, last = (tuple(int(value) for value in np.rint(point)) for point in (start, end))
    cv2.line(picture, first, last, ink, w, cv2.LINE_AA)


def _direction(rng: Chance) -> npt.NDArray[np.float64]:
    turn = rng.choice([0, np.pi / 2]) if rng.random() < 0.7 else rng.uniform(0, 2 * np.pi)
    return np.array([np.cos(turn), np.sin(turn)])


def _ruler(rng: Chance, picture: Picture, ink: Colour) -> None:
    at, along = np.array(_point(rng, picture), float), _direction(rng)
    across, step, every = along[::-1] * (1, -1), rng.uniform(4, 30), int(rng.choice([2, 5, 10]))
    small, large, count = rng.uniform(2, 6), rng.uniform(5, 14), int(rng.integers(6, 60))
    if rng.random() < 0.5:
        _line(picture, at, at + along * step * count, ink, 1)
    for i in range(count):
        tick = at + along * step * i
        _line(picture, tick, tick + across * (small if i % every else large), ink, 1)


def _marker(rng: Chance, picture: Picture, ink: Colour) -> None:
    kind = int(rng.choice([cv2.MARKER_CROSS, cv2.MARKER_TILTED_CROSS, cv2.MARKER_STAR, cv2.MARKER_DIAMOND]))
    cv2.drawMarker(picture, _point(rng, picture), ink, kind, int(rng.integers(5, 22)), 1, cv2.LINE_AA)


def _caliper(rng: Chance, picture: Picture, ink: Colour) -> None:
    start = np.array(_point(rng, picture), float)
    along, length, size = _direction(rng), rng.uniform(30, 250), int(rng.integers(6, 16))
    for end in (start, start + along * length):
        cv2.drawMarker(picture, tuple(int(v) for v in end), ink, cv2.MARKER_CROSS, size, 1, cv2.LINE_AA)
    step = rng.uniform(3, 10)
    for i in range(int(length / step)):
        dot = start + along * step * i
        _line(picture, dot, dot + along * (step / 3 if rng.random() < 0.9 else 0), ink, 1)


def _arrow(rng: Chance, picture: Picture, ink: Colour) -> None:
    start, along = np.array(_point(rng, picture), float), _direction(rng)
    end = start + along * rng.uniform(15, 120)
    first, last = (tuple(int(v) for v in point) for point in (start, end))
    cv2.arrowedLine(picture, first, last, ink, int(rng.integers(1, 4)), cv2.LINE_AA, 0, rng.uniform(0.1, 0.4))


def _frame(rng: Chance, picture: Picture, ink: Colour) -> None:
    (x, y), width, height = _point(rng, picture), int(rng.integers(8, 300)), int(rng.integers(8, 120))
    cv2.rectangle(picture, (x, y), (x + width, y + height), ink, int(rng.choice([1, 1, 2, -1])))


def _round(rng: Chance, picture: Picture, ink: Colour) -> None:
    axes = int(rng.integers(2, 60)), int(rng.integers(2, 60))
    thick = int(rng.choice([1, 1, 2, -1]))
    cv2.ellipse(picture, _point(rng, picture), axes, rng.uniform(0, 180), 0, 360, ink, thick, cv2.LINE_AA)


def _scale(rng: Chance, picture: Picture, ink: Colour) -> None:
    (x, y), long, wide = _point(rng, picture), int(rng.integers(40, 300)), int(rng.integers(6, 24))
    bar = np.linspace(0, 1, long)[:, None, None] * np.array(ink) + np.linspace(1, 0, long)[:, None, None] * 20
    bar = np.repeat(bar, wide, axis=1).astype(np.uint8)
    part = picture[y : y + long, x : x + wide]
    part[:] = bar[: part.shape[0], : part.shape[1]]


def _strokes(rng: Chance, picture: Picture, ink: Colour) -> None:
    """Short strokes here and there, as hair, vessels and trabeculae are."""
    middle, spread = np.array(_point(rng, picture), float), rng.uniform(20, 150)
    for _ in range(int(rng.integers(4, 60))):
        start = middle + rng.normal(0, spread, 2)
        _line(picture, start, start + rng.normal(0, rng.uniform(3, 14), 2), ink, int(rng.integers(1, 3)))


def _specks(rng: Chance, picture: Picture, ink: Colour) -> None:
    middle, spread = np.array(_point(rng, picture), float), rng.uniform(10, 120)
    for _ in range(int(rng.integers(5, 80))):
        spot = tuple(int(v) for v in middle + rng.normal(0, spread, 2))
        cv2.circle(picture, spot, int(rng.integers(0, 4)), ink, -1, cv2.LINE_AA)


def wave(rng: Chance, picture: Picture, ink: Colour) -> None:
    """A curve from left to right: beats of any shape, a sine, or noise, as on a monitor."""
    height, width = picture.shape[:2]
    x = np.arange(0, width, 1.0)
    phase = np.mod(x / rng.uniform(25, 260) + rng.random(), 1)
    y = np.zeros(width)
    for _ in range(int(rng.integers(1, 6))):
        y += rng.normal(0, 1) * np.exp(-(((phase - rng.random()) / rng.uniform(0.008, 0.12)) ** 2))
    y += rng.uniform(0, 0.5) * np.sin(x / rng.uniform(3, 60)) + rng.uniform(0, 0.15) * rng.standard_normal(width)
    y = rng.uniform(0, height) + y * rng.uniform(4, 80)
    first, last = sorted(rng.integers(0, width, 2)) if rng.random() < 0.4 else (0, width)
    points = np.rint(np.stack([x, y], axis=1)[first:last] * 8).astype(np.int32)
    if len(points) > 1:
        thick = int(rng.integers(1, 4))
        cv2.polylines(picture, [points], isClosed=False, color=ink, thickness=thick, lineType=cv2.LINE_AA, shift=3)


_SHAPES: tuple[Decoy, ...] = (
    _ruler, _ruler, _marker, _marker, _caliper, _caliper, _arrow, _frame, _round, _scale, _strokes, _specks, wave, wave,
)  # fmt: skip
