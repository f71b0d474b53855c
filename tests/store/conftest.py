"""A database of each kind, freshly migrated."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quizbot.store import Store, open_store
from quizbot.store.migrate import upgrade
from tests.postgres import fresh_database


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An embedded database in a file of its own."""
    store = open_store(f"sqlite:///{tmp_path / 'q.db'}")
    upgrade(store)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database of either kind; PostgreSQL is skipped where its server is not installed."""
    url = f"sqlite:///{tmp_path / 'q.db'}" if request.param == "sqlite" else fresh_database()
    store = open_store(url)
    upgrade(store)
    yield store
    store.close()
