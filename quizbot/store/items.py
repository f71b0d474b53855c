"""Queries for the item analysis. The database adds up; who answered what leaves it only as sums and counts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Float, Row, Subquery, case, cast, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from quizbot.store.attempts import COUNTS
from quizbot.store.chunks import columns
from quizbot.store.tables import Attempt, Forgotten, Respondent, Round, VerdictRow

_RIGHT = case((col(Attempt.credit) == 1, 1.0), else_=0.0)
_DECIDED = col(Attempt.kind) != "review"


def answer_counts(session: Session, account: str) -> Sequence[Row[Any]]:
    """For each quiz whose points count, oldest first: round_id, its case, case asked again and time, and the counts.

    ``decided``: attempts with a verdict; ``right``: those with credit 1; ``pending``: those that wait for a ruling.
    """
    counts = (
        select(
            col(Attempt.round_id),
            func.sum(case((_DECIDED, 1), else_=0)).label("decided"),
            func.sum(case((_DECIDED, _RIGHT), else_=0.0)).label("right"),
            func.sum(case((_DECIDED, 0), else_=1)).label("pending"),
        )
        .where(col(Attempt.account) == account)
        .group_by(col(Attempt.account), col(Attempt.round_id))  # in the order of the key: nothing has to be sorted
        .subquery()
    )
    query = (
        select(*columns(Round, "case_id", "first_case", "opened_at"), counts)
        .join(counts, counts.c.round_id == Round.id)
        .where(col(Round.account) == account, COUNTS, col(Round.opened_at).is_not(None))
        .order_by(col(Round.opened_at))
    )
    return session.execute(query).all()


def rest_sums(session: Session, account: str, least: int) -> dict[str, Row[Any]]:
    """For each such quiz the sums that a correlation of right answers with rest scores needs: n, x, y, xy, yy.

    x is 1 for credit 1 and else 0; y is the mean points of the same respondent's other rounds.

    Args:
        session: any.
        account: whose.
        least: respondents with fewer other rounds are left out.
    """
    totals = _totals(account)
    rest = cast(totals.c.points - Attempt.points, Float) / (totals.c.rounds - 1)
    query = (
        select(
            col(Attempt.round_id),
            func.count().label("n"),
            func.sum(_RIGHT).label("x"),
            func.sum(rest).label("y"),
            func.sum(_RIGHT * rest).label("xy"),
            func.sum(rest * rest).label("yy"),
        )
        .join(totals, totals.c.author_id == Attempt.author_id)
        .join(Round, (col(Attempt.account) == Round.account) & (col(Attempt.round_id) == Round.id))
        .where(col(Attempt.account) == account, COUNTS, _DECIDED, totals.c.rounds > least)
        .group_by(col(Attempt.round_id))
    )
    return {row.round_id: row for row in session.execute(query).all()}


def _totals(account: str) -> Subquery:
    """Points and decided rounds of each respondent."""
    return (
        select(
            col(Attempt.author_id),
            func.sum(col(Attempt.points)).label("points"),
            func.count().label("rounds"),
        )
        .join(Round, (col(Attempt.account) == Round.account) & (col(Attempt.round_id) == Round.id))
        .where(col(Attempt.account) == account, COUNTS, _DECIDED)
        .group_by(col(Attempt.author_id))
        .subquery()
    )


def wrong_answers(session: Session, account: str, round_id: str, least: int) -> Sequence[Row[Any]]:
    """Diagnoses that counting attempts of a round named wrongly, the most frequent first: diagnosis, people, listed.

    Args:
        session: any.
        account: whose.
        round_id: which round.
        least: what fewer people gave is left out.
    """
    people = func.count(func.distinct(Attempt.author_id))
    query = (
        select(col(VerdictRow.diagnosis), people.label("people"), func.max(VerdictRow.matched).label("listed"))
        .join(Attempt, (col(Attempt.account) == VerdictRow.account) & (col(Attempt.post_id) == VerdictRow.post_id))
        .where(
            col(Attempt.account) == account,
            col(Attempt.round_id) == round_id,
            col(Attempt.kind).in_(["incorrect", "partial"]),
            col(VerdictRow.diagnosis).is_not(None),
        )
        .group_by(col(VerdictRow.diagnosis))
        .having(people >= least)
        .order_by(people.desc(), col(VerdictRow.diagnosis))
    )
    return session.execute(query).all()


def attempt_kinds(session: Session, account: str, round_id: str) -> dict[str, int]:
    """How many attempts of a round have each verdict."""
    query = (
        select(col(Attempt.kind), func.count())
        .where(col(Attempt.account) == account, col(Attempt.round_id) == round_id)
        .group_by(col(Attempt.kind))
    )
    return dict(session.execute(query).all())


def both_answered(session: Session, account: str, earlier: str, later: str) -> tuple[int, int, int]:
    """Of the people with a verdict in both of two rounds: how many, how many right in the first, and in the second."""
    first, second = aliased(Attempt), aliased(Attempt)
    right = [func.coalesce(func.sum(case((col(one.credit) == 1, 1), else_=0)), 0) for one in (first, second)]
    query = (
        select(func.count(), *right)
        .select_from(first)
        .join(second, (col(second.account) == first.account) & (col(second.author_id) == first.author_id))
        .where(
            col(first.account) == account,
            col(first.round_id) == earlier,
            col(second.round_id) == later,
            col(first.kind) != "review",
            col(second.kind) != "review",
        )
    )
    people, before, after = session.execute(query).one()
    return int(people), int(before), int(after)


def analysis_stamp(session: Session, account: str) -> tuple[object, ...]:
    """What the queries above depend on: the rounds that count, when each was scored, and how many people went away.

    Who opts out or is forgotten takes the attempts along, whenever the rounds were scored last.
    """
    rounds = select(*columns(Round, "id", "scored_at")).where(col(Round.account) == account, COUNTS)
    out = select(func.count()).where(col(Respondent.account) == account, col(Respondent.opted_out_at).is_not(None))
    gone = select(func.count()).where(col(Forgotten.account) == account)
    scored = tuple(tuple(row) for row in session.execute(rounds.order_by(col(Round.id))))
    return scored, session.execute(out).scalar_one(), session.execute(gone).scalar_one()
