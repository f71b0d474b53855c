"""Tables behind the console: what was done there, the order that people gave the queue, who may sign in with X."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from quizbot.store.types import UtcDateTime


def _now() -> Any:  # noqa: ANN401  # SQLModel's Field is typed so
    return Field(sa_type=UtcDateTime, nullable=False)


class AuditRow(SQLModel, table=True):
    """What somebody did in the console. Only added to; triggers see to it."""

    __tablename__: ClassVar[str] = "audit"

    id: int | None = Field(default=None, primary_key=True)
    account: str = Field(index=True)
    at: datetime = _now()
    by: str  # the person's name as shown; empty: nobody had signed in
    action: str  # as quizbot.store.audit.Action names it
    about: str = ""  # the case, the round or the person concerned
    detail: str = ""  # one line; never a reply's words, never a respondent


class QueueRow(SQLModel, table=True):
    """What people decided of a case's place in the calendar; a case without a row goes by its age."""

    __tablename__: ClassVar[str] = "queue"

    account: str = Field(primary_key=True)
    slug: str = Field(primary_key=True)
    rank: int | None = None  # from 1; cases without one come after those that have one
    pinned_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)
    changed_by: str
    changed_at: datetime = _now()


class XLinkRow(SQLModel, table=True):
    """An account of X that may sign in to the console as an account of ``quizbot user``: the allow-list."""

    __tablename__: ClassVar[str] = "x_link"
    __table_args__ = (UniqueConstraint("account", "user_id"), UniqueConstraint("account", "handle"))

    account: str = Field(primary_key=True)
    name: str = Field(primary_key=True)  # folded, as in ``person``
    user_id: str | None = None  # of X; None until somebody of the handle has signed in
    handle: str | None = None  # folded, without @: as the entry was made
    linked_at: datetime = _now()
