"""A bot in a process of its own that is woken for months, and the people who reply to its quizzes."""

import gc
import logging
import os
import random
import resource
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import event

from quizbot.core.keyed import KeyedHash
from quizbot.platforms.sandbox import ControlClient
from quizbot.platforms.x import XKeys, XPlatform
from quizbot.rounds.bot import Bot
from quizbot.rounds.calendar import parse_times
from quizbot.rounds.engine import advance, recover
from quizbot.rounds.forget import Memory
from quizbot.rounds.scan import CachedScan
from quizbot.store import Store, open_store
from quizbot.store.accounts import bill
from tests.crash.life import Setting, SharedClock, forkserver, not_to_disk, policy

T0 = datetime(2026, 3, 2, tzinfo=UTC)
WAKE, LOAD = "wake", "load"
HOUR = timedelta(hours=1)
OPEN_FOR = 6  # hours; the next quiz is posted when one closes
PEOPLE = 2000
VERDICTS = {
    "Wellens syndrome": ("correct", 10),
    "I would say Wellens": ("correct", 10),
    "NSTEMI": ("incorrect", 0),
    "great case": ("no_guess", None),
    "Smithson-Baker syndrome": ("review", 0),
}
"""What people write, with the verdict and the points that the policy gives for it."""


@dataclass(frozen=True)
class Load:
    """What a process uses: bytes of memory, open files, and seconds of CPU since it began."""

    memory: int
    handles: int
    seconds: float


def _load() -> Load:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Load(pages * resource.getpagesize(), len(os.listdir("/proc/self/fd")), time.process_time())  # noqa: PTH208


def _serve(setting: Setting, seconds: Any, pipe: Connection) -> None:
    """A life: woken as often as it is told to, until it is told no more."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    store = open_store(setting.database)
    event.listen(store.engine, "connect", not_to_disk)
    store.engine.dispose()
    keys, clock = XKeys(*setting.keys), SharedClock(seconds)
    with XPlatform(keys, setting.url, 30, on_read=_counter(store, keys.user_id, clock)) as platform:
        zone = ZoneInfo("UTC")
        times = parse_times("daily " + ",".join(f"{hour:02}:00" for hour in range(0, 24, OPEN_FOR)), zone, "post_at")
        rules = replace(policy("mon 12:00"), quiz_times=times, reveal_after=OPEN_FOR * HOUR)
        scan, memory = CachedScan(setting.folder / "cases"), Memory(KeyedHash(bytes(32)), setting.folder / "forgotten")
        bot = Bot(store, platform, clock, rules, scan, lambda _loaded: None, memory=memory)
        recover(bot)
        while what := pipe.recv():
            pipe.send(_load() if what == LOAD else advance(bot))


def _counter(store: Store, account: str, clock: SharedClock) -> Any:
    def count(kind: str, units: int) -> None:
        with store.write() as session:
            bill(session, account, clock.now().date(), kind, units)

    return count


class BotProcess:
    """A bot that lives elsewhere: what it uses is its own, not the sandbox's."""

    def __init__(self, setting: Setting, seconds: Any) -> None:
        self._pipe, theirs = forkserver.Pipe()
        self._process = forkserver.Process(target=_serve, args=(setting, seconds, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def wake(self) -> None:
        """Let it do what is due."""
        self._pipe.send(WAKE)
        self._pipe.recv()

    def load(self) -> Load:
        """What it uses now."""
        self._pipe.send(LOAD)
        load: Load = self._pipe.recv()
        return load

    def stop(self) -> None:
        """Let it end."""
        self._pipe.send("")
        self._process.join(60)
        assert self._process.exitcode == 0


@dataclass
class Said:
    """A reply: the id of its first version, of its last, and what the last says."""

    root: str
    last: str
    handle: str
    text: str
    deleted: bool = False


@dataclass
class People:
    """They reply, some think better of it, some take it back; and they know what they are worth."""

    control: ControlClient
    draw: random.Random = field(default_factory=lambda: random.Random(23))
    said: dict[str, list[Said]] = field(default_factory=dict)

    def reply(self, quiz: str, number: int) -> None:
        """So many reply at one instant."""
        texts = self.draw.choices(list(VERDICTS), weights=(45, 10, 25, 15, 5), k=number)
        posts = [{"handle": f"p{self.draw.randrange(PEOPLE)}", "text": text, "reply_to": quiz} for text in texts]
        ids = self.control.post_all(posts)
        fresh = [Said(i, i, post["handle"], post["text"]) for i, post in zip(ids, posts, strict=True)]
        self.said.setdefault(quiz, []).extend(fresh)

    def think_again(self, quiz: str) -> None:
        """One edits, one deletes."""
        standing = [one for one in self.said.get(quiz, []) if not one.deleted and one.root == one.last]
        if len(standing) > 1:
            edited, deleted = self.draw.sample(standing, 2)
            edited.text = self.draw.choice(list(VERDICTS))
            edited.last = self.control.edit(edited.root, edited.text)
            deleted.deleted = True
            self.control.delete(deleted.root)

    def standing(self) -> list[Said]:
        """What has not been deleted."""
        return [one for said in self.said.values() for one in said if not one.deleted]

    def verdicts(self) -> Counter[str]:
        """How many standing replies deserve each verdict."""
        return Counter(VERDICTS[one.text][0] for one in self.standing())

    def points(self) -> dict[tuple[str, str], int]:
        """Points by quiz and handle: the first standing reply that is an attempt counts."""
        found: dict[tuple[str, str], int] = {}
        for quiz, said in self.said.items():
            for one in said:
                worth = VERDICTS[one.text][1]
                if not one.deleted and worth is not None:
                    found.setdefault((quiz, one.handle), worth)
        return found
