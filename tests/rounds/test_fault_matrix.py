"""The fault matrix, as a table. A sample by default; everything with ``QUIZBOT_TEST_FULL=1``."""

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quizbot.core.clock import ManualClock
from quizbot.deid import known
from quizbot.platforms.sandbox import SandboxServer
from quizbot.store import open_store
from tests.databases import migrated_database
from tests.rounds.faults import Cell, Story, cells
from tests.rounds.world import T0, World, bot_on
from tests.small import drawn_list, small_case

SAMPLE = 12
MUST_STOP = {"401": "resume", "403 rights": "resume", "403 suspended": "resume", "402": "waits", "403 cap": "waits"}


@contextmanager
def fresh_world(folder: Path) -> Iterator[World]:
    small_case(folder / "cases")
    clock = ManualClock(T0)
    store = open_store(migrated_database("sqlite", folder))
    with SandboxServer(clock=clock) as sandbox, bot_on(sandbox, clock, store, folder / "cases") as bot:
        yield World(sandbox, clock, bot, store, folder / "cases")
    store.close()
    shutil.rmtree(folder)


def chosen() -> list[Cell]:
    every = list(cells())
    if os.environ.get("QUIZBOT_TEST_FULL") == "1":
        return every
    picked = random.Random(11).sample(range(len(every)), SAMPLE)
    return [every[number] for number in sorted(picked)]


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_every_fault_of_every_endpoint_ends_well_or_in_a_stated_stop(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(known, "DRAWN", drawn_list(tmp_path))
    table: list[tuple[Cell, str]] = []
    wrong: list[str] = []
    for number, cell in enumerate(chosen()):
        with fresh_world(tmp_path / str(number)) as world:
            try:
                outcome = Story(world, cell).tell()
                table.append((cell, outcome))
            except (AssertionError, LookupError) as error:  # a post that should be there is looked up, too
                outcome = f"WRONG: {error!r}".splitlines()[0]
                wrong.append(f"{cell}: {error!r}")
        when = "lasting" if cell.lasting else "once"
        with capsys.disabled():
            print(f"\n  {cell.endpoint.name:<16} {cell.fault:<20} {when:<8} {outcome}", end="", flush=True)  # noqa: T201  # a table
    with capsys.disabled():
        print(f"\n{len(table) + len(wrong)} of {len(list(cells()))} faults tried")  # noqa: T201  # a table for people
    assert wrong == []
    for cell, outcome in table:
        posting = cell.endpoint.method != "GET"
        if cell.lasting and posting and cell.fault in MUST_STOP:
            assert MUST_STOP[cell.fault] in outcome, cell
        if not cell.lasting and cell.fault not in MUST_STOP and cell.endpoint.method == "GET":
            assert "resume" not in outcome, cell
