"""Leases: a task that one process at a time should do, such as reading the mentions.

A lease saves work and money when several bots share a database. It is no proof that nobody else acts: its holder may
have been suspended and wake up late. What must not happen twice is guarded by the rows themselves.
"""

from datetime import datetime

from sqlalchemy import delete, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from quizbot.store.tables import Lease


def take(session: Session, account: str, task: str, owner: str, now: datetime, until: datetime) -> bool:
    """Take or keep a lease; False if somebody else holds it.

    One that ends much later than a fresh one would was written by a clock that has been put back since: it is dead.
    """
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    free = or_(col(Lease.owner) == owner, col(Lease.until) <= now, col(Lease.until) > until + (until - now))
    statement = insert(Lease).values(account=account, task=task, owner=owner, until=until)
    changed = session.execute(
        statement.on_conflict_do_update(
            index_elements=["account", "task"], set_={"owner": owner, "until": until}, where=free
        )
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]  # a cursor result at run time


def give_back(session: Session, account: str, task: str, owner: str) -> None:
    """Let a lease go, if it is still one's own."""
    session.execute(
        delete(Lease).where(col(Lease.account) == account, col(Lease.task) == task, col(Lease.owner) == owner)
    )


def bury_all(session: Session, account: str) -> None:
    """End every lease: for the only process of a database, when it starts."""
    session.execute(delete(Lease).where(col(Lease.account) == account))
