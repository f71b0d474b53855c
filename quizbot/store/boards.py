"""Queries on boards, and on how rounds were answered."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, delete, func, update
from sqlalchemy import select as sql_select
from sqlalchemy import text as sql
from sqlmodel import Session, col, select

from quizbot.store.board_tables import BoardRow, RoundTally, StandingRow
from quizbot.store.chunks import chunks, columns
from quizbot.store.insertion import insert_rows, insertion, put_rows
from quizbot.store.tables import Attempt, Respondent, VerdictRow

ALL_TIME = "all"
"""The name of the board of all time."""
_LISTED = {False: sql("points > 0 AND choice >= 0"), True: sql("points > 0 AND choice = 1")}  # as the indices have it


def lock_boards(session: Session, account: str) -> None:
    """Keep others from changing any board or round's tally of an account until this transaction ends.

    It is taken before any lock on a round, so that nobody waits in a circle.
    """
    session.execute(insertion(session, BoardRow, account=account, name=ALL_TIME).on_conflict_do_nothing())
    session.get_one(BoardRow, (account, ALL_TIME), with_for_update=True, populate_existing=True)


def board_row(session: Session, account: str, name: str) -> BoardRow:
    """A board, made at its first use; the boards are locked."""
    row = session.get(BoardRow, (account, name))
    if row is None:
        row = BoardRow(account=account, name=name, rounds=0, people=0, joined=0)
        session.add(row)
    return row


def board_if_any(session: Session, account: str, name: str) -> BoardRow | None:
    """A board, if a round was ever counted in it."""
    return session.get(BoardRow, (account, name))


def _on(account: str, board: str) -> Any:  # noqa: ANN401  # a condition
    return and_(col(StandingRow.account) == account, col(StandingRow.board) == board)


def _of(account: str, author_id: str) -> Any:  # noqa: ANN401  # a condition
    return and_(col(StandingRow.account) == account, col(StandingRow.author_id) == author_id)


@dataclass(frozen=True, slots=True)
class Listed:
    """Whom a board lists: everybody but those who left, or (``joined_only``) nobody but those who joined."""

    account: str
    board: str
    joined_only: bool

    @property
    def _rows(self) -> Any:  # noqa: ANN401  # a condition
        return and_(_on(self.account, self.board), _LISTED[self.joined_only])

    def lines(self, session: Session, skip: int, most: int | None, people: int) -> Sequence[Row[Any]]:
        """Some lines, best first: author_id, points, rounds, median_seconds.

        The database walks over every line that it skips, so those of the lower half are found from the end.

        Args:
            session: the database.
            skip: leave out so many lines at the top.
            most: how many lines; None: all.
            people: how many people it lists.
        """
        query = sql_select(*columns(StandingRow, "author_id", "points", "rounds", "median_seconds")).where(self._rows)
        points, seconds, author = col(StandingRow.points), col(StandingRow.median_seconds), col(StandingRow.author_id)
        if most is None or skip <= people // 2:
            return session.execute(query.order_by(points.desc(), seconds, author).offset(skip).limit(most)).all()
        end = min(skip + most, people)
        upwards = query.order_by(points, seconds.desc(), author.desc())
        return session.execute(upwards.offset(people - end).limit(max(end - skip, 0))).all()[::-1]

    def equals_above(self, session: Session, line: Row[Any]) -> int:
        """How many people with the same points in the same time stand above a line."""
        seconds = line.median_seconds
        same_time = col(StandingRow.median_seconds).between(seconds, seconds)  # SQLite 3.40 leaves the index at "="
        above = col(StandingRow.author_id) < line.author_id
        return self._count(session, StandingRow.points == line.points, same_time, above)

    def people(self, session: Session) -> int:
        """How many people it lists."""
        return self._count(session)

    def _count(self, session: Session, *more: Any) -> int:  # noqa: ANN401  # conditions
        query = sql_select(func.count()).select_from(StandingRow).where(self._rows, *more)
        return int(session.execute(query).scalar_one())


def count_people(session: Session, row: BoardRow) -> None:
    """Write down how many people a board lists."""
    session.flush()
    row.people = Listed(row.account, row.name, joined_only=False).people(session)
    row.joined = Listed(row.account, row.name, joined_only=True).people(session)


_STORED = ("author_id", "points", "rounds", "median_seconds", "choice", "results")


def standings_of(session: Session, account: str, board: str, authors: Collection[str]) -> list[Row[Any]]:
    """The lines of some people."""
    query = sql_select(*columns(StandingRow, *_STORED)).where(_on(account, board))
    author = col(StandingRow.author_id)
    return [row for some in chunks(authors) for row in session.execute(query.where(author.in_(some)))]


def standings_above(session: Session, account: str, board: str, rounds: int) -> Sequence[Row[Any]]:
    """The lines of those who made more attempts than so many."""
    query = sql_select(*columns(StandingRow, *_STORED)).where(_on(account, board), col(StandingRow.rounds) > rounds)
    return session.execute(query).all()


def put_standings(session: Session, lines: Iterable[dict[str, Any]]) -> None:
    """Write lines down, whether they are new or not."""
    put_rows(session, StandingRow, lines, key=("account", "board", "author_id"))


def drop_standings(session: Session, account: str, board: str, authors: Collection[str]) -> None:
    """Take people off a board who made no attempt."""
    for some in chunks(authors):
        session.execute(delete(StandingRow).where(_on(account, board), col(StandingRow.author_id).in_(some)))


def drop_author(session: Session, account: str, author_id: str) -> None:
    """Take a person out of every board and every round's tally, while their attempts are still there."""
    lock_boards(session, account)
    for one in _verdicts_on(session, account, author_id):
        row = session.get(RoundTally, (account, one.round_id), populate_existing=True)
        if row is not None:
            _less(row, one)
    names = session.exec(select(StandingRow.board).where(_of(account, author_id))).all()
    session.execute(delete(StandingRow).where(_of(account, author_id)))
    for name in names:
        count_people(session, board_row(session, account, name))


def _verdicts_on(session: Session, account: str, author_id: str) -> Sequence[Row[Any]]:
    query = (
        sql_select(
            *columns(Attempt, "round_id", "kind", "credit"),
            col(VerdictRow.kind).label("judged"),
            *columns(VerdictRow, "matched", "diagnosis"),
        )
        .select_from(Attempt)
        .join(VerdictRow, (col(VerdictRow.account) == Attempt.account) & (col(VerdictRow.post_id) == Attempt.post_id))
        .where(col(Attempt.account) == account, col(Attempt.author_id) == author_id)
    )
    return session.execute(query).all()


def _less(row: RoundTally, attempt: Row[Any]) -> None:
    """One attempt less in a round's tally."""
    verdict = [attempt.judged, attempt.matched, attempt.diagnosis]
    answers = [list(one) for one in row.answers]
    for one in answers:
        if one[:-1] == verdict:
            one[-1] -= 1
            break  # tallies of older versions have a line for each credit
    row.answers = [one for one in answers if one[-1]]
    row.judged -= attempt.kind != "review"
    row.correct -= attempt.kind != "review" and attempt.credit == 1


def choose(session: Session, account: str, author_id: str, choice: int) -> None:
    """Let the boards follow a person's choice."""
    lock_boards(session, account)
    mine = _of(account, author_id)
    session.execute(update(StandingRow).where(mine).values(choice=choice))
    for name in session.exec(select(StandingRow.board).where(mine)).all():
        count_people(session, board_row(session, account, name))


def choice_of(on_board: bool | None) -> int:  # noqa: FBT001  # a column's value
    """A person's own choice as a line has it."""
    return 0 if on_board is None else 1 if on_board else -1


def choices(session: Session, account: str, authors: Collection[str]) -> dict[str, int]:
    """What those among some people chose who chose anything."""
    query = sql_select(*columns(Respondent, "user_id", "on_board")).where(
        col(Respondent.account) == account, col(Respondent.on_board).is_not(None)
    )
    found = [row for some in chunks(authors) for row in session.execute(query.where(col(Respondent.user_id).in_(some)))]
    return {row.user_id: choice_of(row.on_board) for row in found}


def results_in(session: Session, account: str, round_id: str) -> dict[str, tuple[int, float]]:
    """Points and seconds of the attempts in a round, by author."""
    query = sql_select(*columns(Attempt, "author_id", "points", "seconds")).where(
        col(Attempt.account) == account, col(Attempt.round_id) == round_id
    )
    return {row.author_id: (row.points, row.seconds) for row in session.execute(query)}


def round_tally(session: Session, account: str, round_id: str) -> RoundTally | None:
    """How a round was answered; None if it was never scored."""
    return session.get(RoundTally, (account, round_id))


def clear_boards(session: Session, account: str) -> None:
    """Throw away all that is counted; the attempts stay."""
    lock_boards(session, account)
    session.expunge_all()
    for table in (StandingRow, RoundTally):
        session.execute(delete(table).where(col(table.account) == account))
    session.execute(delete(BoardRow).where(col(BoardRow.account) == account, col(BoardRow.name) != ALL_TIME))
    session.execute(update(BoardRow).where(col(BoardRow.account) == account).values(rounds=0, people=0, joined=0))


def insert_standings(session: Session, lines: Iterable[dict[str, Any]]) -> None:
    """Write lines down where there are none."""
    insert_rows(session, StandingRow, lines)
