"""Queries on one respondent's own things."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from quizbot.store.accounts import respondent_row
from quizbot.store.boards import choice_of, choose
from quizbot.store.tables import Attempt, ReplyRow, Respondent, Round, VerdictRow
from quizbot.store.visits import Appeal


def own_replies(session: Session, account: str, user_id: str, most: int) -> Sequence[Row[Any]]:
    """A person's replies, newest first: post_id, round_id, posted_at, has_text, and of the verdict kind and reasons."""
    query = (
        sql_select(
            col(ReplyRow.post_id),
            col(ReplyRow.round_id),
            col(ReplyRow.posted_at),
            col(ReplyRow.text).is_not(None).label("has_text"),
            col(VerdictRow.kind),
            col(VerdictRow.reasons),
        )
        .outerjoin(
            VerdictRow,
            (col(VerdictRow.account) == ReplyRow.account) & (col(VerdictRow.post_id) == ReplyRow.post_id),
        )
        .where(col(ReplyRow.account) == account, col(ReplyRow.author_id) == user_id, col(ReplyRow.deleted_at).is_(None))
        .order_by(col(ReplyRow.posted_at).desc())
        .limit(most)
    )
    return session.execute(query).all()


def rounds_by_id(session: Session, account: str, ids: Collection[str]) -> dict[str, Round]:
    """Some rounds by their ids."""
    query = select(Round).where(Round.account == account, col(Round.id).in_(list(ids)))
    return {row.id: row for row in session.exec(query).all()}


def own_attempts(session: Session, account: str, user_id: str, round_ids: Collection[str]) -> dict[str, Attempt]:
    """A person's attempts in some rounds, by round."""
    query = select(Attempt).where(
        Attempt.account == account, col(Attempt.round_id).in_(list(round_ids)), Attempt.author_id == user_id
    )
    return {row.round_id: row for row in session.exec(query).all()}


def own_appeals(session: Session, account: str, user_id: str) -> dict[str, Appeal]:
    """A person's appeals, by post id."""
    query = select(Appeal).where(Appeal.account == account, Appeal.author_id == user_id)
    return {row.post_id: row for row in session.exec(query).all()}


def respondent_if_known(session: Session, account: str, user_id: str) -> Respondent | None:
    """What is kept about a person besides replies; None if nothing is."""
    return session.get(Respondent, (account, user_id))


def is_name_taken(session: Session, account: str, user_id: str, name: str) -> bool:
    """Whether somebody else has a name as handle or pseudonym, in any case of letters."""
    query = select(Respondent.user_id).where(
        Respondent.account == account,
        Respondent.user_id != user_id,
        or_(func.lower(Respondent.pseudonym) == name.lower(), func.lower(Respondent.handle) == name.lower()),
    )
    return session.exec(query.limit(1)).first() is not None


def call(session: Session, account: str, user_id: str, pseudonym: str | None) -> None:
    """Give a person another name, or the handle back."""
    respondent_row(session, account, user_id).pseudonym = pseudonym


def ids_by_pseudonym(session: Session, account: str, name: str) -> Sequence[str]:
    """Who is called so on the boards, in any case of letters (of ASCII's only where the database knows no others)."""
    is_called = or_(col(Respondent.pseudonym) == name, func.lower(Respondent.pseudonym) == name.lower())
    query = select(Respondent.user_id).where(Respondent.account == account, is_called)
    return session.exec(query).all()


def choose_board(session: Session, account: str, user_id: str, *, on: bool, handle: str, now: datetime) -> None:
    """Put a person on the boards, by the handle that X gave for them, or leave them off; the points stay."""
    choose(session, account, user_id, choice_of(on))
    row = respondent_row(session, account, user_id)
    row.on_board = on
    if on:
        row.handle, row.looked_up_at = handle, now


def opt_in(session: Session, account: str, user_id: str) -> None:
    """Let the replies of a person who said stop count again; their text stays gone."""
    respondent_row(session, account, user_id).opted_out_at = None
