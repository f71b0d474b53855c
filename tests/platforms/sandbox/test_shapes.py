"""Every kind of answer, in both dialects, is one that X's OpenAPI files describe.

``Bot.call`` checks each answer it gets, and each request that goes well; here each kind is asked for once.
"""

from collections.abc import Callable

import pytest

from quizbot.platforms.sandbox import Dialect
from quizbot.platforms.sandbox.render import NAMES
from tests.platforms.openapi import load
from tests.platforms.sandbox.conftest import VERSIONS, Bot, draft

POST_FIELDS = (
    "attachments,conversation_id,created_at,display_text_range,edit_controls,entities,lang,possibly_sensitive,"
    "public_metrics,reply_settings,text"
)
OLD_FIELDS = "author_id,in_reply_to_user_id,referenced_tweets,edit_history_tweet_ids"
USER_FIELDS = "created_at,description,protected,public_metrics,verified"


@pytest.fixture(params=Dialect)
def rich(request: pytest.FixtureRequest, start: Callable[..., Bot]) -> Bot:
    """A bot in either dialect; skips where X's files are missing, for there is nothing to hold answers against."""
    load(VERSIONS[request.param])
    return start(dialect=request.param)


def every_field(bot: Bot) -> dict[str, str]:
    names = NAMES[bot.dialect]
    old = bot.dialect is Dialect.TWEET
    return {
        names.fields: f"{POST_FIELDS},{names.note}" + (f",{OLD_FIELDS}" if old else ""),
        "expansions": f"author_id,in_reply_to_user_id,attachments.media_keys,{names.referenced_expansion}",
        "user.fields": USER_FIELDS,
        "media.fields": "alt_text,url,width,height",
    }


def test_successes(rich: Bot) -> None:
    control, fields = rich.sandbox.control, every_field(rich)
    medium = rich.upload()
    rich.get("/2/media/upload", command="STATUS", media_id=medium)
    metadata = {"alt_text": {"text": "An ECG"}, "sensitive_media_warning": {"graphic_violence": True}}
    rich.call("POST", "/2/media/metadata", json={"id": medium, "metadata": metadata})
    quiz = rich.post("What & why? #ecg $AAPL @amy https://example.org/a", media=[medium])
    reply = control.edit(control.post("amy", "first", reply_to=quiz), "long " * 100 + "#tag $T @bob https://b.org")
    control.post("bob", "hey @quizbot", quote=quiz)
    for path in (f"/2/users/{rich.sandbox.bot_id}/mentions", f"/2/users/{rich.sandbox.bot_id}/tweets"):
        assert rich.get(path, **fields)["data"]
    assert rich.get("/2/tweets/search/recent", query=f"conversation_id:{quiz}", **fields)["data"]
    assert rich.get(f"/2/tweets/{reply}", **fields)["data"][NAMES[rich.dialect].note]["entities"]
    assert rich.get("/2/tweets", ids=f"{quiz},{reply},5", **fields)["errors"]
    assert rich.get("/2/users/me", **{"user.fields": USER_FIELDS})["data"]["public_metrics"]
    assert rich.get("/2/users", ids=f"{rich.sandbox.bot_id},5", **{"user.fields": USER_FIELDS})["errors"]
    assert rich.call("DELETE", f"/2/tweets/{quiz}").ok


def test_emptiness(rich: Bot) -> None:
    for path in ("mentions", "tweets"):
        assert "data" not in rich.get(f"/2/users/{rich.sandbox.bot_id}/{path}")
    assert "data" not in rich.get("/2/tweets/search/recent", query="conversation_id:1")
    assert "data" not in rich.get("/2/tweets/5")


def test_refusals(rich: Bot) -> None:
    stranger = rich.sandbox.control.post("amy", "good morning")
    rich.post("What is it?")
    expected = {
        400: [("POST", "/2/tweets", {"json": {"text": 5}}), ("GET", "/2/tweets", {"params": {"ids": "x"}})],
        403: [
            ("POST", "/2/tweets", {"json": draft("What is it?")}),
            ("POST", "/2/tweets", {"json": draft("Hello", stranger)}),
            ("POST", "/2/tweets", {"json": draft("a" * 300)}),
            ("DELETE", f"/2/tweets/{stranger}", {}),
        ],
        404: [("DELETE", "/2/tweets/5", {}), ("GET", "/2/media/upload", {"params": {"media_id": "5"}})],
    }
    for status, calls in expected.items():
        for method, path, more in calls:
            assert rich.refused(method, path, **more)[0] == status


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 429, 500, 502, 503, 504])
def test_faults(rich: Bot, status: int) -> None:
    rich.sandbox.control.fault("status", status=status)
    assert rich.refused("GET", "/2/users/me")[0] == status


def test_limits_and_credits(rich: Bot) -> None:
    control = rich.sandbox.control
    control.dial(limits={"GET /2/users/me": 0})
    assert rich.refused("GET", "/2/users/me")[0] == 429
    control.dial(credit=0)
    assert rich.refused("GET", "/2/tweets/5")[0] == 402
    control.dial(credit=None, spend_cap=0)
    assert rich.refused("GET", "/2/tweets/5")[0] == 403
    answer = rich.session.get(f"{rich.sandbox.url}/2/users/me", timeout=20)
    assert answer.status_code == 401
    rich._check(answer, is_json=True)
