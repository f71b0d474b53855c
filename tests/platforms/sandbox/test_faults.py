"""Faults on request: each kind fails in its own way, and the effect is there or not as it says."""

import time

import pytest
import requests

from tests.platforms.sandbox.conftest import Bot, draft

TWEETS = {"method": "POST", "path": "/2/tweets"}


def raw_post(bot: Bot, text: str) -> requests.Response:
    return bot.session.post(f"{bot.sandbox.url}/2/tweets", json=draft(text), auth=bot.auth(), timeout=20)


def texts(bot: Bot) -> list[str]:
    return [post["text"] for post in bot.sandbox.control.posts()]


@pytest.mark.parametrize(("kind", "stored"), [("cut_before", []), ("cut_after", ["One"])])
def test_a_cut_connection_gives_no_answer_at_all(bot: Bot, kind: str, stored: list[str]) -> None:
    bot.sandbox.control.fault(kind, **TWEETS)
    with pytest.raises(requests.ConnectionError):
        raw_post(bot, "One")
    assert texts(bot) == stored
    assert bot.sandbox.control.state()["calls"]["POST /2/tweets"][kind] == 1


def test_after_a_cut_the_same_text_is_a_duplicate(bot: Bot) -> None:
    bot.sandbox.control.fault("cut_after", **TWEETS)
    with pytest.raises(requests.ConnectionError):
        raw_post(bot, "One")
    assert "duplicate" in bot.refused("POST", "/2/tweets", json=draft("One"))[1]


@pytest.mark.parametrize(("effect", "stored"), [(False, []), (True, ["One"])])
def test_a_503_may_hide_a_post_that_was_made(bot: Bot, *, effect: bool, stored: list[str]) -> None:
    bot.sandbox.control.fault("status", status=503, effect=effect, **TWEETS)
    assert bot.refused("POST", "/2/tweets", json=draft("One"))[0] == 503
    assert texts(bot) == stored


def test_a_broken_gateway_answers_with_a_page(bot: Bot) -> None:
    bot.sandbox.control.fault("status", status=502, html=True, **TWEETS)
    answer = raw_post(bot, "One")
    assert answer.status_code == 502
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>" in answer.text


@pytest.mark.parametrize("body", ['{"data": [', "", "null", '{"data": {}}', "<html>"])
def test_garbage_is_a_200_that_says_nothing(bot: Bot, body: str) -> None:
    bot.sandbox.control.fault("garbage", body=body, effect=True, **TWEETS)
    answer = raw_post(bot, "One")
    assert (answer.status_code, answer.text) == (200, body)
    assert texts(bot) == ["One"]


def test_a_429_tells_when_to_come_back_or_does_not(bot: Bot) -> None:
    now = bot.sandbox.control.state()["now"]
    bot.sandbox.control.fault("rate_limit", reset=120)
    bot.sandbox.control.fault("rate_limit", reset=None)
    first, second = (bot.call("GET", "/2/users/me") for _ in range(2))
    assert [first.status_code, second.status_code] == [429, 429]
    assert now == "2026-11-23T12:00:00.000Z"
    assert first.headers["x-rate-limit-reset"] == "1795435320"
    assert not [name for name in second.headers if name.startswith("x-rate-limit")]
    assert bot.call("GET", "/2/users/me").ok


def test_a_slow_answer_is_late_but_whole(bot: Bot) -> None:
    bot.sandbox.control.fault("delay", delay=0.3, **TWEETS)
    began = time.monotonic()
    assert raw_post(bot, "One").status_code == 201
    assert time.monotonic() - began >= 0.3


def test_a_client_that_does_not_wait_has_posted_all_the_same(bot: Bot) -> None:
    bot.sandbox.control.fault("delay", delay=0.4, **TWEETS)
    with pytest.raises(requests.ReadTimeout):
        bot.session.post(f"{bot.sandbox.url}/2/tweets", json=draft("One"), auth=bot.auth(), timeout=0.1)
    deadline = time.monotonic() + 10
    while not texts(bot) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert texts(bot) == ["One"]


@pytest.mark.parametrize(
    ("status", "title"), [(401, "Unauthorized"), (402, "CreditsDepleted"), (403, "SpendCapReached"), (500, "")]
)
def test_any_status_can_be_asked_for(bot: Bot, status: int, title: str) -> None:
    bot.sandbox.control.fault("status", status=status, title=title)
    answer = bot.call("GET", "/2/users/me")
    assert answer.status_code == status
    assert answer.json()["title"] == title or status == 500


def test_a_fault_ends_by_itself_or_when_cleared(bot: Bot) -> None:
    control = bot.sandbox.control
    control.fault("status", times=2, path="/2/users/*")
    assert [bot.call("GET", "/2/users/me").status_code for _ in range(3)] == [503, 503, 200]
    control.fault("status", times=None)
    assert [bot.call("GET", "/2/users/me").status_code for _ in range(3)] == [503, 503, 503]
    assert [fault["status"] for fault in control.faults()] == [503]
    control.clear_faults()
    assert control.faults() == []
    assert bot.call("GET", "/2/users/me").ok


def test_faults_strike_before_keys_are_looked_at(bot: Bot) -> None:
    bot.sandbox.control.fault("status", status=500)
    assert bot.session.get(f"{bot.sandbox.url}/2/users/me", timeout=20).status_code == 500
