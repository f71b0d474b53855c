"""On SQLite one process runs the bot; the lock dies with its holder, even a killed one."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizbot.core.errors import OutsideError, one_line
from quizbot.store.engine import Store


@contextmanager
def sole_runner(store: Store) -> Iterator[None]:
    """Hold the right to run the bot on this database; on PostgreSQL any number may.

    Raises:
        OutsideError: another process holds it; says which.
    """
    if store.path is None:
        yield
        return
    path = store.path.with_name(store.path.name + ".lock")
    with path.open("a+", encoding="utf-8") as file:
        _take(file.fileno(), path)
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}")
        file.flush()
        yield


def is_held(store: Store) -> bool | None:
    """Whether a bot runs on this database now; None where it cannot be told (PostgreSQL)."""
    if store.path is None:
        return None
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
