"""Queries on rounds, their media and their outbox."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, or_, update
from sqlmodel import Session, col, select

from quizbot.store.tables import Attempt, Media, OutboxRow, ReplyRow, Round, VerdictRow
from quizbot.store.visits import Appeal

_UNREAD_FOR = timedelta(days=30)
_LONGEST_WAIT = timedelta(hours=1)  # no effect is put off for longer at a time


def rounds_in(session: Session, account: str, states: Collection[str], *, lock: bool = False) -> Sequence[Round]:
    """Rounds in any of the states, oldest first.

    Args:
        session: any; a writing one with ``lock``.
        account: whose.
        states: which.
        lock: only those that no other process is changing, and keep them from being changed.
    """
    query = select(Round).where(Round.account == account, col(Round.state).in_(list(states)))
    query = query.order_by(col(Round.slot_at), col(Round.id))
    if lock:
        query = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return session.exec(query).all()


def locked_round(session: Session, round_id: str) -> Round:
    """A round as it is now, kept from being changed by other processes until the transaction ends."""
    return session.get_one(Round, round_id, with_for_update=True, populate_existing=True)


def all_rounds(session: Session, account: str) -> Sequence[Round]:
    """Every round, oldest first."""
    return session.exec(select(Round).where(Round.account == account).order_by(col(Round.slot_at))).all()


def last_start(session: Session, account: str) -> datetime | None:
    """When the newest round was started; None if there is none."""
    query = select(Round.created_at).where(Round.account == account).order_by(col(Round.created_at).desc()).limit(1)
    return session.exec(query).first()


def newest_quiz(session: Session, account: str, states: Collection[str]) -> Round | None:
    """The quiz that was posted last, of those in the states; one that asks for a diagnosis has a close."""
    query = select(Round).where(
        Round.account == account,
        col(Round.state).in_(list(states)),
        col(Round.closes_at).is_not(None),
        or_(col(Round.retraction).is_(None), col(Round.retraction) == "wrong"),
    )
    return session.exec(query.order_by(col(Round.opened_at).desc()).limit(1)).first()


def last_quiz_post(session: Session, account: str) -> str | None:
    """Id of the post of the quiz that was posted last; None if none was."""
    query = select(Round.quiz_post_id).where(Round.account == account, col(Round.quiz_post_id).is_not(None))
    return session.exec(query.order_by(col(Round.opened_at).desc()).limit(1)).first()


def round_of(session: Session, account: str, round_id: str) -> Round | None:
    """A round by its id."""
    row = session.get(Round, round_id)
    return row if row is not None and row.account == account else None


def rounds_of_case(session: Session, account: str, case_id: str) -> Sequence[Round]:
    """The rounds that a case has had, oldest first."""
    query = select(Round).where(Round.account == account, Round.case_id == case_id)
    return session.exec(query.order_by(col(Round.slot_at))).all()


def wipe_round(session: Session, row: Round, case_json: str) -> None:
    """Erase all that is stored of a round but the fact that there was one: pictures, texts, replies, points.

    Args:
        session: a writing one.
        row: the round.
        case_json: what stands in the place of its case.
    """
    others = session.exec(select(Round.media).where(Round.account == row.account, Round.id != row.id)).all()
    shared = {digest for digests in others for digest in digests}
    mine = [digest for digest in row.media if digest not in shared]
    session.execute(delete(Media).where(col(Media.account) == row.account, col(Media.digest).in_(mine)))
    for table in (Attempt, VerdictRow, ReplyRow, Appeal):
        session.execute(delete(table).where(col(table.round_id) == row.id))
    session.execute(update(OutboxRow).where(col(OutboxRow.round_id) == row.id).values(text="", media_digest=None))
    row.media, row.case_json, row.quiz_post_id, row.correction = [], case_json, None, None


def posted_slugs(session: Session, account: str) -> set[str]:
    """Case folders that have had their round."""
    return set(session.exec(select(Round.case_id).where(Round.account == account)).all())


def asked_rounds(session: Session, account: str) -> list[tuple[str, str | None, datetime]]:
    """Of every round that was started: its case, the case whose diagnosis it asks again, and when."""
    query = select(Round.case_id, Round.first_case, Round.created_at).where(Round.account == account)
    return [(case, first, at) for case, first, at in session.exec(query).all()]


def slot_taken(session: Session, account: str, lane: str, slot_at: datetime) -> bool:
    """Whether a time of the calendar has its round already."""
    query = select(Round.id).where(Round.account == account, Round.lane == lane, Round.slot_at == slot_at)
    return session.exec(query).first() is not None


def readable_rounds(session: Session, account: str, opened_after: datetime) -> Sequence[Round]:
    """Quiz rounds whose replies are still looked for: posted, not taken back or gone, opened after that instant.

    A round that could not be read up to its close stays among them for a month: its replies are still owed.
    """
    unread = or_(col(Round.last_read_at).is_(None), col(Round.last_read_at) < col(Round.closes_at))
    query = select(Round).where(
        Round.account == account,
        col(Round.quiz_post_id).is_not(None),
        or_(
            col(Round.opened_at) > opened_after,
            and_(unread, col(Round.opened_at) > opened_after - _UNREAD_FOR),
        ),
        col(Round.state).in_(["open", "closed", "revealing", "revealed"]),
        Round.lane != "pearl",
        col(Round.gone_at).is_(None),
    )
    return [row for row in session.exec(query.order_by(col(Round.opened_at))).all() if row.closes_at is not None]


def outbox_of(session: Session, round_id: str) -> Sequence[OutboxRow]:
    """A round's effects in the order they are made."""
    return session.exec(select(OutboxRow).where(OutboxRow.round_id == round_id).order_by(col(OutboxRow.seq))).all()


def outbox_rows(session: Session, account: str, states: Collection[str]) -> Sequence[OutboxRow]:
    """The account's effects in any of the states, oldest first."""
    query = select(OutboxRow).where(OutboxRow.account == account, col(OutboxRow.state).in_(list(states)))
    return session.exec(query.order_by(col(OutboxRow.id))).all()


def claim(session: Session, row_id: int, owner: str, now: datetime, lease_until: datetime) -> bool:
    """Take a planned effect for oneself; False if somebody else has it, or it is not due."""
    changed = session.execute(
        update(OutboxRow)
        .where(
            col(OutboxRow.id) == row_id,
            col(OutboxRow.state) == "planned",
            or_(
                col(OutboxRow.next_try_at).is_(None),
                col(OutboxRow.next_try_at) <= now,
                col(OutboxRow.next_try_at) > now + _LONGEST_WAIT,  # of a clock that has been put back since
            ),
        )
        .values(
            state="sending",
            owner=owner,
            lease_until=lease_until,
            attempts=OutboxRow.attempts + 1,
            first_tried_at=func.coalesce(OutboxRow.first_tried_at, now),
        )
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]  # a cursor result at run time


def media_of(session: Session, account: str, digest: str) -> Media | None:
    """A cleaned picture by its digest."""
    return session.get(Media, (account, digest))
