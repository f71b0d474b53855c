"""A bot on the sandbox X, over HTTP, with time moved by hand and failures on request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quizbot.core.clock import ManualClock
from quizbot.core.keyed import KeyedHash
from quizbot.deid import known
from quizbot.platforms.protocol import Draft, Failure, Platform, PlatformError
from quizbot.platforms.sandbox import SandboxOptions, SandboxServer
from quizbot.platforms.x import XKeys, XPlatform
from quizbot.rounds import boards
from quizbot.rounds.boards import BoardLine
from quizbot.rounds.bot import Bot
from quizbot.rounds.engine import advance
from quizbot.rounds.forget import Memory
from quizbot.rounds.scan import CachedScan
from quizbot.rounds.views import RoundView, round_views
from quizbot.store import Store, open_store
from quizbot.store.accounts import account_row, bill
from quizbot.store.attempts import attempts_of
from tests.crash.life import policy
from tests.databases import migrated_database
from tests.small import drawn_list, small_case

T0 = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TWEETS = {"method": "POST", "path": "/2/tweets"}


@dataclass
class World:
    """The bot and its X."""

    sandbox: SandboxServer
    clock: ManualClock
    bot: Bot
    store: Store
    cases: Path
    quizzes: list[str] = field(default_factory=list)

    def go(self, step: float = 10, **ahead: float) -> None:
        """Let time pass, waking the bot every so many minutes: seldom, where a test is about what comes after it."""
        until = self.clock.at + timedelta(**ahead)
        advance(self.bot)
        while self.clock.at < until:
            self.clock.at = min(until, self.clock.at + timedelta(minutes=step))
            advance(self.bot)

    def own_posts(self) -> list[dict[str, Any]]:
        posts = self.sandbox.control.posts()
        return [p for p in posts if p["author_id"] == self.sandbox.bot_id and not p["deleted"]]

    def reply(self, handle: str, text: str, quiz: int = 0) -> str:
        post_id = self.sandbox.control.post(handle, text, reply_to=self.own_posts()[quiz]["id"])
        self.clock.sleep(1)
        return post_id

    def views(self) -> list[RoundView]:
        return list(reversed(round_views(self.store, self.sandbox.bot_id)))

    def points(self) -> dict[str, int]:
        names = {user["id"]: user["handle"] for user in self.sandbox.control.users()}
        with self.store.read() as session:
            return {names[a.author_id]: a.points for v in self.views() for a in attempts_of(session, v.round.id)}


def board(world: World, *, joined_only: bool = False) -> tuple[int, list[BoardLine]]:
    """The number of rounds that count, and the board of all time."""
    whole = boards.board(world.store, world.bot.account, boards.ALL_TIME, joined_only=joined_only)
    return whole.rounds, whole.lines


class RefusesReplies:
    """X as it would be if it allowed no reply to the bot's own posts."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def __getattr__(self, name: str) -> Any:
        return getattr(self._platform, name)

    def post(self, draft: Draft) -> str:
        if draft.reply_to:
            raise PlatformError(Failure.REPLY_REFUSED, "X", "no reply allowed here")
        return self._platform.post(draft)


@pytest.fixture
def options(request: pytest.FixtureRequest) -> SandboxOptions:
    return getattr(request, "param", SandboxOptions())


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in its tables, embedded unless a test asks for PostgreSQL."""
    return migrated_database(getattr(request, "param", "sqlite"), tmp_path)


@contextmanager
def bot_on(sandbox: SandboxServer, clock: ManualClock, store: Store, cases: Path) -> Iterator[Bot]:
    """A bot as the command makes it, its bills counted, whose account has been there for an hour."""
    keys = sandbox.keys
    own = XKeys(keys.consumer_key, keys.consumer_secret, keys.access_token, keys.access_token_secret)

    def count(kind: str, units: int) -> None:
        with store.write() as session:
            bill(session, own.user_id, clock.now().date(), kind, units)

    with XPlatform(own, sandbox.url, 30, on_read=count) as platform:
        with store.write() as session:
            account_row(session, sandbox.bot_id, clock.now() - timedelta(hours=1))
        scan, memory = CachedScan(cases), Memory(KeyedHash(bytes(32)), cases.with_name("forgotten"))
        yield Bot(store, platform, clock, policy("daily 12:00"), scan, lambda _loaded: None, memory=memory)


@pytest.fixture
def world(tmp_path: Path, options: SandboxOptions, database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    clock = ManualClock(T0)
    cases = tmp_path / "cases"
    small_case(cases)
    monkeypatch.setattr(known, "DRAWN", drawn_list(tmp_path))
    store = open_store(database)
    with SandboxServer(options, clock) as sandbox, bot_on(sandbox, clock, store, cases) as bot:
        yield World(sandbox, clock, bot, store, cases)
    store.close()
