"""The console when nothing is there, when posting is paused, when content is hostile; and signing in with X."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import func, update
from sqlmodel import col

from quizbot.rounds import cohorts
from quizbot.rounds.planning import pause
from quizbot.store import Account, Appeal, OutboxRow, ReplyRow, Respondent, Round, RulingRow, VerdictRow
from quizbot.store.audit import Action, note
from quizbot.store.x_links import link
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, snap
from tests.browser.served_console import PAGES, Served, signed_in
from tests.casebook.given import QUIZ, with_, write
from tests.web.console.given import ACCOUNT, T0, furnish

pytestmark = [pytest.mark.browser, pytest.mark.timeout(280)]
EVIL = (
    '<script>document.title="stolen"</script><img src=x onerror=document.title="stolen"> " \' {{7*7}} '
    "<style>*{display:none}</style><a href=javascript:alert(1)>x</a>"
)


def made_hostile(served: Served) -> str:
    """Whatever others write, in every column that a page of the console shows; returns a cohort's id."""
    scene = served.scene
    furnish(scene, people=40)
    cohort = cohorts.add_cohort(scene.store, ACCOUNT, EVIL[:80], EVIL[:80], "rae", T0)
    cohorts.join(scene.store, ACCOUNT, "1001", EVIL, cohort.code, T0)
    case = with_(QUIZ, prompt=f"What is it? {EVIL}", kind="question", images=None, answer__diagnosis=EVIL[:150])
    write(scene.cases / "hostile", case, "unused")
    with scene.store.write() as session:
        note(session, ACCOUNT, T0, EVIL, Action.RULED, EVIL, EVIL)
    with scene.store.write() as session:
        session.add(Respondent(account=ACCOUNT, user_id="7001", pseudonym=EVIL))
        session.execute(update(Round).values(halted=EVIL, unread=EVIL, correction=EVIL))
        session.execute(update(OutboxRow).values(text=EVIL, error=EVIL))
        session.execute(update(Account).values(stopped_reason=EVIL, poll_error=EVIL))
        session.execute(update(ReplyRow).values(text=EVIL))
        session.execute(update(VerdictRow).values(diagnosis=EVIL, matched=EVIL, reasons=[EVIL]))
        session.execute(update(VerdictRow).where(col(VerdictRow.phrase).is_not(None)).values(phrase=EVIL))
        for key in ("prompt", "pearl", "diagnosis", "alt"):
            hostile = func.replace(Round.case_json, f'"{key}":"', f'"{key}":"{json.dumps(EVIL)[1:-1]} ')
            session.execute(update(Round).values(case_json=hostile))
        about = {"account": ACCOUNT, "case_id": EVIL, "phrase": EVIL}
        session.add(
            Appeal(**about, post_id="1", round_id="r0", author_id="1", verdict="incorrect", note=EVIL, filed_at=T0)
        )
        session.add(RulingRow(**about, decision="accept", because=EVIL, ruled_by=EVIL, ruled_at=T0))
    return cohort.id


def looked_at(page: Page, where: str, width: int) -> None:
    assert page.title() != "stolen", where
    assert page.locator("img[src=x], main script, main style, a[href^=javascript]").count() == 0, where
    assert page.evaluate("document.documentElement.scrollWidth") <= width, where


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}], ids=["phone", "desk"])
def test_hostile_content_stays_text_on_every_page(browser: Browser, served: Served, viewport: dict[str, int]):
    cohort = made_hostile(served)
    page = signed_in(browser, served, "all", viewport)
    more = {
        "hostile": "/console/cases/hostile",
        "stuck": "/console/rounds/stuck",
        "cohort": f"/console/cohorts/{cohort}",
    }
    shown: set[str] = set()
    for name, path in (PAGES | more).items():
        answer = page.goto(served.address + path)
        assert answer is not None
        assert answer.status == 200, name
        snap(page, f"console-hostile-{name}-{viewport['width']}")
        looked_at(page, name, viewport["width"])
        shown |= {name} if "<script>" in page.locator("main").inner_text() else set()
    assert shown >= {*PAGES, *more} - {"case", "money", "items"}  # these show nothing that others write
    page.goto(f"{served.address}/console/cases/wellens-syndrome")
    page.get_by_label("Replies, one a line").fill(EVIL)
    page.get_by_role("button", name="Grade them").click()
    expect(page.get_by_role("region", name="Verdicts")).to_contain_text("<script>")
    looked_at(page, "tried out", viewport["width"])
    page.goto(f"{served.address}/console/review")
    page.keyboard.press("r")
    expect(page.locator("[data-said]")).to_contain_text("<script>")
    looked_at(page, "ruled", viewport["width"])
    assert [one for one in page.complaints if "Content Security Policy" in one] == []


@pytest.mark.parametrize("state", ["nothing", "paused"])
def test_pages_without_content_and_a_paused_bot_say_so(browser: Browser, served: Served, state: str):
    if state == "paused":
        pause(served.scene.store, ACCOUNT, T0)
    page = signed_in(browser, served, "all", PHONE)
    told = {
        "home": "Posting is paused" if state == "paused" else "No round is under way",
        "review": "Nothing waits for a ruling",
        "decided": "No ruling yet",
        "calendar": "Posting is paused since" if state == "paused" else "Posting goes on as planned",
        "rounds": "No round yet",
        "money": "Nothing was billed this month",
        "items": "Nothing to analyse yet",
        "cohorts": "No cohort yet",
        "names": "Nobody has chosen a name",
    }
    for name, words in told.items():
        page.goto(served.address + PAGES[name])
        expect(page.locator("main")).to_contain_text(words)
        snap(page, f"console-{state}-{name}")
        assert violations(page) == [], name


def test_signing_in_with_x_comes_back_from_another_site_and_is_signed_in(browser: Browser, served: Served):
    link(served.scene.store, "rae", "@rae_on_x", T0)
    page = browser.new_context(viewport=PHONE).new_page()

    def x(route: Route, request: Any) -> None:
        state = request.url.partition("state=")[2]
        back = f"{served.address}/console/sign-in/callback?code=yes&state={state}"
        route.fulfill(content_type="text/html", body=f'<h1>X</h1><a href="{back}">Yes, it is me</a>')

    page.route("https://x.test/**", x)
    page.goto(f"{served.address}/console/items")
    page.get_by_role("link", name="Sign in with X").click()
    page.get_by_role("link", name="Yes, it is me").click()
    expect(page.get_by_role("heading", name="Item analysis")).to_be_visible()
    expect(page.get_by_text("Signed in as rae")).to_be_visible()
