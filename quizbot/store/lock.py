"""Who may run the bot, and when the database may be replaced. A lock dies with its holder, even a killed one."""

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from quizbot.core.errors import OutsideError, one_line
from quizbot.store.engine import Store, database_error


@contextmanager
def sole_runner(store: Store) -> Iterator[None]:
    """Hold the right to run the bot on this database. On SQLite one process has it, on PostgreSQL any number.

    Raises:
        OutsideError: another process holds it (says which), or is restoring the database.
    """
    if store.path is None:
        with _advisory_lock(store, shared=True):
            yield
        return
    with _file_lock(store.path):
        yield


@contextmanager
def sole_user(store: Store) -> Iterator[None]:
    """Hold the right to put another database in the place of this one: no bot runs.

    Raises:
        OutsideError: one does.
    """
    if store.path is None:
        with _advisory_lock(store, shared=False):
            yield
        return
    try:
        store.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError(str(store.path), f"cannot be made ({error.strerror})", "set QUIZBOT_DATABASE_URL") from error
    with _file_lock(store.path):
        yield


@contextmanager
def _file_lock(database: Path) -> Iterator[None]:
    path = database.with_name(database.name + ".lock")
    with path.open("a+", encoding="utf-8") as file:
        _take(file.fileno(), path)
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}")
        file.flush()
        yield


_HOLDERS = """SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
              WHERE locktype = 'advisory' AND objid = 5110378 AND datname = current_database()"""
_RUNNING = 5_110_378  # PostgreSQL's advisory locks are numbers; this one is ours


@contextmanager
def _advisory_lock(store: Store, *, shared: bool) -> Iterator[None]:
    """On a connection of its own: PostgreSQL lets go of the lock when its holder dies."""
    kind = "_shared" if shared else ""
    busy = "the database is being restored" if shared else "a bot is running on this database"
    try:
        connection = store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    except DBAPIError as error:
        raise database_error(store.where, error) from error
    with contextlib.closing(connection):
        if not connection.execute(text(f"SELECT pg_try_advisory_lock{kind}({_RUNNING})")).scalar():
            raise OutsideError(store.where, busy, "wait for it to end, or stop it first")
        try:
            yield
        finally:
            with contextlib.suppress(DBAPIError):  # a connection that was lost holds no lock either
                # Closing alone lets go of it, too, but only when the server comes to notice.
                connection.execute(text(f"SELECT pg_advisory_unlock{kind}({_RUNNING})"))
                connection.invalidate()


def is_held(store: Store) -> bool:
    """Whether a bot runs on this database now."""
    if store.path is None:
        with store.read() as session:
            return bool(session.execute(text(_HOLDERS)).scalar())
    path = store.path.with_name(store.path.name + ".lock")
    if not path.exists():
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = one_line(path.read_text(encoding="utf-8", errors="replace")[:200]) or "another process"
        raise OutsideError(
            str(path), f"the bot is already running on this database ({holder})", "stop it first, or use PostgreSQL"
        ) from None
