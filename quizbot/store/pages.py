"""What the public pages read: columns, never whole rows, and nobody's words."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, Row, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from quizbot.store.attempts import COUNTS
from quizbot.store.board_tables import RoundTally
from quizbot.store.chunks import chunks, columns
from quizbot.store.tables import Attempt, Media, Respondent, Round, VerdictRow

_STAMP = (
    "id",
    "kind",
    "state",
    "retraction",
    "voided",
    "quiz_post_id",
    "opened_at",
    "closes_at",
    "revealed_at",
    "scored_at",
    "retracted_at",
)


def round_stamps(session: Session, account: str) -> Sequence[Row[Any]]:
    """Every round without its case, newest first: enough to tell whether it is shown, and whether it has changed."""
    query = sql_select(*columns(Round, *_STAMP)).where(col(Round.account) == account)
    return session.execute(query.order_by(col(Round.opened_at).desc(), col(Round.id))).all()


def case_texts(session: Session, account: str, round_ids: Collection[str]) -> dict[str, str]:
    """The cases of some rounds as they were posted, as JSON, by round id."""
    query = sql_select(*columns(Round, "id", "case_json")).where(
        col(Round.account) == account, col(Round.id).in_(list(round_ids))
    )
    return {row.id: row.case_json for row in session.execute(query)}


def askings(session: Session, account: str, first_case: str) -> Sequence[Row[Any]]:
    """The counting rounds that asked a diagnosis, first or again, oldest first: id, opened_at, judged, correct."""
    query = (
        sql_select(*columns(Round, "id", "opened_at"), *columns(RoundTally, "judged", "correct"))
        .join(RoundTally, (col(RoundTally.account) == Round.account) & (col(RoundTally.round_id) == Round.id))
        .where(
            col(Round.account) == account,
            (col(Round.case_id) == first_case) | (col(Round.first_case) == first_case),
            col(RoundTally.counted).is_(True),
        )
    )
    return session.execute(query.order_by(col(Round.opened_at), col(Round.id))).all()


def answers_given(session: Session, account: str, round_id: str) -> Sequence[Row[Any]]:
    """How many people's attempts had which verdict: kind, matched, diagnosis, people."""
    named = columns(VerdictRow, "kind", "matched", "diagnosis")
    query = (
        sql_select(*named, func.count().label("people"))
        .select_from(Attempt)
        .join(VerdictRow, (col(VerdictRow.account) == Attempt.account) & (col(VerdictRow.post_id) == Attempt.post_id))
        .where(col(Attempt.account) == account, col(Attempt.round_id) == round_id)
        .group_by(*named)
    )
    return session.execute(query).all()


def right_answers(session: Session, account: str, round_id: str) -> tuple[int, int]:
    """Of a round: how many attempts were judged, and how many of them were correct."""
    query = sql_select(func.count(), func.count().filter(col(Attempt.credit) == 1)).where(
        col(Attempt.account) == account, col(Attempt.round_id) == round_id, col(Attempt.kind) != "review"
    )
    judged, right = session.execute(query).one()
    return int(judged), int(right)


def with_points(
    session: Session, account: str, round_id: str, *, joined_only: bool, skip: int = 0, most: int | None = None
) -> list[tuple[str, int, float]]:
    """Of a round: author, points and seconds of attempts that have points, best and quickest first.

    Left out are those who left the boards, or (``joined_only``) all who did not choose to be on them.
    """
    chose = sql_select(col(Respondent.user_id)).where(
        col(Respondent.account) == account,
        col(Respondent.on_board).is_not(None),
        col(Respondent.on_board).is_(joined_only),
    )
    query = sql_select(*columns(Attempt, "author_id", "points", "seconds")).where(
        col(Attempt.account) == account,
        col(Attempt.round_id) == round_id,
        col(Attempt.points) > 0,
        col(Attempt.author_id).in_(chose) if joined_only else col(Attempt.author_id).not_in(chose),
    )
    query = query.order_by(col(Attempt.points).desc(), col(Attempt.seconds), col(Attempt.author_id))
    return [(row.author_id, row.points, row.seconds) for row in session.execute(query.offset(skip).limit(most))]


def counting_attempts(session: Session, account: str, start: datetime, end: datetime) -> Sequence[Row[Any]]:
    """The attempts of the counting rounds that opened in a span: round_id, author_id, points, seconds."""
    query = (
        sql_select(*columns(Attempt, "round_id", "author_id", "points", "seconds"))
        .join(Round, col(Round.id) == Attempt.round_id)
        .where(
            col(Attempt.account) == account,
            col(Round.account) == account,
            COUNTS,
            col(Round.opened_at) >= start,
            col(Round.opened_at) < end,
        )
    )
    return session.execute(query).all()


def first_opened(session: Session, account: str) -> datetime | None:
    """When the first round that was ever posted opened."""
    query = sql_select(*columns(Round, "opened_at")).where(
        col(Round.account) == account, col(Round.opened_at).is_not(None)
    )
    return session.execute(query.order_by(col(Round.opened_at)).limit(1)).scalar()


def shown_names(session: Session, account: str, ids: Collection[str], *, joined_only: bool) -> dict[str, str | None]:
    """What boards call those among these people whom they show: pseudonym or @handle; None: not known.

    Who opted out, left the boards, or (``joined_only``) did not choose to be on them is left out.
    """
    query = sql_select(*columns(Respondent, "user_id", "handle", "pseudonym", "opted_out_at", "on_board"))
    rows: dict[str, Row[Any]] = {}
    for some in chunks(ids):
        found = session.execute(query.where(col(Respondent.account) == account, col(Respondent.user_id).in_(some)))
        rows |= {row.user_id: row for row in found}
    shown = [one for one in ids if (_may_be_shown(rows[one], joined_only) if one in rows else not joined_only)]
    return {one: _called(rows[one]) if one in rows else None for one in shown}


def _may_be_shown(row: Row[Any], joined_only: bool) -> bool:  # noqa: FBT001  # of a function of this module alone
    return row.opted_out_at is None and (row.on_board is True if joined_only else row.on_board is not False)


def _called(row: Row[Any]) -> str | None:
    return row.pseudonym or (f"@{row.handle}" if row.handle else None)


def picture_sizes(session: Session, account: str, digests: Collection[str]) -> dict[str, tuple[int, int]]:
    """Width and height in pixels of stored pictures, by digest."""
    query = sql_select(*columns(Media, "digest", "width", "height")).where(
        col(Media.account) == account, col(Media.digest).in_(list(digests))
    )
    return {row.digest: (row.width, row.height) for row in session.execute(query)}


def media_length(session: Session, account: str, digest: str) -> int | None:
    """How many bytes stored media has; None if it is not there."""
    query = sql_select(func.length(col(Media.data))).where(col(Media.account) == account, col(Media.digest) == digest)
    return session.execute(query).scalar()


def media_part(session: Session, account: str, digest: str, start: int, end: int) -> bytes:
    """The bytes of stored media from one place up to another, without the rest of it; none if it is not there."""
    part = func.substr(col(Media.data), start + 1, end - start, type_=LargeBinary())
    query = sql_select(part).where(col(Media.account) == account, col(Media.digest) == digest)
    return bytes(session.execute(query).scalar() or b"")
