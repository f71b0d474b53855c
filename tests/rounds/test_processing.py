"""X may need some time for a picture, or fail at it: it is asked when it said, and the picture is brought once."""

from datetime import timedelta

import pytest

from quizbot.platforms.sandbox import SandboxOptions
from quizbot.rounds.engine import advance
from tests.rounds.world import T0, World

FAILED = '{"data": {"id": "1", "media_key": "3_1", "processing_info": {"state": "failed"}}}'


def calls(world: World, route: str) -> int:
    return sum(world.sandbox.control.state()["calls"].get(route, {}).values())


@pytest.fixture
def slow(world: World) -> World:
    world.sandbox.control.dial(processing=40)
    return world


def seconds(world: World, *instants: int) -> None:
    for instant in instants:
        world.clock.at = T0 + timedelta(seconds=instant)
        advance(world.bot)


def test_a_picture_that_is_processed_for_a_while_is_brought_once_and_posted_when_it_is_done(slow):
    seconds(slow, 0)
    assert slow.own_posts() == []
    seconds(slow, 10, 30)
    assert slow.own_posts() == []
    seconds(slow, 45, 50)
    (quiz,) = slow.own_posts()
    assert [media["alt"][:11] for media in quiz["media"]] == ["12-lead ECG"]
    assert calls(slow, "POST /2/media/upload") == 1
    assert calls(slow, "GET /2/media/upload") == 3


def test_it_is_not_asked_before_x_said(slow):
    seconds(slow, 0)
    for _ in range(3):
        advance(slow.bot)
    assert calls(slow, "GET /2/media/upload") == 0


def test_a_picture_that_x_could_not_process_is_brought_anew(slow):
    seconds(slow, 0)
    slow.sandbox.control.fault("garbage", method="GET", path="/2/media/upload", body=FAILED)
    seconds(slow, 10)
    assert slow.views()[0].waiting.failure == "processing"
    seconds(slow, 200, 300, 350, 400)
    assert len(slow.own_posts()) == 1
    assert calls(slow, "POST /2/media/upload") == 2


def test_a_picture_that_x_never_gets_done_with_halts_the_round_and_says_so(world):
    world.sandbox.control.dial(processing=10_000_000)
    world.go(step=1, hours=2)
    (view,) = world.views()
    assert "not processed the picture or clip in time" in (view.round.halted or "")
    assert calls(world, "POST /2/media/upload") == 2


@pytest.mark.parametrize("options", [SandboxOptions(processing=40)], indirect=True, ids=["slow from the start"])
def test_a_bot_that_dies_while_it_waits_asks_for_the_same_picture(world):
    seconds(world, 0)
    world.bot.owner = "another process"
    seconds(world, 45, 50)
    assert len(world.own_posts()) == 1
    assert calls(world, "POST /2/media/upload") == 1
