"""The real command, killed with SIGKILL again and again while days pass: nothing twice, nothing lost."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizbot.core.bundled import bundled
from quizbot.core.clock import ScaledClock
from quizbot.platforms.sandbox import SandboxServer
from quizbot.rounds.views import round_views
from quizbot.store import open_store

FACTOR = 2400  # a day in 36 seconds: long enough for a bot that needs seconds to start
KILLS = 6
BETWEEN_KILLS = 9  # looks, each half a second apart; the points in the round at which they come are never the same


def start(folder: Path, sandbox: SandboxServer, clock: ScaledClock) -> subprocess.Popen[bytes]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("QUIZBOT_")}
    settings = sandbox.keys.settings(sandbox.url) | {
        "QUIZBOT_POST_AT": "daily 12:00",  # a day missed by a bot that starts slowly is made up for the next
        "QUIZBOT_POST_EXAMPLES": "1",
        "QUIZBOT_POST_WITHIN": "24h",
        "QUIZBOT_CLOCK": str(clock),
    }
    return subprocess.Popen(  # our own program
        [sys.executable, "-m", "quizbot", "run"],
        cwd=folder,
        env=inherited | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.timeout(240)
def test_a_bot_that_is_killed_and_started_again_posts_once_and_loses_no_reply(tmp_path):
    (tmp_path / "cases").mkdir()
    shutil.copytree(bundled("cases", "wellens-syndrome"), tmp_path / "cases" / "wellens-syndrome")
    clock = ScaledClock(datetime.now(UTC), datetime(2026, 3, 2, 10, tzinfo=UTC), FACTOR)
    with SandboxServer(clock=clock) as sandbox:
        bot = start(tmp_path, sandbox, clock)
        replied = killed = looks = 0
        try:
            while not answered(sandbox):
                looks += 1
                if killed < KILLS and looks % BETWEEN_KILLS == 0:
                    bot.send_signal(signal.SIGKILL)
                    bot.wait()
                    killed += 1
                    bot = start(tmp_path, sandbox, clock)
                quiz = own_posts(sandbox)[:1]
                if quiz and replied < 20:
                    sandbox.control.post(f"reader{replied}", "Wellens syndrome", reply_to=quiz[0]["id"])
                    replied += 1
                time.sleep(0.5)
            time.sleep(2)
        finally:
            bot.send_signal(signal.SIGTERM)
            assert bot.wait(30) == 0
        texts = Counter(post["text"][:12] for post in own_posts(sandbox))
        account = sandbox.bot_id
    store = open_store(f"sqlite:///{tmp_path / 'db' / 'quizbot.db'}")
    (view,) = round_views(store, account)
    store.close()
    assert killed == KILLS
    assert set(texts.values()) == {1}
    assert len(texts) == 2
    assert view.verdicts == {"correct": replied}


def own_posts(sandbox: SandboxServer) -> list[dict[str, object]]:
    return [post for post in sandbox.control.posts() if post["author_id"] == sandbox.bot_id]


def answered(sandbox: SandboxServer) -> bool:
    return any(str(post["text"]).startswith("Answer:") for post in own_posts(sandbox))
