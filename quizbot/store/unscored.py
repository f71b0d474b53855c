"""Rounds whose points are older than what they follow from, or are not in the boards: a process ended in between."""

from collections.abc import Sequence

from sqlalchemy import and_, false, func, or_
from sqlmodel import Session, col, select

from quizbot.store.attempts import COUNTS
from quizbot.store.board_tables import RoundTally
from quizbot.store.tables import ReplyRow, Round, VerdictRow


def unscored(session: Session, account: str) -> Sequence[Round]:
    """Rounds with a verdict, a deletion or a reveal since they were last scored."""
    graded = select(func.max(VerdictRow.graded_at)).where(col(VerdictRow.round_id) == Round.id).scalar_subquery()
    deleted = select(func.max(ReplyRow.deleted_at)).where(col(ReplyRow.round_id) == Round.id).scalar_subquery()
    scored = col(Round.scored_at)
    newer = or_(graded > scored, deleted > scored, col(Round.revealed_at) > scored)
    query = select(Round).where(Round.account == account, or_(newer, scored.is_(None) & graded.is_not(None)))
    return session.exec(query.order_by(col(Round.opened_at))).all()


def uncounted(session: Session, account: str) -> Sequence[Round]:
    """Rounds that were scored and have no tally, or one that tells wrongly whether they count."""
    counts = func.coalesce(and_(col(Round.opened_at).is_not(None), COUNTS), false())  # a NULL counts as no
    scored = or_(counts, col(Round.scored_at).is_not(None))
    query = (
        select(Round)
        .outerjoin(RoundTally, (col(RoundTally.account) == Round.account) & (col(RoundTally.round_id) == Round.id))
        .where(Round.account == account, or_(scored & col(RoundTally.round_id).is_(None), counts != RoundTally.counted))
    )
    return session.exec(query.order_by(col(Round.opened_at))).all()
