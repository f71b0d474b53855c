"""The sandbox's SQLite file: one connection, short transactions, everything on disk before an answer goes out."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from quizbot.core.errors import OutsideError
from quizbot.platforms.sandbox.ids import next_id

Tx = sqlite3.Connection
_APPLICATION_ID = 0x51425842  # "QBXB", in the file's header: no other database is taken for a sandbox's
_VERSION = 3
_DELETE_IT = "give another file, or remove this one to begin anew"


class Database:
    """The state file. A lock hands its one connection to one thread at a time.

    Args:
        file: the file, made if it is not there; ``:memory:`` for none.

    Raises:
        OutsideError: the file cannot be opened, or is something else.
    """

    def __init__(self, file: Path | str) -> None:
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(str(file), isolation_level=None, check_same_thread=False, timeout=10)
        except sqlite3.Error as error:
            todo = "give a file in a folder that exists"
            raise OutsideError(str(file), f"cannot be opened ({error})", todo) from None
        try:
            self._prepare(str(file))
        except sqlite3.Error as error:
            self._connection.close()
            raise OutsideError(str(file), f"is not a sandbox's state file ({error})", _DELETE_IT) from None
        except OutsideError:
            self._connection.close()
            raise

    def _prepare(self, file: str) -> None:
        db = self._connection
        db.row_factory = sqlite3.Row
        application = db.execute("PRAGMA application_id").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if tables and (application != _APPLICATION_ID or version != _VERSION):
            raise OutsideError(file, "holds something else than this version's sandbox", _DELETE_IT)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
        if not tables:
            schema = files(__package__).joinpath("schema.sql").read_text("utf-8")
            marks = f"PRAGMA application_id = {_APPLICATION_ID}; PRAGMA user_version = {_VERSION};"
            db.executescript(f"BEGIN IMMEDIATE; {schema} {marks} COMMIT;")

    @contextmanager
    def transaction(self) -> Iterator[Tx]:
        """Everything inside happens, or nothing of it if an exception leaves the block."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with self._lock:
            self._connection.close()


def get_meta(tx: Tx, key: str) -> str | None:
    """One of the sandbox's own notes, or None."""
    row = tx.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row["value"])


def set_meta(tx: Tx, key: str, value: str) -> None:
    """Write one of the sandbox's own notes."""
    tx.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))


def new_id(tx: Tx, now_ms: int) -> int:
    """Give out the next id; users, posts and media share one row of numbers."""
    number = next_id(int(get_meta(tx, "last_id") or 0), now_ms)
    set_meta(tx, "last_id", str(number))
    return number
