"""Killed (SIGKILL) where it is about to make or has just made an effect, the bot goes on as if nothing was.

Every call to X, every page and every commit of a whole round is a point, before and after it; the operator's commands
are part of the round. What can be seen on X and in the database at five moments has to equal the undisturbed round.

For some points the round is told from its beginning to its end. For every point it is told from the step that the point
is in, and ends as soon as database, X and clock are what they are in the undisturbed round after the same step: from
there on it is the undisturbed round.
"""

import json
import os
import random
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from quizbot.platforms.sandbox import SandboxServer
from quizbot.store import open_store
from quizbot.store.accounts import account_row
from tests.crash.life import Lives, Plan, Setting, SharedClock, forkserver
from tests.crash.stages import Stages
from tests.crash.story import LOOKS, STORY, T0
from tests.databases import forget_database, migrated_database
from tests.small import small_case

FULL = os.environ.get("QUIZBOT_TEST_FULL") == "1"
WHOLE = 4  # points for each database at which the round is told from its beginning to its end
SAMPLE = 20  # points tried step by step in CI; QUIZBOT_TEST_FULL=1 tries all


def tell(folder: Path, kind: str, die_at: int | None) -> tuple[dict[str, Any], int]:
    """The round with a death at a point: what was seen, and how many points were passed."""
    (folder / "cases").mkdir(parents=True)
    small_case(folder / "cases")
    database = migrated_database(kind, folder)
    seconds = forkserver.Value("d", T0.timestamp())
    with SandboxServer(clock=SharedClock(seconds)) as sandbox:
        _begin(database, sandbox.bot_id)
        keys = sandbox.keys
        own = (keys.consumer_key, keys.consumer_secret, keys.access_token, keys.access_token_secret)
        lives = Lives(Setting(database, folder, sandbox.url, own), seconds)
        if not lives.live(Plan(STORY, die_at)):
            assert lives.live(Plan(STORY)), "the second life is not disturbed"
    forget_database(database)
    return {name: json.loads((folder / f"{name}.json").read_text()) for name in LOOKS}, int(lives.passed.value)


def _begin(database: str, account: str) -> None:
    store = open_store(database)
    with store.write() as session:
        account_row(session, account, T0 - timedelta(hours=1))
    store.close()


def check_undisturbed(seen: dict[str, Any]) -> None:
    """The round is the one that the story means to tell."""
    (revealed,), (corrected,), (removed,) = (seen[name]["rounds"] for name in ("revealed", "corrected", "removed"))
    assert revealed["state"] == "revealed"
    assert revealed["points"] == {"ann": 10, "ben": 10, "ed": 0}
    assert seen["ruled"]["rounds"][0]["points"] == {"ann": 10, "ben": 10, "ed": 10}
    assert seen["forgotten"]["rounds"][0]["points"] == {"ann": 10, "ben": 10}
    assert (corrected["state"], corrected["points"]) == ("retracted", {"ann": 0, "ben": 0})
    assert [post[0].split()[0] for post in seen["corrected"]["x"]] == [
        "61-year-old",
        "Answer:",
        "Reference",
        "Correction",
    ]
    assert (removed["state"], removed["points"]) == ("retracted", {})
    assert [post[2] for post in seen["removed"]["x"]] == [True] * 4
    assert seen["removed"]["rows"] == {
        "reply": 0, "verdict": 0, "attempt": 0, "ruling": 1, "media": 0, "forgotten": 1, "respondent": 3
    }  # fmt: skip


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_round_told_to_its_end_comes_out_the_same_wherever_the_bot_is_killed(tmp_path, kind):
    undisturbed, total = tell(tmp_path / "undisturbed", kind, None)
    check_undisturbed(undisturbed)
    for point in sorted(random.Random(7).sample(range(1, total + 1), WHOLE)):
        seen, _ = tell(tmp_path / str(point), kind, point)
        assert seen == undisturbed, f"killed at point {point} of {total}"
        shutil.rmtree(tmp_path / str(point))


@pytest.mark.long
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"] if FULL else ["sqlite"])
def test_no_point_of_any_step_makes_a_difference(tmp_path, capsys, kind):
    stages = Stages(tmp_path, kind)
    check_undisturbed(stages.seen)
    chosen = stages.points if FULL else sorted(random.Random(7).sample(stages.points, SAMPLE))
    wrong = [place for place in chosen if not same(stages, *place)]
    stages.close()
    assert wrong == [], "steps done, and points of the next, where a death makes a difference"
    with capsys.disabled():
        print(  # noqa: T201  # the number of points tried belongs into the log
            f"\n{kind}: killed at {len(chosen)} of {len(stages.points)} points of a round, the same outcome each time"
        )


def same(stages: Stages, step: int, point: int) -> bool:
    """Whether a death at a point makes no difference; what it makes is said at once, for there may be hours to go."""
    try:
        ended = stages.die(step, point)
        assert ended.seen == {name: stages.seen[name] for name in ended.seen}
    except AssertionError as error:
        print(f"killed at point {point} of the step after {step}: {error}", file=sys.stderr, flush=True)  # noqa: T201  # see above
        return False
    return True
