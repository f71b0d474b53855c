"""Queries on what waits for a ruling."""

from sqlmodel import Session, col, func, select

from quizbot.store.tables import Round, VerdictRow


def waiting_by_case(session: Session, account: str) -> dict[str, int]:
    """How many phrases of each case wait for a ruling; cases without any left out."""
    query = (
        select(Round.case_id, func.count(func.distinct(VerdictRow.phrase)))
        .join(VerdictRow, col(VerdictRow.round_id) == Round.id)
        .where(VerdictRow.account == account, VerdictRow.kind == "review", col(VerdictRow.phrase).is_not(None))
        .group_by(col(Round.case_id))
    )
    return dict(session.exec(query.order_by(col(Round.case_id))).all())


def phrase_waits(session: Session, account: str, case_id: str, phrase: str) -> bool:
    """Whether a phrase of a case waits for a ruling."""
    query = (
        select(VerdictRow.post_id)
        .join(Round, col(Round.id) == VerdictRow.round_id)
        .where(
            VerdictRow.account == account,
            Round.case_id == case_id,
            VerdictRow.kind == "review",
            VerdictRow.phrase == phrase,
        )
    )
    return session.exec(query.limit(1)).first() is not None
