"""Educators at work in a browser: the queue by keyboard, cases, calendar, rounds, items; on desk and phone."""

import os

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from quizbot.rounds.rulings import waiting
from quizbot.store.review import rulings_of
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, snap
from tests.browser.served_console import PAGES, Served, signed_in
from tests.web.console.given import ACCOUNT, furnish, unknown

pytestmark = [pytest.mark.browser, pytest.mark.timeout(280)]
TABLET, WIDE = {"width": 768, "height": 1024}, {"width": 1440, "height": 900}
LOOKS = [(PHONE, "dark"), (WIDE, "light")]
if os.environ.get("QUIZBOT_TEST_FULL") == "1":
    LOOKS += [(PHONE, "light"), (TABLET, "light"), (TABLET, "dark"), (WIDE, "dark")]


def test_three_hundred_phrases_are_cleared_with_one_key_each(browser: Browser, served: Served):
    scene = served.scene
    scene.replies(scene.round(), unknown(300))
    assert len(waiting(scene.store, ACCOUNT)) == 300
    page = signed_in(browser, served, "rae")
    page.goto(f"{served.address}/console/review")
    left, pressed = page.locator("[data-left]"), 0
    while pressed < 300:
        for _ in range(page.locator(".item").count()):
            page.keyboard.press("arn5"[pressed % 4])
            pressed += 1
        if pressed < 300:  # the next ones come by themselves
            expect(left).to_have_text(str(300 - pressed))
            expect(page.locator(".item").first).to_be_visible()
            expect(page.locator(".item").first).to_be_focused()
    expect(page.get_by_role("heading", name="Nothing waits for a ruling")).to_be_visible()
    assert not waiting(scene.store, ACCOUNT)
    with scene.store.read() as session:
        made = [(row.decision, row.credit) for row in rulings_of(session, ACCOUNT)]
    kinds = [("accept", None), ("reject", None), ("no_guess", None), ("partial", 0.5)]
    assert {kind: made.count(kind) for kind in kinds} == dict.fromkeys(kinds, 75)
    assert page.complaints == []


def test_three_hundred_replies_take_a_key_a_phrase_and_no_key_waits_for_the_network(browser: Browser, served: Served):
    """300 replies in 80 phrases: 80 keys, of which a marker presses one in 1.25 s (Sam 2019): 100 s of two minutes."""
    scene, phrases = served.scene, unknown(80)
    scene.replies(scene.round(), [phrases[person * person % 80 if person >= 80 else person] for person in range(300)])
    page = signed_in(browser, served, "rae")
    held: list[Route] = []
    sent: list[str] = []
    page.route("**/review/rulings", lambda route: held.append(route) if not held else route.continue_())
    page.on("request", lambda request: sent.append(f"{request.method} {request.url.rpartition('/')[2]}"))
    page.goto(f"{served.address}/console/review")
    shown = page.locator(".item").count()
    for number in range(shown):  # the first answer is not there yet, and every key still decides
        page.keyboard.press("arn5"[number % 4])
    expect(page.locator("[data-left]")).to_have_text(str(80 - shown))
    held[0].continue_()
    expect(page.locator(".item")).to_have_count(80 - shown)
    expect(page.locator(".item").first).to_be_focused()  # the new page's script listens
    for number in range(80 - shown):
        expect(page.locator("[data-left]")).to_have_text(str(80 - shown - number))
        page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Nothing waits for a ruling")).to_be_visible()
    assert shown == 60
    assert not waiting(scene.store, ACCOUNT)
    posts = sent.count("POST rulings")
    assert 3 < posts <= 3 + (80 - shown)  # 1, then 50, then 9; then at most one a key
    assert sum(one == "GET review" for one in sent) == 3


def test_the_last_key_is_undone_with_one_more(browser: Browser, served: Served):
    scene = served.scene
    scene.replies(scene.round(), unknown(5))
    page = signed_in(browser, served, "ada")
    page.goto(f"{served.address}/console/review")
    first = page.locator(".item").nth(0).get_attribute("data-phrase")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.locator("[data-left]")).to_have_text("4")
    page.keyboard.press("u")
    expect(page.locator("[data-left]")).to_have_text("5")
    expect(page.locator(f'.item[data-phrase="{first}"]')).to_be_focused()
    assert first in [item.phrase for item in waiting(scene.store, ACCOUNT)]
    page.keyboard.press("b")
    page.keyboard.type("a rare name of it")
    page.keyboard.press("Escape")
    with page.expect_response("**/console/review/rulings"):
        page.keyboard.press("p")
    expect(page.locator("[data-left]")).to_have_text("4")
    page.goto(f"{served.address}/console/review/decided")
    expect(page.get_by_text("a rare name of it")).to_be_visible()


def test_who_leaves_at_once_loses_no_ruling(browser: Browser, served: Served):
    """A key whose ruling is on its way, and one that waits behind it, count although the page is gone."""
    scene = served.scene
    scene.replies(scene.round(), unknown(5))
    page = signed_in(browser, served, "ada")
    page.goto(f"{served.address}/console/review")
    page.evaluate(
        "() => { for (const key of 'aar')"
        " document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));"
        " location.href = '/console'; }"
    )
    page.wait_for_url("**/console")
    for _ in range(100):
        with scene.store.read() as session:
            made = [row.decision for row in rulings_of(session, ACCOUNT)]
        if len(made) == 3:
            break
        page.wait_for_timeout(100)
    assert sorted(made) == ["accept", "accept", "reject"]


def test_without_a_script_each_decision_is_a_form_that_the_keyboard_reaches(browser: Browser, served: Served):
    scene = served.scene
    scene.replies(scene.round(), unknown(3))
    page = signed_in(browser, served, "rae", PHONE, java_script_enabled=False)
    page.goto(f"{served.address}/console/review")
    page.get_by_role("button", name="Accept").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("its replies are graded anew")).to_be_visible()
    assert len(waiting(scene.store, ACCOUNT)) == 2
    page.get_by_role("button", name="Undo it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("its replies wait again")).to_be_visible()
    assert len(waiting(scene.store, ACCOUNT)) == 3


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
def test_no_page_violates_wcag_or_scrolls_sideways(
    browser: Browser, served: Served, viewport: dict[str, int], scheme: str
):
    furnish(served.scene)
    page = signed_in(browser, served, "all", viewport, color_scheme=scheme)
    for name, path in PAGES.items():
        assert page.goto(served.address + path).status == 200
        snap(page, f"console-{name}-{viewport['width']}-{scheme}")
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], name
    page.goto(f"{served.address}/console/login")
    fresh = browser.new_context(viewport=viewport, color_scheme=scheme).new_page()
    fresh.goto(f"{served.address}/console/login")
    snap(fresh, f"console-login-{viewport['width']}-{scheme}")
    assert violations(fresh) == []
    assert page.complaints == []


def test_on_a_tablet_no_table_and_no_navigation_is_cut_off(browser: Browser, served: Served):
    furnish(served.scene)
    page = signed_in(browser, served, "all", TABLET)
    for name, path in PAGES.items():
        page.goto(served.address + path)
        hidden = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)"
        assert page.locator(".scroll, .site-nav").evaluate_all(hidden) == [], name


def test_the_queue_is_reordered_and_a_case_pinned_by_keyboard(browser: Browser, served: Served):
    page = signed_in(browser, served, "opi")
    page.goto(f"{served.address}/console/calendar")
    names = page.locator(".slots strong")
    before = names.all_inner_texts()
    page.get_by_role("button", name=f"Move {before[2]} to the top").focus()
    page.keyboard.press("Enter")
    expect(names.first).to_have_text(before[2])
    expect(page.get_by_role("button", name=f"Move {before[2]} down")).to_be_focused()
    page.keyboard.press("Enter")
    expect(names.nth(1)).to_have_text(before[2])
    page.get_by_text("Pin", exact=True).first.focus()
    page.keyboard.press("Enter")
    page.locator("input[type=datetime-local]").first.fill("2026-03-09T08:15")
    page.keyboard.press("Enter")
    expect(page.get_by_text("pinned in the console")).to_be_visible()
    expect(page.get_by_text("Mon 09 Mar 2026, 08:15 GMT")).to_be_visible()
    page.get_by_role("button", name="Pause posting").click()
    expect(page.get_by_text("Posting is paused since")).to_be_visible()


def centre(page: Page, slug: str, what: str = ".grip") -> tuple[float, float]:
    box = page.locator("[data-slot]", has_text=slug).locator(what).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("ending", ["dropped", "given up"])
def test_a_case_is_dragged_to_its_new_place_or_given_up(browser: Browser, served: Served, ending: str):
    page = signed_in(browser, served, "opi")
    page.goto(f"{served.address}/console/calendar")
    names = page.locator(".slots").first.locator("strong")
    before = names.all_inner_texts()
    page.mouse.move(*centre(page, before[0]))
    page.mouse.down()
    for slug in before[1:4]:
        x, y = centre(page, slug)
        page.mouse.move(x, y + 15, steps=4)
    expected = [*before[1:4], before[0], *before[4:]]
    expect(names).to_have_text(expected)
    if ending == "given up":
        page.keyboard.press("Escape")
        page.mouse.up()
        expect(names).to_have_text(before)
        page.reload()
        expect(names).to_have_text(before)
        return
    page.mouse.up()
    expect(page.get_by_text("The bot follows the new order")).to_be_visible()
    expect(names).to_have_text(expected)
    assert page.complaints == []


def test_a_finger_drags_too(browser: Browser, served: Served):
    page = signed_in(browser, served, "opi", PHONE, has_touch=True)
    page.goto(f"{served.address}/console/calendar")
    names = page.locator(".slots").first.locator("strong")
    before = names.all_inner_texts()
    page.locator(".grip").nth(1).scroll_into_view_if_needed()
    x, y = centre(page, before[1])
    _, above = centre(page, before[0])
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        given = {"type": kind, "touchPoints": [{"x": left, "y": top} for left, top in points]}
        touch.send("Input.dispatchTouchEvent", given)

    send("touchStart", (x, y))
    for step in range(1, 11):
        send("touchMove", (x, y + (above - 20 - y) * step / 10))
    send("touchEnd")
    expect(page.get_by_text("The bot follows the new order")).to_be_visible()
    expect(names).to_have_text([before[1], before[0], *before[2:]])


def test_without_a_script_there_is_no_grip_and_the_buttons_move(browser: Browser, served: Served):
    page = signed_in(browser, served, "opi", java_script_enabled=False)
    page.goto(f"{served.address}/console/calendar")
    names = page.locator(".slots").first.locator("strong")
    before = names.all_inner_texts()
    expect(page.locator(".grip").first).to_be_hidden()
    page.get_by_role("button", name=f"Move {before[0]} down").click()
    expect(names.first).to_have_text(before[1])
