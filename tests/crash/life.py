"""One life of the bot, in a process of its own that can be made to die at a chosen point.

A point is the moment right before or right after a call to X, or a commit of the database.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import event
from sqlmodel import Session

from quizbot.core.clock import ManualClock
from quizbot.platforms.x import XKeys, XPlatform
from quizbot.rounds.bot import Bot
from quizbot.rounds.calendar import parse_times
from quizbot.rounds.engine import advance, recover
from quizbot.rounds.policy import Policy
from quizbot.rounds.scan import CachedScan
from quizbot.settings import parse_duration
from quizbot.store import open_store

KILLED = -signal.SIGKILL
forkserver = multiprocessing.get_context("forkserver")
forkserver.set_forkserver_preload(["tests.crash.life", "quizbot.grading", "quizbot.deid.gate"])


@dataclass(frozen=True)
class Setting:
    """What a life needs to know; can be sent to another process."""

    database: str
    cases: Path
    url: str
    keys: tuple[str, str, str, str]
    post_at: str = "mon 12:00"


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
    """Counts the points passed, and kills this process at the chosen one."""

    def __init__(self, die_at: int | None) -> None:
        self.passed = 0
        self.die_at = die_at

    def __call__(self) -> None:
        self.passed += 1
        if self.passed == self.die_at:
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


def make_bot(setting: Setting, clock: ManualClock, point: Callable[[], None]) -> Bot:
    """A bot on the sandbox, watched."""
    store = open_store(setting.database)
    platform = Watched(XPlatform(XKeys(*setting.keys), setting.url, 30), point)
    return Bot(store, platform, clock, policy(setting.post_at), CachedScan(setting.cases), lambda _loaded: None)


def _live(setting: Setting, now: datetime, die_at: int | None, passed: Any) -> None:
    point = Points(die_at)
    event.listen(Session, "before_commit", lambda _session: point())
    event.listen(Session, "after_commit", lambda _session: point())
    bot = make_bot(setting, ManualClock(now), point)
    recover(bot)
    advance(bot)
    passed.value = point.passed


def live(setting: Setting, now: datetime, die_at: int | None = None) -> int | None:
    """Run one advance of a bot in a new process; returns the points passed, or None if it was killed."""
    passed = forkserver.Value("i", 0)
    process = forkserver.Process(target=_live, args=(setting, now, die_at, passed))
    process.start()
    process.join(60)
    if process.exitcode == KILLED:
        return None
    assert process.exitcode == 0, f"the bot ended with {process.exitcode}"
    return int(passed.value)
