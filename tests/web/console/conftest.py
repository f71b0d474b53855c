"""A console to try: see ``tests/web/console/given.py``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from quizbot.core.clock import ManualClock
from quizbot.store import open_store
from tests.databases import migrated_database
from tests.web.console.given import T0, FakeX, Scene, make_scene


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing a passphrase is slow on purpose; how slow is not what these tests are about."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("quizbot.store.people._hasher", lambda: quick)


@pytest.fixture
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    """On the embedded database unless a test asks for PostgreSQL."""
    store = open_store(migrated_database(getattr(request, "param", "sqlite"), tmp_path))
    yield make_scene(store, tmp_path, ManualClock(T0), x=FakeX())
    store.close()
