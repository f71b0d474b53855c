"""Keeping the boards, and how each round was answered, as the attempts are: in the transaction that changes those.

Whoever changes a round's attempts, or whether it counts, does so within ``recounted``. What a board shows is then what
counting all attempts anew would give, and a request counts nothing. ``rebuild`` does count all anew.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from quizbot.rounds.board import counted_rounds, season_bounds, season_of
from quizbot.rounds.tally import Tally, tally_of, unpacked
from quizbot.store import Round, Session, Store
from quizbot.store.accounts import accounts
from quizbot.store.attempts import counts
from quizbot.store.board_tables import RoundTally
from quizbot.store.boards import (
    ALL_TIME,
    board_row,
    choices,
    clear_boards,
    count_people,
    drop_standings,
    insert_standings,
    lock_boards,
    put_standings,
    results_in,
    round_tally,
    standings_above,
    standings_of,
)
from quizbot.store.pages import answers_given, counting_attempts, right_answers
from quizbot.store.rounds import all_rounds, locked_round
from quizbot.store.unscored import uncounted

EVER = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
Results = dict[str, tuple[int, float]]


def boards_of(opened_at: datetime) -> list[str]:
    """The boards that a round is in: of its quarter, its year, and all time."""
    return [season_of(opened_at, "quarter"), season_of(opened_at, "year"), ALL_TIME]


def bounds_of(name: str) -> tuple[datetime, datetime]:
    """First instant of a season or of all time, and the first after it.

    Raises:
        ValueError: no such season's name.
    """
    return EVER if name == ALL_TIME else season_bounds(name)


@contextmanager
def recounted(session: Session, account: str, round_id: str) -> Iterator[Round]:
    """A round that is locked, so that its attempts or its state can be changed; the boards follow at the end.

    Args:
        session: a writing one, without a lock on any round.
        account: whose.
        round_id: the round's id.
    """
    lock_boards(session, account)
    row = locked_round(session, round_id)
    tally = round_tally(session, account, round_id) or RoundTally(account=account, round_id=round_id)
    was = tally.counted
    before = results_in(session, account, round_id) if was else {}
    yield row
    session.flush()
    _sum_up(session, row, tally)
    if was or tally.counted:
        after = results_in(session, account, round_id) if tally.counted else {}
        _follow(session, row, before, after, tally.counted - was)


def _sum_up(session: Session, row: Round, tally: RoundTally) -> None:
    tally.counted = counts(row)
    tally.judged, tally.correct = right_answers(session, row.account, row.id)
    given = answers_given(session, row.account, row.id)
    tally.answers = [[one.kind, one.matched, one.diagnosis, one.people] for one in given]
    session.add(tally)


def _follow(session: Session, row: Round, before: Results, after: Results, more: int) -> None:
    """Let the boards of a round follow its results; ``more``: by how many the rounds that count have grown."""
    changed = {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}
    for name in boards_of(row.opened_at) if row.opened_at and (changed or more) else ():
        board = board_row(session, row.account, name)
        old, board.rounds = counted_rounds(board.rounds), board.rounds + more
        best = counted_rounds(board.rounds)
        tallies, chose = _tallies(session, row.account, name, changed, min(old, best) if old != best else None)
        for author in changed:
            _change(tallies.setdefault(author, Tally()), before.get(author), after.get(author))
        chose |= choices(session, row.account, [one for one in changed if one not in chose])
        _put(session, row.account, name, tallies, chose, best)
        count_people(session, board)


def _tallies(
    session: Session, account: str, board: str, authors: Collection[str], above: int | None
) -> tuple[dict[str, Tally], dict[str, int]]:
    """The tallies and choices of some people on a board, and of those with more attempts than k was or is."""
    rows = list(standings_of(session, account, board, authors))
    rows += standings_above(session, account, board, above) if above is not None else []
    return {row.author_id: unpacked(row.results) for row in rows}, {row.author_id: row.choice for row in rows}


def _change(tally: Tally, before: tuple[int, float] | None, after: tuple[int, float] | None) -> None:
    if before is not None:
        tally.remove(*before)
    if after is not None:
        tally.add(*after)


def _put(
    session: Session, account: str, board: str, tallies: dict[str, Tally], chose: dict[str, int], best: int
) -> None:
    lines = (_line(account, board, one, tally, chose.get(one, 0), best) for one, tally in tallies.items())
    put_standings(session, (line for line in lines if line["rounds"]))
    drop_standings(session, account, board, [one for one, tally in tallies.items() if not tally.rounds])


def _line(account: str, board: str, author: str, tally: Tally, choice: int, best: int) -> dict[str, Any]:
    return {
        "account": account,
        "board": board,
        "author_id": author,
        "points": tally.best(best),
        "rounds": tally.rounds,
        "median_seconds": tally.median_seconds,
        "choice": choice,
        "results": tally.packed(),
    }


def count_owed(store: Store, account: str) -> int:
    """Count the rounds whose tally is missing, or tells wrongly whether they count; returns how many those were.

    A database from before there were boards is counted whole.
    """
    with store.read() as session:
        owed = uncounted(session, account)
        whole = len(owed) == len([row for row in all_rounds(session, account) if row.scored_at])
    if owed and whole:
        rebuild(store, account)
        return len(owed)
    for row in owed:
        with store.write() as session, recounted(session, account, row.id):
            pass
    return len(owed)


def count_all_owed(store: Store) -> None:
    """Count what is owed of every account, after tables were brought to this version."""
    with store.read() as session:
        known = [row.id for row in accounts(session)]
    for account in known:
        count_owed(store, account)


def rebuild(store: Store, account: str) -> None:
    """Count every board and every round's tally anew from the attempts, as of one moment."""
    with store.write() as session:
        clear_boards(session, account)
        rounds = [row for row in all_rounds(session, account) if row.scored_at and row.opened_at]
        for row in rounds:
            _sum_up(session, row, RoundTally(account=account, round_id=row.id))
        held = [row.opened_at for row in rounds if counts(row) and row.opened_at]
        for name in sorted({name for at in held for name in boards_of(at)}):
            _build(session, account, name, held)


def _build(session: Session, account: str, name: str, held: Sequence[datetime]) -> None:
    start, end = bounds_of(name)
    board = board_row(session, account, name)
    board.rounds = sum(start <= at < end for at in held)
    by_author: dict[str, list[tuple[int, float]]] = {}
    for one in counting_attempts(session, account, start, end):
        by_author.setdefault(one.author_id, []).append((one.points, one.seconds))
    chose, best = choices(session, account, by_author), counted_rounds(board.rounds)
    insert_standings(session, _lines(account, name, by_author, chose, best))
    count_people(session, board)


def _lines(
    account: str, name: str, by_author: dict[str, list[tuple[int, float]]], chose: dict[str, int], best: int
) -> Iterable[dict[str, Any]]:
    for author, results in by_author.items():
        yield _line(account, name, author, tally_of(results), chose.get(author, 0), best)
