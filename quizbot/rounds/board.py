"""The leaderboard: a season by the best k of its n rounds. Pure.

k = ⌈0.7 n⌉, so that absence is not failure; ties go by the median time from post to attempt, and who is equal in both
shares the rank. Only people with points are listed: nobody is shown to have been wrong.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

BEST_SHARE = 0.7
_QUARTERS = (1, 2, 3, 4)
_SEASON = re.compile(r"([12]\d{3})(?:Q([1-4]))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the board. ``rounds``: attempts made; ``median_seconds``: from post to attempt."""

    rank: int
    author_id: str
    points: int
    rounds: int
    median_seconds: float


def counted_rounds(rounds: int) -> int:
    """k, the number of a respondent's best rounds that count, of n revealed rounds of the season."""
    return math.ceil(round(BEST_SHARE * rounds, 9))


class Line(Protocol):
    """A line as it is counted, without its rank."""

    @property
    def author_id(self) -> str: ...  # noqa: D102  # of ``Standing``, as the others
    @property
    def points(self) -> int: ...  # noqa: D102
    @property
    def rounds(self) -> int: ...  # noqa: D102
    @property
    def median_seconds(self) -> float: ...  # noqa: D102


def ranked(lines: Iterable[Line], ahead: int = 0, skipped: int = 0) -> list[Standing]:
    """Lines of the board with their ranks.

    Args:
        lines: some lines, best first.
        ahead: how many people have a better line than the first of these.
        skipped: how many lines stand above these; more than ``ahead`` where some of them are equal to the first.
    """
    ranks: list[Standing] = []
    for place, line in enumerate(lines, skipped + 1):
        same = bool(ranks) and (ranks[-1].points, ranks[-1].median_seconds) == (line.points, line.median_seconds)
        rank = ranks[-1].rank if same else place if ranks else ahead + 1
        ranks.append(Standing(rank, line.author_id, line.points, line.rounds, line.median_seconds))
    return ranks


def season_of(at: datetime, length: str) -> str:
    """The season an instant belongs to: ``2026Q4``, or ``2026`` where a season is a year (UTC)."""
    utc = at.astimezone(UTC)
    return str(utc.year) if length == "year" else f"{utc.year}Q{(utc.month - 1) // 3 + 1}"


def season_bounds(name: str) -> tuple[datetime, datetime]:
    """First instant of a season, and the first after it (UTC).

    Raises:
        ValueError: the name is neither ``2026Q4`` nor ``2026``.
    """
    match = _SEASON.fullmatch(name)
    if match is None:
        raise ValueError(name)
    first = datetime(int(match[1]), 1, 1, tzinfo=UTC)
    next_year = first.replace(year=first.year + 1)
    if match[2] is None:
        return first, next_year
    quarter = int(match[2])
    end = next_year if quarter == len(_QUARTERS) else first.replace(month=3 * quarter + 1)
    return first.replace(month=3 * quarter - 2), end
