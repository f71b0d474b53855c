"""The database: tables, queries and units of work. SQLModel and SQLAlchemy stay inside this room."""

from sqlmodel import Session

from quizbot.store.console_tables import AuditRow, QueueRow, XLinkRow
from quizbot.store.engine import Conflict, Store, open_store
from quizbot.store.tables import (
    Account,
    Attempt,
    BackupRow,
    CaseSeen,
    Forgotten,
    Lease,
    Media,
    OutboxRow,
    PersonRow,
    ReplyRow,
    Respondent,
    Round,
    RulingRow,
    SignOffRow,
    VerdictRow,
)
from quizbot.store.visits import Appeal, Cohort, CohortMember, Tries, WebSession

__all__ = [
    "Account",
    "Appeal",
    "Attempt",
    "AuditRow",
    "BackupRow",
    "CaseSeen",
    "Cohort",
    "CohortMember",
    "Conflict",
    "Forgotten",
    "Lease",
    "Media",
    "OutboxRow",
    "PersonRow",
    "QueueRow",
    "ReplyRow",
    "Respondent",
    "Round",
    "RulingRow",
    "Session",
    "SignOffRow",
    "Store",
    "Tries",
    "VerdictRow",
    "WebSession",
    "XLinkRow",
    "open_store",
]
