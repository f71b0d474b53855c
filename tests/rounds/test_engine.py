"""A round from its post to its scores, and what each kind of trouble does to it."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from quizbot.core.bundled import bundled
from quizbot.platforms.sandbox import Dialect, SandboxOptions
from quizbot.rounds.engine import advance, recover
from quizbot.store.accounts import account_row
from tests.rounds.world import T0, TWEETS, RefusesReplies, board


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_quiz_is_posted_with_its_picture_and_answered_in_its_thread(world):
    world.go(minutes=1)
    (quiz,) = world.own_posts()
    assert [media["alt"][:11] for media in quiz["media"]] == ["12-lead ECG"]
    world.reply("ann", "Wellens")
    world.reply("ben", "NSTEMI")
    world.go(hours=25)
    quiz, answer = world.own_posts()
    assert answer["reply_to"] == quiz["id"]
    assert answer["text"].startswith("Answer: Wellens syndrome")
    assert "https://doi.org/" in answer["text"]
    assert world.points() == {"ann": 10, "ben": 0}
    rounds, lines = board(world)
    assert (rounds, [(line.handle, line.standing.points) for line in lines]) == (1, [("@ann", 10)])


def test_a_bot_that_is_told_to_end_begins_no_further_step(world):
    world.clock.at += timedelta(minutes=1)
    told = iter([False, True])
    advance(world.bot, lambda: next(told))
    assert world.own_posts() == []  # the round was started, and nothing of it sent
    advance(world.bot)
    assert len(world.own_posts()) == 1


def test_advancing_again_and_again_changes_nothing(world):
    world.go(hours=30)
    before = world.own_posts()
    for _ in range(5):
        advance(world.bot)
    assert world.own_posts() == before
    assert len(before) == 2


@pytest.mark.parametrize("options", [SandboxOptions(dialect=dialect) for dialect in Dialect], indirect=True, ids=str)
def test_both_dialects_lead_to_the_same_points(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.go(hours=25)
    assert world.points() == {"ann": 10}


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "cut_before"},
        {"kind": "cut_after"},
        {"kind": "status", "status": 503},
        {"kind": "status", "status": 500, "effect": True},
        {"kind": "status", "status": 502, "html": True},
        {"kind": "garbage"},
        {"kind": "rate_limit", "reset": 60},
        {"kind": "rate_limit", "reset": None},
    ],
    ids=lambda fault: "-".join(str(value) for value in fault.values()),
)
@pytest.mark.parametrize("moment", ["quiz", "answer"])
def test_a_post_goes_out_once_whatever_happens_to_the_call(world, fault, moment):
    if moment == "answer":
        world.go(minutes=1)
    world.sandbox.control.fault(**fault, **TWEETS)
    world.go(hours=26)
    assert [post["text"].split()[0] for post in world.own_posts()] == ["61-year-old", "Answer:"]
    assert [view.round.state for view in world.views()] == ["revealed"]


@pytest.mark.parametrize("path", ["/2/media/upload", "/2/media/metadata", "/2/users/*/mentions", "/2/users"])
@pytest.mark.parametrize("kind", ["cut_after", "cut_before"])
def test_other_calls_may_fail_too(world, path, kind):
    world.sandbox.control.fault(kind, path=path, method="*")
    world.go(minutes=20)
    world.reply("ann", "Wellens")
    world.go(hours=26)
    quiz, _answer = world.own_posts()
    assert [media["alt"][:11] for media in quiz["media"]] == ["12-lead ECG"]
    assert world.points() == {"ann": 10}


def test_without_credit_the_bot_waits_and_answers_late_rather_than_never(world):
    world.go(minutes=1)
    world.sandbox.control.dial(credit=0)
    world.go(hours=30)
    assert len(world.own_posts()) == 1
    assert "redit" in (world.bot.account_row().stopped_reason or "")
    world.sandbox.control.dial(credit=10)
    world.go(hours=2)
    assert [view.round.state for view in world.views()] == ["revealed"]


def test_wrong_permissions_stop_posting_but_not_reading(world):
    world.go(minutes=1)
    world.sandbox.control.fault("status", status=403, times=None, **TWEETS)
    world.reply("ann", "Wellens")
    world.go(hours=26)
    assert world.bot.account_row().stopped_reason
    assert world.points() == {"ann": 10}
    world.sandbox.control.clear_faults()
    with world.store.write() as session:
        account_row(session, world.sandbox.bot_id, T0).stopped_reason = None
    world.go(minutes=10)
    assert [view.round.state for view in world.views()] == ["revealed"]


def test_while_paused_nothing_is_posted_and_replies_are_read(world):
    world.go(minutes=1)
    with world.store.write() as session:
        account_row(session, world.sandbox.bot_id, T0).paused_at = T0
    world.reply("ann", "Wellens")
    world.go(hours=26)
    assert len(world.own_posts()) == 1
    assert world.points() == {"ann": 10}


def test_late_replies_and_second_attempts_do_not_count_and_early_ones_found_late_do(world):
    world.go(minutes=1)
    world.reply("ann", "great case")
    world.reply("ann", "NSTEMI")
    world.reply("ann", "Wellens")
    world.clock.at = T0 + timedelta(hours=23, minutes=59)
    world.sandbox.control.dial(lag=7200)
    world.reply("ben", "Wellens")
    world.go(minutes=2)
    world.reply("cy", "Wellens")
    world.go(hours=20)
    assert world.points() == {"ann": 0, "ben": 10}


def test_quotes_reposts_mentions_and_the_bots_own_posts_are_no_replies(world):
    world.go(minutes=1)
    quiz = world.own_posts()[0]["id"]
    control = world.sandbox.control
    control.post("ann", "Wellens", quote=quiz)
    control.repost("ben", quiz)
    control.post("cy", f"@{world.sandbox.handle} Wellens")
    first = world.reply("di", "NSTEMI")
    control.post("ed", "Wellens", reply_to=first)
    world.go(hours=25)
    assert world.points() == {"di": 0}


def test_who_says_stop_is_left_out(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.reply("ann", "STOP")
    world.reply("ben", "stop scrolling and look: Wellens")
    world.go(hours=25)
    assert world.points() == {"ben": 10}


def test_a_long_reply_is_graded_to_its_end(world):
    world.go(minutes=1)
    world.reply("ann", "Such a good one. " * 30 + "Wellens")
    world.go(hours=25)
    assert world.points() == {"ann": 10}


def test_a_folder_that_appears_is_picked_up_and_a_broken_one_stops_nothing(world):
    world.go(minutes=1)
    (world.cases / "broken").mkdir()
    (world.cases / "broken" / "case.yaml").write_text("kind: [")
    shutil.copytree(bundled("cases", "hyperkalaemia"), world.cases / "hyperkalaemia")
    world.go(hours=25)
    assert [view.round.case_id for view in world.views()] == ["wellens-syndrome", "hyperkalaemia"]


def test_a_case_that_changes_after_it_was_posted_changes_nothing(world):
    world.go(minutes=1)
    file = world.cases / "wellens-syndrome" / "case.yaml"
    file.write_text(file.read_text().replace("diagnosis: Wellens syndrome", "diagnosis: Something else"))
    world.go(hours=25)
    assert world.own_posts()[1]["text"].startswith("Answer: Wellens syndrome")


def test_after_three_days_off_what_is_owed_comes_and_what_was_missed_does_not(world):
    world.go(minutes=1)
    shutil.copytree(bundled("cases", "hyperkalaemia"), world.cases / "hyperkalaemia")
    world.clock.at = T0 + timedelta(days=3, hours=7)
    world.go(minutes=30)
    assert [view.round.state for view in world.views()] == ["revealed"]
    world.go(hours=20)
    assert [view.round.case_id for view in world.views()] == ["wellens-syndrome", "hyperkalaemia"]


def test_a_refused_reply_becomes_a_plain_post_that_links_to_the_quiz(world):
    world.go(minutes=1)
    quiz = world.own_posts()[0]["id"]
    world.bot.platform = RefusesReplies(world.bot.platform)
    world.go(hours=25)
    plain = world.own_posts()[1:]
    assert all(post["reply_to"] is None for post in plain)
    assert f"https://x.com/i/status/{quiz}" in plain[0]["text"]
    assert [view.round.state for view in world.views()] == ["revealed"]


def test_the_sweep_searches_once_after_the_close_and_only_if_asked_for(world):
    def searches() -> int:
        return sum(world.sandbox.control.state()["calls"].get("GET /2/tweets/search/recent", {}).values())

    world.go(hours=50)
    assert searches() == 0
    world.bot.policy = replace(world.bot.policy, sweep=True)
    shutil.copytree(bundled("cases", "hyperkalaemia"), world.cases / "hyperkalaemia")
    world.go(hours=50)
    assert len(world.views()) == 2
    assert searches() == 1


def test_a_missing_cases_folder_stops_nothing_that_is_under_way(world, capfd):
    world.go(minutes=1)
    shutil.move(world.cases, world.cases.with_name("away"))
    world.go(hours=25)
    assert [view.round.state for view in world.views()] == ["revealed"]


def test_text_of_replies_goes_after_the_time_to_keep_it_and_points_stay(world):
    world.bot.policy = replace(world.bot.policy, keep_text=timedelta(days=3))
    world.go(minutes=1)
    world.reply("ann", "Wellens, and I have this rash")
    world.go(hours=25)
    world.clock.at = T0 + timedelta(days=4)
    advance(world.bot)
    with world.store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT text FROM reply").all() == [(None,)]
    assert world.points() == {"ann": 10}


def test_a_dead_claim_is_settled_at_the_next_start(world):
    world.go(minutes=1)
    with world.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE outbox SET state = 'sending', result_id = NULL, owner = 'dead' WHERE action = 'post'"
        )
        connection.exec_driver_sql("UPDATE round SET state = 'posting', quiz_post_id = NULL")
    recover(world.bot)
    world.go(hours=25)
    assert len(world.own_posts()) == 2
