"""Tables behind the pages: who is signed in, tries that are counted, appeals, cohorts."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from quizbot.store.types import UtcDateTime


def _instant() -> Any:  # noqa: ANN401  # SQLModel's Field is typed so
    return Field(default=None, sa_type=UtcDateTime, nullable=True)


def _now() -> Any:  # noqa: ANN401  # SQLModel's Field is typed so
    return Field(sa_type=UtcDateTime, nullable=False)


class WebSession(SQLModel, table=True):
    """A browser that is signed in. Of its cookie only a keyed hash is kept, of X's access token nothing."""

    __tablename__: ClassVar[str] = "web_session"
    __table_args__ = (Index("ix_web_session_subject", "account", "realm", "subject"),)

    hash: str = Field(primary_key=True)
    account: str
    realm: str  # which part of the pages it opens: respondent, console
    subject: str  # a user id of X, or the name of an account of ``quizbot user``
    label: str  # what the person is called on the page
    began_at: datetime = _now()
    used_at: datetime = _now()  # to within a few minutes
    ends_at: datetime = _now()  # whatever happens


class Tries(SQLModel, table=True):
    """How often somebody tried something since a window of time began; ``who`` is a keyed hash."""

    __tablename__: ClassVar[str] = "tries"

    account: str = Field(primary_key=True)
    what: str = Field(primary_key=True)
    who: str = Field(primary_key=True)
    count: int
    until: datetime = _now()  # the window's end


class Appeal(SQLModel, table=True):
    """A respondent's word against a verdict; at most one for a reply. It goes with the person's data."""

    __tablename__: ClassVar[str] = "appeal"
    __table_args__ = (Index("ix_appeal_author", "account", "author_id"),)

    account: str = Field(primary_key=True)
    post_id: str = Field(primary_key=True)
    round_id: str = Field(foreign_key="round.id")
    case_id: str
    phrase: str  # what a ruling on it is about
    author_id: str
    verdict: str  # the one it was filed against
    note: str | None = None  # the respondent's words: for the educators alone, gone with the reply's text
    filed_at: datetime = _now()
    closed_by: str | None = None
    closed_at: datetime | None = _instant()
    answer: str | None = None  # an educator's reason, shown to the respondent


class Cohort(SQLModel, table=True):
    """People who learn together, such as a residency or a class."""

    __tablename__: ClassVar[str] = "cohort"
    __table_args__ = (UniqueConstraint("account", "name"), UniqueConstraint("account", "code"))

    id: str = Field(primary_key=True)  # random: it stands in addresses
    account: str
    name: str
    code: str  # by which it is joined; given out by the educators
    supervisor: str | None = None  # who oversees it, as the report names them
    made_by: str
    made_at: datetime = _now()
    closed_at: datetime | None = _instant()  # nobody joins any more


class CohortMember(SQLModel, table=True):
    """Somebody who joined a cohort, and under which handle: that is what the educators see."""

    __tablename__: ClassVar[str] = "cohort_member"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id"], ["cohort.id"]),
        Index("ix_cohort_member_user", "account", "user_id"),
    )

    account: str
    cohort_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    handle: str
    joined_at: datetime = _now()
