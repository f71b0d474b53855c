"""The tables. Every one carries its account, so that several accounts can share a database.

Money and history are derived, never stored twice: scores (``Attempt``) are recomputed from replies, verdicts and
rulings whenever one of them changes.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel, col

from quizbot.store.types import UtcDateTime


def _instant(*, index: bool = False) -> Any:  # noqa: ANN401  # SQLModel's Field is typed so
    return Field(default=None, sa_type=UtcDateTime, index=index, nullable=True)


def _now() -> Any:  # noqa: ANN401  # SQLModel's Field is typed so
    return Field(sa_type=UtcDateTime, nullable=False)


class Account(SQLModel, table=True):
    """The bot's own account on the platform, and what is remembered between two runs."""

    __tablename__: ClassVar[str] = "account"

    id: str = Field(primary_key=True)
    handle: str | None = None
    started_at: datetime = _now()  # times of the calendar before this one are nobody's debt
    paused_at: datetime | None = _instant()
    stopped_reason: str | None = None  # why the bot itself stopped posting (keys, permissions, credit)
    stopped_until: datetime | None = _instant()  # when it tries again by itself; None: when told to resume
    dialect: str | None = None
    restored_from: datetime | None = _instant()  # the age of the backup it was restored from: what was posted since is
    # unknown to this database, and looked for on the timeline before it is posted
    mentions_since: str | None = None  # a reading goes back to this post; moves on only when one was complete
    next_poll_at: datetime | None = _instant()
    polled_at: datetime | None = _instant()
    poll_error: str | None = None
    heartbeat_at: datetime | None = _instant()


class CaseSeen(SQLModel, table=True):
    """A case folder as it was last seen."""

    __tablename__: ClassVar[str] = "case_seen"

    account: str = Field(primary_key=True)
    slug: str = Field(primary_key=True)
    first_seen_at: datetime = _now()
    problem: str | None = None  # why it cannot be posted now


class Round(SQLModel, table=True):
    """One case on its way: posted once, open, revealed; or a pearl or link, posted."""

    __tablename__: ClassVar[str] = "round"
    __table_args__ = (UniqueConstraint("account", "lane", "slot_at"), Index("ix_round_state", "account", "state"))

    id: str = Field(primary_key=True)  # random: it appears in addresses and must not tell the diagnosis
    account: str
    case_id: str
    kind: str
    lane: str  # quiz, pearl or pin:<slug>: with slot_at the claim on a time of the calendar
    slot_at: datetime = _now()
    first_case: str | None = None  # the case whose diagnosis this one asks again: ties repeats together
    state: str
    case_json: str = Field(exclude=True)  # the case as it was posted; a folder that changes later changes nothing
    media: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # digests, in order
    quiz_post_id: str | None = Field(default=None, index=True)
    opened_at: datetime | None = _instant()
    closes_at: datetime | None = _instant()
    last_read_at: datetime | None = _instant()  # start of the last complete reading of replies
    swept_at: datetime | None = _instant()
    reread_at: datetime | None = _instant()  # the first reading in search of deleted replies
    checked_at: datetime | None = _instant()  # when that search was over
    revealed_at: datetime | None = _instant()
    scored_at: datetime | None = _instant()
    halted: str | None = None  # a reason: the round waits for the operator
    retraction: str | None = None  # wrong or privacy: why it is or was taken back
    voided: bool = False  # its points do not count
    correction: str | None = None  # what was posted to correct it; shown on its page
    retracted_at: datetime | None = _instant()  # when the operator took it back
    gone_at: datetime | None = _instant()  # when the quiz post was found to be no longer on the platform
    standing_at: datetime | None = _instant()  # when it was last looked for there
    unread: str | None = None  # what could not be read of the replies, for people
    created_at: datetime = _now()


class OutboxRow(SQLModel, table=True):
    """One effect on the platform, written down before it is made."""

    __tablename__: ClassVar[str] = "outbox"
    __table_args__ = (UniqueConstraint("round_id", "seq"), Index("ix_outbox_state", "account", "state"))

    id: int | None = Field(default=None, primary_key=True)
    account: str
    round_id: str = Field(foreign_key="round.id", index=True)
    seq: int  # rows of a round are sent in this order
    role: str  # quiz, answer, reference, pearl, link
    part: int
    action: str  # upload, describe, post, delete
    target_id: str | None = None  # of a deletion: the post to be taken back
    text: str = ""  # the post's exact text, or the alt text
    media_digest: str | None = None
    graphic: bool = False
    reply_to_seq: int | None = None  # the post row of this round that it answers
    state: str = "planned"
    attempts: int = 0
    owner: str | None = None
    lease_until: datetime | None = _instant()
    next_try_at: datetime | None = _instant()
    first_tried_at: datetime | None = _instant()
    absences: int = 0  # readings of the own timeline in which an unknown post was not found
    absent_at: datetime | None = _instant()
    result_id: str | None = None  # the platform's post or media id
    settled_at: datetime | None = _instant()
    failure: str | None = None  # the kind of the last failure, as quizbot.platforms.protocol.Failure names it
    error: str | None = None  # its line, for people


class Media(SQLModel, table=True):
    """A cleaned picture, kept as it was posted."""

    __tablename__: ClassVar[str] = "media"

    account: str = Field(primary_key=True)
    digest: str = Field(primary_key=True)  # SHA-256 of data
    mime: str
    width: int
    height: int
    source_digest: str
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False), exclude=True)


_KEPT = sql("text IS NOT NULL")
_CHOSE, _OUT = sql("on_board IS NOT NULL"), sql("opted_out_at IS NOT NULL")


class ReplyRow(SQLModel, table=True):
    """A direct reply to a quiz post, raw. Edited versions are rows of their own with the same ``root_id``."""

    __tablename__: ClassVar[str] = "reply"
    __table_args__ = (
        Index("ix_reply_round", "round_id", "author_id"),
        Index("ix_reply_author", "account", "author_id"),
        Index("ix_reply_kept", "account", "posted_at", sqlite_where=_KEPT, postgresql_where=_KEPT),
    )

    account: str = Field(primary_key=True)
    post_id: str = Field(primary_key=True)
    root_id: str  # the first version's id
    round_id: str = Field(foreign_key="round.id")
    author_id: str
    text: str | None  # None once retention has removed it
    posted_at: datetime = _now()
    seen_at: datetime = _now()
    missing_at: datetime | None = _instant()  # a reading did not show it; missing in a second one, it is deleted
    deleted_at: datetime | None = _instant()


class VerdictRow(SQLModel, table=True):
    """The grader's verdict on a reply; recomputed at will."""

    __tablename__: ClassVar[str] = "verdict"

    account: str = Field(primary_key=True)
    post_id: str = Field(primary_key=True)
    round_id: str = Field(index=True)
    kind: str
    credit: float | None = None
    matched: str | None = None
    reasons: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    phrase: str | None = Field(default=None, index=True)
    diagnosis: str | None = None
    grader: str
    graded_at: datetime = _now()


class RulingRow(SQLModel, table=True):
    """A person's decision on a phrase of a case. Rows are never changed but for ``undone_*``."""

    __tablename__: ClassVar[str] = "ruling"
    __table_args__ = (Index("ix_ruling_case", "account", "case_id", "phrase"),)

    id: int | None = Field(default=None, primary_key=True)
    account: str
    case_id: str
    phrase: str
    decision: str
    credit: float | None = None
    because: str | None = None
    ruled_by: str
    ruled_at: datetime = _now()
    undone_by: str | None = None
    undone_at: datetime | None = _instant()


class Attempt(SQLModel, table=True):
    """What a respondent got in a round: the reply that counts. Recomputed from replies and verdicts."""

    __tablename__: ClassVar[str] = "attempt"
    __table_args__ = (Index("ix_attempt_author", "account", "author_id"),)

    account: str = Field(primary_key=True)
    round_id: str = Field(primary_key=True, foreign_key="round.id")
    author_id: str = Field(primary_key=True)
    post_id: str
    kind: str
    credit: float | None = None
    points: int = 0
    seconds: float  # from the quiz's post to the reply


Index(
    "ix_attempt_points",
    *(col(Attempt.account), col(Attempt.round_id)),
    *(col(Attempt.points).desc(), col(Attempt.seconds), col(Attempt.author_id)),
)


class Respondent(SQLModel, table=True):
    """A person who replied; the handle is looked up only when a board needs it."""

    __tablename__: ClassVar[str] = "respondent"
    __table_args__ = (
        Index("ix_respondent_choice", "account", "user_id", sqlite_where=_CHOSE, postgresql_where=_CHOSE),
        Index("ix_respondent_out", "account", "user_id", sqlite_where=_OUT, postgresql_where=_OUT),
    )

    account: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    handle: str | None = None
    name: str | None = None
    looked_up_at: datetime | None = _instant()
    opted_out_at: datetime | None = _instant()
    pseudonym: str | None = None  # chosen on the own page: shown in the place of the handle
    name_barred_at: datetime | None = _instant()  # an operator took the pseudonym away for good: none can be chosen
    on_board: bool | None = None  # the person's own choice; None: as QUIZBOT_BOARD has it


class Forgotten(SQLModel, table=True):
    """Who asked to be forgotten: a keyed hash of the user id, and nothing else."""

    __tablename__: ClassVar[str] = "forgotten"

    account: str = Field(primary_key=True)
    hash: str = Field(primary_key=True)
    key_check: str  # tells whether the installation's key is still the one that the hash was made with
    forgotten_at: datetime = _now()


class BackupRow(SQLModel, table=True):
    """A backup that was made, so that people can be told which ones still hold what was erased.

    It is of the whole database, and so has no account.
    """

    __tablename__: ClassVar[str] = "backup"

    path: str = Field(primary_key=True)  # absolute, on the machine ``host``
    host: str = Field(primary_key=True)
    made_at: datetime = _now()


class LedgerRow(SQLModel, table=True):
    """What was billed, by kind and UTC day."""

    __tablename__: ClassVar[str] = "ledger"

    account: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    units: int = 0


class PersonRow(SQLModel, table=True):
    """An account of somebody who writes cases, releases them or runs the bot."""

    __tablename__: ClassVar[str] = "person"
    __table_args__ = (UniqueConstraint("account", "handle"),)

    account: str = Field(primary_key=True)
    name: str = Field(primary_key=True)  # folded: two names that differ in case alone are one
    shown_name: str
    handle: str | None = None  # folded
    roles: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    passphrase: str = Field(exclude=True, repr=False)  # argon2's own form, with salt and parameters
    added_at: datetime = _now()
    changed_at: datetime = _now()  # of the passphrase
    disabled_at: datetime | None = _instant()
    failures: int = 0  # in a row; counted before the passphrase is looked at
    blocked_until: datetime | None = _instant()


class SignOffRow(SQLModel, table=True):
    """An entry of the record of sign-offs: never changed, never deleted; triggers see to it, and the chain shows it."""

    __tablename__: ClassVar[str] = "signoff"
    __table_args__ = (UniqueConstraint("account", "previous"), Index("ix_signoff_case", "account", "case_id"))

    account: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)  # from 1, without a gap
    case_id: str
    previous: str  # the hash of the entry before; unique, so that of two writers one comes second
    hash: str
    body: str = Field(sa_column=Column(Text, nullable=False))  # canonical JSON; the hash covers exactly these letters


class Lease(SQLModel, table=True):
    """Who does a task of the account that one process at a time should do, and until when it is believed to live."""

    __tablename__: ClassVar[str] = "lease"

    account: str = Field(primary_key=True)
    task: str = Field(primary_key=True)
    owner: str
    until: datetime = _now()
