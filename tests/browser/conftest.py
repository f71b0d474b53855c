"""The system's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import missing_program

if TYPE_CHECKING:
    from tests.browser.served_console import Served

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser; skips where Chromium is not installed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        missing_program("Chromium")
    arguments = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=[*arguments, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        )
        yield started
        started.close()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["Served"]:
    """A console that a browser can open."""
    from tests.browser.served_console import served_from  # noqa: PLC0415  # it takes its sizes from here

    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("quizbot.store.people._hasher", lambda: quick)
    with served_from(tmp_path) as console:
        yield console


def snap(page: Page, name: str) -> None:
    """Keep a screenshot in the folder that QUIZBOT_TEST_SCREENSHOTS names, if it names one."""
    folder = os.environ.get("QUIZBOT_TEST_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
