"""A console that a browser can open, and somebody who is signed in there."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, expect

from quizbot.core.clock import ManualClock
from quizbot.core.ports import listening_socket
from quizbot.store import open_store
from quizbot.store.migrate import upgrade
from tests.browser.conftest import DESKTOP
from tests.web.console.given import PASSPHRASE, T0, FakeX, Scene, make_scene

PATIENCE = 60_000  # milliseconds, for a busy machine
expect.set_options(timeout=PATIENCE)
PAGES = {
    "home": "/console",
    "review": "/console/review",
    "decided": "/console/review/decided",
    "cases": "/console/cases",
    "case": "/console/cases/wellens-syndrome",
    "calendar": "/console/calendar",
    "rounds": "/console/rounds",
    "round": "/console/rounds/r0",
    "money": "/console/money",
    "items": "/console/items",
    "item": "/console/items/r0",
    "cohorts": "/console/cohorts",
    "names": "/console/names",
    "log": "/console/log",
}


@dataclass
class Served:
    """A console that a browser can open."""

    scene: Scene
    address: str


@contextmanager
def served_from(tmp_path: Path) -> Iterator[Served]:
    """Serve a console with people and cases, without rounds."""
    store = open_store(f"sqlite:///{tmp_path / 'q.db'}")
    upgrade(store)
    scene = make_scene(store, tmp_path, ManualClock(T0), x=FakeX())
    socket = listening_socket("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(scene.app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Served(scene, f"http://127.0.0.1:{socket.getsockname()[1]}")
    server.should_exit = True
    thread.join()
    socket.close()
    store.close()


def signed_in(browser: Browser, served: Served, name: str, viewport: dict[str, int] = DESKTOP, **more: object) -> Page:
    page = browser.new_context(viewport=viewport, **more).new_page()
    page.set_default_timeout(PATIENCE)
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{served.address}/console")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    return page
