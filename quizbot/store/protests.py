"""Queries on respondents' appeals."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from quizbot.store.visits import Appeal


def open_appeals(session: Session, account: str, most: int) -> Sequence[Appeal]:
    """Appeals that nobody has decided, the oldest first; at most so many."""
    query = select(Appeal).where(Appeal.account == account, col(Appeal.closed_at).is_(None))
    return session.exec(query.order_by(col(Appeal.filed_at)).limit(most)).all()


def appeal_of(session: Session, account: str, post_id: str) -> Appeal | None:
    """The appeal about a reply."""
    return session.get(Appeal, (account, post_id))


def close_appeals(  # which, who, when, why
    session: Session, account: str, case_id: str, phrase: str, by: str, now: datetime, answer: str | None
) -> None:
    """Close every open appeal about a phrase of a case: a ruling settles them all."""
    query = select(Appeal).where(
        Appeal.account == account,
        Appeal.case_id == case_id,
        Appeal.phrase == phrase,
        col(Appeal.closed_at).is_(None),
    )
    for row in session.exec(query).all():
        row.closed_by, row.closed_at, row.answer = by, now, answer
