import pytest

from quizbot.cli.settings_text import settings_in_force
from quizbot.core.errors import UsageError
from quizbot.settings import is_loopback, load_settings, parse_duration

SECRET = "s3cr3t-value-of-a-key"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch, tmp_path):
    for name in list(__import__("os").environ):
        if name.startswith("QUIZBOT_") and not name.startswith("QUIZBOT_TEST"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIZBOT_TIMEZONE", "Mars/Olympus"),
        ("QUIZBOT_TIMEZONE", "../../etc/passwd"),
        ("QUIZBOT_REVEAL_AFTER", "soon"),
        ("QUIZBOT_REVEAL_AFTER", "-1h"),
        ("QUIZBOT_REVEAL_AFTER", "nan"),
        ("QUIZBOT_X_API_URL", "http://api.x.com"),
        ("QUIZBOT_X_API_URL", "http://127.0.0.1.evil.example"),
        ("QUIZBOT_X_API_URL", "https://user:pass@api.x.com"),
        ("QUIZBOT_WEB_PORT", "99999"),
        ("QUIZBOT_SEASON", "month"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=name) as caught:
        load_settings()
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_compressed_time_is_refused_unless_the_host_is_this_machine(monkeypatch):
    monkeypatch.setenv("QUIZBOT_CLOCK", "2026-03-02T12:00:00+00:00@2026-03-02T12:00:00+00:00x60")
    with pytest.raises(UsageError, match="QUIZBOT_CLOCK"):
        load_settings()
    monkeypatch.setenv("QUIZBOT_X_API_URL", "http://127.0.0.1:9")
    assert load_settings().clock


def test_no_secret_is_shown(monkeypatch):
    for name in ("X_CONSUMER_KEY", "X_CONSUMER_SECRET", "X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET"):
        monkeypatch.setenv(f"QUIZBOT_{name}", SECRET)
    monkeypatch.setenv("QUIZBOT_DATABASE_URL", f"postgresql://bot:{SECRET}@db/quizbot")
    settings = load_settings()
    assert SECRET not in str(list(settings_in_force(settings)))
    assert SECRET not in repr(settings).replace(settings.database_url, "")


@pytest.mark.parametrize(
    ("text", "seconds"), [("24h", 86400), ("90 min", 5400), ("2d", 172800), ("30s", 30), ("45", 45)]
)
def test_durations_are_read_as_people_write_them(text, seconds):
    assert parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:8", True),
        ("http://localhost", True),
        ("http://[::1]:8", True),
        ("http://10.0.0.1", False),
        ("http://localhost.evil.example", False),
        ("http://127.0.0.1@evil.example", False),
    ],
)
def test_loopback_is_decided_by_the_host_alone(url, loopback):
    assert is_loopback(url) is loopback
