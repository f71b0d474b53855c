"""Running it: state that survives anything, a clock that runs ahead, clean ends."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from quizbot.core.clock import ManualClock, ScaledClock
from quizbot.core.errors import OutsideError, UsageError
from quizbot.platforms.sandbox import Dialect, Keys, SandboxOptions, SandboxServer, create_app, lists, posts
from quizbot.platforms.sandbox.database import Database
from quizbot.platforms.sandbox.posts import Bounds
from tests.platforms.sandbox.conftest import START, Bot, fill

SANDBOX = [sys.executable, "-m", "quizbot", "sandbox"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*SANDBOX, *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)  # noqa: S603  # ours


@contextmanager
def program(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, object]]]:
    """``quizbot sandbox --json`` in a process of its own, and what it told."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUIZBOT_")}
    command = [*SANDBOX, "--port", "0", "--json", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:  # noqa: S603  # ours
        assert process.stdout
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def bot_of(told: dict[str, object]) -> Bot:
    """A bot that has nothing but the settings that were told."""
    settings = told["settings"]
    assert isinstance(settings, dict)
    sandbox = SandboxServer()
    sandbox.url, sandbox.bot_id = settings["QUIZBOT_X_API_URL"], str(told["bot_id"])
    names = ("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET")
    sandbox.keys = Keys(*(settings[f"QUIZBOT_X_{name}"] for name in names))
    return Bot(sandbox, Dialect.POST)


def test_state_and_keys_survive_kill_9(tmp_path: Path) -> None:
    state = str(tmp_path / "state.db")
    with program("--state", state, "--credits", "1") as (process, told):
        bot = bot_of(told)
        medium = bot.upload()
        quiz = bot.post("What is it?", media=[medium])
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        bot.session.close()
    with program("--state", state) as (_, again):
        bot = bot_of(again)
        moved = {"QUIZBOT_X_API_URL": again["url"], "QUIZBOT_X_AUTHORIZE_URL": f"{again['url']}/i/oauth2/authorize"}
        assert again["settings"] == told["settings"] | moved  # type: ignore[operator]
        assert [post["id"] for post in bot.get(f"/2/users/{bot.sandbox.bot_id}/tweets")["data"]] == [quiz]
        assert bot.refused("POST", "/2/tweets", json={"text": "What is it?"})[0] == 403
        answer = bot.call("POST", "/2/tweets", json={"text": "And now?"})
        assert int(answer.json()["data"]["id"]) > int(quiz)
        assert answer.headers["x-rate-limit-remaining"] == "97"
        state_now = requests.get(f"{again['url']}/_control/state", timeout=20).json()
        assert state_now["money"] == {"left_mills": 1000 - 15 - 1 - 15, "spent_mills": 31, "cap_mills": None}
        bot.session.close()


def test_sigterm_ends_it_well(tmp_path: Path) -> None:
    with program("--state", str(tmp_path / "state.db")) as (process, told):
        assert requests.get(f"{told['url']}/", timeout=20).ok
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_a_port_in_use_is_one_line_and_exit_3() -> None:
    with SandboxServer() as sandbox:
        port = sandbox.url.rsplit(":", 1)[1]
        done = run("--port", port)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert port in done.stderr


def test_a_port_in_use_is_told_to_callers_too() -> None:
    with SandboxServer() as sandbox, pytest.raises(OutsideError, match="in use"):
        SandboxServer(port=int(sandbox.url.rsplit(":", 1)[1])).__enter__()


def test_the_help_has_an_example() -> None:
    assert "Example: quizbot sandbox" in run("--help").stdout


def test_the_api_runs_on_the_sandboxs_clock() -> None:
    """A day in a hundredth of a second: posts are dated by it, windows and media end by it."""
    clock = ScaledClock(datetime.now(UTC), START, 1_000_000)
    with SandboxServer(SandboxOptions(limits={"POST /2/tweets": 1}), clock) as sandbox, requests.Session() as session:
        bot = Bot(sandbox, Dialect.POST, session)
        first = bot.post("One")
        time.sleep(0.01)
        bot.post("Two")
        post = bot.get(f"/2/tweets/{first}", **{"post.fields": "created_at"})["data"]
    assert START < datetime.fromisoformat(post["created_at"]) < START + timedelta(days=365)


def test_a_clock_that_runs_back_does_not_bring_ids_back(tmp_path: Path, clock: ManualClock) -> None:
    with SandboxServer(clock=clock, state=tmp_path / "state.db") as sandbox:
        first = sandbox.control.post("amy", "one")
    clock.sleep(-86_400)
    with SandboxServer(clock=clock, state=tmp_path / "state.db") as sandbox:
        assert int(sandbox.control.post("amy", "two")) > int(first)


def test_a_temporary_state_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with SandboxServer():
        [state] = tmp_path.glob("*/state.db")
        assert state.is_file()
    assert list(tmp_path.iterdir()) == []


def test_the_lists_read_an_index_and_never_a_whole_table(tmp_path: Path, clock: ManualClock) -> None:
    fill(tmp_path / "state.db", clock, 5)
    db, said = Database(tmp_path / "state.db"), list[str]()
    bounds = Bounds(2**62)
    with db.transaction() as tx:
        tx.set_trace_callback(said.append)
        lists.mentions(tx, 1, bounds)
        lists.timeline(tx, 1, bounds)
        lists.conversation(tx, 1, bounds)
        lists.replies(tx, [1], 0, 5)
        posts.by_ids(tx, [1])
        posts.standing_text(tx, 1, "What is it?")
        tx.set_trace_callback(None)
        steps = [row["detail"] for query in said for row in tx.execute(f"EXPLAIN QUERY PLAN {query}")]
    db.close()
    assert len(said) >= 6
    assert [step for step in steps if step.startswith("SCAN") and "json_each" not in step] == []
    used = {word for step in steps if step.startswith("SEARCH") for word in step.split()}
    assert {"posts_by_conversation", "posts_by_author", "posts_by_parent", "posts_by_text"} <= used
    assert "SEARCH m USING PRIMARY KEY (user_id=? AND post_id>? AND post_id<?)" in steps


def test_another_file_is_not_taken_for_a_state_file(tmp_path: Path, clock: ManualClock) -> None:
    """Least of all the bot's own database, which has another application in its header."""
    text, other = tmp_path / "text.db", tmp_path / "other.db"
    text.write_text("hello " * 1000)
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE rounds (id INTEGER)")
    db.close()
    for file in (text, other, tmp_path, tmp_path / "missing" / "state.db"):
        with pytest.raises(OutsideError, match=re_escape(file)):
            create_app(file, clock, SandboxOptions())


def re_escape(file: Path) -> str:
    return str(file).replace(".", r"\.")


def test_keys_of_another_account_are_refused(tmp_path: Path, clock: ManualClock) -> None:
    create_app(tmp_path / "state.db", clock, SandboxOptions()).world.close()
    with pytest.raises(UsageError, match="access token"):
        create_app(tmp_path / "state.db", clock, SandboxOptions(keys=Keys("a", "b", "5-c", "d")))
    for token in ("", "abc", "abc-def", "-x", "5"):
        with pytest.raises(UsageError, match="access token"):
            create_app(":memory:", clock, SandboxOptions(keys=Keys("a", "b", token, "d")))


def test_callers_get_no_answer_twice_at_once(bot: Bot) -> None:
    """Many threads post the same text: one of them is let through."""

    def one(_: int) -> int:
        with requests.Session() as session:
            return Bot(bot.sandbox, bot.dialect, session).call("POST", "/2/tweets", json={"text": "Same"}).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(one, range(16)))
    assert answers == [201] + [403] * 15
    assert len(bot.sandbox.control.posts()) == 1
