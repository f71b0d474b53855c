"""The preview page in a browser: it is seen, and nothing in a case is run or loaded."""

import pytest
from playwright.sync_api import Browser

from quizbot.casebook import load_case
from quizbot.core.bundled import bundled
from quizbot.desk.preview import preview
from quizbot.desk.preview_page import as_page
from tests.browser.conftest import PHONE, snap
from tests.casebook.given import QUIZ, with_, write
from tests.desk.test_preview_page import HOSTILE

pytestmark = pytest.mark.browser


def test_it_is_seen_whole_on_a_phone_and_runs_nothing(browser: Browser, tmp_path):
    case = with_(QUIZ, prompt=HOSTILE, images=[QUIZ["images"][0] | {"alt": HOSTILE}])
    folder = write(tmp_path / "c", case)
    (folder / "ecg.png").write_bytes(next(bundled("cases").glob("*/ecg*.png")).read_bytes())
    loaded = load_case(folder)
    (tmp_path / "preview.html").write_text(as_page([(loaded, preview(loaded))]), encoding="utf-8")
    page = browser.new_page(viewport=PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto((tmp_path / "preview.html").as_uri())
    assert page.title() == "Preview of c"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("document.images[0].naturalWidth") > 0
    assert [url for url in asked if not url.startswith("data:")] == [(tmp_path / "preview.html").as_uri()]
    snap(page, "preview")
    page.close()
