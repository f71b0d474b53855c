"""The public pages in a browser, as a person on a phone or at a desk uses them, with a script and without."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from quizbot.core.ports import listening_socket
from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE, snap
from tests.web.conftest import Filled, bare, database, filled, site_over, template  # noqa: F401  # fixtures
from tests.web.filled import Filling

pytestmark = [pytest.mark.browser, pytest.mark.timeout(280)]
TABLET = {"width": 768, "height": 1024}
WIDE = {"width": 1440, "height": 900}
expect.set_options(timeout=30_000)  # milliseconds: a busy machine is no failed property
EVIL = "<img src=x onerror=document.title='hacked'><script>document.title='hacked'</script><a href=javascript:1>x</a>"


@contextmanager
def serving(site: Filled) -> Iterator[str]:
    """The address of a site for a browser."""
    socket = listening_socket("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(site.app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    socket.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    file = tmp_path_factory.mktemp("pages") / "pages.db"
    with site_over(file, database(file, Filling(people=160, quizzes=28))) as site, serving(site) as address:
        yield address, site.rounds


@contextmanager
def opened(browser: Browser, viewport: dict[str, int], *, script: bool = True, dark: bool = False) -> Iterator[Page]:
    """A page in a window of its own; whatever the browser complains about fails the test."""
    scheme = "dark" if dark else "light"
    context: BrowserContext = browser.new_context(
        viewport=viewport, java_script_enabled=script, color_scheme=scheme, has_touch=viewport is PHONE
    )
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def every_page(rounds: list[str]) -> dict[str, str]:
    return {
        "today": "/",
        "round": f"/rounds/{rounds[3]}",
        "archive": "/archive",
        "archive-nothing": "/archive?q=nosuchword",
        "quiz-me": f"/quiz-me/{rounds[3]}",
        "board": "/board",
        "board-all": "/board?season=all",
        "how-grading-works": "/how-grading-works",
        "privacy": "/privacy",
        "feeds": "/feeds",
    }


@pytest.mark.parametrize(
    ("viewport", "dark"), [(PHONE, False), (TABLET, True), (WIDE, False)], ids=["phone", "tablet-dark", "desk"]
)
def test_no_page_breaks_a_rule_of_wcag_or_is_wider_than_the_window(
    browser: Browser, pages: tuple[str, list[str]], viewport: dict[str, int], dark: bool
):
    for name, path in every_page(pages[1]).items():
        with opened(browser, viewport, dark=dark) as page:
            page.goto(pages[0] + path)
            assert violations(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], name
            snap(page, f"{name}-{viewport['width']}{'-dark' if dark else ''}")


def scale_of(page: Page) -> float:
    return float(page.locator(".viewer .stage").get_attribute("data-scale") or 0)


def test_the_image_opens_large_and_zooms_by_wheel_and_keys(browser: Browser, pages: tuple[str, list[str]]):
    with opened(browser, DESKTOP) as page:
        page.goto(pages[0])
        link = page.locator("a[data-zoom]")
        link.focus()
        page.keyboard.press("Enter")
        stage = page.locator(".viewer .stage")
        expect(stage).to_be_focused()
        expect(stage).to_have_attribute("data-scale", "1.00")
        assert violations(page) == []
        page.keyboard.press("+")
        page.keyboard.press("+")
        assert scale_of(page) == pytest.approx(1.69, abs=0.02)
        place = page.locator(".viewer img").evaluate("e => e.style.transform")
        page.keyboard.press("ArrowRight")
        assert page.locator(".viewer img").evaluate("e => e.style.transform") != place
        page.keyboard.press("0")
        assert scale_of(page) == 1
        page.mouse.move(640, 400)
        page.mouse.wheel(0, -600)
        expect(stage).not_to_have_attribute("data-scale", "1.00")
        assert scale_of(page) > 2
        snap(page, "viewer-desk")
        for _ in range(30):
            page.keyboard.press("+")
        assert scale_of(page) == 12
        page.keyboard.press("Escape")
        expect(page.locator(".viewer")).to_be_hidden()
        expect(link).to_be_focused()


def test_the_image_zooms_by_pinching(browser: Browser, pages: tuple[str, list[str]]):
    with opened(browser, PHONE) as page:
        page.goto(pages[0])
        page.locator("a[data-zoom]").tap()
        expect(page.locator(".viewer .stage")).to_have_attribute("data-scale", "1.00")
        touch = page.context.new_cdp_session(page)

        def fingers(kind: str, *xs: int) -> None:
            points = [{"x": x, "y": 400, "id": n} for n, x in enumerate(xs)]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        fingers("touchStart", 180, 210)
        for reach in range(20, 150, 10):
            fingers("touchMove", 195 - reach, 195 + reach)
        fingers("touchEnd")
        expect(page.locator(".viewer .stage")).to_have_attribute("data-scale", re.compile(r"^([3-9]|1[0-2])\."))
        snap(page, "viewer-phone")
        page.get_by_role("button", name="Close").tap()
        expect(page.locator(".viewer")).to_be_hidden()


def test_without_a_script_the_image_opens_by_itself_and_everything_is_there(
    browser: Browser, pages: tuple[str, list[str]]
):
    with opened(browser, PHONE, script=False) as page:
        page.goto(pages[0])
        expect(page.get_by_text("21 h 0 min left").first).to_be_visible()
        expect(page.get_by_role("link", name="Answer on X")).to_have_attribute("href", re.compile("/status/"))
        page.locator("a[data-zoom]").click()
        assert re.search(r"/image/1$", page.url)


def test_a_case_of_the_archive_is_found_tried_and_read_by_keyboard_alone(
    browser: Browser, pages: tuple[str, list[str]]
):
    with opened(browser, DESKTOP, script=False) as page:
        page.goto(f"{pages[0]}/archive")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.get_by_label("Search", exact=True).press_sequentially("wellens lad")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("of 27 cases")
        page.get_by_role("link", name="Wellens syndrome").press("Enter")
        expect(page.get_by_role("heading", name="How people answered")).to_be_visible()
        page.goto(page.url.replace("/rounds/", "/quiz-me/"))
        assert "Wellens" not in page.inner_text("main")
        page.get_by_label("Your diagnosis").press_sequentially("is this NSTEMI?")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("The troponin is normal")
        expect(page.get_by_role("heading", name="Answer: Wellens syndrome")).to_be_visible()
        snap(page, "quiz-me-verdict")


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "desk"])
def test_hostile_names_and_cases_stay_text(browser: Browser, filled: Filled, viewport: dict[str, int]):  # noqa: F811
    filled.change("UPDATE respondent SET handle = ? WHERE CAST(user_id AS INTEGER) % 2 = 0", EVIL)
    filled.change("UPDATE respondent SET handle = ? WHERE CAST(user_id AS INTEGER) % 3 = 0", "هند_طبيبة" * 4)
    filled.change("UPDATE respondent SET handle = ? WHERE CAST(user_id AS INTEGER) % 5 = 0", "救急医" * 20)
    escaped = EVIL.replace("'", "\\u0027")
    for key in ("prompt", "pearl", "diagnosis", "alt", "title", "because", "credit"):
        filled.change("UPDATE round SET case_json = replace(case_json, ?, ?)", f'"{key}":"', f'"{key}":"{escaped} ')
    filled.change("UPDATE round SET correction = ?, retraction = 'wrong' WHERE id = ?", EVIL, filled.rounds[0])
    filled.change("UPDATE verdict SET diagnosis = ?, matched = ?", EVIL, EVIL)
    with serving(filled) as address, opened(browser, viewport) as page:
        for path in [*every_page(filled.rounds).values(), f"/rounds/{filled.rounds[0]}", f"/archive?q={EVIL[:90]}"]:
            page.goto(address + path)
            assert "hacked" not in page.title().replace(EVIL, "")
            assert page.locator("img[src=x], main script, a[href^=javascript]").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
        page.goto(f"{address}/quiz-me/{filled.rounds[1]}")
        page.get_by_label("Your diagnosis").fill(EVIL)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="You answered")).to_contain_text("<script>")
        assert page.locator("img[src=x], main script").count() == 0


def test_a_page_prints_without_its_navigation(browser: Browser, pages: tuple[str, list[str]], tmp_path: Path):
    with opened(browser, DESKTOP) as page:
        page.goto(f"{pages[0]}/rounds/{pages[1][3]}")
        page.emulate_media(media="print")
        expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
        expect(page.get_by_role("heading", name=re.compile("Answer:"))).to_be_visible()
        snap(page, "round-printed")


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "desk"])
def test_pages_without_a_case_are_whole_too(browser: Browser, bare: Filled, viewport: dict[str, int]):  # noqa: F811
    with serving(bare) as address, opened(browser, viewport) as page:
        for name, path in {"today": "/", "archive": "/archive", "board": "/board", "quiz-me": "/quiz-me"}.items():
            page.goto(address + path)
            assert violations(page) == [], path
            snap(page, f"empty-{name}-{viewport['width']}")
