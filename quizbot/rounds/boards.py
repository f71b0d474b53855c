"""The boards, for pages and commands: read as they were counted (``rounds.counting``), with names as they are now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quizbot.rounds.board import Standing, ranked, season_bounds, season_of
from quizbot.rounds.counting import bounds_of
from quizbot.store import Session, Store
from quizbot.store.boards import ALL_TIME, Listed, board_if_any
from quizbot.store.pages import first_opened, shown_names

__all__ = ["ALL_TIME", "Board", "BoardLine", "board", "seasons"]


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A line of the board with what it calls the person: a pseudonym or @handle (None: the account is gone)."""

    standing: Standing
    handle: str | None


@dataclass(frozen=True, slots=True)
class Board:
    """Some lines of a board over so many rounds that count, with so many people on it."""

    rounds: int
    people: int
    lines: list[BoardLine]


def board(  # which board, whom it lists, and which of its lines
    store: Store, account: str, name: str, *, joined_only: bool, skip: int = 0, most: int | None = None
) -> Board:
    """A board of a season or of all time, best first; who left it is not on it, and leaves no gap.

    Args:
        store: the database.
        account: whose.
        name: ``2026Q4``, ``2026`` or ``all``.
        joined_only: it lists only those who chose to be on it (QUIZBOT_BOARD=opt-in).
        skip: leave out so many lines at its top.
        most: how many lines; None: all.

    Raises:
        ValueError: no such season's name.
    """
    bounds_of(name)
    with store.read() as session:
        row = board_if_any(session, account, name.upper() if name != ALL_TIME else name)
        if row is None:
            return Board(0, 0, [])
        people = row.joined if joined_only else row.people
        lines = _standings(session, Listed(account, row.name, joined_only), people, skip, most) if people else []
        names = shown_names(session, account, [line.author_id for line in lines], joined_only=joined_only)
    shown = [BoardLine(line, names[line.author_id]) for line in lines if line.author_id in names]
    return Board(row.rounds, people, shown)


def _standings(session: Session, listed: Listed, people: int, skip: int, most: int | None) -> list[Standing]:
    """Some lines with their ranks."""
    rows: Sequence[Any] = listed.lines(session, skip, most, people)
    equal = listed.equals_above(session, rows[0]) if rows and skip else 0
    return ranked(rows, skip - equal, skip)


def seasons(store: Store, account: str, now: datetime, length: str) -> list[str]:
    """The names of the seasons so far, the running one first."""
    with store.read() as session:
        first = first_opened(session, account) or now
    names = [season_of(now, length)]
    while season_bounds(names[-1])[0] > first:
        start = season_bounds(names[-1])[0]
        names.append(season_of(datetime.fromtimestamp(start.timestamp() - 1, UTC), length))
    return names
