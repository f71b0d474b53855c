"""The boards, for pages and commands: computed once for a state of the rounds, names looked up when shown."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quizbot.rounds.board import Result, Standing, season_bounds, season_of, standings
from quizbot.store import Store
from quizbot.store.pages import counting_attempts, counting_rounds, first_opened, forgotten_count, shown_names

ALL_TIME = "all"
_EVER = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A line of the board with what it calls the person: a pseudonym or @handle (None: the account is gone)."""

    standing: Standing
    handle: str | None


@dataclass(frozen=True, slots=True)
class Board:
    """A board over so many revealed rounds."""

    rounds: int
    standings: list[Standing]


def bounds_of(name: str) -> tuple[datetime, datetime]:
    """First instant of a season or of all time, and the first after it.

    Raises:
        ValueError: no such season's name.
    """
    return _EVER if name == ALL_TIME else season_bounds(name)


def board_stamp(store: Store, account: str, name: str) -> Any:  # noqa: ANN401  # compared, nothing else
    """Tells whether a board has to be computed anew: equal stamps, equal boards."""
    with store.read() as session:
        rounds = tuple(tuple(row) for row in counting_rounds(session, account, *bounds_of(name)))
        return rounds, forgotten_count(session, account)


def compute_board(store: Store, account: str, name: str) -> Board:
    """The board of a season or of all time."""
    span = bounds_of(name)
    with store.read() as session:
        rounds = len(counting_rounds(session, account, *span))
        rows = counting_attempts(session, account, *span)
    results = (Result(row.round_id, row.author_id, row.points, row.seconds) for row in rows)
    return Board(rounds, standings(results, rounds))


def board_lines(store: Store, account: str, shown: list[Standing]) -> list[BoardLine]:
    """Some lines of a board with names as they are now; who opted out or left the boards is left off."""
    with store.read() as session:
        names = shown_names(session, account, [line.author_id for line in shown])
    return [BoardLine(line, names[line.author_id]) for line in shown if line.author_id in names]


def seasons(store: Store, account: str, now: datetime, length: str) -> list[str]:
    """The names of the seasons so far, the running one first."""
    with store.read() as session:
        first = first_opened(session, account) or now
    names = [season_of(now, length)]
    while season_bounds(names[-1])[0] > first:
        start = season_bounds(names[-1])[0]
        names.append(season_of(datetime.fromtimestamp(start.timestamp() - 1, UTC), length))
    return names
