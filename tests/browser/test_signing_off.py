"""Two physicians sign a case off in a browser, without a script, on a desk and on a phone."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from quizbot.core.clock import ManualClock
from quizbot.store import Store, open_store
from quizbot.store.migrate import upgrade
from quizbot.web.signoff.desk import SignOffDesk
from quizbot.web.signoff.local import serve
from tests.browser.conftest import DESKTOP, PHONE, snap
from tests.signoff.given import HOLD, NAME, PASSPHRASE, T0, Gate, ledger_of, patient_case, people

pytestmark = pytest.mark.browser


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    made = Gate([HOLD])
    monkeypatch.setattr("quizbot.deid.examine", made.examine)
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("quizbot.store.people._hasher", lambda: quick)
    return made


@pytest.fixture
def store(tmp_path: Path, gate: Gate) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'q.db'}")
    upgrade(opened)
    people(opened)
    yield opened
    opened.close()


@pytest.fixture
def address(tmp_path: Path, store: Store, gate: Gate) -> Iterator[str]:
    """The page of a case, served as the command does."""
    folder = patient_case(tmp_path / "cases", gate)
    clock, stop, told = ManualClock(T0), threading.Event(), []
    ready = threading.Event()

    def announce(where: str) -> None:
        told.append(where)
        ready.set()

    thread = threading.Thread(target=serve, args=(SignOffDesk(folder, ledger_of(store), clock), clock, stop, announce))
    thread.start()
    assert ready.wait(30)
    yield told[0]
    stop.set()
    thread.join(30)
    assert not thread.is_alive()


def opened(browser: Browser, address: str, viewport: dict[str, int], scheme: str = "light") -> Page:
    context = browser.new_context(viewport=viewport, java_script_enabled=False, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    assert complaints == []
    return page


def sign(page: Page, name: str, passphrase: str = PASSPHRASE) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your passphrase").fill(passphrase)
    page.get_by_role("button", name="Sign").click()


def answer_all(page: Page) -> None:
    page.get_by_label("A clinical term, a unit or a setting").check()
    for box in page.get_by_role("group", name="I have looked, and confirm").get_by_role("checkbox").all():
        box.check()
    page.get_by_label("may be released", exact=True).check()


def test_two_people_release_a_case_and_nothing_is_approved_for_them(browser: Browser, address: str):
    page = opened(browser, address, DESKTOP)
    expect(page.get_by_role("img", name="Finding 1, enlarged")).to_be_visible()
    assert page.locator("input:checked").count() == 0
    snap(page, "sign-off-desktop")
    sign(page, "ann")
    expect(page.get_by_role("alert")).to_contain_text("Choose whether to release")
    answer_all(page)
    sign(page, "ann", "not my passphrase at all")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("may be released", exact=True)).to_be_checked()
    snap(page, "sign-off-refused")
    sign(page, "ann")
    expect(page.get_by_role("status")).to_contain_text("You have released it")
    expect(page.get_by_text("Signed so far by ann")).to_be_visible()

    phone = opened(browser, address, PHONE, "dark")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    snap(phone, "sign-off-phone-dark")
    answer_all(phone)
    sign(phone, "ben")
    expect(phone.get_by_role("heading", name="Released", exact=True)).to_be_visible()
    snap(phone, "sign-off-released-phone-dark")


def test_a_name_in_the_picture_is_filled_on_the_page_and_then_gone(browser: Browser, address: str, gate: Gate):
    gate.findings = [HOLD, NAME]
    page = opened(browser, address, DESKTOP)
    expect(page.get_by_role("heading", name="Nobody can release it as it is")).to_be_visible()
    snap(page, "sign-off-name")
    page.get_by_label("Fill finding 2").check()
    page.get_by_role("button", name="Fill the ticked boxes").click()
    expect(page.get_by_role("status")).to_contain_text("The boxes are filled")
    expect(page.get_by_role("heading", name="Nobody can release it as it is")).to_have_count(0)
    snap(page, "sign-off-filled")


def test_everything_can_be_reached_by_keyboard_and_has_a_name(browser: Browser, address: str):
    page = opened(browser, address, PHONE)
    for one in page.locator("input:visible, select:visible, button:visible, a:visible").all():
        assert one.evaluate(
            "e => !!(e.labels?.length || e.textContent.trim() || e.getAttribute('aria-label') || "
            "e.querySelector('img')?.alt)"
        ), one.evaluate("e => e.outerHTML")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


def test_the_page_ends_by_its_button(browser: Browser, address: str):
    page = opened(browser, address, DESKTOP)
    page.get_by_role("button", name="End this page").click()
    expect(page.get_by_text("has ended")).to_be_visible()
