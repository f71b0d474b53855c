"""Who asked to be forgotten, and the erasing of a person."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, text
from sqlmodel import Session, col, select

from quizbot.store.boards import drop_author
from quizbot.store.tables import Account, Attempt, Forgotten, ReplyRow, Respondent, VerdictRow
from quizbot.store.visits import Appeal, CohortMember, WebSession

_LOCK = 5_110_377  # PostgreSQL's advisory locks are numbers; this one is ours


_RESPONDENTS = (col(WebSession.realm) == "respondent",)


@dataclass(frozen=True, slots=True)
class Held:
    """What the database holds of a person: how many rows of each kind, and since when."""

    replies: int = 0
    verdicts: int = 0
    attempts: int = 0
    respondent: bool = False
    since: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.replies or self.attempts or self.respondent)


def guard(session: Session, *, exclusive: bool = False) -> None:
    """Hold off the erasing of people until this transaction ends; ``exclusive`` to erase one.

    Without it, a reply read before the erasing could be stored after it. SQLite's writers are one at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        name = "pg_advisory_xact_lock" if exclusive else "pg_advisory_xact_lock_shared"
        session.execute(text(f"SELECT {name}({_LOCK})"))


def forgotten(session: Session, account: str) -> list[Forgotten]:
    """Everybody who asked to be forgotten."""
    return list(session.exec(select(Forgotten).where(Forgotten.account == account)).all())


def forgotten_hashes(session: Session, account: str) -> set[str]:
    """Their keyed hashes."""
    return set(session.exec(select(Forgotten.hash).where(Forgotten.account == account)).all())


def held(session: Session, account: str, user_id: str) -> Held:
    """What is held of a person."""
    posts = _posts(account, user_id)
    verdicts = select(func.count()).where(VerdictRow.account == account, col(VerdictRow.post_id).in_(posts))
    attempts = select(func.count()).where(Attempt.account == account, Attempt.author_id == user_id)
    replies = select(func.count(), func.min(ReplyRow.seen_at)).where(
        ReplyRow.account == account, ReplyRow.author_id == user_id
    )
    count, since = session.exec(replies).one()
    known = session.get(Respondent, (account, user_id)) is not None
    return Held(int(count), session.exec(verdicts).one(), session.exec(attempts).one(), known, since)


def erase(session: Session, account: str, user_id: str) -> None:
    """Erase all rows about a person, sessions and memberships too, and the post id that readings go back to."""
    posts = _posts(account, user_id)
    row = session.get(Account, account)
    if row is not None and row.mentions_since in set(session.exec(posts).all()):
        row.mentions_since = str(int(row.mentions_since or 0) - 1)  # as good a place to go back to, and nobody's
        session.flush()
    drop_author(session, account, user_id)
    session.execute(delete(VerdictRow).where(col(VerdictRow.account) == account, col(VerdictRow.post_id).in_(posts)))
    session.execute(delete(Attempt).where(col(Attempt.account) == account, col(Attempt.author_id) == user_id))
    session.execute(delete(ReplyRow).where(col(ReplyRow.account) == account, col(ReplyRow.author_id) == user_id))
    session.execute(delete(Respondent).where(col(Respondent.account) == account, col(Respondent.user_id) == user_id))
    session.execute(delete(Appeal).where(col(Appeal.account) == account, col(Appeal.author_id) == user_id))
    own = (col(CohortMember.account) == account, col(CohortMember.user_id) == user_id)
    session.execute(delete(CohortMember).where(*own))
    session.execute(
        delete(WebSession).where(*_RESPONDENTS, col(WebSession.subject) == user_id, col(WebSession.account) == account)
    )


def erase_hashed(session: Session, account: str, hashes: Collection[str], hashed: Callable[[str], str]) -> int:
    """Erase everybody whose hash is among these; returns how many people there were."""
    found = [user_id for user_id in _people(session, account) if hashed(user_id) in hashes]
    for user_id in found:
        erase(session, account, user_id)
    return len(found)


def _people(session: Session, account: str) -> Iterable[str]:
    replied = select(ReplyRow.author_id).where(ReplyRow.account == account).distinct()
    tried = select(Attempt.author_id).where(Attempt.account == account).distinct()
    known = select(Respondent.user_id).where(Respondent.account == account)
    joined = select(CohortMember.user_id).where(CohortMember.account == account)
    signed_in = select(WebSession.subject).where(WebSession.account == account, *_RESPONDENTS)
    return sorted(
        {user_id for query in (replied, tried, known, joined, signed_in) for user_id in session.exec(query).all()}
    )


def user_by_handle(session: Session, account: str, handle: str) -> list[str]:
    """User ids of the people whose handle this was when it was looked up, in any case of letters."""
    query = select(Respondent.user_id).where(
        Respondent.account == account, func.lower(Respondent.handle) == handle.lower()
    )
    return list(session.exec(query).all())


def _posts(account: str, user_id: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  # SQLModel's own class
    return select(ReplyRow.post_id).where(ReplyRow.account == account, ReplyRow.author_id == user_id)
