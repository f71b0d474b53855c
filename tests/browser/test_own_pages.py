"""A respondent signs in through the sandbox, reads why, appeals, takes another name, joins, stops, and is forgotten."""

import pytest
from playwright.sync_api import Browser, Page, expect

from quizbot.rounds import cohorts
from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE, snap
from tests.rounds.world import database, options, world  # noqa: F401  # fixtures
from tests.web.signing_in import pages_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def checked(page: Page, name: str) -> None:
    """Look at a page as everybody has to be able to: nothing that axe finds, nothing wider than the screen."""
    assert violations(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    snap(page, name)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_respondent_has_a_page_of_their_own(browser: Browser, world, size):  # noqa: F811  # the fixture above
    width = "phone" if size is PHONE else "desktop"
    cohort = cohorts.add_cohort(world.store, world.sandbox.bot_id, "救急 طوارئ 2026", "Dr A.", "op", world.clock.now())
    world.go(minutes=1)
    world.reply("a_very_long_one", "NSTEMI")
    world.go(step=30, hours=25)
    context = browser.new_context(viewport=size)
    page = context.new_page()
    with pages_of(world) as pages:
        page.goto(f"{pages.url}/you")
        snap(page, f"signed-out-{width}")
        page.get_by_role("link", name="Sign in with X").click()
        snap(page, f"authorize-{width}")
        page.get_by_role("button", name="a_very_long_one").click()
        expect(page.get_by_role("heading", name="@a_very_long_one")).to_be_visible()
        expect(page.get_by_text("Not this one")).to_be_visible()
        snap(page, f"you-{width}")
        page.get_by_text("Appeal", exact=True).click()
        page.get_by_label("Why should it be graded otherwise").fill("It can look like one.")
        page.get_by_role("button", name="Send the appeal").click()
        expect(page.get_by_text("waits for an educator")).to_be_visible()
        page.get_by_label("Show another name").fill("さくら عائشة")
        page.get_by_role("button", name="Save the name").click()
        expect(page.get_by_text("The boards show your new name.")).to_be_visible()
        page.get_by_label("Code of a residency or class").fill(cohort.code)
        page.get_by_role("button", name="Join").click()
        page.get_by_role("link", name=cohort.name).click()
        expect(page.get_by_text("1 of 1 round")).to_be_visible()
        snap(page, f"cohort-{width}")
        page.goto(f"{pages.url}/you")
        page.get_by_role("button", name="Stop taking part").click()
        expect(page.get_by_text("You said stop.")).to_be_visible()
        page.get_by_label("Type your handle").fill("@a_very_long_one")
        page.get_by_role("button", name="Erase everything").click()
        expect(page.get_by_text("You are forgotten.")).to_be_visible()
        assert context.cookies() == [] or "quizbot_you" not in {one["name"] for one in context.cookies()}
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out_of_the_own_pages(browser: Browser, world, scheme):  # noqa: F811  # the fixture above
    world.go(minutes=1)
    world.reply("ann", "NSTEMI")
    world.go(step=30, hours=25)
    cohort = cohorts.add_cohort(world.store, world.sandbox.bot_id, "EM", None, "op", world.clock.now())
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # axe is put in as a script
    page = context.new_page()
    with pages_of(world) as pages:
        page.goto(f"{pages.url}/you")
        checked(page, f"axe-signed-out-{scheme}")
        page.get_by_role("link", name="Sign in with X").click()
        checked(page, f"axe-authorize-{scheme}")
        page.get_by_role("button", name="ann").click()
        page.get_by_text("Appeal", exact=True).click()
        checked(page, f"axe-you-{scheme}")
        page.get_by_label("Code of a residency or class").fill("WRONG")
        page.get_by_role("button", name="Join").click()
        expect(page.get_by_text("This is no code of a cohort")).to_be_visible()
        checked(page, f"axe-refused-{scheme}")
        page.get_by_label("Code of a residency or class").fill(cohort.code)
        page.get_by_role("button", name="Join").click()
        page.goto(f"{pages.url}/cohorts/{cohort.id}")
        checked(page, f"axe-cohort-{scheme}")
    context.close()
