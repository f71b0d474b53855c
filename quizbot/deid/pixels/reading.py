"""From turned boxes to text: strips of 48 pixels, read in batches, decoded with Latin letters only."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import cv2
import numpy as np

from quizbot.deid.pixels import models
from quizbot.deid.pixels.hits import STRIP, Quad, Reading, Region, strip_width
from quizbot.deid.pixels.models import Pixels
from quizbot.deid.pixels.views import Image8, Views

_BATCH_PIXELS = 4_000  # strip widths of one batch together
_SURE = 0.88  # a reading less sure is tried again: upside down, and in the normalised view
_SURE_STANDING = 0.985
_SPARSE = 0.6  # a reading that leaves much of its place unread counts for no more: a fuller one takes its place
_FIRST, _AGAIN = 6_000, 900  # pixels of strips read first, and in each further try: 300 take 25 ms
_TRIES = 4
_LONGEST_AGAIN = 800  # pixels: a longer strip that is not sure at once is a wave
_FAINT = 90.0  # grey levels between a strip's dark and bright: less is stretched
_SCRIPT = 0.85  # sureness from which letters that are not Latin are believed


def read(seen: Views, regions: Sequence[Region], first: int = _FIRST, again: int = _AGAIN) -> list[Reading]:
    """Read the regions, again where the first reading is not sure; likeliest text first, as far as time goes.

    Args:
        seen: the picture.
        regions: where to read.
        first: pixels of strips, 48 high, that are read.
        again: the same, in each further try; four times as many in all of them.
    """
    best = [Reading(region, "", 0.0, tried=False) for region in regions]
    looks: list[set[bytes]] = [set() for _ in regions]
    _try(best, looks, seen.plain, 0, first)
    left = _TRIES * again
    for picture, turns in ((seen.bare, 0), (seen.plain, 2), *((view, 0) for view in seen.others)):
        left -= _try(best, looks, picture, turns, min(again, left))
    return best


def once(places: Sequence[tuple[Image8, Quad]], most: int) -> list[tuple[str, float]]:
    """What places in views say, read once as they are, and how sure that is; the first ones, ``most`` pixels of strips.

    What there is no time for says nothing.
    """
    fitting = []
    for number, (_, quad) in enumerate(places):
        if (width := strip_width(quad)) <= most:
            most -= width
            fitting.append(number)
    texts = _texts([_strip(*places[number]) for number in fitting])
    told = dict(zip(fitting, texts, strict=True))
    return [told.get(number, ("", 0.0)) for number in range(len(places))]


def _try(best: list[Reading], looks: list[set[bytes]], picture: Image8, turns: int, most: int) -> int:
    """Read what is not sure yet, likeliest text first, ``most`` pixels of strips; keep the surer of both readings.

    What looks as it did in an earlier try (``looks``) is not read again. Returns how many pixels were read.
    """
    strips: dict[int, Image8] = {}
    for i in sorted(_unsure(best), key=lambda i: (-best[i].region.votes, -best[i].region.score)):
        strip = np.rot90(_strip(picture, best[i].region.quad), turns)
        fits = strip.shape[1] <= (most if best[i].text == "" else min(most, _LONGEST_AGAIN))
        if fits and (look := strip.tobytes()) not in looks[i]:
            most -= strip.shape[1]
            strips[i] = strip
            looks[i].add(look)
    for i, (text, sure) in zip(strips, _texts(list(strips.values())), strict=True):
        best[i] = max(replace(best[i], tried=True), Reading(best[i].region, text, sure), key=_worth)
    return sum(strip.shape[1] for strip in strips.values())


def _worth(reading: Reading) -> float:
    """How sure a reading is; of one that leaves much of its place unread, less."""
    return min(reading.sure, _SPARSE) if reading.leaves_room(1) else reading.sure


def _unsure(best: list[Reading]) -> list[int]:
    return [i for i, each in enumerate(best) if _worth(each) < (_SURE_STANDING if _stands(each.region) else _SURE)]


def _stands(region: Region) -> bool:
    """Whether its text runs down or up: which of the two, only reading tells."""
    along = np.abs(region.quad[1] - region.quad[0])
    return bool(along[1] > along[0])


def _strip(picture: Image8, quad: Quad) -> Image8:
    """A turned box, straightened, 48 pixels high, faint letters strengthened."""
    long = strip_width(quad)
    target = np.array([[0, 0], [long, 0], [long, STRIP], [0, STRIP]], np.float32)
    turn = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    strip = cv2.warpPerspective(picture, turn, (long, STRIP), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return _strengthened(np.asarray(strip, np.uint8))


def _strengthened(strip: Image8) -> Image8:
    low, high = (float(level) for level in np.percentile(strip, (1, 99)))
    if high - low >= _FAINT:
        return strip
    stretched = (strip.astype(np.float32) - low) * (255 / max(high - low, 8))
    return np.asarray(np.clip(stretched, 0, 255), np.uint8)


def _texts(strips: Sequence[Image8]) -> list[tuple[str, float]]:
    texts: dict[int, tuple[str, float]] = {}
    for batch in _batches([strip.shape[1] for strip in strips]):
        width = max(strips[i].shape[1] for i in batch)
        pixels = np.stack([_padded(strips[i], width) for i in batch])
        for i, likelihoods in zip(batch, models.run(models.recogniser(), pixels), strict=True):
            texts[i] = _decode(likelihoods)
    return [texts[i] for i in range(len(strips))]


def _batches(widths: Sequence[int]) -> list[list[int]]:
    """Indices in groups of similar width."""
    batches: list[list[int]] = []
    for i in sorted(range(len(widths)), key=lambda i: widths[i]):
        fits = batches and widths[i] * (len(batches[-1]) + 1) <= _BATCH_PIXELS
        if fits and widths[i] <= 1.25 * widths[batches[-1][0]] + 16:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches


def _padded(strip: Image8, width: int) -> Pixels:
    pixels = np.zeros((3, STRIP, width), np.float32)
    pixels[:, :, : strip.shape[1]] = strip[:, :, ::-1].transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
    return pixels


def _decode(likelihoods: Pixels) -> tuple[str, float]:
    """Connectionist temporal classification, greedy: the likeliest Latin text, unless another script is certain."""
    characters = _characters()
    text, sure = _greedy(likelihoods, characters)
    foreign = sum(c.isalpha() and not _is_latin(c) for c in text)
    if foreign > 1 and sure >= _SCRIPT:
        return text, sure
    columns = _latin_columns()
    return _greedy(likelihoods[:, columns], [characters[i] for i in columns])


def _greedy(likelihoods: Pixels, characters: Sequence[str]) -> tuple[str, float]:
    """The likeliest character of every step, repetitions and blanks (the first class) left out."""
    at = likelihoods.argmax(axis=1)
    new = np.concatenate([[True], at[1:] != at[:-1]]) & (at != 0)
    if not new.any():
        return "", 0.0
    return "".join(characters[i] for i in at[new]), float(likelihoods.max(axis=1)[new].mean())


@cache
def _characters() -> tuple[str, ...]:
    """What the network's classes stand for; the first is the blank between characters."""
    listed = models.recogniser().get_modelmeta().custom_metadata_map["character"].splitlines()
    return ("", *listed, " ")


@cache
def _latin_columns() -> np.ndarray:
    return np.array(
        [i for i, c in enumerate(_characters()) if i == 0 or c.isascii() or c in "°±µ²³·–×" or _is_latin(c)]
    )


def _is_latin(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN")
