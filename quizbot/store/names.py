"""Queries on the names that people chose for the boards."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from quizbot.store.tables import Respondent


def pseudonyms(session: Session, account: str, holding: str, skip: int, most: int) -> Sequence[str]:
    """Pseudonyms in which some letters stand, in any case, in their order; all for an empty text."""
    query = select(Respondent.pseudonym).where(*_named(account, holding))
    shown = session.exec(query.order_by(func.lower(Respondent.pseudonym)).offset(skip).limit(most))
    return [name for name in shown.all() if name is not None]


def count_pseudonyms(session: Session, account: str, holding: str) -> int:
    """How many there are."""
    return int(session.exec(select(func.count()).select_from(Respondent).where(*_named(account, holding))).one())


def _named(account: str, holding: str) -> tuple[ColumnElement[bool], ...]:
    name = col(Respondent.pseudonym)
    # SQLite folds ASCII alone: other letters are found as they are typed.
    letters = or_(name.contains(holding, autoescape=True), func.lower(name).contains(holding.lower(), autoescape=True))
    return (col(Respondent.account) == account, name.is_not(None), letters)
