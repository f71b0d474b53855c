"""A console to try: see ``tests/web/console/given.py``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from quizbot.core.clock import ManualClock
from quizbot.store import open_store
from quizbot.store.migrate import upgrade
from tests.postgres import fresh_database
from tests.web.console.given import T0, FakeX, Scene, make_scene


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing a passphrase is slow on purpose; how slow is not what these tests are about."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("quizbot.store.people._hasher", lambda: quick)


@pytest.fixture
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    """On the embedded database unless a test asks for PostgreSQL."""
    wanted = getattr(request, "param", "")
    store = open_store(fresh_database() if wanted == "postgresql" else f"sqlite:///{tmp_path / 'q.db'}")
    upgrade(store)
    yield make_scene(store, tmp_path, ManualClock(T0), x=FakeX())
    store.close()
