"""Samples: a ground full of strings as the network sees it, and where the middles of their lines are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from bench.deid import fonts, lettering
from bench.deid.lettering import Text
from bench.deid.letters import grounds, strings
from bench.deid.letters.decoys import Chance, Picture
from quizbot.deid.pixels import letters, traces, views
from quizbot.deid.pixels.views import Views

WIDTH, HEIGHT = 768, 512
_POOL, _USES = 24, 8  # grounds kept at hand, and how often each is cut from
_CORE = 0.6  # of a line's height; as much is taken off its ends
_LEAST_CORE = 4  # pixels: lower ones would be lost at half the picture's size
_APART = 3  # pixels between two strings
_SMALL, _LARGE = (9, 18), (19, 44)

Map = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sample:
    """One sheet: ``seen`` (height, width, 4), ``core`` and ``weight`` (height / 2, width / 2)."""

    seen: letters.Channels
    core: Map
    weight: Map


def samples(seed: int) -> Iterator[Sample]:
    """Sheets without end, the same for a seed."""
    rng = np.random.default_rng([77, seed])
    names = [*fonts.available(fonts.TUNING)[0], *fonts.available(fonts.PRACTICE)[0]] or [""]
    for ground in _grounds(rng):
        picture, printed = _cut(rng, ground)
        yield _sample(rng, picture, printed, names)


def _grounds(rng: Chance) -> Iterator[grounds.Ground]:
    """From a pool, each a few times: drawing one takes longer than writing on it."""
    pool: list[grounds.Ground] = []
    while True:
        width = int(rng.integers(900, 1500))
        pool.append(grounds.any_of(rng, width, int(width * rng.uniform(0.6, 0.8))))
        if len(pool) > _POOL:
            pool.pop(int(rng.integers(_POOL)))
        for i in rng.integers(0, len(pool), _USES if len(pool) == _POOL else 1):
            yield pool[int(i)]


def _cut(rng: Chance, ground: grounds.Ground) -> grounds.Ground:
    """A part of a ground, mirrored where nothing is printed, its brightness and contrast changed a little."""
    height, width = ground[0].shape[:2]
    part = rng.uniform(0.75, 1.0) if rng.random() < 0.3 else 1.0
    w, h = min(width, int(WIDTH / part)), min(height, int(HEIGHT / part))
    x, y = int(rng.integers(0, width - w + 1)), int(rng.integers(0, height - h + 1))
    picture, printed = (each[y : y + h, x : x + w] for each in ground)
    if rng.random() < 0.5:
        picture, printed = picture[::-1, ::-1], printed[::-1, ::-1]
    picture = cv2.resize(np.ascontiguousarray(picture), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    printed = cv2.resize(np.ascontiguousarray(printed), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.3:
        picture = np.clip(picture * rng.uniform(0.6, 1.3) + rng.uniform(-20, 20), 0, 255).astype(np.uint8)
    if rng.random() < 0.1:
        picture = 255 - picture
    return picture, printed


def _sample(rng: Chance, picture: Picture, printed: Picture, names: list[str]) -> Sample:
    image, core = Image.fromarray(picture), np.zeros((HEIGHT, WIDTH), np.uint8)
    heights = np.full((HEIGHT, WIDTH), 20.0, np.float32)
    taken = np.zeros((HEIGHT, WIDTH), bool)
    _printed(printed, core, heights, taken)
    for text in _texts(rng, names):
        _write(rng, image, text, core, heights, taken)
    rgb = _worn(rng, image)
    weight = np.clip(20 / heights, 0.5, 2.0)
    return Sample(letters.channels(_views(rgb)), _halved(core) / 255, _halved(weight))


def _halved(whole: npt.NDArray[np.generic]) -> Map:
    return cv2.resize(whole.astype(np.float32), (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA)


def _printed(printed: Picture, core: Picture, heights: Map, taken: npt.NDArray[np.bool_]) -> None:
    """Lines of what the ground itself prints."""
    joined = cv2.morphologyEx((printed > 60).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 25), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    for x, y, w, h, _ in boxes[1:]:
        inset = int(h * (1 - _CORE) / 2)
        core[y + inset : y + h - inset, x + inset : x + max(w - inset, inset + 2)] = 255
        heights[y : y + h, x : x + w] = h
        taken[max(0, y - _APART) : y + h + _APART, max(0, x - _APART) : x + w + _APART] = True


def _texts(rng: Chance, names: list[str]) -> Iterator[Text]:
    """Strings of one look and others; one sheet in eight is left as it is."""
    if rng.random() < 0.125:
        return
    look = _look(rng, names)
    for _ in range(int(rng.integers(3, 30))):
        if rng.random() < 0.5:
            look = _look(rng, names)
        style = str(rng.choice(lettering.STYLES, p=[0.55, 0.15, 0.18, 0.12]))
        yield Text(strings.any_of(rng), "", *look, _angle(rng), style)


def _look(rng: Chance, names: list[str]) -> tuple[str, int, int]:
    sizes = _SMALL if rng.random() < 0.65 else _LARGE
    contrast = rng.choice([25, 30, 40, 60]) if rng.random() < 0.4 else rng.integers(60, 201)
    return str(rng.choice(names)), int(rng.integers(*sizes, endpoint=True)), int(contrast)


def _angle(rng: Chance) -> float:
    turn = rng.random()
    if turn < 0.65:
        return 0.0
    return float(rng.choice([90, 270, 180])) if turn < 0.83 else float(rng.uniform(-30, 30))


def _write(
    rng: Chance, image: Image.Image, text: Text, core: Picture, heights: Map, taken: npt.NDArray[np.bool_]
) -> None:
    """Write a string where there is room and it can be read, or not at all; sometimes more lines below it."""
    mask, middle = stamp(text)
    lines = int(rng.choice([1, 1, 1, 1, 2, 4])) if text.angle == 0 else 1
    for _ in range(8):
        x = int(rng.integers(2, max(3, WIDTH - mask.width - 2)))
        y = int(rng.integers(2, max(3, HEIGHT - mask.height - 2)))
        if _fits(image, text, mask, (x, y), taken):
            break
    else:
        return
    for _ in range(lines):
        if not _fits(image, text, mask, (x, y), taken):
            return
        lettering.draw(rng, image, text, mask, (x, y))
        part = slice(y, y + mask.height), slice(x, x + mask.width)
        core[part] = np.maximum(core[part], np.asarray(middle))
        heights[part] = text.size * 0.9
        wide = slice(max(0, y - _APART), y + mask.height + _APART), slice(max(0, x - _APART), x + mask.width + _APART)
        taken[wide] = True
        y += mask.height + int(rng.integers(2, 8))
        text = replace(text, words=strings.any_of(rng), style="plain" if text.style == "plate" else text.style)
        mask, middle = stamp(text)


def _fits(image: Image.Image, text: Text, mask: Image.Image, at: tuple[int, int], taken: npt.NDArray[np.bool_]) -> bool:
    """Whether a string stands inside and alone, and a person could read it there."""
    box = (at[0], at[1], at[0] + mask.width, at[1] + mask.height)
    if box[2] > WIDTH - 2 or box[3] > HEIGHT - 2 or taken[box[1] : box[3], box[0] : box[2]].any():
        return False
    return text.style == "plate" or float(np.asarray(image.crop(box).convert("L")).std()) < 0.8 * text.contrast


def stamp(text: Text) -> tuple[Image.Image, Image.Image]:
    """The letters' mask, turned, and the middle of their line, both (L) and cut to what is inked."""
    letter = fonts.font(text.font, text.size)
    left, top, right, bottom = letter.getbbox(text.words)
    mask = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8), 0)
    ImageDraw.Draw(mask).text((4 - left, 4 - top), text.words, fill=255, font=letter)
    mask = mask.crop(mask.getbbox() or (0, 0, 4, 4))
    middle = _middle(mask.size)
    if text.angle:
        mask = mask.rotate(text.angle, expand=True, resample=Image.Resampling.BICUBIC)
        middle = middle.rotate(text.angle, expand=True, resample=Image.Resampling.BILINEAR)
    box = mask.getbbox()
    return mask.crop(box), middle.crop(box)


def _middle(size: tuple[int, int]) -> Image.Image:
    width, height = size
    inset = max(0.0, min(height * (1 - _CORE), height - _LEAST_CORE) / 2)
    ends = min(inset, width / 4)
    middle = np.zeros((height, width), np.uint8)
    middle[round(inset) : height - round(inset), round(ends) : width - round(ends)] = 255
    return Image.fromarray(middle)


def _worn(rng: Chance, image: Image.Image) -> Picture:
    """As it comes out of a device or a network: blurred a little, or through JPEG, or neither."""
    if rng.random() < 0.2:
        blurred = cv2.GaussianBlur(np.asarray(image), (0, 0), rng.uniform(0.3, 0.8))
        image = Image.fromarray(blurred)
    if rng.random() < 0.5:
        file = BytesIO()
        image.save(file, "JPEG", quality=int(rng.integers(30, 96)))
        image = Image.open(file).convert("RGB")
    return np.array(image)


def _views(rgb: Picture) -> Views:
    """Those that the network looks at."""
    curves = traces.find(rgb)
    bare = traces.without(rgb, curves)
    return Views(rgb, bare, views.normalised(rgb), views.evened(bare), (), None)
