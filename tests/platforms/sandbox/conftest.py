"""A sandbox on a clock that stands still, and a signing client whose traffic is held against X's OpenAPI files."""

import io
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from hypothesis import HealthCheck, settings
from PIL import Image
from requests_oauthlib import OAuth1

from quizbot.core.clock import ManualClock
from quizbot.platforms.sandbox import Dialect, SandboxOptions, SandboxServer, people, posts
from quizbot.platforms.sandbox.posts import Delays, NewPost
from quizbot.platforms.sandbox.world import open_world
from tests.conftest import SHARED
from tests.platforms.openapi import check_request, check_response, load

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # other programs share the machine
START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
VERSIONS = {Dialect.POST: "2.167", Dialect.TWEET: "2.165"}


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


@dataclass
class Bot:
    """Calls a sandbox with the bot's keys; every good request and every answer has to be one of X's."""

    sandbox: SandboxServer
    dialect: Dialect
    session: requests.Session = field(default_factory=requests.Session)

    def auth(self) -> OAuth1:
        keys = self.sandbox.keys
        return OAuth1(keys.consumer_key, keys.consumer_secret, keys.access_token, keys.access_token_secret)

    def call(self, method: str, path: str, **more: Any) -> requests.Response:  # what requests takes
        answer = self.session.request(method, self.sandbox.url + path, auth=self.auth(), timeout=20, **more)
        if (SHARED / "x-api").is_dir():
            self._check(answer, is_json="files" not in more)
        return answer

    def _check(self, answer: requests.Response, *, is_json: bool) -> None:
        request = answer.request
        spec = load(VERSIONS[self.dialect])
        parts = urlsplit(request.url or "")
        method, path = str(request.method), parts.path
        check_response(spec, method, path, answer.status_code, answer.json(), answer.headers["content-type"])
        if answer.ok and is_json:
            body = json.loads(request.body) if request.body else None
            check_request(spec, method, path, dict(parse_qsl(parts.query)), body)

    def get(self, path: str, **query: object) -> dict[str, Any]:
        answer = self.call("GET", path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, method: str, path: str, **more: Any) -> tuple[int, str]:  # what requests takes
        answer = self.call(method, path, **more)
        assert not answer.ok, answer.text
        return answer.status_code, answer.json()["detail"]

    def post(self, text: str, reply_to: str | None = None, media: list[str] | None = None) -> str:
        answer = self.call("POST", "/2/tweets", json=draft(text, reply_to, media))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["data"]["id"])

    def upload(self, data: bytes | None = None) -> str:
        answer = self.send_media(picture() if data is None else data)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["data"]["id"])

    def send_media(self, data: bytes, category: str = "tweet_image") -> requests.Response:
        files = {"media": ("x.bin", data, "application/octet-stream")}
        return self.call("POST", "/2/media/upload", files=files, data={"media_category": category})

    def mentions(self, **query: object) -> list[str]:
        found = self.get(f"/2/users/{self.sandbox.bot_id}/mentions", **{"max_results": 100} | query)
        return [post["id"] for post in found.get("data", [])]


def draft(text: str, reply_to: str | None = None, media: list[str] | None = None) -> dict[str, Any]:
    record: dict[str, Any] = {"text": text}
    if reply_to:
        record["reply"] = {"in_reply_to_tweet_id": reply_to}
    if media:
        record["media"] = {"media_ids": media}
    return record


def fill(state: Path, clock: ManualClock, replies: int) -> list[str]:
    """Write a state file with one post of the bot and so many replies to it; gives all their ids, oldest first."""
    world = open_world(state, clock, SandboxOptions())
    with world.db.transaction() as tx:
        bot = people.by_ids(tx, [world.bot_id])[world.bot_id]
        amy = people.create(tx, "amy", "Amy", "control", world.now_ms())
        quiz = posts.create(tx, bot, NewPost("What is it?"), Delays(), world.now_ms())
        parent = posts.by_id(tx, quiz)
        answers = [
            posts.create(tx, amy, NewPost(f"guess {n}", parent), Delays(), world.now_ms()) for n in range(replies)
        ]
    world.close()
    return [str(number) for number in (quiz, *answers)]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="session")
def stopping() -> Iterator[Callable[[SandboxServer], None]]:
    """Stops sandboxes behind the tests' backs: a server takes a fifth of a second to end, most of it asleep."""
    futures: list[Future[None]] = []
    with ThreadPoolExecutor(8) as pool:
        yield lambda sandbox: futures.append(pool.submit(sandbox.__exit__, None, None, None))
    for future in futures:
        future.result()


@pytest.fixture
def start(clock: ManualClock, stopping: Callable[[SandboxServer], None]) -> Iterator[Callable[..., Bot]]:
    """Starts sandboxes with other options: ``start(lag=5)``."""
    running: list[Bot] = []

    def begin(**options: Any) -> Bot:  # SandboxOptions' own members
        chosen = SandboxOptions(**options)
        sandbox = SandboxServer(chosen, clock)
        sandbox.__enter__()
        running.append(Bot(sandbox, chosen.dialect))
        return running[-1]

    yield begin
    for bot in running:
        bot.session.close()
        stopping(bot.sandbox)


@pytest.fixture
def bot(start: Callable[..., Bot]) -> Bot:
    return start()


@pytest.fixture(scope="module")
def lasting() -> Iterator[Bot]:
    """One sandbox for a whole module: for tests that leave nothing behind in it, as most refusals do."""
    with SandboxServer(clock=ManualClock(START)) as sandbox, requests.Session() as session:
        yield Bot(sandbox, Dialect.POST, session)
