"""Rounds whose points are older than what they follow from: a process ended between the two."""

from collections.abc import Sequence

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from quizbot.store.tables import ReplyRow, Round, VerdictRow


def unscored(session: Session, account: str) -> Sequence[Round]:
    """Rounds with a verdict, a deletion or a reveal since they were last scored."""
    graded = select(func.max(VerdictRow.graded_at)).where(col(VerdictRow.round_id) == Round.id).scalar_subquery()
    deleted = select(func.max(ReplyRow.deleted_at)).where(col(ReplyRow.round_id) == Round.id).scalar_subquery()
    scored = col(Round.scored_at)
    newer = or_(graded > scored, deleted > scored, col(Round.revealed_at) > scored)
    query = select(Round).where(Round.account == account, or_(newer, scored.is_(None) & graded.is_not(None)))
    return session.exec(query.order_by(col(Round.opened_at))).all()
