"""Pictures that are nearly the same, by a difference hash that re-encoding, resizing and a little noise leave as it is.

The hash says for each of 32 x 32 places whether there is more ink to the right and below (after dHash; Krawetz N. Kind
of like that. 2013). Ink, because paper and screen are the same in all; many places, because at the customary 8 x 8 any
two ECGs are one. The limit is measured in the tests: encoded anew or resized, copies are nearer, two patients farther.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot.casebook import Finding, LoadedCase, Problem, warning
from quizbot.core.errors import QuizbotError

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDE, _FINE = 32, 20
_OUT, _DENSER = 20, 5  # grey levels
LIMIT = 0.2
"""Two pictures whose fingerprints are no farther apart than this are called the same."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture of a case, by its number there, its fingerprint, and since when its file is there, seconds."""

    case: LoadedCase
    number: int
    path: str
    mark: int
    since: float


def fingerprint(picture: "Image") -> int:
    """Where the picture's ink gets denser to the right or downwards, 2,048 bits; ink differs from the ground."""
    from PIL import Image  # noqa: PLC0415  # Pillow loads slowly

    grey = picture.convert("L").resize((_FINE * (_SIDE + 1), _FINE * _SIDE), Image.Resampling.BOX)
    histogram = grey.histogram()
    ground = next(level for level in range(256) if 2 * sum(histogram[: level + 1]) >= grey.width * grey.height)
    ink = grey.point([max(0, abs(level - ground) - _OUT) for level in range(256)])
    small = ink.resize((_SIDE + 1, _SIDE), Image.Resampling.BOX).tobytes()
    rows = [small[at : at + _SIDE + 1] for at in range(0, len(small), _SIDE + 1)]
    across = (right > left + _DENSER for row in rows for left, right in pairwise(row))
    down = (under > over + _DENSER for upper, lower in pairwise(rows) for over, under in zip(upper, lower, strict=True))
    return int("".join(str(int(bit)) for bit in (*across, *down)), 2)


def apart(one: int, other: int) -> float:
    """How far two fingerprints are apart: the share of the set places that they do not share, 0 to 1."""
    either = (one | other).bit_count()
    return (one ^ other).bit_count() / either if either else 0.0


def resemblances(cases: Iterable[LoadedCase]) -> Iterator[Finding]:
    """A warning for each two pictures of the casebook that are nearly the same, at the newer one."""
    for earlier, later in combinations(sorted(_seen(cases), key=_age), 2):
        if apart(earlier.mark, later.mark) <= LIMIT:
            yield later.case.locate(alike(earlier.path, later.number))


def alike(other: str, number: int) -> Problem:
    """What is said of a case's picture that is like another."""
    message = f"looks like {other}: whoever saw one knows the other; draw or take another"
    return warning(message, "images", number, "file")


def _age(one: Seen) -> tuple[bool, date, float, str]:
    """In the order in which pictures came, as far as it is known: the examples first, then what was read first.

    The file's time counts last, for a clone gives all files its own: a picture, unlike its text, is hardly ever edited.
    """
    case = one.case.case
    read = case.reviewed.on if case and case.reviewed else date.max
    return case is None or not case.is_example, read, one.since, one.path


def _seen(cases: Iterable[LoadedCase]) -> Iterator[Seen]:
    """The pictures that can be read; of the others the case's own check speaks."""
    from quizbot.deid.gate import open_picture  # noqa: PLC0415  # Pillow loads slowly

    places = places_of(cases)
    for loaded, number, path in places if len(places) > 1 else ():
        try:
            mark = fingerprint(open_picture(path))
            since = path.stat().st_mtime
        except (QuizbotError, OSError):
            continue
        yield Seen(loaded, number, str(path), mark, since)


def places_of(cases: Iterable[LoadedCase]) -> list[tuple[LoadedCase, int, Path]]:
    """Every picture that some cases name, by its case and its number there."""
    return [
        (one, number, one.path / image.file)
        for one in cases
        for number, image in enumerate(one.case.images if one.case else ())
    ]
