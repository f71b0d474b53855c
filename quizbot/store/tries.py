"""Counting tries in the database, where every replica counts the same ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete
from sqlmodel import Session, col

from quizbot.store.insertion import insertion
from quizbot.store.visits import Tries


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in a window that begins with the first of them."""

    most: int
    window: timedelta


def count_try(session: Session, account: str, what: str, who: str, limit: Limit, now: datetime) -> timedelta | None:
    """Count a try; several processes may at once.

    Args:
        session: a writing one.
        account: the account of the installation.
        what: what is tried, such as ``sign-in``.
        who: a keyed hash of who tries.
        limit: how often it may be.
        now: the present instant.

    Returns:
        None if it is allowed; else how long to wait. A try that is not allowed does not make the wait longer.
    """
    end = now + limit.window
    statement = insertion(session, Tries, account=account, what=what, who=who, count=1, until=end)
    over = col(Tries.until) <= now
    changed = {
        "count": case((over, 1), else_=col(Tries.count) + 1),
        "until": case((over, statement.excluded.until), else_=col(Tries.until)),
    }
    counted = statement.on_conflict_do_update(index_elements=["account", "what", "who"], set_=changed)
    count, until = session.execute(counted.returning(col(Tries.count), col(Tries.until))).one()
    return None if count <= limit.most else until - now


def forget_tries(session: Session, account: str, what: str, who: str) -> None:
    """Begin counting anew, after a success."""
    key = (col(Tries.account) == account, col(Tries.what) == what, col(Tries.who) == who)
    session.execute(delete(Tries).where(*key))


def sweep_tries(session: Session, now: datetime) -> None:
    """Remove counts whose window is over."""
    session.execute(delete(Tries).where(col(Tries.until) <= now))
