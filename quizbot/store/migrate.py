"""Migrations: bringing a database to this version's tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from quizbot.core.bundled import bundled
from quizbot.core.errors import OutsideError
from quizbot.store.engine import Store, database_error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(bundled("db", "migrations")).replace("%", "%%"))
    return config


def versions(store: Store) -> tuple[str | None, str]:
    """The database's version (None: empty) and this program's.

    Raises:
        OutsideError: the database cannot be read.
    """
    try:
        with store.engine.execution_options(quizbot_write=False).connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise database_error(store.where, error) from error
    return found, ScriptDirectory.from_config(_config()).get_current_head() or ""


def upgrade(store: Store, to: str = "head") -> bool:
    """Bring the database to this version, or to an earlier one (for tests); returns whether anything changed.

    Raises:
        OutsideError: the database is from a newer version, or cannot be changed.
    """
    found, wanted = versions(store)
    if found == wanted:
        return False
    _refuse_newer(store, found)
    try:
        with store.engine.connect() as connection, _without_foreign_keys(connection, store), connection.begin():
            _run(connection, to)
    except DBAPIError as error:
        raise database_error(store.where, error) from error
    return True


def require_current(store: Store) -> None:
    """Make sure that the database has this version's tables.

    Raises:
        OutsideError: it has not.
    """
    found, wanted = versions(store)
    if found == wanted:
        return
    _refuse_newer(store, found)
    raise OutsideError(store.where, "the database is empty or from an older version", "run `quizbot db upgrade`")


def _refuse_newer(store: Store, found: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise OutsideError(
            store.where,
            f"the database is from a newer version of quizbot ({found})",
            "install that version, or restore a backup made with this one",
        )


@contextmanager
def _without_foreign_keys(connection: Connection, store: Store) -> Iterator[None]:
    """SQLite changes a table by making it anew, which its rows' children must not notice meanwhile.

    https://sqlite.org/lang_altertable.html#otheralter; the setting does nothing within a transaction.
    """
    if not store.is_sqlite:
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101  # the connection was just opened
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _run(connection: Connection, to: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)
