"""Grading stored replies anew: what is done stays done, equal texts are read once, memory is bounded."""

import pytest

from quizbot import grading
from quizbot.rounds import grade as grade_module
from quizbot.rounds.grade import Remembering, regrade
from quizbot.store.rounds import all_rounds
from tests.rounds.world import World


@pytest.fixture
def answered(world: World) -> World:
    world.go(minutes=1)
    for number in range(7):
        world.reply(f"u{number}", "NSTEMI" if number % 2 else "Wellens")
    world.go(hours=1)
    return world


def _verdicts(world):
    with world.store.engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT post_id, kind, graded_at FROM verdict ORDER BY post_id").all()
    return {post: (kind, at) for post, kind, at in rows}


def _regrade(world, now, **more):
    with world.store.read() as session:
        (row,) = all_rounds(session, world.sandbox.bot_id)
    return regrade(world.store, row, now, **more)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_every_reply_is_graded_anew_page_after_page(answered, monkeypatch):
    monkeypatch.setattr(grade_module, "BATCH", 2)
    before, told = _verdicts(answered), []
    later = answered.clock.at.replace(microsecond=0)
    _regrade(answered, later, told=told.append)
    after = _verdicts(answered)
    assert told == [2, 2, 2, 1]
    assert {post: kind for post, (kind, _) in after.items()} == {post: kind for post, (kind, _) in before.items()}
    assert len({at for _, at in after.values()}) == 1
    assert answered.points() == {f"u{n}": 0 if n % 2 else 10 for n in range(7)}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_an_interrupted_run_goes_on_where_it_stopped(answered, monkeypatch):
    monkeypatch.setattr(grade_module, "BATCH", 2)
    answered.go(minutes=5)
    start = answered.clock.at
    read = []
    monkeypatch.setattr(
        grading, "grade_many", lambda key, texts, real=grading.grade_many: read.append(0) or real(key, texts)
    )

    def stop(_count):
        if len(read) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _regrade(answered, start, told=stop)
    done = {
        post for post, (_, at) in _verdicts(answered).items() if str(at)[:19] == str(start.replace(tzinfo=None))[:19]
    }
    assert len(done) == 4
    answered.go(minutes=5)
    _regrade(answered, answered.clock.at, since=start)
    times = {post: at for post, (_, at) in _verdicts(answered).items()}
    assert (
        len({at for post, at in times.items() if post in done} & {at for post, at in times.items() if post not in done})
        == 0
    )


def test_equal_texts_are_read_once_and_long_ones_are_not_kept(answered, monkeypatch):
    with answered.store.read() as session:
        (row,) = all_rounds(session, answered.sandbox.bot_id)
    verdicts_of = Remembering(grade_module.key_of(answered.store, row))
    read = []
    monkeypatch.setattr(
        grading, "grade_many", lambda key, texts, real=grading.grade_many: read.extend(texts) or real(key, texts)
    )
    long = "Wellens " * 100
    first = verdicts_of(["Wellens", "NSTEMI", "Wellens", long])
    assert first == [grading.grade(verdicts_of.key, text) for text in ("Wellens", "NSTEMI", "Wellens", long)]
    assert verdicts_of(["NSTEMI", long]) == first[1:2] + first[3:]
    assert read == ["Wellens", "NSTEMI", long, long]
    assert set(verdicts_of.seen) == {"Wellens", "NSTEMI"}
