"""Queries on attempts: what counts of each person in each round."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_
from sqlmodel import Session, col, select

from quizbot.store.insertion import insert_rows
from quizbot.store.tables import Attempt, Respondent, Round


def replace_attempts(session: Session, round_id: str, attempts: Iterable[dict[str, Any]]) -> int:
    """Put a round's recomputed attempts in place of the old ones; returns how many."""
    session.execute(delete(Attempt).where(col(Attempt.round_id) == round_id))
    return insert_rows(session, Attempt, attempts)


def attempts_of(session: Session, round_id: str) -> Sequence[Attempt]:
    """A round's attempts, quickest first."""
    return session.exec(select(Attempt).where(Attempt.round_id == round_id).order_by(col(Attempt.seconds))).all()


COUNTS = or_(
    col(Round.state) == "revealed",
    and_(col(Round.retraction) == "wrong", col(Round.voided).is_(False), col(Round.revealed_at).is_not(None)),
)
"""A round whose points count: revealed, and if it had to be corrected, not voided."""


def counts(row: Round) -> bool:
    """Whether a round's points count: ``COUNTS`` of a row at hand."""
    corrected = row.retraction == "wrong" and not row.voided and row.revealed_at is not None
    return row.state == "revealed" or corrected


def last_scored(session: Session, account: str) -> datetime | None:
    """When a round was last scored; None if none was."""
    return session.exec(select(func.max(Round.scored_at)).where(Round.account == account)).one()


def nameless(
    session: Session, account: str, limit: int, since: datetime | None, *, joined_only: bool = False
) -> list[str]:
    """Respondents with points whose handle was never looked up, of the revealed rounds scored from an instant on.

    ``joined_only``: only those who chose to be on the boards; nobody else's handle is shown, nor paid for.
    """
    rounds = select(Round.id).where(Round.account == account, COUNTS)
    if since is not None:
        rounds = rounds.where(col(Round.scored_at) >= since)
    query = (
        select(Attempt.author_id)
        .outerjoin(
            Respondent,
            (col(Respondent.account) == Attempt.account) & (col(Respondent.user_id) == Attempt.author_id),
        )
        .where(
            Attempt.account == account,
            col(Attempt.round_id).in_(rounds),
            Attempt.points > 0,
            col(Respondent.looked_up_at).is_(None),
            col(Respondent.opted_out_at).is_(None),
        )
        .distinct()
        .limit(limit)
    )
    if joined_only:
        query = query.where(col(Respondent.on_board).is_(True))
    return list(session.exec(query).all())
