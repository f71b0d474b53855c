"""What was done in the console: who, when, what. Added to and read, never changed."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from quizbot.core.errors import one_line
from quizbot.core.person import INSTALLATION
from quizbot.store.console_tables import AuditRow

_LONGEST = 300  # characters of a detail


class Action(StrEnum):
    """What is written down."""

    SIGNED_IN = "signed in"
    REFUSED = "sign-in refused"
    SIGNED_OUT = "signed out"
    LINKED = "linked to an account of X"
    UNLINKED = "unlinked from X"
    RULED = "ruled"
    RULING_UNDONE = "ruling undone"
    APPEAL_DECIDED = "appeal decided"
    SIGNED_OFF = "signed off"
    DECLINED = "declined a case"
    COVERED = "filled boxes in a picture"
    QUEUE_MOVED = "moved in the queue"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    PAUSED = "paused posting"
    RESUMED = "resumed posting"
    ROUND_RESUMED = "resumed a round"
    RETRACTED = "retracted"
    NAME_CLEARED = "took a pseudonym away"
    COHORT_MADE = "made a cohort"
    COHORT_CHANGED = "renamed a cohort"
    COHORT_CLOSED = "closed a cohort"
    COHORT_OPENED = "opened a cohort again"
    CODE_RENEWED = "renewed a cohort's code"
    REPORT_TAKEN = "took a cohort's report"


def note(
    session: Session, account: str, at: datetime, by: str, action: Action, about: str = "", detail: str = ""
) -> None:
    """Write an act down, in the transaction that does it where there is one.

    Args:
        session: a writing one.
        account: whose console.
        at: when.
        by: the person's name; empty where nobody had signed in.
        action: what was done.
        about: the case, the round or the person concerned.
        detail: one line more; never a reply's words, never a respondent.
    """
    row = AuditRow(
        account=account, at=at, by=by, action=action, about=about[:_LONGEST], detail=one_line(detail)[:_LONGEST]
    )
    session.add(row)


def entries(session: Session, account: str, *, skip: int = 0, most: int = 100) -> Sequence[AuditRow]:
    """What was done, newest first; what concerns the whole installation too."""
    query = select(AuditRow).where(_seen_by(account)).order_by(col(AuditRow.id).desc())
    return session.exec(query.offset(skip).limit(most)).all()


def count(session: Session, account: str) -> int:
    """How many entries there are."""
    return int(session.exec(select(func.count()).select_from(AuditRow).where(_seen_by(account))).one())


def _seen_by(account: str) -> ColumnElement[bool]:
    return col(AuditRow.account).in_([account, INSTALLATION])
