"""The story cut into its steps, each with the bot, the database and X as they are before it: to die at any point of a
step, the ones before it need not be told again, and the ones after it only until all is as it would have been.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from quizbot.platforms.sandbox import SandboxServer
from quizbot.store import open_store
from quizbot.store.accounts import account_row
from tests.crash.life import Lives, Plan, Setting, SharedClock, Teller, forkserver
from tests.crash.rejoin import state_of
from tests.crash.story import LOOKS, STORY, T0
from tests.databases import copied_database, forget_database, migrated_database
from tests.small import small_case


@dataclass(frozen=True)
class Stage:
    """How things stand before a step.

    Attributes:
        number: of steps done.
        folder: with the cases, what was looked at, X's state and SQLite's file.
        database: its address.
        seconds: the time it is.
        points: how many points the step has.
    """

    number: int
    folder: Path
    database: str
    seconds: float
    points: int = 0


@dataclass(frozen=True)
class Ended:
    """How a story with a death in it ended: how many steps it was told for, and what was seen, by look."""

    told: int
    seen: dict[str, Any]


class Stages:
    """The undisturbed story, told step by step, and told again with a death in it."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._folder, self._kind, self._tries = folder, kind, 0
        self.states: list[str] = []
        self.stages: list[Stage] = []
        stage = self._first()
        for _ in STORY:
            stage = self._next(stage)
        self.seen = seen_in(stage.folder)

    @property
    def points(self) -> list[tuple[int, int]]:
        """Every point, as the number of steps done before it and its own number in the step."""
        return [(stage.number, point) for stage in self.stages for point in range(1, stage.points + 1)]

    def die(self, step: int, point: int) -> Ended:
        """Tell the story with a death at a point of a step, until all is as it would have been or the story ends."""
        with self._copy(self.stages[step]) as lives:
            assert not lives.live(Plan(STORY[: step + 1], point, recovery=False)), "the point was never reached"
            assert lives.live(Plan(STORY, after=partial(is_rejoined, tuple(self.states)))), "the second life died"
            return Ended(lives.done.value - step, seen_in(lives.setting.folder))

    def close(self) -> None:
        """Give back what the databases take."""
        for stage in self.stages:
            forget_database(stage.database)

    def _first(self) -> Stage:
        folder = self._folder / "0"
        small_case(folder / "cases")
        with SandboxServer(clock=SharedClock(forkserver.Value("d", T0.timestamp())), state=folder / "x.db") as sandbox:
            account = sandbox.bot_id
        database = migrated_database(self._kind, folder)
        store = open_store(database)
        with store.write() as session:
            account_row(session, account, T0 - timedelta(hours=1))
        store.close()
        return Stage(0, folder, database, T0.timestamp())

    def _next(self, stage: Stage) -> Stage:
        """Tell a step; what comes of it is the next stage."""
        told = self._folder / "told"
        with self._copy(stage) as lives:
            state = forkserver.Array("c", 64)
            assert lives.live(Plan(STORY[: stage.number + 1], recovery=False, after=partial(note_state, state)))
            self.states.append(state.value.decode())
            self.stages.append(
                Stage(stage.number, stage.folder, stage.database, stage.seconds, int(lives.passed.value))
            )
            told = self._folder / str(stage.number + 1)
            database = _kept(lives.setting, told)
            return Stage(stage.number + 1, told, database, float(lives.seconds.value))

    @contextmanager
    def _copy(self, stage: Stage) -> Iterator[Lives]:
        """The lives of a bot that begins at a stage, on copies of all there is."""
        self._tries += 1
        folder = self._folder / f"try-{self._tries}"
        database = _copied(stage.folder, stage.database, folder)
        seconds = forkserver.Value("d", stage.seconds)
        with SandboxServer(clock=SharedClock(seconds), state=folder / "x.db") as sandbox:
            keys = sandbox.keys
            own = (keys.consumer_key, keys.consumer_secret, keys.access_token, keys.access_token_secret)
            lives = Lives(Setting(database, folder, sandbox.url, own), seconds)
            lives.done.value = stage.number
            yield lives
        forget_database(database)
        shutil.rmtree(folder)


def note_state(place: Any, teller: Teller, _done: int) -> bool:
    """Write down how things stand after a step."""
    place.value = state_of(teller).encode()
    return False


def is_rejoined(states: tuple[str, ...], teller: Teller, done: int) -> bool:
    """Whether things stand after a step as they do in the undisturbed story."""
    return state_of(teller) == states[done - 1]


def seen_in(folder: Path) -> dict[str, Any]:
    """What was looked at so far."""
    files = {name: folder / f"{name}.json" for name in LOOKS}
    return {name: json.loads(file.read_text()) for name, file in files.items() if file.exists()}


def _kept(setting: Setting, folder: Path) -> str:
    """Copy what a life left behind, its sandbox still running."""
    return _copied(setting.folder, setting.database, folder)


def _copied(source: Path, database: str, folder: Path) -> str:
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.db*"))
    for file in source.glob("*.db"):
        copy_file(file, folder / file.name)
    return copied_database(database, folder)


def copy_file(source: Path, target: Path) -> None:
    """Copy a database file that may have a log beside it."""
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
    old.close()
    new.close()
