"""Opening the database, and its units of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlmodel import Session

from quizbot.core.errors import OutsideError, UsageError
from quizbot.core.extras import install

_WRITE = "quizbot_write"
_BUSY_SECONDS = 30  # how long a writer waits for another's short transaction on SQLite


class Conflict(Exception):  # noqa: N818  # not an error: the expected end of a race
    """Somebody else wrote the same key first; nothing of this transaction was kept."""


class Store:
    """A database. ``read()`` and ``write()`` are short transactions; a write is all there or not at all."""

    def __init__(self, engine: Engine, where: str) -> None:
        self.engine = engine
        self.where = where

    @property
    def is_sqlite(self) -> bool:
        """Whether it is the embedded database, which one ``run`` holds alone."""
        return self.engine.dialect.name == "sqlite"

    def require_writable(self) -> None:
        """Make sure that something can be written (SQLite opens a read-only file without a word).

        Raises:
            OutsideError: nothing can.
        """
        try:
            with self.engine.begin() as connection:
                connection.exec_driver_sql("CREATE TABLE quizbot_probe (x INTEGER)")
                connection.exec_driver_sql("DROP TABLE quizbot_probe")
        except DBAPIError as error:
            raise database_error(self.where, error) from error

    @property
    def path(self) -> Path | None:
        """The database file of SQLite; None for PostgreSQL and for memory."""
        return _sqlite_file(self.engine.url) if self.is_sqlite else None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is committed at the end, or rolled back by an exception.

        Raises:
            Conflict: a unique key was taken by somebody else.
            OutsideError: the database cannot be reached, is locked, read-only or full.
        """
        with self._session(write=True) as session:
            yield session
            session.commit()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view that changes nothing.

        Raises:
            OutsideError: the database cannot be reached.
        """
        with self._session(write=False) as session:
            yield session

    @contextmanager
    def _session(self, *, write: bool) -> Iterator[Session]:
        bound = self.engine.execution_options(**{_WRITE: write})
        try:
            with Session(bound, expire_on_commit=False) as session:
                yield session
        except IntegrityError as error:
            raise Conflict(self.where) from error
        except DBAPIError as error:
            raise database_error(self.where, error) from error

    def empty_log(self) -> None:
        """After an erasing: bring SQLite's write-ahead log into the file and cut it, for it still holds the old pages.

        A reader of this moment may keep it from that; the log is then overwritten later, as it always is.
        """
        if self.path is not None:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("ROLLBACK")  # a log cannot be emptied within a transaction
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql("BEGIN")

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def _sqlite_file(url: URL) -> Path | None:
    """The file, also where it is written as a URI: ``sqlite:///file:/data/q.db?mode=ro&uri=true``."""
    name = url.database or ":memory:"
    if "uri" in url.query and name.startswith("file:"):
        name = ":memory:" if url.query.get("mode") == "memory" else unquote(urlsplit(name).path)
    return None if name in ("", ":memory:") else Path(name)


_TODOS = (
    ("locked", "another program holds it, such as a backup; end that, or wait"),
    ("full", "free some space on its disk"),
    ("no space", "free some space on its disk"),
    ("readonly", "give the bot's user the right to write the file and its folder"),
    ("connection", "see that PostgreSQL runs and can be reached"),
    ("password", "correct the user and the password in QUIZBOT_DATABASE_URL"),
)
_ELSE = "check QUIZBOT_DATABASE_URL, the file's rights and the disk; if the file is damaged, restore a copy"


def database_error(where: str, error: DBAPIError) -> OutsideError:
    """One line for a failing database, without the statement and its values (they may hold replies)."""
    reason = str(error.orig).splitlines()[0] if error.orig else type(error).__name__
    todo = next((todo for word, todo in _TODOS if word in reason.lower()), _ELSE)
    return OutsideError(where, f"the database says: {reason}", todo)


def open_store(url: str, *, create: bool = True) -> Store:
    """Open a database without changing it; ``migrate.upgrade`` makes its tables.

    Args:
        url: ``sqlite:///FILE`` or ``postgresql://USER:PASSWORD@HOST/NAME``.
        create: make SQLite's file, readable by its owner only (it holds replies), if it is missing.

    Raises:
        UsageError: the address is none.
        OutsideError: its driver is not installed, the database cannot be opened, or is missing and not to be made.
    """
    store = unopened_store(url)
    engine = store.engine
    if store.path is not None and not store.path.exists():
        if not create:
            raise OutsideError(store.where, "there is no database yet", "start the bot with `quizbot run`")
        _make_file(store.path)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as error:
        raise database_error(store.where, error) from error
    return store


def unopened_store(url: str) -> Store:
    """A database that was not looked at yet: it may be missing or damaged.

    Raises:
        UsageError: the address is none.
        OutsideError: its driver is not installed.
    """
    engine = _make_engine(url)
    return Store(engine, engine.url.render_as_string(hide_password=True))


def _make_file(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise OutsideError(str(file), f"cannot be made ({error.strerror})", "set QUIZBOT_DATABASE_URL") from error


def _make_engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise UsageError(
                "QUIZBOT_DATABASE_URL", f"{parsed.drivername} is not supported", "use sqlite or postgresql"
            )
        if parsed.get_backend_name() == "sqlite":
            return _sqlite_engine(parsed.render_as_string(hide_password=False))
        return create_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise UsageError("QUIZBOT_DATABASE_URL", "is no database address", "write sqlite:///FILE") from error
    except ModuleNotFoundError as error:
        raise OutsideError("QUIZBOT_DATABASE_URL", f"needs {error.name}", f"run {install('postgres')}") from error


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own connection
    # The driver must not begin transactions by itself: a write has to begin as one, or two writers that both began by
    # reading would deadlock instead of waiting.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    except Exception as error:  # a read-only database can still be read, in the mode it has
        if "readonly" not in str(error).replace("-", ""):
            raise
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten in the file, too
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get(_WRITE, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
