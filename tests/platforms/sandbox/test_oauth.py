"""Signatures are really verified, and nobody without the right keys gets past them."""

import time
from collections.abc import Callable

import pytest
import requests
from oauthlib.oauth1 import Client

from quizbot.platforms.sandbox import Keys, SandboxOptions, SandboxServer
from tests.platforms.sandbox.conftest import Bot


def signed(bot: Bot, url: str, **changed: str) -> dict[str, str]:
    """Headers of a GET, signed with the bot's keys but for what is changed."""
    keys = bot.sandbox.keys
    client = Client(
        changed.pop("consumer_key", keys.consumer_key),
        client_secret=changed.pop("consumer_secret", keys.consumer_secret),
        resource_owner_key=changed.pop("token", keys.access_token),
        resource_owner_secret=changed.pop("token_secret", keys.access_token_secret),
        **changed,
    )
    return dict(client.sign(url)[1])


def status(url: str, headers: dict[str, str]) -> tuple[int, str]:
    answer = requests.get(url, headers=headers, timeout=20)
    return answer.status_code, answer.headers.get("x-sandbox-reason", "")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"consumer_key": "wrong"}, "consumer key"),
        ({"token": "1-wrong"}, "access token"),
        ({"consumer_secret": "wrong"}, "signature"),
        ({"token_secret": "wrong"}, "signature"),
        ({"timestamp": str(int(time.time()) - 301)}, "timestamp"),
        ({"timestamp": str(int(time.time()) + 86_400)}, "timestamp"),
        ({"timestamp": "soon"}, "timestamp"),
        ({"signature_method": "PLAINTEXT"}, "signature method"),
        ({"signature_method": "HMAC-SHA256"}, "signature method"),
        ({"nonce": ""}, "nonce"),
    ],
)
def test_each_wrong_part_is_a_401_whose_reason_is_told(lasting: Bot, changed: dict[str, str], reason: str) -> None:
    url = f"{lasting.sandbox.url}/2/users/me"
    code, told = status(url, signed(lasting, url, **changed))
    assert code == 401
    assert reason in told


@pytest.mark.parametrize(
    "header", [None, "", "Bearer abc", "OAuth", "OAuth x", 'OAuth oauth_token="é"', "OAuth a=b,,=c"]
)
def test_a_call_without_a_signature_is_a_401(lasting: Bot, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header.encode("latin-1").decode("latin-1")}
    assert status(f"{lasting.sandbox.url}/2/users/me", headers)[0] == 401


def test_a_timestamp_within_five_minutes_is_right_whatever_the_sandbox_clock_says(lasting: Bot) -> None:
    url = f"{lasting.sandbox.url}/2/users/me"
    assert status(url, signed(lasting, url, timestamp=str(int(time.time()) - 280)))[0] == 200


def test_a_nonce_is_good_once(lasting: Bot) -> None:
    url = f"{lasting.sandbox.url}/2/users/me"
    headers = signed(lasting, url)
    assert status(url, headers)[0] == 200
    assert status(url, headers) == (401, "nonce missing or used before")


def test_the_query_is_part_of_what_is_signed(lasting: Bot) -> None:
    url = f"{lasting.sandbox.url}/2/users?ids={lasting.sandbox.bot_id}"
    assert status(url, signed(lasting, url))[0] == 200
    assert status(f"{url}0", signed(lasting, url))[0] == 401


def test_the_path_and_the_method_are_part_of_what_is_signed(lasting: Bot) -> None:
    url = f"{lasting.sandbox.url}/2/tweets/1"
    assert requests.delete(url, headers=signed(lasting, url), timeout=20).status_code == 401
    assert status(f"{lasting.sandbox.url}/2/tweets/2", signed(lasting, url))[0] == 401


def test_form_parameters_are_part_of_what_is_signed(lasting: Bot) -> None:
    """A form is no good body for a post, but a signature that does not cover it is found out before that."""
    url = f"{lasting.sandbox.url}/2/tweets"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    keys = lasting.sandbox.keys
    secrets = {"client_secret": keys.consumer_secret, "resource_owner_secret": keys.access_token_secret}
    client = Client(keys.consumer_key, resource_owner_key=keys.access_token, **secrets)
    _, headers, body = client.sign(url, "POST", "text=hi", form)
    assert requests.post(url, "text=ho", headers=headers, timeout=20).status_code == 401
    assert requests.post(url, body, headers=headers, timeout=20).status_code == 400


def test_given_keys_are_the_bots(start: Callable[..., Bot]) -> None:
    bot = start(keys=Keys("ck", "cs", "123-at", "ats"))
    assert bot.sandbox.bot_id == "123"
    assert bot.get("/2/users/me")["data"]["id"] == "123"


def test_the_token_begins_with_the_bots_id(bot: Bot) -> None:
    assert bot.sandbox.keys.access_token.startswith(f"{bot.sandbox.bot_id}-")
    assert bot.get("/2/users/me")["data"]["id"] == bot.sandbox.bot_id


def test_no_key_shows_when_options_or_keys_are_printed() -> None:
    keys = Keys("secret-1", "secret-2", "1-secret-3", "secret-4")
    assert "secret" not in repr(SandboxOptions(keys=keys)) + repr(keys)


def test_each_sandbox_has_keys_of_its_own() -> None:
    with SandboxServer() as one, SandboxServer() as other:
        assert one.keys != other.keys
