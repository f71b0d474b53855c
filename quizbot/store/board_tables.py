"""Tables that pages read instead of counting: boards, and how a round was answered.

They follow from the attempts, are changed in the transaction that changes those (``quizbot.rounds.counting``), and can
be made anew from them at any time.
"""

from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Index, LargeBinary
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel, col

_DEFAULT, _JOINED = sql("points > 0 AND choice >= 0"), sql("points > 0 AND choice = 1")


class BoardRow(SQLModel, table=True):
    """A board: of a quarter, of a year, of all time. Who changes any board of an account locks the one of all time."""

    __tablename__: ClassVar[str] = "board"

    account: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    rounds: int = 0  # those that count
    people: int = 0  # with points, but for those who left the boards
    joined: int = 0  # with points, who chose to be on the boards


class StandingRow(SQLModel, table=True):
    """A respondent on a board."""

    __tablename__: ClassVar[str] = "standing"
    __table_args__ = (Index("ix_standing_author", "account", "author_id"),)

    account: str = Field(primary_key=True)
    board: str = Field(primary_key=True)
    author_id: str = Field(primary_key=True)
    points: int  # of the best k rounds
    rounds: int  # attempts made
    median_seconds: float
    choice: int = 0  # the person's own: 1 on the boards, -1 off them, 0 as QUIZBOT_BOARD has it
    results: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # as quizbot.rounds.tally packs them


_PLACE = (col(StandingRow.account), col(StandingRow.board), col(StandingRow.points).desc())
_TIES = (col(StandingRow.median_seconds), col(StandingRow.author_id))
Index("ix_standing_place", *_PLACE, *_TIES, sqlite_where=_DEFAULT, postgresql_where=_DEFAULT)
Index("ix_standing_joined", *_PLACE, *_TIES, sqlite_where=_JOINED, postgresql_where=_JOINED)


class RoundTally(SQLModel, table=True):
    """How a round was answered, when it was last scored."""

    __tablename__: ClassVar[str] = "round_tally"

    account: str = Field(primary_key=True)
    round_id: str = Field(primary_key=True, foreign_key="round.id")
    counted: bool = False  # its attempts are in the boards
    judged: int = 0  # attempts that do not wait for a ruling
    correct: int = 0  # of those
    answers: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # [kind, matched,
    # diagnosis, people]: so many attempts with this verdict
