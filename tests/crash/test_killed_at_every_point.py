"""Killed (SIGKILL) where it is about to make or has just made an effect, the bot goes on as if nothing was.

Every call to X and every commit of a whole round is a point. A run of the round is repeated once for each point, with
one death at it; the outcome has to equal the undisturbed one.
"""

import os
import random
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizbot.core.bundled import bundled
from quizbot.core.clock import ManualClock
from quizbot.platforms.sandbox import SandboxServer
from quizbot.rounds.views import round_views
from quizbot.store import open_store
from quizbot.store.accounts import account_row
from quizbot.store.migrate import upgrade
from quizbot.store.replies import attempts_of
from tests.crash.life import Setting, live

T0 = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTES = [0, 3, 6, 9, 20, 120, 1440, 1443, 1446, 1449, 1452, 1455, 1470, 2000]
SAMPLE = 12  # points a run in CI; QUIZBOT_TEST_FULL=1 tries all


@dataclass(frozen=True)
class Outcome:
    """What must not depend on crashes; ids and times may."""

    posts: list[tuple[str, str | None, int, list[str]]]
    states: list[str]
    verdicts: dict[str, int]
    points: dict[str, int]


class Story:
    """A whole round, in which the bot may die once."""

    def __init__(self, folder: Path, sandbox: SandboxServer, clock: ManualClock, die_at: int | None) -> None:
        self.sandbox, self.clock, self.die_at = sandbox, clock, die_at
        keys = sandbox.keys
        self.setting = Setting(
            f"sqlite:///{folder / 'q.db'}",
            folder / "cases",
            sandbox.url,
            (keys.consumer_key, keys.consumer_secret, keys.access_token, keys.access_token_secret),
        )
        shutil.copytree(bundled("cases", "wellens-syndrome"), folder / "cases" / "wellens-syndrome")
        self.store = open_store(self.setting.database)
        upgrade(self.store)
        with self.store.write() as session:
            account_row(session, sandbox.bot_id, T0 - timedelta(hours=1))
        self.passed = 0

    def run(self) -> Outcome:
        for minute in MINUTES:
            self.clock.at = T0 + timedelta(minutes=minute)
            self._live()
            if minute == MINUTES[4]:
                self._replies()
        outcome = self._outcome()
        self.store.close()
        return outcome

    def _live(self) -> None:
        die_at = None if self.die_at is None else self.die_at - self.passed
        passed = live(self.setting, self.clock.now(), die_at if die_at and die_at > 0 else None)
        if passed is None:
            self.die_at = None
            passed = live(self.setting, self.clock.now())
            assert passed is not None
        self.passed += passed

    def _replies(self) -> None:
        (quiz,) = [post for post in self.sandbox.control.posts() if post["author_id"] == self.sandbox.bot_id]
        for handle, text in (("ann", "Wellens syndrome"), ("ben", "NSTEMI"), ("cy", "great case"), ("di", "wellens")):
            self.sandbox.control.post(handle, text, reply_to=quiz["id"])
            self.clock.sleep(5)

    def _outcome(self) -> Outcome:
        posts = [post for post in self.sandbox.control.posts() if post["author_id"] == self.sandbox.bot_id]
        places = {post["id"]: n for n, post in enumerate(posts)}
        views = round_views(self.store, self.sandbox.bot_id)
        names = {user["id"]: user["handle"] for user in self.sandbox.control.users()}
        with self.store.read() as session:
            attempts = [a for view in views for a in attempts_of(session, view.round.id)]
        return Outcome(
            posts=[
                (p["text"], places.get(p["reply_to"]), len(p["media"]), [m["alt"] for m in p["media"]]) for p in posts
            ],
            states=[view.round.state for view in views],
            verdicts=views[0].verdicts if views else {},
            points={names[a.author_id]: a.points for a in attempts},
        )


def tell(folder: Path, die_at: int | None) -> tuple[Outcome, int]:
    folder.mkdir()
    clock = ManualClock(T0)
    with SandboxServer(clock=clock) as sandbox:
        story = Story(folder, sandbox, clock, die_at)
        return story.run(), story.passed


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_the_outcome_is_the_same_wherever_the_bot_is_killed(tmp_path, capsys):
    undisturbed, total = tell(tmp_path / "undisturbed", None)
    assert undisturbed.states == ["revealed"]
    assert [text.split(":")[0] for text, *_ in undisturbed.posts][1:] == ["Answer"]
    assert undisturbed.posts[0][2:] == (1, [undisturbed.posts[0][3][0]])
    assert undisturbed.points == {"ann": 10, "ben": 0, "di": 10}
    points = range(1, total + 1)
    chosen = points if os.environ.get("QUIZBOT_TEST_FULL") == "1" else sorted(random.Random(7).sample(points, SAMPLE))
    for point in chosen:
        outcome, _ = tell(tmp_path / str(point), point)
        assert outcome == undisturbed, f"killed at point {point} of {total}"
        shutil.rmtree(tmp_path / str(point))
    with capsys.disabled():
        print(  # noqa: T201  # the number of points tried belongs into the log
            f"\nkilled at {len(chosen)} of {total} points of a round, the same outcome each time"
        )
