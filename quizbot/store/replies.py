"""Queries on replies and their verdicts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, or_, tuple_, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from quizbot.store.chunks import BATCH, chunks, columns
from quizbot.store.insertion import put_rows
from quizbot.store.tables import ReplyRow, Round, VerdictRow
from quizbot.store.visits import Appeal


def known_ids(session: Session, account: str, ids: Collection[str]) -> set[str]:
    """Which of these posts are stored already."""
    found: set[str] = set()
    for some in chunks(ids):
        query = select(ReplyRow.post_id).where(ReplyRow.account == account, col(ReplyRow.post_id).in_(some))
        found.update(session.exec(query).all())
    return found


def seen_again(session: Session, account: str, texts: Mapping[str, str]) -> None:
    """Undo what was concluded of stored replies that are there after all: they were missing, or deleted even.

    A deletion is concluded from two readings, and readings err. ``texts``: by post id; erased texts that are still
    wanted come back, those that retention removed do not.
    """
    for some in chunks(texts):
        query = select(ReplyRow).where(
            ReplyRow.account == account,
            col(ReplyRow.post_id).in_(some),
            or_(col(ReplyRow.missing_at).is_not(None), col(ReplyRow.deleted_at).is_not(None)),
        )
        for row in session.exec(query).all():
            row.text = row.text if row.deleted_at is None else texts[row.post_id]
            row.missing_at = row.deleted_at = None


def checkable(session: Session, round_id: str) -> Sequence[ReplyRow]:
    """The replies of a round that may turn out to be deleted: not known as such, and with their text still kept."""
    query = select(ReplyRow).where(
        ReplyRow.round_id == round_id, col(ReplyRow.deleted_at).is_(None), col(ReplyRow.text).is_not(None)
    )
    return session.exec(query).all()


def mark_missing(session: Session, account: str, post_ids: Sequence[str], now: datetime) -> None:
    """Write down that a reading did not show some replies."""
    for ids in chunks(post_ids):
        session.execute(
            update(ReplyRow)
            .where(col(ReplyRow.account) == account, col(ReplyRow.post_id).in_(ids))
            .values(missing_at=now)
        )


def forget_posts(session: Session, account: str, post_ids: Sequence[str], now: datetime) -> None:
    """Forget replies that their authors deleted or protected: the text and the verdict go, the id stays."""
    for ids in chunks(post_ids):
        session.execute(delete(VerdictRow).where(col(VerdictRow.account) == account, col(VerdictRow.post_id).in_(ids)))
        session.execute(delete(Appeal).where(col(Appeal.account) == account, col(Appeal.post_id).in_(ids)))
        session.execute(
            update(ReplyRow)
            .where(col(ReplyRow.account) == account, col(ReplyRow.post_id).in_(ids))
            .values(text=None, deleted_at=now)
        )


def standing(session: Session, account: str, ids: Sequence[str]) -> set[str]:
    """Which of these replies are still stored and not known to be deleted."""
    found: set[str] = set()
    for some in chunks(ids):
        query = select(ReplyRow.post_id).where(
            ReplyRow.account == account,
            col(ReplyRow.post_id).in_(some),
            col(ReplyRow.deleted_at).is_(None),
        )
        found.update(session.exec(query).all())
    return found


def count_since(session: Session, account: str, since: datetime) -> int:
    """How many replies whose text is kept are dated from an instant on; an index answers that."""
    kept = (ReplyRow.account == account, ReplyRow.posted_at >= since, col(ReplyRow.text).is_not(None))
    return int(session.exec(select(func.count()).select_from(ReplyRow).where(*kept)).one())


def first_replies(session: Session, round_ids: Collection[str]) -> dict[str, str]:
    """The post id of the oldest reply to each of some rounds that have any; X's ids have had 19 digits since 2022."""
    query = select(ReplyRow.round_id, func.min(ReplyRow.post_id)).where(col(ReplyRow.round_id).in_(list(round_ids)))
    return dict(session.exec(query.group_by(col(ReplyRow.round_id))).all())


def ungraded(session: Session, round_id: str, grader: str, limit: int) -> Sequence[ReplyRow]:
    """Replies with text but without a verdict of this grader, in the order of the round's index.

    In the order of their ids SQLite would read every reply of the account for each round.
    """
    query = select(ReplyRow).where(ReplyRow.round_id == round_id, *_without_verdict(grader))
    return session.exec(query.order_by(col(ReplyRow.author_id), col(ReplyRow.post_id)).limit(limit)).all()


def with_ungraded(session: Session, round_ids: Sequence[str], grader: str) -> set[str]:
    """Which of some rounds have replies with text but without a verdict of this grader."""
    one = select(ReplyRow.post_id).where(ReplyRow.round_id == Round.id, *_without_verdict(grader)).exists()
    return set(session.exec(select(Round.id).where(col(Round.id).in_(list(round_ids)), one)).all())


def _without_verdict(grader: str) -> tuple[Any, ...]:
    verdict = select(VerdictRow.post_id).where(
        col(VerdictRow.account) == ReplyRow.account,
        col(VerdictRow.post_id) == ReplyRow.post_id,
        col(VerdictRow.grader) == grader,
    )
    return col(ReplyRow.text).is_not(None), ~verdict.exists()


def replies_with_verdicts(session: Session, round_id: str) -> Iterator[Row[Any]]:
    """All graded versions of all replies of a round, an author's next to each other; read as they are used.

    Each has post_id, root_id, author_id, posted_at, deleted_at, kind and credit: columns, for whole rows of both tables
    take three times as long to read.
    """
    query = (
        sql_select(
            *columns(ReplyRow, "post_id", "root_id", "author_id", "posted_at", "deleted_at"),
            *columns(VerdictRow, "kind", "credit"),
        )
        .join(
            VerdictRow,
            (col(VerdictRow.account) == ReplyRow.account) & (col(VerdictRow.post_id) == ReplyRow.post_id),
        )
        .where(col(ReplyRow.round_id) == round_id)
        .order_by(col(ReplyRow.author_id))
        .execution_options(yield_per=BATCH)
    )
    yield from session.execute(query)


Place = tuple[str, str]  # author and post id: where a reading of a round's replies has got to


def page_of_replies(session: Session, round_id: str, after: Place, limit: int) -> Sequence[Row[Any]]:
    """Replies of a round in the order of its index, from the one after ``after``.

    Each has account, post_id, round_id, author_id, text, deleted_at, and of its verdict phrase, grader, graded_at.
    """
    query = (
        sql_select(
            *columns(ReplyRow, "account", "post_id", "round_id", "author_id", "text", "deleted_at"),
            *columns(VerdictRow, "phrase", "grader", "graded_at"),
        )
        .outerjoin(
            VerdictRow,
            (col(VerdictRow.account) == ReplyRow.account) & (col(VerdictRow.post_id) == ReplyRow.post_id),
        )
        .where(
            col(ReplyRow.round_id) == round_id,
            tuple_(col(ReplyRow.author_id), col(ReplyRow.post_id)) > tuple_(*after),
        )
        .order_by(col(ReplyRow.author_id), col(ReplyRow.post_id))
        .limit(limit)
    )
    return session.execute(query).all()


def count_replies(session: Session, round_ids: Collection[str]) -> int:
    """How many versions of replies some rounds have."""
    query = select(func.count()).select_from(ReplyRow).where(col(ReplyRow.round_id).in_(list(round_ids)))
    return int(session.exec(query).one())


def put_verdicts(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write verdicts, in the place of older ones of the same replies."""
    put_rows(session, VerdictRow, rows, key=("account", "post_id"))


def reply_of(session: Session, account: str, post_id: str) -> ReplyRow | None:
    """A stored reply by its post id."""
    return session.get(ReplyRow, (account, post_id))


def verdict_counts(session: Session, round_id: str) -> dict[str, int]:
    """How many replies of a round have each verdict."""
    query = select(VerdictRow.kind, func.count()).where(VerdictRow.round_id == round_id).group_by(col(VerdictRow.kind))
    return dict(session.exec(query).all())


REMOVED = "the reply's text was removed after the time to keep it; the verdict stays"


def remove_texts(session: Session, account: str, before: datetime) -> int:
    """Erase the text of replies dated before an instant, and the reasons that quote it; returns of how many."""
    old = (
        col(ReplyRow.account) == account,
        col(ReplyRow.posted_at) < before,
        col(ReplyRow.text).is_not(None),
    )
    if session.exec(select(ReplyRow.post_id).where(*old).limit(1)).first() is None:
        return 0
    quoting = (col(VerdictRow.account) == account, col(VerdictRow.post_id).in_(select(ReplyRow.post_id).where(*old)))
    session.execute(update(VerdictRow).where(*quoting).values(reasons=[REMOVED]))
    noted = (col(Appeal.account) == account, col(Appeal.post_id).in_(select(ReplyRow.post_id).where(*old)))
    session.execute(update(Appeal).where(*noted).values(note=None))
    changed = session.execute(update(ReplyRow).where(*old).values(text=None))
    return int(changed.rowcount)  # type: ignore[attr-defined]  # a cursor result at run time
