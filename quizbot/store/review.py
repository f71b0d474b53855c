"""Queries on what waits for a ruling, and on rulings."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from quizbot.store.tables import ReplyRow, Round, RulingRow, VerdictRow


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


def waiting_phrases(
    session: Session, account: str, case_id: str = "", most: int | None = None
) -> Sequence[tuple[str, str, int, datetime]]:
    """The review queue: case, phrase, how many replies, and when the first came; the most frequent first.

    Args:
        session: any.
        account: whose.
        case_id: of one case alone; empty for all.
        most: at most so many phrases; None for all.
    """
    query = (
        select(Round.case_id, VerdictRow.phrase, func.count(), func.min(ReplyRow.posted_at))
        .select_from(VerdictRow)
        .join(Round, col(Round.id) == VerdictRow.round_id)
        .join(ReplyRow, (col(ReplyRow.account) == VerdictRow.account) & (col(ReplyRow.post_id) == VerdictRow.post_id))
        .where(
            VerdictRow.account == account,
            VerdictRow.kind == "review",
            col(VerdictRow.phrase).is_not(None),
            *([Round.case_id == case_id] if case_id else ()),
        )
        .group_by(col(Round.case_id), col(VerdictRow.phrase))
        .order_by(func.count().desc(), col(Round.case_id), col(VerdictRow.phrase))
        .limit(most)
    )
    return session.exec(query).all()  # type: ignore[return-value]  # phrases are not None here


def phrase_verdicts(session: Session, round_id: str) -> Sequence[tuple[str, str]]:
    """The phrases of a round that wait for a ruling or had one, each with its verdicts."""
    query = select(VerdictRow.phrase, VerdictRow.kind).where(
        VerdictRow.round_id == round_id, col(VerdictRow.phrase).is_not(None)
    )
    return session.exec(query.distinct()).all()  # type: ignore[return-value]  # phrases are not None here


def examples(session: Session, account: str, case_id: str, phrase: str, limit: int) -> list[tuple[str, list[str]]]:
    """Some of the replies with a phrase, as text (while it is kept) and the grader's reasons."""
    query = (
        select(ReplyRow.text, VerdictRow.reasons)
        .select_from(VerdictRow)
        .join(Round, col(Round.id) == VerdictRow.round_id)
        .join(ReplyRow, (col(ReplyRow.account) == VerdictRow.account) & (col(ReplyRow.post_id) == VerdictRow.post_id))
        .where(VerdictRow.account == account, Round.case_id == case_id, VerdictRow.phrase == phrase)
        .order_by(col(ReplyRow.post_id))
        .limit(limit)
    )
    return [(text or "(text removed)", list(reasons)) for text, reasons in session.exec(query).all()]


def ruling_of(session: Session, account: str, ruling_id: int) -> RulingRow | None:
    """A ruling by its number."""
    row = session.get(RulingRow, ruling_id)
    return row if row is not None and row.account == account else None


def rulings_of(session: Session, account: str) -> Sequence[RulingRow]:
    """Every ruling ever made, newest first."""
    query = select(RulingRow).where(RulingRow.account == account).order_by(col(RulingRow.id).desc())
    return session.exec(query).all()


def rulings_in_force(session: Session, account: str, case_id: str) -> Sequence[RulingRow]:
    """Rulings of a case that were not undone, oldest first; a later one on the same phrase wins."""
    query = select(RulingRow).where(
        RulingRow.account == account, RulingRow.case_id == case_id, col(RulingRow.undone_at).is_(None)
    )
    return session.exec(query.order_by(col(RulingRow.id))).all()
