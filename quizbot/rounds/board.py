"""The leaderboard: a season by the best k of its n rounds. Pure.

k = ⌈0.7 n⌉, so that absence is not failure; ties go by the median time from post to attempt, and who is equal in both
shares the rank. Only people with points are listed: nobody is shown to have been wrong.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

BEST_SHARE = 0.7
_QUARTERS = (1, 2, 3, 4)
_SEASON = re.compile(r"([12]\d{3})(?:Q([1-4]))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """What a respondent got in a round."""

    round_id: str
    author_id: str
    points: int
    seconds: float


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


def standings(results: Iterable[Result], rounds: int) -> list[Standing]:
    """The board of a season of so many revealed rounds, best first."""
    by_author: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_author[result.author_id].append(result)
    best = counted_rounds(rounds)
    lines = [
        (
            sum(sorted((r.points for r in own), reverse=True)[:best]),
            median(r.seconds for r in own),
            author,
            len(own),
        )
        for author, own in by_author.items()
    ]
    lines = sorted((line for line in lines if line[0] > 0), key=lambda line: (-line[0], line[1], line[2]))
    return _ranked(lines)


def _ranked(lines: list[tuple[int, float, str, int]]) -> list[Standing]:
    ranked: list[Standing] = []
    for place, (total, seconds, author, count) in enumerate(lines, 1):
        same = bool(ranked) and (ranked[-1].points, ranked[-1].median_seconds) == (total, seconds)
        ranked.append(Standing(ranked[-1].rank if same else place, author, total, count, seconds))
    return ranked


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
