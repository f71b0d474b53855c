"""A gate of the tests' own in the place of the layers, and a database with people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from quizbot.store import Store, open_store
from quizbot.store.migrate import upgrade
from tests.signoff.given import Gate, patient_case, people


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing a passphrase is slow on purpose; how slow is not what these tests are about."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("quizbot.store.people._hasher", lambda: quick)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    made = Gate()
    monkeypatch.setattr("quizbot.deid.examine", made.examine)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'q.db'}")
    upgrade(opened)
    people(opened)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path, gate: Gate) -> Path:
    return patient_case(tmp_path / "cases", gate)
