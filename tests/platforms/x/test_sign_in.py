"""The client side of signing in: what goes to X, and what comes of whatever X answers."""

import base64
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from quizbot.platforms.protocol import Failure, PlatformError, User
from quizbot.platforms.sandbox import SandboxServer
from quizbot.platforms.x import XApp, XSignIn
from tests.platforms.sandbox.test_oauth2 import CALLBACK, VERIFIER
from tests.platforms.x.local import Asked, LocalServer, Reply
from tests.platforms.x.test_client import drip, hang, rude_server

TOKEN = "the-token"
USER = {"data": {"id": "42", "username": "amy", "name": "Amy"}}


def signing_in(url: str, timeout: float = 20) -> XSignIn:
    return XSignIn(XApp("id", "the-secret", "https://x.com/i/oauth2/authorize", url, timeout), CALLBACK)


def answers(token: Reply | None = None, user: Reply | None = None, end: Reply | None = None):
    kinds = {
        "/2/oauth2/token": token or Reply({"access_token": TOKEN, "token_type": "bearer"}),
        "/2/users/me": user or Reply(USER),
        "/2/oauth2/revoke": end or Reply({"revoked": True}),
    }

    def answer(asked: Asked) -> Reply:
        return kinds[asked.path]

    return answer


def test_the_address_asks_for_a_code_and_shows_the_verifier_to_nobody():
    parts = urlsplit(signing_in("https://api.x.com").address("the state", VERIFIER))
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "x.com", "/i/oauth2/authorize")
    assert asked["code_challenge_method"] == "S256"
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", asked["code_challenge"])
    assert (asked["state"], asked["redirect_uri"], asked["scope"]) == ("the state", CALLBACK, "tweet.read users.read")
    assert VERIFIER not in parts.query
    assert "offline.access" not in parts.query


def test_a_code_becomes_a_person_and_the_token_is_given_back():
    with LocalServer(answers()) as server:
        assert signing_in(server.url).who("the-code", VERIFIER) == User("42", "amy", "Amy")
    token, user, end = server.asked
    form = parse_qs(token.body.decode())
    assert (form["code"], form["code_verifier"], form["redirect_uri"]) == (["the-code"], [VERIFIER], [CALLBACK])
    assert base64.b64decode(token.headers["authorization"].removeprefix("Basic ")) == b"id:the-secret"
    assert "the-secret" not in token.body.decode()
    assert user.headers["authorization"] == f"Bearer {TOKEN}"
    assert (end.path, parse_qs(end.body.decode())["token"]) == ("/2/oauth2/revoke", [TOKEN])


@pytest.mark.parametrize("end", [Reply({}, 500), Reply(b"nonsense"), Reply({}, 403)])
def test_that_the_token_cannot_be_given_back_is_no_reason_to_refuse_a_person(end):
    with LocalServer(answers(end=end)) as server:
        assert signing_in(server.url).who("c", VERIFIER).id == "42"


@pytest.mark.parametrize(
    ("token", "user", "kind"),
    [
        (Reply({"error": "invalid_request"}, 400), None, Failure.REFUSED),
        (Reply({}, 401), None, Failure.REFUSED),
        (Reply({}, 503), None, Failure.UNAVAILABLE),
        (Reply({}, 302, {"Location": "https://example.org"}), None, Failure.REFUSED),
        (Reply(b"<html>"), None, Failure.NETWORK),
        (Reply({}), None, Failure.NETWORK),
        (Reply({"access_token": 7}), None, Failure.NETWORK),
        (Reply({"access_token": "a\r\nX: y"}), None, Failure.NETWORK),
        (Reply(b"[" * 300_000), None, Failure.NETWORK),
        (None, Reply({}, 401), Failure.REFUSED),
        (None, Reply({"errors": []}), Failure.NETWORK),
        (None, Reply({"data": {"id": "x", "username": "amy", "name": "A"}}), Failure.NETWORK),
        (None, Reply({"data": {"id": "1", "username": "<script>", "name": "A"}}), Failure.NETWORK),
    ],
)
def test_whatever_else_x_answers_is_one_kind_of_error_that_tells_no_secret(token, user, kind):
    with LocalServer(answers(token, user)) as server, pytest.raises(PlatformError) as failed:
        signing_in(server.url).who("the-code", VERIFIER)
    assert failed.value.kind is kind
    for secret in ("the-secret", "the-code", TOKEN, VERIFIER):
        assert secret not in str(failed.value)


def test_an_x_that_is_not_there_is_an_error_of_its_own():
    with LocalServer(answers()) as server:
        url = server.url
    with pytest.raises(PlatformError) as failed:
        signing_in(url, 2).who("c", VERIFIER)
    assert failed.value.kind is Failure.NOT_SENT


def test_with_the_sandbox_a_person_gets_in_once_for_each_yes():
    with SandboxServer() as sandbox:
        app = XApp(
            sandbox.app.client_id, sandbox.app.client_secret, f"{sandbox.url}/i/oauth2/authorize", sandbox.url, 20
        )
        sign_in = XSignIn(app, CALLBACK)
        browser = requests.Session()
        page = browser.get(sign_in.address("s", VERIFIER), timeout=20).text
        form = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page))
        form |= {"handle": "amy", "decision": "allow"}
        back = browser.post(f"{sandbox.url}/i/oauth2/authorize", data=form, allow_redirects=False, timeout=20)
        code = parse_qs(urlsplit(back.headers["location"]).query)["code"][0]
        assert sign_in.who(code, VERIFIER).handle == "amy"
        with pytest.raises(PlatformError, match="refused the sign-in"):
            sign_in.who(code, VERIFIER)
    assert "secret" not in repr(XApp("id", "the-secret", "", "", 1)).replace("client_secret", "")


@pytest.mark.parametrize("behave", [hang, drip])
def test_a_server_that_hangs_holds_nobody_longer_than_the_time_out(behave):
    """Also one that sends a byte now and then. Without a bound on the whole it never ends."""
    with rude_server(behave) as url, pytest.raises(PlatformError) as caught:
        signing_in(url, timeout=0.2).who("the-code", VERIFIER)
    assert caught.value.kind is Failure.NETWORK
    assert "in time" in str(caught.value)
