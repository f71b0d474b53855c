"""Opening the database, and its units of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlmodel import Session

from quizbot.core.errors import OutsideError, UsageError

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

    @property
    def path(self) -> Path | None:
        """The database file of SQLite; None for PostgreSQL and for memory."""
        name = self.engine.url.database
        return Path(name) if self.is_sqlite and name and name != ":memory:" else None

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

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def database_error(where: str, error: DBAPIError) -> OutsideError:
    """One line for a failing database, without the statement and its values (they may hold replies)."""
    reason = str(error.orig).splitlines()[0] if error.orig else type(error).__name__
    return OutsideError(where, f"the database says: {reason}", "see `quizbot doctor`")


def open_store(url: str) -> Store:
    """Open a database without changing it; ``migrate.upgrade`` makes its tables.

    Args:
        url: ``sqlite:///FILE`` or ``postgresql://USER:PASSWORD@HOST/NAME``.

    Raises:
        UsageError: the address is none, or its driver is not installed.
        OutsideError: the database cannot be opened.
    """
    engine = _make_engine(url)
    store = Store(engine, engine.url.render_as_string(hide_password=True))
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as error:
        raise database_error(store.where, error) from error
    return store


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
            return _sqlite_engine(parsed.render_as_string(hide_password=False), parsed.database)
        return create_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise UsageError("QUIZBOT_DATABASE_URL", "is no database address", "write sqlite:///FILE") from error
    except ModuleNotFoundError as error:
        raise UsageError(
            "QUIZBOT_DATABASE_URL", f"needs {error.name}", 'run `pip install "quizbot[postgres]"`'
        ) from error


def _sqlite_engine(url: str, file: str | None) -> Engine:
    if file and file != ":memory:":
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutsideError(
                str(Path(file).parent), f"cannot be made ({error.strerror})", "choose another place"
            ) from error
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
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get(_WRITE, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
