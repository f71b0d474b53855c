"""The installation's key: made once, kept private, never replaced in silence."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from quizbot.core.errors import OutsideError
from quizbot.core.keyed import KeyedHash
from quizbot.secret_key import keyed_hash
from quizbot.settings import Settings


def settings(path: Path, **more: object) -> Settings:
    return Settings(_env_file=None, secret_file=path, **more)


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret.key"
    first = keyed_hash(settings(path)).of("forgotten", "12")
    assert keyed_hash(settings(path)).of("forgotten", "12") == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secret.key"]


def test_many_that_start_at_once_agree_on_the_key(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    with ThreadPoolExecutor(16) as pool:
        made = set(pool.map(lambda _: keyed_hash(settings(path)).of("x", "y"), range(64)))
    assert len(made) == 1


@pytest.mark.parametrize("content", ["", "no key", "abcd"])
def test_a_damaged_key_is_an_error_and_stays_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "secret.key"
    path.write_text(content)
    with pytest.raises(OutsideError, match=r"secret\.key"):
        keyed_hash(settings(path))
    assert path.read_text() == content


def test_a_key_in_the_settings_needs_no_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    keyed_hash(settings(path, secret_key="k" * 32)).of("x", "y")
    assert not path.exists()


def test_the_purpose_and_the_key_change_the_hash() -> None:
    one, other = KeyedHash(b"a" * 32), KeyedHash(b"b" * 32)
    assert len({one.of("a", "b"), one.of("b", "b"), other.of("a", "b"), one.of("a", "c")}) == 4
