"""A site over a filled database; what a test changes is put back by making it anew for each test that asks for it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from quizbot.core.clock import ManualClock
from quizbot.rounds.calendar import parse_times
from quizbot.rounds.counting import rebuild
from quizbot.store import Store, open_store
from quizbot.store.migrate import upgrade
from quizbot.web import create_app
from quizbot.web.site import Facts
from tests.web.asgi import Answer, ask
from tests.web.filled import ACCOUNT, NOW, Filling, fill

FACTS = Facts(times=parse_times("mon,thu 12:00", ZoneInfo("UTC"), "post_at"), contact="quiz@hospital.example")


@dataclass
class Filled:
    """The application, its database, and the ids of its rounds, oldest first; the last one is open."""

    app: Any
    store: Store
    rounds: list[str]
    clock: ManualClock

    def get(self, address: str, **headers: str) -> Answer:
        return ask(self.app, address, **headers)

    def change(self, sql: str, *values: Any) -> None:
        with self.store.engine.begin() as connection:
            connection.exec_driver_sql(sql, values)
        if not sql.startswith("ALTER TABLE"):
            rebuild(self.store, ACCOUNT)  # what is changed by hand nobody has counted


def database(file: Path, filling: Filling | None) -> list[str]:
    """Make a database, closed; returns its rounds. Without a filling it is one on which no bot has run."""
    store = open_store(f"sqlite:///{file}")
    upgrade(store)
    rounds = fill(store, filling) if filling else []
    store.close()
    return rounds


@contextmanager
def site_over(file: Path, rounds: list[str], facts: Facts = FACTS) -> Iterator[Filled]:
    """A site over a database."""
    store, clock = open_store(f"sqlite:///{file}"), ManualClock(NOW)
    app = create_app(store, lambda: ACCOUNT if rounds else None, clock, "quarter", "https://x.com/i", facts)
    yield Filled(app, store, rounds, clock)
    store.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A filled database to copy, for filling one takes longer than what is tested with it."""
    file = tmp_path_factory.mktemp("template") / "pages.db"
    return file, database(file, Filling(people=60, quizzes=8))


@pytest.fixture
def filled(tmp_path: Path, template: tuple[Path, list[str]]) -> Iterator[Filled]:
    with site_over(Path(shutil.copy(template[0], tmp_path / "pages.db")), template[1]) as site:
        yield site


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """One for tests that change nothing."""
    file = tmp_path_factory.mktemp("standing") / "pages.db"
    with site_over(file, database(file, Filling(people=60, quizzes=30))) as site:
        yield site


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Filled]:
    file = tmp_path / "pages.db"
    with site_over(file, database(file, None)) as site:
        yield site
