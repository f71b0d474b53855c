"""The pages with sign-in, in front of the sandbox; a person who signs in as a browser without script would."""

import html
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import requests
import uvicorn

from quizbot.core.clock import ManualClock
from quizbot.core.keyed import KeyedHash
from quizbot.core.ports import listening_socket
from quizbot.platforms.x import XApp, XSignIn
from quizbot.rounds.forget import Memory
from quizbot.web import create_app
from quizbot.web.people import People
from quizbot.web.people.desk import CALLBACK
from tests.rounds.world import World

AUTHORIZE = "/i/oauth2/authorize"


@dataclass
class Pages:
    """The running pages: their address, and the machine's time as they know it."""

    url: str
    world: World
    clock: ManualClock


@contextmanager
def pages_of(world: World) -> Iterator[Pages]:
    """Serve the pages of a world's bot with sign-in."""
    socket = listening_socket("127.0.0.1", 0)
    url = f"http://127.0.0.1:{socket.getsockname()[1]}"
    app = world.sandbox.app
    x = XSignIn(
        XApp(app.client_id, app.client_secret, world.sandbox.url + AUTHORIZE, world.sandbox.url, 20), url + CALLBACK
    )
    clock = ManualClock(datetime(2026, 11, 25, 12, tzinfo=UTC))
    memory = Memory(KeyedHash(bytes(32)), world.cases.with_name("forgotten"))
    people = People(world.store, x, lambda: memory, clock, secure=False)
    pages = create_app(
        world.store, lambda: world.sandbox.bot_id, world.clock, "quarter", world.sandbox.url, people=people
    )
    server = uvicorn.Server(uvicorn.Config(pages, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Pages(url, world, clock)
    server.should_exit = True
    thread.join()
    socket.close()


@dataclass
class Person:
    """Somebody with a browser."""

    pages: Pages
    browser: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str) -> requests.Response:
        return self.browser.get(self.pages.url + path, allow_redirects=False, timeout=20)

    def post(self, path: str, **form: str) -> requests.Response:
        return self.browser.post(
            self.pages.url + path, data={"csrf": self.csrf()} | form, allow_redirects=False, timeout=20
        )

    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/you").text)
        return found[1] if found else ""

    def to_x(self) -> str:
        """Begin, say yes at X, and give the address that X sends the browser back to."""
        page = self.browser.get(self.get("/sign-in").headers["location"], timeout=20).text
        hidden = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page)
        form = {name: html.unescape(value) for name, value in hidden} | {"account": self.handle}
        address = self.pages.world.sandbox.url + AUTHORIZE
        return self.browser.post(address, data=form, allow_redirects=False, timeout=20).headers["location"]

    def come_back(self, address: str) -> requests.Response:
        return self.browser.get(address, allow_redirects=False, timeout=20)

    handle: str = "ann"


def signed_in(pages: Pages, handle: str) -> Person:
    person = Person(pages, handle=handle)
    answer = person.come_back(person.to_x())
    assert (answer.status_code, answer.headers["location"]) == (303, "/you"), answer.text
    return person
