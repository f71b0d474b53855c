"""Time that jumps, backlogs, posts that vanish, money that ends: what is owed comes, and what cannot is said."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from quizbot.core.bundled import bundled
from quizbot.core.case import Case, Kind
from quizbot.core.prices import Prices
from quizbot.rounds.costs import forecast, spent
from quizbot.rounds.engine import advance, recover
from quizbot.rounds.outbox import push, resume_round
from quizbot.rounds.plan import Action
from quizbot.rounds.queue import missed
from quizbot.rounds.waits import LONGEST, backoff, patience
from quizbot.store import OutboxRow
from quizbot.store.rounds import outbox_of
from tests.rounds.world import DAY, T0, TWEETS, World


def another_case(world: World, name: str = "hyperkalaemia") -> None:
    shutil.copytree(bundled("cases", name), world.cases / name)


def lines(world: World) -> list[str]:
    return [view.next_step for view in world.views()]


def test_a_quiz_that_was_deleted_by_hand_closes_and_says_so_and_the_next_one_goes_on(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.sandbox.control.delete(world.own_posts()[0]["id"])
    world.go(hours=4)
    (view,) = world.views()
    assert (view.round.state, view.round.gone_at is not None) == ("closed", True)
    assert view.next_step.startswith("gone: ")
    another_case(world)
    world.go(hours=48)
    assert [v.round.state for v in world.views()] == ["closed", "revealed"]
    assert [p["text"].split()[0] for p in world.own_posts()][1:] == ["Answer:"]
    assert world.points() == {"ann": 10}


def test_a_quiz_deleted_right_before_its_answer_is_found_gone_by_the_refusal(world):
    world.go(hours=24, minutes=1)
    with world.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE round SET standing_at = '2026-03-03 12:00:00.000000'")
    world.sandbox.control.delete(world.own_posts()[0]["id"])
    world.go(hours=2)
    (view,) = world.views()
    assert (view.round.gone_at is not None, world.own_posts(), world.views()[0].round.revealed_at) == (True, [], None)
    assert view.next_step.startswith("gone: ")


def test_a_lagging_timeline_makes_no_quiz_gone(world):
    world.sandbox.control.dial(lag=100_000)
    world.go(hours=26)
    assert [(v.round.state, v.round.gone_at) for v in world.views()] == [("revealed", None)]


def test_a_stop_for_want_of_credit_is_over_when_a_post_goes_out(world):
    world.go(hours=23)
    world.sandbox.control.dial(credit=0)
    world.go(hours=30)
    row = world.bot.account_row()
    assert row.stopped_until is not None
    assert row.poll_error
    world.sandbox.control.dial(credit=10)
    world.go(hours=2)
    row = world.bot.account_row()
    assert (row.stopped_reason, row.stopped_until, row.poll_error) == (None, None, None)
    assert lines(world)[0].startswith("done; the answer came 1 d ")


def test_what_could_not_be_posted_for_days_does_not_go_out_all_at_once(world):
    another_case(world)
    world.sandbox.control.fault("status", status=503, times=None, **TWEETS)
    world.go(hours=28)
    assert [v.round.halted is not None for v in world.views()] == [True, False]
    world.sandbox.control.clear_faults()
    with world.store.write() as session:
        assert resume_round(session, world.bot.account, world.views()[0].round.id, world.clock.at)
    world.go(hours=2)
    assert len(world.own_posts()) == 2
    world.go(hours=30)
    assert [v.round.state for v in world.views()] == ["revealed", "revealed"]


def test_after_days_off_answers_come_in_order_and_are_said_to_be_late(world):
    world.bot.policy = replace(world.bot.policy, reveal_after=timedelta(hours=30))
    another_case(world)
    world.go(hours=25)
    assert len(world.own_posts()) == 2
    world.clock.at = T0 + timedelta(days=4)
    world.go(minutes=30)
    answers = [post["reply_to"] for post in world.own_posts()[2:]]
    assert answers == [post["id"] for post in world.own_posts()[:2]]
    assert lines(world) == ["done; the answer came 2 d 18 h late", "done; the answer came 1 d 18 h late"]


def test_a_pinned_time_that_was_missed_is_told(world):
    file = world.cases / "wellens-syndrome" / "case.yaml"
    file.write_text(f"post_on: {T0 - DAY:%Y-%m-%dT%H:%M:%SZ}\n" + file.read_text())
    world.go(hours=1)
    assert world.views() == []
    case = Case.model_construct(kind=Kind.QUIZ if hasattr(Kind, "QUIZ") else Kind.QUESTION, post_on=T0 - DAY)
    assert "has passed" in (missed(case, T0) or "")
    assert missed(case, T0 - 2 * DAY) is None


def test_a_budget_stops_new_cases_and_reading_and_leaves_the_answers(world):
    world.bot.policy = replace(world.bot.policy, budget=0.25)
    another_case(world)
    world.go(minutes=1)
    for n in range(30):
        world.reply(f"ann{n}", "Wellens")
    world.go(hours=25)
    assert [v.round.state for v in world.views()] == ["revealed"]
    assert "QUIZBOT_BUDGET_MONTH" in world.bot.complaint
    assert "QUIZBOT_BUDGET_MONTH" in (world.bot.account_row().poll_error or "")
    assert world.sandbox.control.state()["money"]["spent_mills"] <= 250
    world.clock.at = T0.replace(month=4, day=1, hour=12)
    world.go(hours=26)
    assert [v.round.state for v in world.views()] == ["revealed", "revealed"]


def test_the_cost_is_x_s_own_and_shown_by_case(world):
    world.go(minutes=1)
    for n in range(10):
        world.reply(f"ann{n}", "Wellens")
    world.go(hours=26)
    account, policy = world.bot.account, world.bot.policy
    so_far = spent(world.store, account, policy, world.clock.at)
    truth = world.sandbox.control.state()["money"]["spent_mills"] / 1000
    (line,) = so_far.rounds
    assert (line.replies, round(line.posts, 3)) == (10, 0.22)
    assert truth <= so_far.purse.spent + 1e-9
    assert so_far.purse.spent == pytest.approx(line.total + so_far.other)
    billed_items = world.sandbox.control.ledger()["totals"]
    for item, units, _ in so_far.items:
        assert units == billed_items[item]["returned"], item
    case = Case.model_validate_json(world.views()[0].round.case_json)
    (coming,) = forecast([("next", case)], so_far, policy, users_read=10)
    assert coming.posts == pytest.approx(line.posts)
    assert coming.reading == pytest.approx(10 * 1.1 * 0.001 + 10 * 0.01)


def test_an_unseen_answer_is_billed_when_it_is_found(world):
    world.sandbox.control.fault("cut_after", **TWEETS)
    world.go(hours=26)
    so_far = spent(world.store, world.bot.account, world.bot.policy, world.clock.at)
    assert {item: units for item, units, _ in so_far.items if item.startswith("post_create")} == {
        "post_create": 1,
        "post_create_link": 1,
    }


def test_a_deletion_goes_out_even_while_paused_and_may_be_made_twice(world):
    world.go(hours=26)
    view = world.views()[0]
    with world.store.write() as session:
        last = outbox_of(session, view.round.id)[-1]
        session.add(
            OutboxRow(
                account=view.round.account, round_id=view.round.id, seq=last.seq + 1, role="retraction", part=1,
                action=Action.DELETE, target_id=last.result_id,
            )
        )  # fmt: skip
    world.sandbox.control.fault("cut_after", method="DELETE", path="/2/tweets/*")
    world.bot.account_row()
    with world.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET paused_at = '2026-03-02 12:00:00.000000'")
    for _ in range(5):
        push(world.bot, view.round)
        world.clock.sleep(120)
    assert len(world.own_posts()) == 1
    with world.store.read() as session:
        assert outbox_of(session, view.round.id)[-1].state == "sent"


def test_a_claim_of_another_bot_is_left_alone_while_it_lives_and_taken_up_when_it_is_dead(world):
    world.go(minutes=1)
    with world.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE outbox SET state = 'sending', result_id = NULL, owner = 'other',"
            " lease_until = '2026-03-02 12:05:00.000000' WHERE action = 'post'"
        )
        connection.exec_driver_sql("UPDATE round SET state = 'posting', quiz_post_id = NULL")
    advance(world.bot)
    with world.store.read() as session:
        assert outbox_of(session, world.views()[0].round.id)[-1].state == "sending"
    world.go(hours=26)
    assert len(world.own_posts()) == 2


def test_recovering_twice_changes_nothing(world):
    world.go(hours=1)
    recover(world.bot)
    recover(world.bot)
    world.go(hours=25)
    assert len(world.own_posts()) == 2


def test_waits_grow_within_bounds_and_differ_between_bots():
    for attempts in range(200):
        assert timedelta(seconds=2.5) <= backoff(attempts, "a") <= LONGEST
    assert len({backoff(5, str(n)) for n in range(20)}) > 10
    assert patience(None, T0) == timedelta(minutes=1)
    assert patience(T0 - DAY, T0) == LONGEST


def test_prices_know_every_item_that_is_billed():
    from quizbot.platforms.x import Billable  # noqa: PLC0415

    assert all(Prices().of(kind) > 0 for kind in Billable)
