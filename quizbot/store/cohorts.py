"""Queries on cohorts and their members."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from quizbot.store.attempts import COUNTS
from quizbot.store.engine import Store
from quizbot.store.insertion import insertion
from quizbot.store.tables import Attempt, Round
from quizbot.store.visits import Cohort, CohortMember


def cohorts(session: Session, account: str) -> Sequence[tuple[Cohort, int]]:
    """Every cohort with its number of members, by name."""
    query = (
        select(Cohort, func.count(col(CohortMember.user_id)))
        .outerjoin(CohortMember, col(CohortMember.cohort_id) == Cohort.id)
        .where(Cohort.account == account)
        .group_by(col(Cohort.id))
        .order_by(col(Cohort.name))
    )
    return session.exec(query).all()


def cohort_by(
    session: Session, account: str, *, name: str | None = None, code: str | None = None, cohort_id: str | None = None
) -> Cohort | None:
    """A cohort by its name, by its code or by its id."""
    by = Cohort.name == name if name is not None else Cohort.code == code
    by = Cohort.id == cohort_id if cohort_id is not None else by
    return session.exec(select(Cohort).where(Cohort.account == account, by)).first()


def change_cohort(store: Store, cohort_id: str, **changes: object) -> None:
    """Change columns of a cohort.

    Raises:
        Conflict: another one has that name or code.
    """
    with store.write() as session:
        session.execute(update(Cohort).where(col(Cohort.id) == cohort_id).values(**changes))


def cohorts_of(session: Session, account: str, user_id: str) -> Sequence[tuple[Cohort, CohortMember]]:
    """The cohorts that a person is in, by name."""
    query = (
        select(Cohort, CohortMember)
        .join(CohortMember, col(CohortMember.cohort_id) == Cohort.id)
        .where(CohortMember.account == account, CohortMember.user_id == user_id)
    )
    return session.exec(query.order_by(col(Cohort.name))).all()


def add_member(session: Session, cohort: Cohort, user_id: str, handle: str, now: datetime) -> None:
    """Let a person join; a second time does nothing."""
    row = {"account": cohort.account, "cohort_id": cohort.id, "user_id": user_id, "handle": handle, "joined_at": now}
    session.execute(insertion(session, CohortMember, **row).on_conflict_do_nothing())


def remove_member(session: Session, account: str, cohort_id: str, user_id: str) -> None:
    """Let a person leave; a second time does nothing."""
    session.execute(
        delete(CohortMember).where(
            col(CohortMember.account) == account,
            col(CohortMember.cohort_id) == cohort_id,
            col(CohortMember.user_id) == user_id,
        )
    )


def members(session: Session, cohort_id: str) -> Sequence[CohortMember]:
    """A cohort's members, by handle."""
    query = select(CohortMember).where(CohortMember.cohort_id == cohort_id)
    return session.exec(query.order_by(func.lower(CohortMember.handle))).all()


def member_results(session: Session, account: str, cohort_id: str, since: datetime) -> Sequence[Row[Any]]:
    """Of each member who made an attempt in a round that counts and opened since: user_id, attempts, points."""
    query = (
        sql_select(col(CohortMember.user_id), func.count().label("attempts"), func.sum(Attempt.points).label("points"))
        .join(Attempt, (col(Attempt.account) == account) & (col(Attempt.author_id) == CohortMember.user_id))
        .join(Round, col(Round.id) == Attempt.round_id)
        .where(col(CohortMember.cohort_id) == cohort_id, COUNTS, col(Round.opened_at) >= since)
        .group_by(col(CohortMember.user_id))
    )
    return session.execute(query).all()


def counted_since(session: Session, account: str, since: datetime) -> int:
    """How many rounds that count opened since an instant."""
    query = select(func.count()).select_from(Round).where(Round.account == account, COUNTS, Round.opened_at >= since)  # type: ignore[operator]  # those that count have opened
    return int(session.exec(query).one())
