"""One picture of a generator: a ground, strings on it, where they stand, and which of them identify."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image

from bench.deid.backgrounds import GROUNDS
from bench.deid.fonts import available
from bench.deid.lettering import Placed, Text, draw, stamp
from quizbot.deid.finding import Box

CONTRASTS = (30, 60, 110, 200)
SIZES = (10, 40)
_TRIES = 60

Chance = np.random.Generator
Spot = Callable[[Chance, tuple[int, int], tuple[int, int]], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Generator:
    """What makes one generator differ from another.

    Attributes:
        identifiers: maker of a string by its kind.
        clinical: overlay strings that identify nobody.
        fonts: file names by Debian package.
        layout: where the next string is tried, from the picture's and the string's size.
        salt: keeps the seeds of two generators apart.
    """

    identifiers: dict[str, Callable[[Chance], str]]
    clinical: tuple[str, ...]
    fonts: dict[str, tuple[str, ...]]
    layout: Spot
    salt: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture with its strings; ``ground`` names its background."""

    image: Image.Image
    placed: tuple[Placed, ...]
    ground: str
    seed: int

    @property
    def identifying(self) -> tuple[Placed, ...]:
        """The strings that identify."""
        return tuple(p for p in self.placed if p.text.kind != "clinical")


def scattered(rng: Chance, room: tuple[int, int], size: tuple[int, int]) -> tuple[int, int]:
    """Anywhere."""
    return int(rng.integers(4, max(5, room[0] - size[0] - 4))), int(rng.integers(4, max(5, room[1] - size[1] - 4)))


def cornered(rng: Chance, room: tuple[int, int], size: tuple[int, int]) -> tuple[int, int]:
    """In the margins, as devices write; one in four anywhere."""
    if rng.random() < 0.25:
        return scattered(rng, room, size)
    x = int(rng.integers(3, 60)) if rng.random() < 0.5 else room[0] - size[0] - int(rng.integers(3, 60))
    band = max(6, room[1] // 3)
    y = int(rng.integers(3, band)) if rng.random() < 0.6 else room[1] - size[1] - int(rng.integers(3, band))
    return max(2, x), max(2, y)


def make(generator: Generator, seed: int) -> Sheet:
    """The picture of a seed, one in three without an identifier; the same for the same fonts."""
    harmless = seed % 3 == 2
    rng = np.random.default_rng([generator.salt, seed])
    ground = str(rng.choice(list(GROUNDS)))
    width = int(rng.integers(640, 1400))
    image = GROUNDS[ground](rng, width, int(width * rng.uniform(0.55, 0.8))).copy()
    placed: list[Placed] = []
    taken = _printed(image) if ground == "ecg" else []
    for text in _texts(rng, generator, harmless=harmless):
        _place(rng, generator, image, text, placed, taken)
    return Sheet(_compressed(rng, image), tuple(placed), ground, seed)


def _texts(rng: Chance, generator: Generator, *, harmless: bool) -> Iterator[Text]:
    fonts = available(generator.fonts)[0] or [""]
    look = str(rng.choice(fonts)), int(rng.integers(*SIZES, endpoint=True)), int(rng.choice(CONTRASTS))
    for _ in range(0 if harmless else int(rng.integers(1, 5))):
        kind = str(rng.choice(list(generator.identifiers)))
        yield _styled(rng, fonts, look, generator.identifiers[kind](rng), kind)
    for _ in range(int(rng.integers(3, 9))):
        yield _styled(rng, fonts, look, str(rng.choice(generator.clinical)), "clinical")


def _styled(rng: Chance, fonts: list[str], look: tuple[str, int, int], words: str, kind: str) -> Text:
    if rng.random() < 0.5:
        look = str(rng.choice(fonts)), int(rng.integers(*SIZES, endpoint=True)), int(rng.choice(CONTRASTS))
    style = str(rng.choice(["plain", "outline", "colour", "plate"], p=[0.55, 0.15, 0.18, 0.12]))
    return Text(words, kind, *look, _angle(rng), style)


def _angle(rng: Chance) -> float:
    turn = rng.random()
    if turn < 0.72:
        return 0.0
    if turn < 0.88:
        return float(rng.choice([90, 270, 180]))
    return float(rng.uniform(-30, 30))


def _place(
    rng: Chance, generator: Generator, image: Image.Image, text: Text, placed: list[Placed], taken: list[Box]
) -> None:
    mask = stamp(text)
    if mask.width > image.width - 10 or mask.height > image.height - 10:
        return
    for _ in range(_TRIES):
        x, y = generator.layout(rng, image.size, mask.size)
        box = (x - 6, y - 6, x + mask.width + 6, y + mask.height + 6)
        if not any(_touch(box, other) for other in [*taken, *(each.box for each in placed)]) and _legible(
            image, text, box
        ):
            placed.append(draw(rng, image, text, mask, (x, y)))
            return


def _printed(image: Image.Image) -> list[Box]:
    """Where ``quizbot.drawing.ecg`` prints its header and lead names (about): no second text over them."""
    w, h = image.size
    leads = [
        (int(w * x), int(h * y), int(w * (x + 0.045)), int(h * (y + 0.05)))
        for x in (0.06, 0.28, 0.5, 0.73)
        for y in (0.06, 0.28, 0.51, 0.74)
    ]
    return [(0, 0, int(w * 0.3), int(h * 0.06)), *leads]


def _legible(image: Image.Image, text: Text, box: Box) -> bool:
    """Whether a person could read it: hardly, where the ground varies as much as the letters differ from it."""
    return (
        text.style == "plate" or float(np.asarray(image.convert("L").crop(box), np.float32).std()) < 0.8 * text.contrast
    )


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _compressed(rng: Chance, image: Image.Image) -> Image.Image:
    """Half of the pictures went through JPEG."""
    if rng.random() < 0.5:
        return image
    file = BytesIO()
    image.save(file, "JPEG", quality=int(rng.choice([35, 60, 80, 92])))
    return Image.open(file).convert("RGB")
