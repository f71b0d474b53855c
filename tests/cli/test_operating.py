"""Wrong input of every kind gets one clear line and the right exit code; right input does what it says."""

import json
import os
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from quizbot.core.clock import ScaledClock
from quizbot.core.errors import OutsideError
from quizbot.platforms.sandbox import SandboxServer
from quizbot.store import open_store
from quizbot.store.migrate import upgrade

KEYS = {
    "QUIZBOT_X_CONSUMER_KEY": "a" * 25,
    "QUIZBOT_X_CONSUMER_SECRET": "b" * 50,
    "QUIZBOT_X_ACCESS_TOKEN": "100-" + "c" * 40,
    "QUIZBOT_X_ACCESS_TOKEN_SECRET": "d" * 45,
}


@pytest.fixture
def keyed(monkeypatch, quizbot):
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("QUIZBOT_X_API_URL", "http://127.0.0.1:1")
    return quizbot


def complaint(result, code: int) -> str:
    """The one line that a failing command prints."""
    assert result.code == code, result
    lines = result.err.strip().splitlines()
    assert len(lines) == 1, result.err
    assert not any(value in result.err for value in KEYS.values())
    return lines[0]


def test_without_keys_run_names_them_and_where_to_put_them(quizbot):
    line = complaint(quizbot("run", "--once"), 3)
    assert all(name in line for name in KEYS)
    assert "quizbot init" in line


def test_without_network_run_says_so(keyed):
    assert "127.0.0.1:1" in complaint(keyed("run", "--once"), 3)


def test_wrong_keys_are_told_from_a_missing_network(keyed, monkeypatch):
    with SandboxServer() as sandbox:
        monkeypatch.setenv("QUIZBOT_X_API_URL", sandbox.url)
        assert "keys" in complaint(keyed("run", "--once"), 3)


def test_a_database_that_is_none_is_one_line(keyed, tmp_path, monkeypatch):
    file = tmp_path / "q.db"
    file.write_bytes(os.urandom(5000))
    monkeypatch.setenv("QUIZBOT_DATABASE_URL", f"sqlite:///{file}")
    for command in ("status", "run", "web", "leaderboard"):
        assert str(file) in complaint(keyed(command), 3)


def test_an_empty_database_says_what_to_do(quizbot):
    assert "quizbot run" in complaint(quizbot("status"), 3)
    assert quizbot("db", "upgrade").code == 0
    assert "quizbot run" in complaint(quizbot("status"), 3)


def test_a_port_in_use_is_one_line(quizbot, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("QUIZBOT_WEB_PORT", str(taken.getsockname()[1]))
        assert "in use" in complaint(quizbot("web"), 3)


@pytest.mark.parametrize("arguments", [["nonsense"], ["run", "--nonsense"], ["grade"], ["leaderboard", "--season"]])
def test_a_wrong_command_line_is_usage(quizbot, arguments):
    assert quizbot(*arguments).code == 2


def test_wrong_settings_are_usage_and_named(quizbot, monkeypatch):
    monkeypatch.setenv("QUIZBOT_POST_AT", "noonish")
    monkeypatch.setenv("QUIZBOT_X_ACCESS_TOKEN", KEYS["QUIZBOT_X_ACCESS_TOKEN"])
    assert "QUIZBOT_POST_AT" in "".join(quizbot("doctor").out)
    monkeypatch.setenv("QUIZBOT_TIMEZONE", "Nowhere/Land")
    assert "QUIZBOT_TIMEZONE" in complaint(quizbot("config"), 2)


def test_no_such_season_is_the_users_input(quizbot, monkeypatch):
    quizbot("db", "upgrade")
    monkeypatch.setenv("QUIZBOT_X_ACCESS_TOKEN", KEYS["QUIZBOT_X_ACCESS_TOKEN"])
    assert "2026Q4" in complaint(quizbot("leaderboard", "--season", "winter"), 1)
    assert quizbot("leaderboard", "--csv").out.startswith("rank,handle,points")


def test_init_makes_a_private_env_once_and_config_masks_the_keys(quizbot, tmp_path, monkeypatch):
    assert quizbot("init").code == 0
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    assert "exists already" in complaint(quizbot("init"), 1)
    (tmp_path / ".env").write_text("\n".join(f"{name}={value}" for name, value in KEYS.items()))
    shown = quizbot("config", "--json")
    records = {record["setting"]: record["value"] for record in map(json.loads, shown.out.splitlines())}
    assert records["QUIZBOT_X_ACCESS_TOKEN"] == "(set, hidden)"
    assert not any(value in shown.out for value in KEYS.values())


def test_pausing_and_resuming_shows_in_the_status(quizbot, monkeypatch):
    monkeypatch.setenv("QUIZBOT_X_ACCESS_TOKEN", KEYS["QUIZBOT_X_ACCESS_TOKEN"])
    quizbot("db", "upgrade")
    assert quizbot("pause").code == 0
    assert "PAUSED" in quizbot("status").out
    assert quizbot("resume").code == 0
    assert "PAUSED" not in quizbot("status").out
    assert "no halted round" in complaint(quizbot("resume", "nonsense"), 1)


def test_doctor_on_a_good_sandbox_says_that_run_needs_nothing_else(quizbot, monkeypatch, tmp_path):
    with SandboxServer() as sandbox:
        for name, value in sandbox.keys.settings(sandbox.url).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv(
            "QUIZBOT_CASES_DIR", str(__import__("quizbot.core.bundled", fromlist=["x"]).bundled("cases"))
        )
        monkeypatch.setenv("QUIZBOT_POST_EXAMPLES", "1")
        result = quizbot("doctor")
    assert (result.code, "needs nothing else" in result.out) == (0, True), result.out
    assert f"@{sandbox.handle}" in result.out
    assert not any(
        str(getattr(sandbox.keys, name)) in result.out for name in ("consumer_secret", "access_token_secret")
    )


def test_run_ends_well_on_sigterm_and_a_second_one_is_told_who_runs(tmp_path):
    clock = ScaledClock(datetime.now(UTC), datetime.now(UTC) - timedelta(days=1), 1)
    (tmp_path / "cases").mkdir()
    with SandboxServer(clock=clock) as sandbox:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("QUIZBOT_")}
        environment = inherited | sandbox.keys.settings(sandbox.url) | {"PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "quizbot", "run"]
        first = subprocess.Popen(  # noqa: S603  # our own program
            command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
        )
        with first:
            assert "running" in next(line for line in first.stderr if "running" in line)
            second = subprocess.run(  # noqa: S603  # our own program
                command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
            )
            assert second.returncode == 3
            assert f"process {first.pid} " in second.stderr
            first.send_signal(signal.SIGTERM)
            assert first.wait(30) == 0


def test_a_read_only_database_is_told_by_run_and_doctor(keyed, tmp_path, monkeypatch):
    keyed("db", "upgrade")

    def refuse(store):
        raise OutsideError(store.where, "attempt to write a readonly database")

    # A superuser, as in CI, may write what is read-only; what such a file does is the next test's.
    monkeypatch.setattr("quizbot.store.engine.Store.require_writable", refuse)
    assert "readonly" in complaint(keyed("run", "--once"), 3)
    assert "BAD   database" in keyed("doctor").out


def test_a_file_that_cannot_be_written_is_found_out(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'q.db'}")
    upgrade(store)
    store.require_writable()
    store.close()
    read_only = open_store(f"sqlite:///file:{tmp_path / 'q.db'}?mode=ro&uri=true")
    with pytest.raises(OutsideError, match="readonly"):
        read_only.require_writable()
    read_only.close()


def test_the_database_is_readable_by_its_owner_only_and_reading_commands_make_none(quizbot, tmp_path):
    assert "no database yet" in complaint(quizbot("status"), 3)
    assert not (tmp_path / "db").exists()
    quizbot("db", "upgrade")
    assert (tmp_path / "db" / "quizbot.db").stat().st_mode & 0o077 == 0


def test_a_missing_cases_folder_is_the_users_input(quizbot, monkeypatch, tmp_path):
    with SandboxServer() as sandbox:
        for name, value in sandbox.keys.settings(sandbox.url).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("QUIZBOT_CASES_DIR", str(tmp_path / "nowhere"))
        result = quizbot("run", "--once")
    assert (result.code, "nowhere" in result.err.splitlines()[-1]) == (1, True)


def test_a_mistyped_setting_names_the_nearest(quizbot, monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("QUIZBOT_TIMEZON=UTC\n")
    assert "QUIZBOT_TIMEZONE" in complaint(quizbot("config"), 2)
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    assert ".env" in complaint(quizbot("config"), 1)


def test_an_empty_calendar_means_never(quizbot, monkeypatch):
    monkeypatch.setenv("QUIZBOT_PEARL_AT", "")
    assert "QUIZBOT_PEARL_AT=\n" in quizbot("config").out


def test_the_status_as_json_says_what_holds_the_bot_up(quizbot, monkeypatch):
    monkeypatch.setenv("QUIZBOT_X_ACCESS_TOKEN", KEYS["QUIZBOT_X_ACCESS_TOKEN"])
    quizbot("db", "upgrade")
    quizbot("pause")
    (record,) = map(json.loads, quizbot("status", "--json").out.splitlines())
    assert (record["paused"], record["running"]) == (True, False)


def test_a_command_loads_neither_the_web_server_nor_what_reads_pictures_or_measures_posts():
    heavy = ("uvicorn", "fastapi", "PIL", "numpy", "twitter_text")
    code = f"import sys, quizbot.cli; print([one for one in {heavy!r} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
