"""Keys that cannot be right are refused before any call, and no key is ever shown."""

import pytest

from quizbot.core.errors import Exit
from quizbot.platforms.protocol import Failure, PlatformError
from quizbot.platforms.x import XKeys
from tests.platforms.x.samples import BOT, KEYS, SECRETS

GOOD = {
    "consumer_key": "cKEY",
    "consumer_secret": "cSECRET",
    "access_token": "1-TOKEN",
    "access_token_secret": "tSECRET",
}


def test_the_account_is_the_access_tokens_first_part() -> None:
    assert KEYS.user_id == BOT


def test_repr_shows_the_account_and_no_key() -> None:
    assert repr(KEYS) == f"XKeys(user_id='{BOT}')"
    assert not any(secret in f"{KEYS} {KEYS!r}" for secret in SECRETS)


def test_not_even_a_broken_token_is_shown() -> None:
    """A debugger or a log of local variables may show keys that are just being refused."""
    broken = object.__new__(XKeys)
    object.__setattr__(broken, "access_token", "TOKENwithoutNUMBER")
    assert repr(broken) == "XKeys(user_id='')"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("consumer_key", ""),
        ("consumer_secret", "bla bla"),
        ("access_token", "1-cccc\n"),
        ("access_token_secret", "ddddé"),
        ("access_token", "token-without-number"),
        ("access_token", "12345678901234567890-cccc"),
        ("access_token", "1-"),
        ("access_token", "12345"),
    ],
)
def test_what_cannot_be_a_key_is_refused_by_its_name_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(PlatformError, match=name.replace("_", " ")) as caught:
        XKeys(**(GOOD | {name: value}))
    assert caught.value.kind is Failure.UNAUTHORIZED
    assert caught.value.exit_code is Exit.OUTSIDE
    assert not value or value not in str(caught.value)
