"""A database that is full, read-only, locked or gone for a while: one clear line, no lost reply, no double post."""

import shutil
import sqlite3
import threading
import time

import pytest
from sqlalchemy import event

from quizbot.core.bundled import bundled
from quizbot.core.clock import ManualClock
from quizbot.core.errors import OutsideError
from quizbot.platforms.sandbox import SandboxServer
from quizbot.rounds.alarm import run_until
from quizbot.rounds.engine import advance
from quizbot.rounds.outbox import recover
from quizbot.store import open_store
from quizbot.store.migrate import upgrade
from tests.postgres import Cluster
from tests.rounds.world import T0, World, bot_on, database, options, world  # noqa: F401  # fixtures are found by their names


def pragma(world: World, text: str) -> None:  # noqa: F811  # the fixture's value
    """Let every connection from now on begin with a pragma; the last one given wins."""
    event.listen(world.store.engine, "connect", lambda connection, _record: connection.execute(text))
    world.store.engine.dispose()


def trouble(world: World) -> str:  # noqa: F811  # the fixture's value
    with pytest.raises(OutsideError) as caught:
        advance(world.bot)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def assert_all_is_well(world: World) -> None:  # noqa: F811  # the fixture's value
    assert [post["text"].split()[0] for post in world.own_posts()] == ["61-year-old", "Answer:"]
    assert world.points() == {"ann": 10, "ben": 0}


def test_a_full_disk_loses_nothing_and_says_so(world):  # noqa: F811  # the fixture
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    with world.store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    pragma(world, f"PRAGMA max_page_count = {pages}")
    for n in range(40):
        world.reply("ben" if n == 0 else f"x{n}", "NSTEMI " + "and so on " * 300)
    world.clock.sleep(3600)
    assert "free some space" in trouble(world)
    pragma(world, "PRAGMA max_page_count = 1000000")
    world.go(hours=26)
    assert [post["text"].split()[0] for post in world.own_posts()] == ["61-year-old", "Answer:"]
    assert len(world.points()) == 41


def test_a_database_that_became_read_only_loses_nothing_and_says_so(world):  # noqa: F811  # the fixture
    world.go(minutes=1)
    pragma(world, "PRAGMA query_only = 1")
    world.reply("ann", "Wellens")
    world.reply("ben", "NSTEMI")
    world.clock.sleep(3600)
    assert "right to write" in trouble(world)
    pragma(world, "PRAGMA query_only = 0")
    world.go(hours=26)
    assert_all_is_well(world)


def test_a_post_whose_end_could_not_be_written_down_is_found_again(world, monkeypatch):  # noqa: F811  # the fixture
    """The database fails between the answer of X and its being written down."""
    made = world.bot.platform.post

    def post(draft):
        result = made(draft)
        pragma(world, "PRAGMA query_only = 1")
        return result

    monkeypatch.setattr(world.bot.platform, "post", post)
    monkeypatch.setattr(world.bot.platform, "_on_read", lambda _kind, _units: None)
    assert "right to write" in trouble(world)
    monkeypatch.setattr(world.bot.platform, "post", made)
    pragma(world, "PRAGMA query_only = 0")
    world.go(minutes=10)
    world.reply("ann", "Wellens")
    world.reply("ben", "NSTEMI")
    world.go(hours=26)
    assert_all_is_well(world)


def test_a_database_that_a_backup_locks_is_waited_for(world, monkeypatch):  # noqa: F811  # the fixture
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.reply("ben", "NSTEMI")
    pragma(world, "PRAGMA busy_timeout = 100")
    backup = sqlite3.connect(world.store.path, isolation_level=None)
    backup.execute("BEGIN IMMEDIATE")
    world.clock.sleep(3600)
    assert "another program holds it" in trouble(world)
    backup.execute("ROLLBACK")
    backup.close()
    world.go(hours=26)
    assert_all_is_well(world)


def test_postgresql_that_is_restarted_is_waited_for(tmp_path):
    cluster = Cluster()
    clock = ManualClock(T0)
    shutil.copytree(bundled("cases", "wellens-syndrome"), tmp_path / "cases" / "wellens-syndrome")
    store = open_store(cluster.database())
    upgrade(store)
    with SandboxServer(clock=clock) as sandbox, bot_on(sandbox, clock, store, tmp_path / "cases") as bot:
        there = World(sandbox, clock, bot, store, tmp_path / "cases")
        there.go(minutes=1)
        there.reply("ann", "Wellens")
        there.reply("ben", "NSTEMI")
        cluster.stop()
        clock.sleep(60)
        assert "PostgreSQL" in trouble(there)
        stop = threading.Event()
        cluster.start()
        recover(bot)
        loop = threading.Thread(target=run_until, args=(bot, stop, 0.1))
        loop.start()
        time.sleep(1)
        stop.set()
        loop.join()
        there.go(hours=26)
        assert_all_is_well(there)
    store.close()
    cluster.remove()
