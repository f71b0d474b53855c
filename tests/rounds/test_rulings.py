"""Rulings: one decision settles every reply with a phrase, moves the scores, and can be taken back."""

import pytest

from quizbot.casebook import load_case
from quizbot.casebook.writeback import write_back
from quizbot.core.errors import InputError
from quizbot.core.ruling import Decision, Ruling
from quizbot.rounds.engine import recover
from quizbot.rounds.rulings import decided, phrase_of_reply, rule, undo, waiting
from tests.rounds.world import T0, World

UNKNOWN = "the wobbly bedsheet sign"


@pytest.fixture
def asked(world: World) -> World:
    """A round with two replies that nobody can place, one right and one wrong."""
    world.go(minutes=1)
    world.reply("ann", f"{UNKNOWN}!!")
    world.reply("ben", UNKNOWN.title())
    world.reply("cy", "Wellens")
    world.reply("di", "NSTEMI")
    world.go(hours=1)
    return world


def decide(world: World, decision: Decision, credit: float | None = None) -> int:
    (item,) = waiting(world.store, world.sandbox.bot_id)
    ruling = Ruling(item.phrase, decision, credit, "because")
    return rule(world.store, world.sandbox.bot_id, item.case_id, ruling, "dr_who", world.clock.at)


@pytest.mark.parametrize("dies_in", ["regrade", "rescore"])
def test_a_ruling_whose_command_is_killed_on_the_way_is_finished_at_the_next_start(asked, monkeypatch, dies_in):
    place = "quizbot.rounds.rulings.regrade" if dies_in == "regrade" else "quizbot.rounds.grade.rescore"
    with monkeypatch.context() as patch:
        patch.setattr(place, killed)
        with pytest.raises(KeyboardInterrupt):
            decide(asked, Decision.ACCEPT)
    assert asked.points()["ann"] == 0
    recover(asked.bot)
    assert asked.points() == {"ann": 10, "ben": 10, "cy": 10, "di": 0}


def killed(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_replies_with_the_same_unknown_phrase_are_one_item(asked):
    (item,) = waiting(asked.store, asked.sandbox.bot_id)
    assert (item.case_id, item.count) == ("wellens-syndrome", 2)
    assert asked.points() == {"ann": 0, "ben": 0, "cy": 10, "di": 0}


@pytest.mark.parametrize(
    ("decision", "credit", "points"),
    [
        (Decision.ACCEPT, None, 10),
        (Decision.PARTIAL, 0.25, 3),
        (Decision.REJECT, None, 0),
        (Decision.NO_GUESS, None, None),
    ],
)
def test_one_ruling_settles_them_all_and_undoing_it_brings_them_back(asked, decision, credit, points):
    number = decide(asked, decision, credit)
    assert waiting(asked.store, asked.sandbox.bot_id) == []
    assert [asked.points().get(name) for name in ("ann", "ben")] == [points, points]
    undo(asked.store, asked.sandbox.bot_id, number, "dr_no", asked.clock.at)
    assert waiting(asked.store, asked.sandbox.bot_id)[0].count == 2
    assert asked.points() == {"ann": 0, "ben": 0, "cy": 10, "di": 0}
    (row,) = decided(asked.store, asked.sandbox.bot_id)
    assert (row.ruled_by, row.undone_by) == ("dr_who", "dr_no")
    with pytest.raises(InputError, match="not in force"):
        undo(asked.store, asked.sandbox.bot_id, number, "dr_no", asked.clock.at)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_ruling_holds_for_replies_that_come_later(asked):
    decide(asked, Decision.ACCEPT)
    asked.reply("ed", UNKNOWN)
    asked.go(hours=1)
    assert asked.points()["ed"] == 10


def test_a_ruling_and_its_undoing_reach_replies_whose_text_is_gone(asked):
    with asked.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE reply SET text = NULL")
    number = decide(asked, Decision.ACCEPT)
    assert asked.points() == {"ann": 10, "ben": 10, "cy": 10, "di": 0}
    undo(asked.store, asked.sandbox.bot_id, number, "dr_no", asked.clock.at)
    assert asked.points() == {"ann": 0, "ben": 0, "cy": 10, "di": 0}


def test_an_appeal_is_a_ruling_on_the_phrase_of_a_reply_either_way(asked):
    posts = {post["text"]: post["id"] for post in asked.sandbox.control.posts()}
    for text, decision in (("NSTEMI", Decision.ACCEPT), ("Wellens", Decision.REJECT)):
        case_id, phrase = phrase_of_reply(asked.store, asked.sandbox.bot_id, posts[text])
        rule(asked.store, asked.sandbox.bot_id, case_id, Ruling(phrase, decision), "dr_who", asked.clock.at)
    assert {name: points for name, points in asked.points().items() if name in ("cy", "di")} == {"cy": 0, "di": 10}


def test_a_ruling_can_be_written_into_the_case_and_nothing_else_changes(asked):
    folder = asked.cases / "wellens-syndrome"
    before = (folder / "case.yaml").read_text().splitlines()
    write_back(folder, Ruling("wobbly bedsheet sign", Decision.PARTIAL, 0.25, "Poetic."))
    after = (folder / "case.yaml").read_text().splitlines()
    added = [line.strip() for line in after if line not in before]
    assert added == ["- answer: wobbly bedsheet sign", "because: Poetic."]
    case = load_case(folder).case
    assert case is not None
    assert [(one.answer, one.credit) for one in case.answer.partial][-1] == ("wobbly bedsheet sign", 0.25)
    with pytest.raises(InputError, match="listed already"):
        write_back(folder, Ruling("Wobbly Bedsheet Sign", Decision.ACCEPT))


def test_a_ruling_whose_command_was_killed_before_the_grading_is_applied_at_the_next_start(world, monkeypatch):
    world.go(minutes=1)
    world.reply("ann", "the widowmaker waves of doom")
    world.go(minutes=30)
    (item,) = waiting(world.store, world.sandbox.bot_id)
    with monkeypatch.context() as patched:
        patched.setattr("quizbot.rounds.rulings._regrade", lambda *_: None)
        rule(world.store, world.sandbox.bot_id, "wellens-syndrome", Ruling(item.phrase, Decision.ACCEPT), "dr", T0)
    assert world.points() == {"ann": 0}
    recover(world.bot)
    assert world.points() == {"ann": 10}
