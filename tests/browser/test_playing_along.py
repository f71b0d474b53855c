"""A person opens the demo, chooses a handle, guesses before the reveal, and finds themselves on the board."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, snap

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
PATIENCE = 60_000  # milliseconds; the demo's day takes a third of it
ANSWERS = ("atrial flutter", "pneumothorax", "barcode", "brugada")


@dataclass
class Demo:
    """A running demo: the addresses it printed."""

    sandbox: str
    pages: str


@pytest.fixture
def demo() -> Iterator[Demo]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("QUIZBOT_")} | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(  # our own program
        [sys.executable, "-m", "quizbot", "demo", "--day-seconds", "20"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        found: list[str] = []
        for line in process.stdout or ():
            found += re.findall(r"http://127\.0\.0\.1:\d+/", line)
            if len(found) >= 2:
                break
        yield Demo(*found[:2])
    finally:
        process.terminate()
        process.communicate(timeout=30)


def join(page: Page, demo: Demo, handle: str) -> None:
    page.goto(demo.sandbox)
    page.get_by_label("Handle").fill(handle)
    page.get_by_role("button", name=re.compile("join|start|choose", re.IGNORECASE)).click()


def test_a_guess_before_the_reveal_ends_on_the_board(browser: Browser, demo: Demo):
    page = browser.new_page(viewport=PHONE)
    join(page, demo, "visiting_reg")
    picture, fresh = page.locator("article.bybot img"), page.get_by_role("link", name=re.compile("new post"))
    expect(picture.or_(fresh).first).to_be_visible(timeout=PATIENCE)
    if fresh.is_visible():
        fresh.click()
    expect(picture.first).to_be_visible()
    snap(page, "sandbox-timeline-phone")
    page.locator("article.bybot a.reply").first.click()
    page.get_by_role("textbox").first.fill("Atrial flutter")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_text("Atrial flutter").first).to_be_visible()
    snap(page, "sandbox-thread-phone")

    own = browser.new_page(viewport=DESKTOP)
    own.goto(demo.pages)
    expect(own.get_by_role("heading", name="What's the diagnosis?")).to_be_visible(timeout=PATIENCE)
    snap(own, "today-before-reveal")
    assert not any(answer in own.content().lower() for answer in ANSWERS)

    own.goto(f"{demo.pages}archive")
    while own.get_by_role("listitem").count() == 0:
        own.wait_for_timeout(500)
        own.reload()
    own.get_by_role("listitem").last.get_by_role("link").click()
    expect(own.get_by_role("heading", name="Atrial flutter", exact=True)).to_be_visible()
    expect(own.get_by_text("@visiting_reg")).to_be_visible(timeout=PATIENCE)
    snap(own, "revealed")
    own.goto(f"{demo.pages}board")
    expect(own.get_by_text("@visiting_reg")).to_be_visible()
    snap(own, "board")
    page.reload()
    expect(page.get_by_text(re.compile("Answer: Atrial flutter"))).to_be_visible()
    snap(page, "sandbox-answer-phone")
