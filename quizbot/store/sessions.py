"""Browsers that are signed in: begun, found again, ended. Rows hold keyed hashes of cookies, never the cookies."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from quizbot.store.visits import WebSession

_NOTED_EVERY = timedelta(minutes=1)  # a use is written down at most so often: reading pages must not cost a write each


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose session it is: the account of the installation it belongs to, the part of the pages, and the person."""

    account: str
    realm: str
    subject: str


def begin(session: Session, hashed: str, owner: Owner, label: str, now: datetime, longest: timedelta) -> None:
    """Write a session down, and sweep out those that are over."""
    session.execute(delete(WebSession).where(col(WebSession.ends_at) <= now))
    session.add(
        WebSession(
            hash=hashed,
            account=owner.account,
            realm=owner.realm,
            subject=owner.subject,
            label=label,
            began_at=now,
            used_at=now,
            ends_at=now + longest,
        )
    )


def find(session: Session, hashed: str, realm: str, now: datetime, idle: timedelta) -> WebSession | None:
    """The session of a cookie; None if there is none, or it was over, or not used for as long as ``idle``."""
    row = session.get(WebSession, hashed)
    if row is None or row.realm != realm or now >= row.ends_at or now - row.used_at >= idle:
        return None
    return row


def is_stale(row: WebSession, now: datetime) -> bool:
    """Whether its last use was noted long enough ago to be noted again."""
    return now - row.used_at >= _NOTED_EVERY


def note_use(session: Session, hashed: str, now: datetime) -> None:
    """Write down that it was used."""
    row = session.get(WebSession, hashed)
    if row is not None:
        row.used_at = now


def end(session: Session, hashed: str) -> None:
    """End a session; a second time does nothing."""
    session.execute(delete(WebSession).where(col(WebSession.hash) == hashed))


def end_all(session: Session, owner: Owner, but: Collection[str] = ()) -> None:
    """End every session of a person, on whatever device, but for these hashes."""
    session.execute(
        delete(WebSession).where(
            col(WebSession.account) == owner.account,
            col(WebSession.realm) == owner.realm,
            col(WebSession.subject) == owner.subject,
            col(WebSession.hash).not_in(list(but)),
        )
    )
