"""A consistent copy of the database while others use it, and putting one back.

A backup is one SQLite file, whatever the database is: it is made and read without any other program, is checked with
SQLite's own check, and moves an installation from one kind of database to the other.

- SQLite: its online backup interface, which holds up nobody (https://sqlite.org/backup.html).
- PostgreSQL: all tables are copied within one repeatable-read transaction, which sees them as of one moment.
"""

import contextlib
import os
import secrets
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Column, Connection, Select, func, literal, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_rows

from quizbot.core.errors import InputError, OutsideError, one_line
from quizbot.store.engine import Store, open_store
from quizbot.store.migrate import upgrade, versions
from quizbot.store.tables import BackupRow

_BATCH = 1_000
_ADDED_TO = ("signoff", "audit")  # tables that triggers keep from being changed
_PROBLEMS = (sqlite3.Error, DBAPIError, OSError)


def sqlite_url(file: Path) -> str:
    """The address of a SQLite file, whatever characters its name has."""
    return URL.create("sqlite", database=str(file.absolute())).render_as_string()


def back_up(store: Store, file: Path) -> None:
    """Copy the database into a new file, which is there whole or not at all, readable by its owner only.

    Raises:
        InputError: the file exists already.
        OutsideError: it cannot be written, or the database cannot be read or is damaged.
    """
    if file.exists():
        raise InputError(str(file), "exists already", "choose another name, or move it away")
    with _beside(file) as part:
        try:
            _copy(store, part)
            check(part)
            _settle_on_disk(part)
            os.link(part, file)  # unlike a renaming, this never overwrites
        except FileExistsError:
            raise InputError(str(file), "exists already", "choose another name, or move it away") from None
        except _PROBLEMS as error:
            raise OutsideError(str(file), f"the backup failed ({_reason(error)})", "nothing was written") from error


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise OutsideError(str(file), f"cannot be written ({error.strerror})", "choose another folder") from error
    try:
        yield part
    finally:
        for name in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
            name.unlink(missing_ok=True)


def _copy(store: Store, part: Path) -> None:
    if store.is_sqlite:
        with store.engine.connect() as connection:
            _copy_pages(connection.connection.driver_connection, part)  # type: ignore[arg-type]  # sqlite3's own
        return
    target = open_store(sqlite_url(part))
    try:
        upgrade(target)
        with (
            store.engine.connect().execution_options(isolation_level="REPEATABLE READ") as source,
            target.engine.begin() as into,
        ):
            copy_tables(source, into)
    finally:
        target.close()


def _copy_pages(source: sqlite3.Connection, part: Path) -> None:
    with contextlib.closing(sqlite3.connect(part)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def copy_tables(source: Connection, target: Connection) -> None:
    """Copy every row of every table into tables that are empty."""
    for table in SQLModel.metadata.sorted_tables:
        rows = source.execution_options(yield_per=_BATCH).execute(select(table))
        for batch in rows.mappings().partitions(_BATCH):
            target.execute(table.insert(), [dict(row) for row in batch])


def check(file: Path) -> None:
    """Make sure that a backup is whole.

    Raises:
        OutsideError: it is not, or is no backup.
    """
    try:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
            found += [f"row of {row[0]} without its parent" for row in connection.execute("PRAGMA foreign_key_check")]
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise OutsideError(str(file), f"is no backup of quizbot ({_reason(error)})", "give another file") from error
    if found != ["ok"]:
        raise OutsideError(str(file), f"is damaged ({one_line(found[0])[:200]})", "give another file")


def _settle_on_disk(file: Path) -> None:
    for path in (file, file.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: BaseException) -> str:
    original = getattr(error, "orig", None) or error
    return one_line(getattr(original, "strerror", None) or str(original)) or type(error).__name__


def require_file(file: Path) -> None:
    """Make sure that a backup is there at all.

    Raises:
        InputError: it is not.
    """
    if not file.is_file():
        raise InputError(str(file), "there is no such file", "give a backup made by `quizbot db backup`")


@contextmanager
def prepared(file: Path, target: Store) -> Iterator[Store]:
    """A copy of a backup, checked and brought to this version, to be worked on before it goes live.

    Raises:
        InputError: there is no such file.
        OutsideError: it is damaged, no backup, or from a newer version.
    """
    require_file(file)
    check(file)
    with _beside(target.path or file) as part:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source:
            _copy_pages(source, part)
        copy = open_store(sqlite_url(part))
        try:
            upgrade(copy)
            yield copy
        finally:
            copy.close()


def is_empty(store: Store) -> bool:
    """Whether a database holds nothing of ours yet. A damaged one does."""
    if store.path is not None and not (store.path.exists() and store.path.stat().st_size):
        return True
    try:
        return versions(store)[0] is None
    except OutsideError:
        return False


def put_back(copy: Store, target: Store) -> None:
    """Put a prepared copy in the place of all that the target holds: at once, or not at all.

    Raises:
        OutsideError: the target cannot be written, or (PostgreSQL) is from a newer version.
    """
    try:
        if target.path is not None:
            _put_pages_back(copy, target.path)
        else:
            _put_rows_back(copy, target)
    except _PROBLEMS as error:
        raise OutsideError(target.where, f"the restore failed ({_reason(error)})", "nothing was changed") from error


def _put_pages_back(copy: Store, path: Path) -> None:
    """Into the file that is there, so that whoever has it open (the pages) sees the new content; else in its place."""
    copy.empty_log()
    with copy.engine.connect() as connection:
        source: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]  # as above
        try:
            with contextlib.closing(sqlite3.connect(path, timeout=30)) as live:
                source.backup(live)
            path.chmod(0o600)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            _replace(source, path)


def _replace(source: sqlite3.Connection, path: Path) -> None:
    """A damaged database is moved aside, with its log: it may still be of use to somebody."""
    with _beside(path) as part:
        _copy_pages(source, part)
        _settle_on_disk(part)
        for end in ("", "-wal", "-shm"):
            damaged = path.with_name(path.name + end)
            if damaged.exists():
                damaged.replace(path.with_name(f"{path.name}.damaged{end}"))
        os.link(part, path)


def _put_rows_back(copy: Store, target: Store) -> None:
    upgrade(target)
    with copy.engine.connect() as source, target.engine.begin() as into:
        names = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
        # What is only added to is put back as it was; a restore is the one time for that.
        for kept in _ADDED_TO:
            into.execute(text(f"ALTER TABLE {kept} DISABLE TRIGGER {kept}_no_change"))
        into.execute(text(f"TRUNCATE {names}"))
        copy_tables(source, into)
        for kept in _ADDED_TO:
            into.execute(text(f"ALTER TABLE {kept} ENABLE TRIGGER {kept}_no_change"))
        for table in SQLModel.metadata.sorted_tables:
            if table.autoincrement_column is not None:
                into.execute(_next_number(table.name, table.autoincrement_column))


def _next_number(table: str, number: Column[Any]) -> Select[Any]:
    """Rows that are added later are numbered from after the highest number that was put back."""
    sequence = func.pg_get_serial_sequence(f'"{table}"', number.name)
    highest = select(func.coalesce(func.max(number), 0)).scalar_subquery()
    return select(func.setval(sequence, highest + 1, literal(value=False)))


def note_backup(session: Session, file: Path, now: datetime) -> None:
    """Remember that a backup stands somewhere."""
    host, path = socket.gethostname(), str(file.absolute())
    row = session.get(BackupRow, (path, host))
    if row is None:
        session.add(BackupRow(path=path, host=host, made_at=now))
    else:
        row.made_at = now


def backups_since(session: Session, since: datetime | None) -> list[BackupRow]:
    """The backups made since an instant (None: all), oldest first, but those that are gone from this machine."""
    query = select_rows(BackupRow).order_by(col(BackupRow.made_at))
    here = socket.gethostname()
    rows = session.exec(query if since is None else query.where(BackupRow.made_at >= since)).all()
    return [row for row in rows if row.host != here or Path(row.path).exists()]
