"""One life of the bot, in a process of its own that can be made to die at a chosen point.

A point is the moment right before or right after a call to X, or a commit of the database.
"""

import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import event
from sqlmodel import Session

from quizbot.core.keyed import KeyedHash
from quizbot.deid import decode, known
from quizbot.platforms.sandbox import ControlClient
from quizbot.platforms.x import XKeys, XPlatform
from quizbot.rounds.bot import Bot
from quizbot.rounds.calendar import parse_times
from quizbot.rounds.engine import recover
from quizbot.rounds.forget import Memory
from quizbot.rounds.policy import Policy
from quizbot.rounds.scan import CachedScan
from quizbot.settings import parse_duration
from quizbot.store.engine import unopened_store
from tests.crash.decoded import decoded_before
from tests.small import drawn_list

KILLED = -signal.SIGKILL
forkserver = multiprocessing.get_context("forkserver")
_WARM = ["tests.crash.life", "tests.crash.stages", "tests.crash.warm", "quizbot.grading", "quizbot.deid.gate"]
forkserver.set_forkserver_preload(_WARM)


def policy(post_at: str) -> Policy:
    """A quiz once a week, revealed after 24 h."""
    zone = ZoneInfo("UTC")
    return Policy(
        quiz_times=parse_times(post_at, zone, "post_at"),
        pearl_times=parse_times("", zone, "pearl_at"),
        post_within=parse_duration("6h"),
        reveal_after=parse_duration("24h"),
        read_for=parse_duration("48h"),
        post_examples=True,
        references=1,
        sweep=False,
        keep_text=parse_duration("30d"),
    )


class Points:
    """Counts the points passed from when it is told to, and kills this process at the chosen one."""

    def __init__(self, die_at: int | None, passed: Any) -> None:
        self.passed = passed
        self.die_at = die_at
        self.counting = False

    def __call__(self) -> None:
        if not self.counting:
            return
        self.passed.value += 1
        if self.passed.value == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)


class Watched:
    """A platform with a point before and after each call, and each page."""

    def __init__(self, platform: XPlatform, point: Callable[[], None]) -> None:
        self._platform = platform
        self._point = point

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._platform, name)
        return self._call(found) if callable(found) else found

    def _call(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self._point()
            result = method(*args, **kwargs)
            self._point()
            return self._pages(result) if isinstance(result, Iterator) else result

        return call

    def _pages(self, pages: Iterator[Any]) -> Iterator[Any]:
        for page in pages:
            self._point()
            yield page


class SharedClock:
    """A clock that several processes read, and whoever tells the story moves."""

    def __init__(self, seconds: Any) -> None:
        self._seconds = seconds

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._seconds.value, UTC)

    def sleep(self, seconds: float) -> None:
        self._seconds.value += seconds

    def set(self, at: datetime) -> None:
        self._seconds.value = at.timestamp()


@dataclass(frozen=True)
class Setting:
    """What a life needs to know; can be sent to another process."""

    database: str
    folder: Path
    url: str
    keys: tuple[str, str, str, str]


@dataclass
class Teller:
    """The bot in one life, and what the story needs beside it."""

    setting: Setting
    clock: SharedClock
    bot: Bot
    control: ControlClient

    @property
    def account(self) -> str:
        return self.bot.account


Step = Callable[[Teller], None]


def not_to_disk(connection: Any, _record: object) -> None:
    """What a killed process has handed to the system stays; only a power cut would lose it."""
    connection.execute("PRAGMA synchronous=OFF")


def _teller(setting: Setting, clock: SharedClock, point: Callable[[], None]) -> Teller:
    store = unopened_store(setting.database)
    if store.is_sqlite:
        event.listen(store.engine, "connect", not_to_disk)
    platform = Watched(XPlatform(XKeys(*setting.keys), setting.url, 30), point)
    scan, memory = CachedScan(setting.folder / "cases"), Memory(KeyedHash(bytes(32)), setting.folder / "forgotten")
    rules = replace(policy("mon 12:00"), references=2)
    bot = Bot(store, platform, clock, rules, scan, lambda _loaded: None, memory=memory)
    return Teller(setting, clock, bot, ControlClient(setting.url))


@dataclass(frozen=True)
class Plan:
    """What a life is to do.

    Attributes:
        story: the steps up to which it lives; those that were done before are not done again.
        die_at: the number of the point at which it dies.
        recovery: whether the points of its start count, too.
        after: calls made after each step with the teller and the step's number; one that returns True ends the life.
    """

    story: Sequence[Step]
    die_at: int | None = None
    recovery: bool = True
    after: Callable[[Teller, int], bool] | None = None


def _live(setting: Setting, seconds: Any, done: Any, passed: Any, plan: Plan) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    known.DRAWN, decode.warm = drawn_list(setting.folder), decoded_before
    point = Points(plan.die_at, passed)
    event.listen(Session, "before_commit", lambda _session: point())
    event.listen(Session, "after_commit", lambda _session: point())
    teller = _teller(setting, SharedClock(seconds), point)
    point.counting = plan.recovery
    recover(teller.bot)
    point.counting = True
    for step in plan.story[done.value :]:
        step(teller)
        done.value += 1
        if plan.after is not None and plan.after(teller, done.value):
            return


@dataclass
class Lives:
    """The lives of one bot, one after the other, over a story that goes on where it was left."""

    setting: Setting
    seconds: Any = field(default_factory=lambda: forkserver.Value("d", 0.0))
    done: Any = field(default_factory=lambda: forkserver.Value("i", 0))
    passed: Any = field(default_factory=lambda: forkserver.Value("i", 0))

    def live(self, plan: Plan) -> bool:
        """Tell the story from where it stands, in a new process; returns whether it came to its end alive."""
        arguments = (self.setting, self.seconds, self.done, self.passed, plan)
        process = forkserver.Process(target=_live, args=arguments)
        process.start()
        process.join(600)  # a machine may be busy
        if process.exitcode == KILLED:
            return False
        assert process.exitcode == 0, f"the bot ended with {process.exitcode}"
        return True
