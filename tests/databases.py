"""Databases with this version's tables and nothing in them: the migrations run once a process, the rest are copies."""

import tempfile
from functools import cache
from pathlib import Path

from quizbot.store import open_store
from quizbot.store.migrate import upgrade
from tests.postgres import drop_database, fresh_database


def migrated_database(kind: str, folder: Path) -> str:
    """The address of one, ``sqlite`` in a folder or ``postgresql``."""
    if kind == "postgresql":
        return fresh_database(_template())
    (folder / "q.db").write_bytes(empty_file())
    return f"sqlite:///{folder / 'q.db'}"


def copied_database(url: str, folder: Path) -> str:
    """The address of a copy of a database that nobody is connected to; SQLite's file is in the folder already."""
    if url.startswith("postgresql"):
        return fresh_database(url.rpartition("/")[2])
    return f"sqlite:///{folder / 'q.db'}"


def forget_database(url: str) -> None:
    """Give back what a database takes; SQLite's goes with its folder."""
    if url.startswith("postgresql"):
        drop_database(url)


@cache
def empty_file() -> bytes:
    """The file of SQLite's."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/q.db")
        upgrade(store)
        store.empty_log()
        store.close()
        return Path(folder, "q.db").read_bytes()


@cache
def _template() -> str:
    url = fresh_database()
    store = open_store(url)
    upgrade(store)
    store.close()
    return url.rpartition("/")[2]
