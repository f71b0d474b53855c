"""The page: a person takes part with a plain browser, and hostile text stays text."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
import requests

from quizbot.core.clock import ManualClock
from quizbot.platforms.sandbox.page import present, session
from quizbot.platforms.sandbox.page.session import Session
from tests.platforms.sandbox.conftest import Bot, picture

EVIL = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> {{ 7*7 }} javascript:alert(3) &lt;b&gt;"


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        found = [attrs for name, attrs in self.elements if name == tag]
        return [attrs for attrs in found if all(attrs.get(k.strip("_")) == v for k, v in wanted.items())]

    def token(self) -> str:
        return self.all("input", name="token")[0]["value"]


class Browser:
    """A session with a cookie jar that sends forms as the page has them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()

    def get(self, path: str, status: int = 200) -> Page:
        answer = self.session.get(self.url + path, timeout=20)
        assert answer.status_code == status, answer.text
        return Page(answer.text)

    def send(self, path: str, status: int = 200, **fields: str) -> requests.Response:
        answer = self.session.post(self.url + path, {"token": self.get("/").token(), **fields}, timeout=20)
        assert answer.status_code == status, answer.text
        return answer


@pytest.fixture
def browser(bot: Bot) -> Iterator[Browser]:
    made = Browser(bot.sandbox.url)
    yield made
    made.session.close()


def texts(bot: Bot) -> list[tuple[str, str]]:
    return [(post["handle"], post["text"]) for post in bot.sandbox.control.posts()]


def test_a_person_joins_replies_and_is_read_by_the_bot(bot: Bot, browser: Browser) -> None:
    quiz = bot.post("What is it?", media=[bot.upload()])
    assert browser.get("/").all("form", action="/join")
    browser.send("/join", handle="@guest_1")
    answer = browser.send("/post", text="Wellens syndrome", reply_to=quiz)
    assert answer.url.startswith(f"{browser.url}/status/{quiz}#p")
    assert texts(bot)[-1] == ("guest_1", "Wellens syndrome")
    [read] = bot.get(f"/2/users/{bot.sandbox.bot_id}/mentions")["data"]
    assert read["text"] == "@quizbot Wellens syndrome"
    assert "Wellens syndrome" in browser.get(f"/status/{quiz}").text


def test_pictures_come_with_their_alt_text_and_graphic_ones_behind_a_warning(bot: Bot, browser: Browser) -> None:
    medium = bot.upload(picture(size=(80, 60)))
    metadata = {"alt_text": {"text": 'An ECG <with> "quotes"'}, "sensitive_media_warning": {"graphic_violence": True}}
    bot.call("POST", "/2/media/metadata", json={"id": medium, "metadata": metadata})
    bot.post("Look", media=[medium])
    page = browser.get("/")
    assert [image["alt"] for image in page.all("img", src=f"/media/{medium}")] == ['An ECG <with> "quotes"']
    assert page.all("details", class_="alt")
    assert page.all("details", class_="veil")
    assert page.text.count('An ECG <with> "quotes"') == 1
    shown = browser.session.get(f"{browser.url}/media/{medium}", timeout=20)
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["x-content-type-options"] == "nosniff"


def test_a_picture_is_shown_only_while_a_post_shows_it(bot: Bot, browser: Browser) -> None:
    medium = bot.upload()
    assert browser.session.get(f"{browser.url}/media/{medium}", timeout=20).status_code == 404
    quiz = bot.post("Look", media=[medium])
    assert browser.session.get(f"{browser.url}/media/{medium}", timeout=20).ok
    bot.call("DELETE", f"/2/tweets/{quiz}")
    assert browser.session.get(f"{browser.url}/media/{medium}", timeout=20).status_code == 404


def test_hostile_text_stays_text(bot: Bot, browser: Browser) -> None:
    control = bot.sandbox.control
    control.user("mallory", EVIL[:40])
    quiz = bot.post("What is it?")
    reply = control.post("mallory", EVIL, reply_to=quiz)
    control.post("mallory", EVIL, quote=reply)
    for path in (f"/status/{quiz}", f"/status/{reply}", "/latest", "/u/mallory"):
        page = browser.get(path)
        assert [script["src"] for script in page.all("script")] == ["/static/page.js"]
        assert not [image for image in page.all("img") if not image["src"].startswith(("/static/", "/media/"))]
        assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on") or name == "style"]
        assert not [a for a in page.all("a") if not a["href"].startswith(("/", "#", "?", "https://", "http://"))]
    assert EVIL in browser.get(f"/status/{reply}").text


def test_the_policy_lets_nothing_but_own_files_run(browser: Browser) -> None:
    policy = browser.session.get(browser.url, timeout=20).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert set(re.findall(r"(?:script|style|img|connect)-src ('self')", policy)) == {"'self'"}


@pytest.mark.parametrize("path", ["/join", "/leave", "/post", "/edit", "/delete", "/follow"])
@pytest.mark.parametrize("token", ["", "wrong", "é"])
def test_a_form_without_the_sessions_token_does_nothing(lasting: Bot, path: str, token: str) -> None:
    with requests.Session() as session:
        session.get(lasting.sandbox.url, timeout=20)
        fields = {"token": token, "handle": "mallory", "text": "hi"}
        assert session.post(lasting.sandbox.url + path, fields, timeout=20).status_code == 403
    assert not [user for user in lasting.sandbox.control.users() if user["handle"] == "mallory"]


def test_another_sessions_token_is_not_taken(lasting: Bot) -> None:
    one, other = Browser(lasting.sandbox.url), Browser(lasting.sandbox.url)
    token = one.get("/").token()
    other.get("/")
    answer = other.session.post(f"{other.url}/join", {"token": token, "handle": "mallory"}, timeout=20)
    assert answer.status_code == 403


def test_a_cookie_that_was_tampered_with_is_nobodys() -> None:
    value = session.to_cookie("secret", Session("key", 5))
    assert session.from_cookie("secret", value) == Session("key", 5)
    for changed in (value.replace("5", "6", 1), value + "0", "", ".", "a.b", "é.1.é"):
        assert session.from_cookie("secret", changed) is None
    assert session.from_cookie("other", value) is None


def test_handles_of_others_are_not_to_be_had(bot: Bot, browser: Browser) -> None:
    bot.sandbox.control.user("amy")
    for handle in ("quizbot", "AMY", "", "no spaces", "a" * 16, "ä"):
        answer = browser.send("/join", status=422, handle=handle)
        assert 'role="alert"' in answer.text
    assert len(bot.sandbox.control.users()) == 2


def test_a_handle_chosen_here_can_be_taken_up_again(bot: Bot, browser: Browser) -> None:
    browser.send("/join", handle="guest_1")
    browser.send("/leave")
    assert browser.get("/").all("form", action="/join")
    browser.send("/join", handle="guest_1")
    assert browser.get("/").all("form", action="/post")
    assert len(bot.sandbox.control.users()) == 2


def test_what_was_typed_is_not_lost_when_it_cannot_be_posted(bot: Bot, browser: Browser) -> None:
    quiz = bot.post("What is it?")
    browser.send("/join", handle="guest_1")
    long = "wellens " * 600
    answer = browser.send("/post", status=422, text=long, reply_to=quiz)
    assert long.strip() in Page(answer.text).text
    assert 'role="alert"' in answer.text
    browser.send("/post", status=422, text="   ")
    assert texts(bot) == [("quizbot", "What is it?")]


def test_without_a_handle_nothing_can_be_posted(bot: Bot, browser: Browser) -> None:
    quiz = bot.post("What is it?")
    browser.send("/post", status=422, text="wellens", reply_to=quiz)
    assert texts(bot) == [("quizbot", "What is it?")]


def test_long_posts_are_taken(bot: Bot, browser: Browser) -> None:
    browser.send("/join", handle="guest_1")
    browser.send("/post", text="long " * 200)
    assert len(texts(bot)[0][1]) == 999


def test_own_posts_can_be_edited_and_deleted_and_others_not(bot: Bot, browser: Browser) -> None:
    quiz = bot.post("What is it?")
    browser.send("/join", handle="guest_1")
    browser.send("/post", text="pericarditis", reply_to=quiz)
    mine = bot.sandbox.control.posts()[-1]["id"]
    browser.send("/edit", id=mine, text="wellens")
    second = bot.sandbox.control.posts()[-1]
    assert (second["text"], second["history"]) == ("wellens", [mine, second["id"]])
    assert browser.session.get(f"{browser.url}/status/{mine}", timeout=20).url.endswith(second["id"])
    browser.send("/delete", id=second["id"])
    assert all(post["deleted"] for post in bot.sandbox.control.posts()[1:])
    browser.send("/delete", status=422, id=quiz)
    browser.send("/edit", status=422, id=quiz, text="mine now")
    assert texts(bot)[0] == ("quizbot", "What is it?")
    assert not bot.sandbox.control.posts()[0]["deleted"]


def test_following_is_counted_and_undone(bot: Bot, browser: Browser) -> None:
    browser.send("/join", handle="guest_1")
    browser.send("/follow", handle="quizbot", on="1")
    assert "1 follower" in " ".join(browser.get("/").text.split())
    me = bot.get("/2/users/me", **{"user.fields": "public_metrics"})["data"]
    assert me["public_metrics"]["followers_count"] == 1
    browser.send("/follow", handle="quizbot", on="0")
    assert "0 followers" in " ".join(browser.get("/").text.split())


@pytest.mark.parametrize(
    "where", ["https://evil.example", "//evil.example", "/\\evil.example", "/u/a/../x", "javascript:1"]
)
def test_a_form_leads_to_own_pages_only(lasting: Bot, where: str) -> None:
    browser = Browser(lasting.sandbox.url)
    fields = {"token": browser.get("/").token(), "back": where}
    answer = browser.session.post(f"{browser.url}/leave", fields, timeout=20, allow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_thread_shows_what_is_answered_and_the_answers_in_order(bot: Bot, browser: Browser) -> None:
    control, quiz = bot.sandbox.control, bot.post("What is it?")
    first = control.post("amy", "first guess", reply_to=quiz)
    nested = control.post("bob", "nested remark", reply_to=first)
    control.post("cyd", "second guess", reply_to=quiz)
    bot.post("The answer", reply_to=quiz)
    text = browser.get(f"/status/{quiz}").text
    assert text.index("first guess") < text.index("second guess") < text.index("The answer")
    assert "nested remark" not in text
    text = browser.get(f"/status/{nested}").text
    assert text.index("What is it?") < text.index("first guess") < text.rindex("nested remark")


def test_what_is_gone_or_hidden_is_not_shown(bot: Bot, browser: Browser) -> None:
    control = bot.sandbox.control
    gone, hidden = control.post("amy", "gone text"), control.post("bob", "hidden text")
    control.delete(gone)
    control.user("bob", protected=True)
    for path in (f"/status/{gone}", f"/status/{hidden}", "/status/5", "/status/x", "/u/nobody"):
        browser.get(path, status=404)
    for path in ("/latest", "/u/amy", "/u/bob"):
        text = browser.get(path).text
        assert "gone text" not in text
        assert "hidden text" not in text


def test_older_posts_are_a_page_away(bot: Bot, browser: Browser) -> None:
    for number in range(33):
        bot.sandbox.control.post("amy", f"remark {number:02}")
    page = browser.get("/latest")
    assert re.findall(r"remark \d\d", page.text) == [f"remark {number:02}" for number in range(32, 2, -1)]
    [more] = page.all("a", class_="more")
    assert re.findall(r"remark \d\d", browser.get(f"/latest{more['href']}").text) == [
        "remark 02",
        "remark 01",
        "remark 00",
    ]


def test_the_script_is_told_how_many_posts_are_new(bot: Bot, browser: Browser) -> None:
    quiz = bot.post("What is it?")
    [main] = browser.get(f"/status/{quiz}").all("main")
    query = {"scope": main["data-scope"], "after": main["data-after"]}

    def new() -> int:
        return int(browser.session.get(f"{browser.url}/poll", params=query, timeout=20).json()["new"])

    assert new() == 0
    bot.sandbox.control.post("amy", "wellens", reply_to=quiz)
    assert new() == 1
    for scope, expected in (("home", 1), ("latest", 2), ("x", 0), ("5", 0)):
        query = {"scope": scope, "after": "0"}
        assert new() == expected


def test_a_form_that_is_too_large_is_refused(lasting: Bot) -> None:
    browser = Browser(lasting.sandbox.url)
    browser.get("/")
    assert browser.session.post(f"{browser.url}/post", b"text=" + b"x" * 70_000, timeout=20).status_code == 413
    assert browser.session.post(f"{browser.url}/post", b"&".join([b"a=1"] * 50), timeout=20).status_code == 413


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "now"),
        (59, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (86_400, "1 d"),
        (7 * 86_400, "23 Nov 2026"),
    ],
)
def test_ages_are_short(clock: ManualClock, seconds: int, shown: str) -> None:
    created = int(clock.now().timestamp() * 1000)
    assert present.ago(created, created + 1000 * seconds) == shown
