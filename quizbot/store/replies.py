"""Queries on replies, verdicts, rulings and attempts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, or_, tuple_, update
from sqlalchemy import select as sql_select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select

from quizbot.store.tables import Attempt, ReplyRow, Respondent, Round, RulingRow, VerdictRow
from quizbot.store.visits import Appeal

BATCH = 2_000  # rows read or written at a time
CHUNK = 500  # ids a query, below every database's limit of parameters


def known_ids(session: Session, account: str, ids: Collection[str]) -> set[str]:
    """Which of these posts are stored already."""
    wanted = list(ids)
    found: set[str] = set()
    for start in range(0, len(wanted), CHUNK):
        query = select(ReplyRow.post_id).where(
            ReplyRow.account == account, col(ReplyRow.post_id).in_(wanted[start : start + CHUNK])
        )
        found.update(session.exec(query).all())
    return found


def seen_again(session: Session, account: str, texts: Mapping[str, str]) -> None:
    """Undo what was concluded of stored replies that are there after all: they were missing, or deleted even.

    A deletion is concluded from two readings, and readings err. ``texts``: by post id; erased texts that are still
    wanted come back, those that retention removed do not.
    """
    wanted = list(texts)
    for start in range(0, len(wanted), CHUNK):
        query = select(ReplyRow).where(
            ReplyRow.account == account,
            col(ReplyRow.post_id).in_(wanted[start : start + CHUNK]),
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
    for start in range(0, len(post_ids), CHUNK):
        ids = post_ids[start : start + CHUNK]
        session.execute(
            update(ReplyRow)
            .where(col(ReplyRow.account) == account, col(ReplyRow.post_id).in_(ids))
            .values(missing_at=now)
        )


def forget_posts(session: Session, account: str, post_ids: Sequence[str], now: datetime) -> None:
    """Forget replies that their authors deleted or protected: the text and the verdict go, the id stays."""
    for start in range(0, len(post_ids), CHUNK):
        ids = post_ids[start : start + CHUNK]
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
    for start in range(0, len(ids), CHUNK):
        query = select(ReplyRow.post_id).where(
            ReplyRow.account == account,
            col(ReplyRow.post_id).in_(ids[start : start + CHUNK]),
            col(ReplyRow.deleted_at).is_(None),
        )
        found.update(session.exec(query).all())
    return found


def count_since(session: Session, account: str, since: datetime) -> int:
    """How many replies whose text is kept are dated from an instant on; an index answers that."""
    kept = (ReplyRow.account == account, ReplyRow.posted_at >= since, col(ReplyRow.text).is_not(None))
    return int(session.exec(select(func.count()).select_from(ReplyRow).where(*kept)).one())


def ungraded(session: Session, round_id: str, grader: str, limit: int) -> Sequence[ReplyRow]:
    """Replies with text but without a verdict of this grader, in the order of the round's index.

    In the order of their ids SQLite would read every reply of the account for each round.
    """
    query = (
        select(ReplyRow)
        .outerjoin(
            VerdictRow,
            (col(VerdictRow.account) == ReplyRow.account)
            & (col(VerdictRow.post_id) == ReplyRow.post_id)
            & (col(VerdictRow.grader) == grader),
        )
        .where(
            ReplyRow.round_id == round_id,
            col(ReplyRow.text).is_not(None),
            col(VerdictRow.post_id).is_(None),
        )
        .order_by(col(ReplyRow.author_id), col(ReplyRow.post_id))
        .limit(limit)
    )
    return session.exec(query).all()


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


def columns(table: type[SQLModel], *names: str) -> list[ColumnElement[Any]]:
    """Some columns of a table: a query of these is quicker than one of whole rows."""
    return [getattr(table, name) for name in names]


def count_replies(session: Session, round_ids: Collection[str]) -> int:
    """How many versions of replies some rounds have."""
    query = select(func.count()).select_from(ReplyRow).where(col(ReplyRow.round_id).in_(list(round_ids)))
    return int(session.exec(query).one())


def put_verdicts(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write verdicts, in the place of older ones of the same replies."""
    if not rows:
        return
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(VerdictRow)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in ("account", "post_id")}
    session.execute(statement.on_conflict_do_update(index_elements=["account", "post_id"], set_=changed), list(rows))


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


def reply_of(session: Session, account: str, post_id: str) -> ReplyRow | None:
    """A stored reply by its post id."""
    return session.get(ReplyRow, (account, post_id))


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


def replace_attempts(session: Session, round_id: str, attempts: Iterable[dict[str, Any]]) -> int:
    """Put a round's recomputed attempts in place of the old ones; returns how many."""
    session.execute(delete(Attempt).where(col(Attempt.round_id) == round_id))
    count = 0
    rows = iter(attempts)
    while batch := list(islice(rows, BATCH)):
        session.execute(insert(Attempt), batch)
        count += len(batch)
    return count


def attempts_of(session: Session, round_id: str) -> Sequence[Attempt]:
    """A round's attempts, quickest first."""
    return session.exec(select(Attempt).where(Attempt.round_id == round_id).order_by(col(Attempt.seconds))).all()


COUNTS = or_(
    col(Round.state) == "revealed",
    and_(col(Round.retraction) == "wrong", col(Round.voided).is_(False), col(Round.revealed_at).is_not(None)),
)
"""A round whose points count: revealed, and if it had to be corrected, not voided."""


def revealed_attempts(session: Session, account: str, start: datetime, end: datetime) -> tuple[int, list[Attempt]]:
    """The number of rounds that opened in a span and are revealed, and the attempts made in them."""
    inside = (
        Round.account == account,
        COUNTS,
        col(Round.opened_at) >= start,
        col(Round.opened_at) < end,
    )
    rounds = session.exec(select(func.count()).select_from(Round).where(*inside)).one()
    rows = session.exec(select(Attempt).join(Round, col(Round.id) == Attempt.round_id).where(*inside)).all()
    return int(rounds), list(rows)


def verdict_counts(session: Session, round_id: str) -> dict[str, int]:
    """How many replies of a round have each verdict."""
    query = select(VerdictRow.kind, func.count()).where(VerdictRow.round_id == round_id).group_by(col(VerdictRow.kind))
    return dict(session.exec(query).all())


def last_scored(session: Session, account: str) -> datetime | None:
    """When a round was last scored; None if none was."""
    return session.exec(select(func.max(Round.scored_at)).where(Round.account == account)).one()


def nameless(session: Session, account: str, limit: int, since: datetime | None) -> list[str]:
    """Respondents with points whose handle was never looked up, of the revealed rounds scored from an instant on."""
    rounds = select(Round.id).where(Round.account == account, COUNTS)
    if since is not None:
        rounds = rounds.where(col(Round.scored_at) >= since)
    query = (
        select(Attempt.author_id)
        .outerjoin(
            Respondent,
            (col(Respondent.account) == Attempt.account) & (col(Respondent.user_id) == Attempt.author_id),
        )
        .where(
            Attempt.account == account,
            col(Attempt.round_id).in_(rounds),
            Attempt.points > 0,
            col(Respondent.looked_up_at).is_(None),
            col(Respondent.opted_out_at).is_(None),
        )
        .distinct()
        .limit(limit)
    )
    return list(session.exec(query).all())


def respondents(session: Session, account: str, ids: Collection[str]) -> dict[str, Respondent]:
    """Rows of these respondents, by user id."""
    wanted = list(ids)
    found: dict[str, Respondent] = {}
    for start in range(0, len(wanted), CHUNK):
        query = select(Respondent).where(
            Respondent.account == account, col(Respondent.user_id).in_(wanted[start : start + CHUNK])
        )
        found.update({row.user_id: row for row in session.exec(query).all()})
    return found


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
