"""The control endpoint: for programs of this machine, exact about what is wrong."""

from pathlib import Path

import pytest
import requests

from quizbot.core.clock import ManualClock
from quizbot.core.errors import OutsideError
from quizbot.platforms.sandbox import SandboxServer
from tests.platforms.sandbox.conftest import Bot, fill, picture


def test_the_truth_is_told_whatever_the_api_hides(bot: Bot) -> None:
    control = bot.sandbox.control
    quiz = bot.post("What is <it>?", media=[bot.upload(picture())])
    first = control.post("amy", "no idea https://example.org", reply_to=quiz)
    second = control.edit(first, "wellens")
    control.delete(second)
    control.user("amy", suspended=True)
    posts = control.posts()
    assert [(post["text"], post["deleted"], post["replaced_by"]) for post in posts] == [
        ("What is <it>?", False, None),
        ("no idea https://example.org", True, second),
        ("wellens", True, None),
    ]
    assert len(posts[0]["media"][0]["sha256"]) == 64
    assert [user["handle"] for user in control.users()] == ["quizbot", "amy"]


def test_a_post_makes_its_author(bot: Bot) -> None:
    bot.sandbox.control.post("amy", "hi")
    bot.sandbox.control.post("AMY", "hello")
    assert [user["handle"] for user in bot.sandbox.control.users()] == ["quizbot", "amy"]


def test_many_post_at_one_instant_or_nobody_does(bot: Bot) -> None:
    control, quiz = bot.sandbox.control, bot.post("What is it?")
    ids = control.post_all([{"handle": f"amy{n}", "text": "wellens", "reply_to": quiz} for n in range(3)])
    assert [(post["id"], post["reply_to"]) for post in control.posts()[1:]] == [(post_id, quiz) for post_id in ids]
    with pytest.raises(OutsideError, match="there is no such post"):
        control.post_all([{"handle": "ben", "text": "hm"}, {"handle": "cy", "text": "hm", "reply_to": "5"}])
    assert len(control.posts()) == 4


def test_more_posts_than_one_page_are_all_told(tmp_path: Path, clock: ManualClock) -> None:
    made = fill(tmp_path / "state.db", clock, 1004)
    with SandboxServer(clock=clock, state=tmp_path / "state.db") as sandbox:
        assert [post["id"] for post in sandbox.control.posts()] == made


@pytest.mark.parametrize(
    ("path", "record"),
    [
        ("users", {"handle": "no spaces"}),
        ("users", {"handle": "a" * 16}),
        ("users", {"handle": 5}),
        ("users", {"handle": "amy", "protected": "yes"}),
        ("posts", {"handle": "amy"}),
        ("posts", {"handle": "amy", "text": ""}),
        ("posts", {"handle": "amy", "text": "a" * 4001}),
        ("posts", {"handle": "amy", "text": "a", "reply_to": "5"}),
        ("posts", {"handle": "amy", "text": "a", "reply_to": "x"}),
        ("posts/batch", {"posts": []}),
        ("posts/batch", {"posts": "amy"}),
        ("posts/batch", {"posts": ["amy"]}),
        ("posts/batch", {"posts": [{"handle": "amy"}]}),
        ("posts/edit", {"id": "5", "text": "a"}),
        ("posts/delete", {}),
        ("dials", {"lagg": 5}),
        ("dials", {"lag": "5"}),
        ("dials", {"lag": -1}),
        ("dials", {"limits": {"GET /": 5}}),
        ("faults", {}),
        ("faults", {"kind": "fire"}),
        ("faults", {"kind": "status", "status": 99}),
        ("faults", {"kind": "status", "times": "2"}),
        ("faults", {"kind": "status", "colour": "red"}),
        ("faults", {"kind": "delay", "delay": 1e9}),
        ("posts", []),
    ],
)
def test_a_wrong_request_is_refused_in_one_line(lasting: Bot, path: str, record: object) -> None:
    answer = requests.post(f"{lasting.sandbox.url}/_control/{path}", json=record, timeout=20)
    assert answer.status_code == 422
    assert "\n" not in answer.json()["error"]
    assert not [post for post in lasting.sandbox.control.posts() if post["handle"] == "amy"]


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000])
def test_what_is_no_json_is_refused(lasting: Bot, body: bytes) -> None:
    url, headers = f"{lasting.sandbox.url}/_control/posts", {"content-type": "application/json"}
    assert requests.post(url, body, headers=headers, timeout=20).status_code == 422
    assert requests.post(url, b" " * 300_000, headers=headers, timeout=20).status_code == 413


def test_a_form_of_another_site_is_refused(lasting: Bot) -> None:
    """Browsers send forms anywhere; JSON they send only where they were let."""
    url = f"{lasting.sandbox.url}/_control/posts"
    assert requests.post(url, {"handle": "amy", "text": "hi"}, timeout=20).status_code == 415
    plain = {"content-type": "text/plain"}
    assert requests.post(url, '{"handle": "amy", "text": "hi"}', headers=plain, timeout=20).status_code == 415


@pytest.mark.parametrize("path", ["/_control/state", "/", "/2/users/me"])
def test_a_foreign_name_for_this_machine_is_refused(lasting: Bot, path: str) -> None:
    for host in ("evil.example", "evil.example:80", "[", "127.0.0.1.evil.example"):
        assert requests.get(lasting.sandbox.url + path, headers={"Host": host}, timeout=20).status_code == 421


def test_the_client_says_what_was_wrong(lasting: Bot) -> None:
    with pytest.raises(OutsideError, match="no such post"):
        lasting.sandbox.control.delete("5")


def test_an_edited_version_is_not_edited_again(bot: Bot) -> None:
    first = bot.sandbox.control.post("amy", "one")
    bot.sandbox.control.edit(first, "two")
    with pytest.raises(OutsideError, match="was edited already"):
        bot.sandbox.control.edit(first, "three")


def test_dials_turn_while_running(bot: Bot) -> None:
    told = bot.sandbox.control.dial(lag=5, late_share=0.5, late_by=60, limits={"GET /2/users/me": 1}, credit=1)
    assert told["dials"] == {
        "delays": {"lag": 5.0, "late_share": 0.5, "late_by": 60.0, "processing": 0.0},
        "limits": {"GET /2/users/me": 1},
    }
    assert told["money"]["left_mills"] == 1000
    bot.post("What is it?")
    assert "data" not in bot.get(f"/2/users/{bot.sandbox.bot_id}/tweets")
