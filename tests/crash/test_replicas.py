"""Three bots on one PostgreSQL database, killed and hindered: no post twice, none missing, every reply counted."""

import os
import random
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from quizbot.core.clock import ScaledClock
from quizbot.platforms.sandbox import SandboxServer
from quizbot.rounds.views import RoundView, round_views
from quizbot.store import open_store
from tests.crash.replicas import POSTING_FAULTS, Replica, settings_for, write_cases
from tests.postgres import fresh_database

ROUNDS = 200 if os.environ.get("QUIZBOT_TEST_FULL") == "1" else 2
FACTOR = 200  # half an hour in nine seconds
REPLICAS = 3
PATIENCE = 60 + ROUNDS * 40  # real seconds
FAULTS = [
    *POSTING_FAULTS,
    {"kind": "cut_after", "method": "POST", "path": "/2/media/*"},
    {"kind": "garbage", "method": "GET", "path": "/2/users/*"},
]


def done(views: list[RoundView]) -> bool:
    return len(views) == ROUNDS and all(view.round.state == "revealed" for view in views)


@pytest.mark.long
@pytest.mark.timeout(PATIENCE + 120)
def test_three_bots_under_faults_post_each_case_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_cases(tmp_path / "cases", ROUNDS)
    database = fresh_database()
    draw = random.Random(3)
    clock = ScaledClock(datetime.now(UTC), datetime(2026, 3, 2, 10, 5, tzinfo=UTC), FACTOR)
    with SandboxServer(clock=clock) as sandbox, closing(open_store(database)) as store:
        settings = settings_for(sandbox, database, clock)
        bots = [Replica(tmp_path, settings, "first")]
        bots[0].wait_until_running()
        bots += [Replica(tmp_path, settings, f"bot{n}") for n in range(1, REPLICAS)]
        replied: set[str] = set()
        kills = faults = 0
        deadline = time.monotonic() + PATIENCE
        while not done(views := round_views(store, sandbox.bot_id)) and time.monotonic() < deadline:
            for view in views:
                post = view.round.quiz_post_id
                if post and post not in replied and view.round.state == "open":
                    replied.add(post)
                    sandbox.control.post(f"reader{len(replied)}", "Wellens syndrome", reply_to=post)
            for view in views:
                assert view.round.halted is None, view.round.halted
            if draw.random() < 0.4 and not sandbox.control.faults():
                sandbox.control.fault(**draw.choice(FAULTS))
                faults += 1
            if draw.random() < 0.03:
                draw.choice(bots).kill_and_restart()
                kills += 1
            time.sleep(1)
        assert [bot.stop() for bot in bots] == [0] * REPLICAS
        own = [post for post in sandbox.control.posts() if post["author_id"] == sandbox.bot_id]
        views = round_views(store, sandbox.bot_id)
    with capsys.disabled():
        print(  # noqa: T201  # the figures belong into the log
            f"\n{len(views)} rounds by {REPLICAS} bots, {kills} kills, {faults} faults: {len(own)} posts"
        )
    assert sum(sum(view.verdicts.values()) for view in views) == len(replied)
    assert not any("Traceback" in bot.log for bot in bots)
    require_each_once(views, own)


def require_each_once(views: list[RoundView], own: list[dict[str, Any]]) -> None:
    """Every round was revealed, with one quiz, its image and one answer on X."""
    assert done(views), [(view.round.state, view.next_step) for view in views]
    assert {n for text, n in Counter(post["text"] for post in own).items() if n > 1} == set()
    quizzes = {post["id"] for post in own if post["reply_to"] is None}
    answers = Counter(post["reply_to"] for post in own if post["reply_to"] in quizzes)
    assert (len(quizzes), set(answers.values())) == (ROUNDS, {1})
    assert quizzes == set(answers)
    assert all(len(post["media"]) == 1 for post in own if "ECG" in post["text"] and post["reply_to"] is None)
