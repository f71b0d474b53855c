"""Where text may be: from the networks' maps over the views to turned boxes."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from quizbot.deid.finding import Box
from quizbot.deid.pixels import letters, merge, models, tiles
from quizbot.deid.pixels.hits import Quad, Region, strip_width
from quizbot.deid.pixels.models import Pixels
from quizbot.deid.pixels.traces import Mask
from quizbot.deid.pixels.views import Image8, Views

_TILE = 1_800_000  # pixels looked at at once: a core does it in time, and it fits into memory

Contour = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Pass:
    """How a view is seen: enlarged at most ``scale`` times (letters of 10 pixels are found then), ``most`` pixels."""

    scale: float
    most: int


# Small letters are the smaller network's part: of 206 strings of practice, 203 are found so; with three large passes of
# the general network and without the smaller one, 195.
_FINE, _COARSE = _Pass(1.5, 1_500_000), _Pass(0.75, 500_000)
_OTHER = _Pass(1.0, 700_000)
_NEARER = _Pass(1.0, 1_500_000)  # as it is: it is enlarged already

_MARKED = 0.3  # the map's value from which a pixel is text; recall hardly changes between 0.15 and 0.5
_APART = 0.6  # the value from which lines that touch a curve or each other are told apart
_FILLED = 0.7  # of its turned box: what a single line fills
_LOWER = 0.75  # of the height around it: what has come apart is lower
_LEAST_SCORE = 0.45  # on 313 practice pictures no string was lost by 0.5; below it reading takes long and brings noise
_LEAST_SIDE = 3.0  # pixels
_UNCLIP = 1.6  # the network marks the core of a line; the line is larger by this share of area over outline
_UNCLIP_LETTERS = 0.45  # the same of the network for small letters: what it marks at that level is as high as the ink
_ALONG, _PARTLY = 0.6, 0.25  # of its columns hold a curve
_LETTERED = 0.25  # of it still looks like text when the curve is gone: letters that cross a curve
_GHOST = 0.6  # of what looks like text in one view without curves, also in the other: a line's ghost seldom is
_SPARSE = 300  # pixels of strips to read: where there is no more than a word, bold letters are looked for, too
_MOST = 300  # boxes looked at; a picture with more is text all over


def find(seen: Views, curves: Mask) -> list[Region]:
    """The places of a picture that look like text, in reading order."""
    maps = [_map(seen.bare, _FINE), _map(seen.evened, _COARSE), letters.find(seen)]
    found = merge.distinct([*_found(maps, curves), *_colourless(seen, curves, maps)])[:_MOST]
    if sum(strip_width(region.quad) for region in found) > _SPARSE:
        return found
    return merge.distinct([*found, *merge.news(_bold(seen, curves, maps), found)])[:_MOST]


def _bold(seen: Views, curves: Mask, maps: list[Pixels]) -> list[Region]:
    found = [region for view in seen.bold for region in _regions(_map(view, _OTHER), maps)]
    return [region for region in found if not _is_along(_core(region), curves, _PARTLY)]


def _core(region: Region) -> Region:
    """The middle of a place, half as high: a curve beside letters does not reach it."""
    top, bottom = region.quad[[0, 1]], region.quad[[3, 2]]
    inset = (bottom - top) / 4
    return replace(region, quad=np.concatenate([top + inset, (bottom - inset)[::-1]]))


def _colourless(seen: Views, curves: Mask, maps: list[Pixels]) -> list[Region]:
    found = [] if seen.colourless is None else _regions(_map(seen.colourless, _OTHER), maps)
    return [replace(region, crossed=_is_along(region, curves, _PARTLY)) for region in found]


def nearer(view: Image8, around: Box, times: float) -> list[Region]:
    """The places that look like text in a part of a view, enlarged so many times; coordinates are the picture's."""
    x0, y0, x1, y1 = around
    own = _map(_enlarged(view[y0:y1, x0:x1], times), _NEARER)
    corner = np.array((x0, y0), np.float32)
    moved = [replace(each, quad=np.asarray(each.quad / times + corner, np.float32)) for each in _regions(own, [own])]
    return merge.distinct(moved)


def _enlarged(view: Image8, times: float) -> Image8:
    return np.asarray(cv2.resize(view, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC), np.uint8)


def _found(maps: list[Pixels], curves: Mask) -> list[Region]:
    bare = np.maximum(maps[0], maps[1])
    found = _regions(maps[2], maps, _UNCLIP_LETTERS)
    for own, other in ((maps[0], maps[1]), (maps[1], maps[0])):
        for region in _regions(own, maps):
            ghost = _is_strung(region, curves, own, other, _GHOST)
            found.append(replace(region, votes=1) if ghost else region)  # what the other view shows in it goes first
    kept = merge.distinct([region for region in found if not _is_curve(region, curves, bare)])[:_MOST]
    return [replace(region, crossed=_is_along(region, curves)) for region in kept]


def _is_curve(region: Region, curves: Mask, bare: Pixels) -> bool:
    """A place along a curve, where little looks like text once the curve is gone."""
    part, within = _inside(region, curves)
    return _is_along(region, curves) and float((bare[part] > _MARKED)[within].mean()) < _LETTERED


def _is_strung(region: Region, curves: Mask, own: Pixels, other: Pixels, least: float) -> bool:
    """A place where a curve, or what is left of it, strings letters together: in another view less of it is text."""
    part, within = _inside(region, curves)
    marked = (own[part] > _MARKED) & within
    return _is_along(region, curves, _PARTLY) and float((other[part] > _MARKED)[marked].mean()) < least


def _inside(region: Region, curves: Mask) -> tuple[tuple[slice, slice], Mask]:
    """The upright part of a picture around a place, and which pixels of it are in the place."""
    height, width = curves.shape
    x0, y0, x1, y1 = region.box((width, height))
    inside = np.zeros((y1 - y0, x1 - x0), np.uint8)
    cv2.fillConvexPoly(inside, np.rint(region.quad - (x0, y0)).astype(np.int32), 1)
    return (slice(y0, y1), slice(x0, x1)), inside > 0


def _is_along(region: Region, curves: Mask, least: float = _ALONG) -> bool:
    """Whether more than a share of a place's columns hold a curve."""
    part, within = _inside(region, curves)
    curve = curves[part] & within
    return bool(curve.size) and float(curve.any(axis=0).mean()) > least


def _map(view: Image8, how: _Pass) -> Pixels:
    """Probability of text at every pixel of a view, seen in tiles if it is larger than one pass may be."""
    result = np.zeros(view.shape[:2], np.float32)
    for x0, y0, x1, y1 in tiles.cut(view.shape[1], view.shape[0], _TILE):
        seen = _look(view[y0:y1, x0:x1], how)
        np.maximum(result[y0:y1, x0:x1], seen, out=result[y0:y1, x0:x1])
    return result


def _look(view: Image8, how: _Pass) -> Pixels:
    height, width = view.shape[:2]
    scale = min(how.scale, (how.most / (height * width)) ** 0.5)
    size = _fit(width * scale), _fit(height * scale)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    scaled = cv2.resize(view, size, interpolation=way)[:, :, ::-1]  # the models were trained on BGR
    seen = models.run(models.detector(), scaled.transpose(2, 0, 1)[None].astype(np.float32) / 127.5 - 1)[0, 0]
    return np.asarray(cv2.resize(seen, (width, height)), np.float32)


def _fit(side: float) -> int:
    """The nearest side that the network takes."""
    return max(32, round(side / 32) * 32)


def _regions(own: Pixels, maps: list[Pixels], unclip: float = _UNCLIP) -> list[Region]:
    """What a map marks; and of what is no single line, the lines that come apart at a higher level."""
    outer = [
        (contour, region) for contour in _contours(own, _MARKED) if (region := _region(contour, own, maps, unclip))
    ]
    loose = [(contour, region) for contour, region in outer if _is_loose(contour)]
    inner = (
        [region for contour in _contours(own, _APART) if (region := _region(contour, own, maps, unclip))]
        if loose
        else []
    )
    return [region for _, region in outer] + [region for region in inner if _comes_apart(region, loose)]


def _contours(own: Pixels, level: float) -> list[Contour]:
    marked = (own > level).astype(np.uint8)
    contours, _ = cv2.findContours(marked, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    return [np.asarray(contour, np.int32) for contour in contours]


def _is_loose(contour: Contour) -> bool:
    """Whether a contour leaves much of its turned box empty: lines that touch a curve, or each other."""
    _, (width, height), _ = cv2.minAreaRect(contour)
    return cv2.contourArea(contour) < _FILLED * width * height


def _comes_apart(region: Region, loose: list[tuple[Contour, Region]]) -> bool:
    x, y = region.quad.mean(axis=0)
    return any(
        region.height < _LOWER * around.height
        and cv2.pointPolygonTest(contour, (float(x), float(y)), measureDist=False) >= 0
        for contour, around in loose
    )


def _region(contour: Contour, own: Pixels, maps: list[Pixels], unclip: float) -> Region | None:
    (centre, (width, height), angle) = cv2.minAreaRect(contour)
    if min(width, height) < _LEAST_SIDE:
        return None
    x, y, w, h = cv2.boundingRect(contour)
    inside = np.zeros((h, w), np.uint8)
    cv2.drawContours(inside, [contour - (x, y)], -1, 1, cv2.FILLED)
    score, *votes = (cv2.mean(each[y : y + h, x : x + w], inside)[0] for each in (own, *maps))
    if score < _LEAST_SCORE:
        return None
    grow = width * height * unclip / (width + height)
    corners = cv2.boxPoints((centre, (width + grow, height + grow), angle))
    return Region(_along(np.asarray(corners, np.float32)), score, sum(vote > _MARKED for vote in votes))


def _along(corners: Quad) -> Quad:
    """The same corners, clockwise, beginning so that the first side is the longer one and runs to the right."""
    if np.linalg.norm(corners[0] - corners[1]) < np.linalg.norm(corners[1] - corners[2]):
        corners = np.roll(corners, -1, axis=0)
    direction = corners[1] - corners[0]
    backwards = direction[0] < 0 if abs(direction[0]) >= abs(direction[1]) else direction[1] < 0
    return np.asarray(np.roll(corners, 2, axis=0) if backwards else corners, np.float32)
