"""The database: tables, queries and units of work. SQLModel and SQLAlchemy stay inside this room."""

from sqlmodel import Session

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
    ReplyRow,
    Respondent,
    Round,
    RulingRow,
    VerdictRow,
)

__all__ = [
    "Account",
    "Attempt",
    "BackupRow",
    "CaseSeen",
    "Conflict",
    "Forgotten",
    "Lease",
    "Media",
    "OutboxRow",
    "ReplyRow",
    "Respondent",
    "Round",
    "RulingRow",
    "Session",
    "Store",
    "VerdictRow",
    "open_store",
]
