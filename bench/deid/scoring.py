"""Who found what: strings with a finding on them, pictures without one, harmless pictures held; with intervals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt

from bench.deid.lettering import Placed
from bench.deid.sheet import Sheet
from quizbot.deid.finding import Box

CLEAR = 60  # grey levels from which a string stands out
_COVERED = 0.35  # share of the string's box that findings must cover
_LOOSEST = 6.0  # a finding so many times larger than the string is not on the string

_Z = 1.959964  # 95 %


@dataclass(slots=True)
class Rate:
    """So many of so many."""

    hits: int = 0
    of: int = 0

    def add(self, *, hit: bool) -> None:
        self.hits += hit
        self.of += 1

    def __str__(self) -> str:
        if not self.of:
            return "none"
        low, high = wilson(self.hits, self.of)
        return f"{self.hits / self.of:6.1%} [{low:.1%}, {high:.1%}] of {self.of}"


@dataclass(slots=True)
class Score:
    """One reader's figures."""

    strings: Rate = field(default_factory=Rate)
    clear: Rate = field(default_factory=Rate)
    missed_pictures: Rate = field(default_factory=Rate)
    held_harmless: Rate = field(default_factory=Rate)
    seconds: list[float] = field(default_factory=list)
    by: dict[tuple[str, object], Rate] = field(default_factory=dict)

    def add(self, sheet: Sheet, boxes: Sequence[Box], seconds: float = 0.0) -> None:
        """Count a picture in which findings stand at ``boxes``."""
        self.seconds.append(seconds)
        if not sheet.identifying:
            self.held_harmless.add(hit=bool(boxes))
            return
        found = [is_on(placed.box, boxes) for placed in sheet.identifying]
        self.missed_pictures.add(hit=not any(found))
        for placed, hit in zip(sheet.identifying, found, strict=True):
            self._count(sheet, placed, hit=hit)

    def _count(self, sheet: Sheet, placed: Placed, *, hit: bool) -> None:
        text = placed.text
        self.strings.add(hit=hit)
        if text.contrast >= CLEAR:
            self.clear.add(hit=hit)
        turned = "upright" if text.angle == 0 else "quarter turns" if text.angle % 90 == 0 else "oblique"
        groups = {
            "kind": text.kind,
            "contrast": text.contrast,
            "ground": sheet.ground,
            "turn": turned,
            "style": text.style,
        }
        for group in (*groups.items(), ("size", f"{text.size // 10 * 10}+")):
            self.by.setdefault(group, Rate()).add(hit=hit)


def is_on(string: Box, findings: Iterable[Box]) -> bool:
    """Whether findings of fitting size cover enough of a string's box."""
    covered = sum(_shared(string, box) for box in findings if _area(box) <= _LOOSEST * max(_area(string), 1))
    return covered >= _COVERED * _area(string)


def _shared(a: Box, b: Box) -> int:
    return max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    share, z2 = hits / of, _Z * _Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    reach = _Z / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, middle - reach), min(1.0, middle + reach)
