"""Signing in: a person picks an account, the app gets a code that is good once, and a token that opens one call."""

import base64
import hashlib
import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from quizbot.core.clock import ManualClock
from quizbot.platforms.sandbox import SandboxServer, create_app, oauth2, people
from quizbot.platforms.sandbox.oauth2 import AppKeys, TokenRefusedError, Wish
from quizbot.platforms.sandbox.options import SandboxOptions
from tests.platforms.sandbox.conftest import START

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
CALLBACK = "http://127.0.0.1:1/sign-in/callback"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxServer]:
    with SandboxServer(clock=ManualClock(START)) as server:
        server.control.user("amy", "Amy")
        yield server


def wish(sandbox: SandboxServer, **changed: str) -> dict[str, str]:
    asked = {
        "response_type": "code",
        "client_id": sandbox.app.client_id,
        "redirect_uri": CALLBACK,
        "scope": "tweet.read users.read",
        "state": "a state",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return {name: value for name, value in (asked | changed).items() if value}


def page(sandbox: SandboxServer, browser: requests.Session, **changed: str) -> requests.Response:
    asked = wish(sandbox, **changed)
    return browser.get(sandbox.url + oauth2.AUTHORIZE, params=asked, allow_redirects=False, timeout=20)


def pick(sandbox: SandboxServer, account: str = "amy", **more: str) -> dict[str, list[str]]:
    """Open the page, choose, and give what the app's address was called with."""
    browser = requests.Session()
    found = re.findall(r'name="([a-z_]+)" value="([^"]*)"', page(sandbox, browser).text)
    fields = {name: html.unescape(value) for name, value in found if name not in ("account", "decision", "handle")}
    form = fields | ({"account": account} if account else {}) | more
    answer = browser.post(sandbox.url + oauth2.AUTHORIZE, data=form, allow_redirects=False, timeout=20)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith(CALLBACK)
    return parse_qs(urlsplit(answer.headers["location"]).query)


def redeem(
    sandbox: SandboxServer, given: str, auth: tuple[str, str] | None = None, **changed: str
) -> requests.Response:
    form = {"grant_type": "authorization_code", "code": given, "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
    own = (sandbox.app.client_id, sandbox.app.client_secret)
    return requests.post(f"{sandbox.url}/2/oauth2/token", data=form | changed, auth=auth or own, timeout=20)


def me(sandbox: SandboxServer, token: str) -> requests.Response:
    return requests.get(f"{sandbox.url}/2/users/me", headers={"Authorization": f"Bearer {token}"}, timeout=20)


def test_the_token_says_who_picked_which_account_and_ends_when_revoked(sandbox):
    back = pick(sandbox)
    assert back["state"] == ["a state"]
    answer = redeem(sandbox, back["code"][0])
    token = answer.json()["access_token"]
    assert (answer.status_code, answer.json()["token_type"], answer.json()["expires_in"]) == (200, "bearer", 7200)
    assert "refresh_token" not in answer.json()
    assert me(sandbox, token).json()["data"]["username"] == "amy"
    own = (sandbox.app.client_id, sandbox.app.client_secret)
    assert requests.post(f"{sandbox.url}/2/oauth2/revoke", data={"token": token}, auth=own, timeout=20).ok
    assert me(sandbox, token).status_code == 401


def test_a_new_handle_becomes_an_account_and_one_that_is_suspended_is_refused(sandbox):
    code = pick(sandbox, account="", handle="@newcomer", decision="allow")["code"][0]
    assert me(sandbox, redeem(sandbox, code).json()["access_token"]).json()["data"]["username"] == "newcomer"
    sandbox.control.user("gone", "Gone", suspended=True)
    browser = requests.Session()
    token = re.search(r'name="token" value="([^"]+)"', page(sandbox, browser).text)
    form = wish(sandbox) | {"token": token[1], "account": "gone"}
    answer = browser.post(sandbox.url + oauth2.AUTHORIZE, data=form, allow_redirects=False, timeout=20)
    assert (answer.status_code, "is suspended" in answer.text) == (422, True)


def test_who_says_no_is_sent_back_with_that(sandbox):
    assert pick(sandbox, account="", decision="cancel")["error"] == ["access_denied"]


def test_a_form_from_elsewhere_gives_no_code(sandbox):
    form = wish(sandbox) | {"account": "amy", "token": "guessed"}
    answer = requests.post(sandbox.url + oauth2.AUTHORIZE, data=form, allow_redirects=False, timeout=20)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "another"},
        {"client_id": ""},
        {"redirect_uri": ""},
        {"redirect_uri": "https://example.org/callback"},
        {"redirect_uri": "http://127.0.0.1.example.org/"},
        {"redirect_uri": "http://x;script-src *@127.0.0.1/"},
        {"redirect_uri": "http://127.0.0.1:1/ script-src *"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": f"{CALLBACK}#there"},
    ],
)
def test_an_unknown_app_or_a_strange_address_sends_the_browser_nowhere(sandbox, changed):
    answer = page(sandbox, requests.Session(), **changed)
    assert (answer.status_code, "location" in answer.headers) == (400, False)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"state": ""}, "invalid_request"),
        ({"state": "s" * 501}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": "users.read"}, "invalid_scope"),
        ({"scope": "tweet.read users.read tweet.write"}, "invalid_scope"),
    ],
)
def test_a_wish_that_cannot_be_granted_goes_back_to_the_app(sandbox, changed, error):
    answer = page(sandbox, requests.Session(), **changed)
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.headers["location"]).query)["error"] == [error]


def test_the_page_may_send_its_form_to_the_app_and_nowhere_else(sandbox):
    policy = page(sandbox, requests.Session()).headers["content-security-policy"]
    assert "form-action 'self' http://127.0.0.1:1;" in policy
    assert "form-action 'self';" in requests.get(sandbox.url, timeout=20).headers["content-security-policy"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"code_verifier": "w" * 43}, "verifier"),
        ({"code_verifier": ""}, "verifier"),
        ({"code_verifier": CHALLENGE}, "verifier"),
        ({"redirect_uri": "http://127.0.0.1:2/"}, "redirect uri"),
        ({"grant_type": "refresh_token"}, "grant_type"),
        ({"code": "guessed"}, "invalid"),
    ],
)
def test_a_code_is_refused_with_anything_else_than_it_was_asked_for_with(sandbox, changed, reason):
    answer = redeem(sandbox, pick(sandbox)["code"][0], **changed)
    assert (answer.status_code, "access_token" in answer.json()) == (400, False)
    assert reason in answer.json()["error_description"]


def test_a_wrong_verifier_uses_the_code_up(sandbox):
    code = pick(sandbox)["code"][0]
    redeem(sandbox, code, code_verifier="w" * 43)
    assert redeem(sandbox, code).status_code == 400


def test_a_code_is_good_once_and_a_second_time_ends_its_token(sandbox):
    code = pick(sandbox)["code"][0]
    token = redeem(sandbox, code).json()["access_token"]
    assert me(sandbox, token).ok
    assert redeem(sandbox, code).status_code == 400
    assert me(sandbox, token).status_code == 401


@pytest.mark.parametrize("auth", [("x", "y"), ("", "")])
def test_only_the_app_itself_can_redeem(sandbox, auth):
    code = pick(sandbox)["code"][0]
    answer = redeem(sandbox, code, auth=auth)
    assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized_client")
    assert redeem(sandbox, code).ok, "whoever is not the app cannot even use a code up"


def test_a_token_opens_no_other_call(sandbox):
    token = redeem(sandbox, pick(sandbox)["code"][0]).json()["access_token"]
    for method, path in [
        ("GET", "/2/users?ids=1"),
        ("POST", "/2/tweets"),
        ("GET", f"/2/users/{sandbox.bot_id}/tweets"),
    ]:
        headers = {"Authorization": f"Bearer {token}"}
        assert requests.request(method, sandbox.url + path, headers=headers, timeout=20).status_code == 401


@pytest.mark.parametrize(("body", "kind"), [(b"\xff", "form"), (b"code=1", "json"), (b"a&" * 40, "form")])
def test_a_body_that_cannot_be_read_is_a_400(sandbox, body, kind):
    types = {"form": "application/x-www-form-urlencoded", "json": "application/json"}
    answer = requests.post(
        f"{sandbox.url}/2/oauth2/token", data=body, headers={"Content-Type": types[kind]}, timeout=20
    )
    assert answer.status_code in (400, 401)


@pytest.fixture
def given() -> Iterator[tuple[Callable[[datetime], dict[str, object]], Callable[[str, datetime], int | None]]]:
    """One code given out at NOW: redeeming it, and reading a token, at any time."""
    app = create_app(":memory:", ManualClock(START), SandboxOptions())
    with app.world.db.transaction() as tx:
        amy = people.create(tx, "amy", "Amy", "control", 0)
        code = oauth2.issue_code(tx, Wish(CALLBACK, "s", "tweet.read users.read", CHALLENGE), amy.id, NOW)
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
        yield (
            lambda at: oauth2.redeem(tx, form, at),
            lambda token, at: oauth2.bearer(tx, f"Bearer {token}", at),
        )
    app.world.close()


def test_a_code_lives_for_half_a_minute_and_a_token_for_two_hours(given):
    redeemed, owner = given
    token = str(redeemed(NOW + timedelta(seconds=29))["access_token"])
    assert owner(token, NOW + timedelta(hours=2)) is not None
    assert owner(token, NOW + timedelta(hours=2, seconds=29)) is None


def test_a_code_that_is_half_a_minute_old_is_refused(given):
    with pytest.raises(TokenRefusedError, match="expired"):
        given[0](NOW + oauth2.CODE_LIFE)


def test_the_secrets_of_an_app_stay_out_of_its_repr():
    assert "hidden" not in repr(AppKeys("shown", "hidden"))


def test_an_app_keeps_its_secret_over_a_restart(tmp_path):
    keys = []
    for _ in range(2):
        app = create_app(tmp_path / "state.db", ManualClock(START), SandboxOptions())
        keys.append(app.world.app)
        app.world.close()
    assert keys[0] == keys[1]
