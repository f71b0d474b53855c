"""A case that is taken back: corrected and counted anew or voided, or gone without a trace."""

import re
import shutil
from datetime import timedelta

import pytest

from quizbot.casebook import load_case
from quizbot.core.bundled import bundled
from quizbot.core.case import Case
from quizbot.core.errors import InputError
from quizbot.core.weight import POST_LIMIT, weighted_length
from quizbot.platforms.protocol import Failure, PlatformError
from quizbot.rounds.engine import advance
from quizbot.rounds.grade import regrade, rescore
from quizbot.rounds.reply_refused import plain_texts
from quizbot.rounds.retract import Why, corrected_case, correction_text, take_back
from quizbot.store import Round
from quizbot.store.accounts import account_row
from tests.rounds.test_rights import everything, leap, revealed
from tests.rounds.world import T0, RefusesReplies, World, board
from tests.web.test_pages import everything as pages


def the_round(world: World) -> Round:
    return world.views()[0].round


def private(world: World) -> None:
    take_back(world.store, the_round(world), Why.PRIVACY, world.clock.at)


def wrong(world: World, given: str = "", case: Case | None = None) -> None:
    row = the_round(world)
    take_back(world.store, row, Why.WRONG, world.clock.at, text=correction_text(given, row, case), case=case)


def mended(world: World) -> Case:
    """The case, with NSTEMI for its answer."""
    folder = world.cases / "wellens-syndrome"
    text = (folder / "case.yaml").read_text()
    text = re.sub(r"(?s)  diagnosis: .*?  partial:", "  diagnosis: NSTEMI\n  partial:", text)
    text = re.sub(r"    - answer: NSTEMI\n.*\n", "", text)
    (folder / "case.yaml").write_text(text)
    return corrected_case(Case.model_validate_json(the_round(world).case_json), load_case(folder), None)


def states(world: World) -> list[str]:
    return [view.round.state for view in world.views()]


def step(world: World, minutes: int = 3) -> None:
    for _ in range(4):
        world.clock.sleep(60 * minutes)
        advance(world.bot)


@pytest.mark.parametrize("moment", ["open", "revealed"])
def test_for_privacy_posts_go_first_and_then_all_that_is_stored(world, moment, site):
    world.go(minutes=1)
    world.reply("ann", "Wellens, unusual words")
    leap(world, 60)
    if moment == "revealed":
        revealed(world)
    picture = f"{site}/rounds/{the_round(world).id}/image/1"
    private(world)
    shown = pages(site, the_round(world).id)
    assert not [path for path, text in shown.items() if "stairs" in text or "image/png" in text], "hidden at once"
    advance(world.bot)
    assert (world.own_posts(), states(world)) == ([], ["retracted"])
    left = everything(world)
    for gone in ("Wellens", "unusual words", "stairs", "PNG", "12-lead"):
        assert gone not in left.replace("wellens-syndrome", ""), gone
    world.store.empty_log()
    assert b"unusual words" not in world.store.path.read_bytes()
    assert picture.rsplit("/", 2)[0].encode() not in world.store.path.read_bytes()
    leap(world, 26 * 60)
    assert (world.own_posts(), world.points(), states(world)) == ([], {}, ["retracted"])


def test_the_post_with_the_picture_goes_first_and_an_unknown_one_is_not_waited_for(world):
    world.go(minutes=1)
    revealed(world)
    quiz, answer = [str(post["id"]) for post in world.own_posts()]
    gone: list[str] = []
    real = world.bot.platform.delete
    world.bot.platform.delete = lambda post_id: (gone.append(post_id), real(post_id))
    private(world)
    advance(world.bot)
    assert gone == [quiz, answer]


def test_a_post_that_may_or_may_not_be_out_is_found_and_deleted_too(world):
    world.sandbox.control.fault("cut_after", method="POST", path="/2/tweets")
    world.sandbox.control.fault("status", status=503, method="GET", path="/2/users/*/tweets")
    advance(world.bot)
    assert states(world) == ["posting"]
    private(world)
    step(world)
    assert (world.own_posts(), states(world)) == ([], ["retracted"])


def test_what_was_only_planned_is_not_posted_any_more(world):
    world.sandbox.control.fault("cut_before", method="POST", path="/2/tweets")
    world.go(minutes=1)
    wrong(world)
    step(world)
    assert (world.own_posts(), states(world)) == ([], ["retracted"])


def test_deleting_goes_on_while_paused_and_after_failures(world):
    world.go(minutes=1)
    with world.store.write() as session:
        account_row(session, world.sandbox.bot_id, T0).paused_at = T0
    world.sandbox.control.fault("status", status=503, method="DELETE", path="/2/tweets/*")
    private(world)
    step(world)
    assert (world.own_posts(), states(world)) == ([], ["retracted"])


def test_a_voided_round_is_corrected_in_its_thread_and_its_points_are_gone(world, site):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    revealed(world)
    wrong(world, "The troponin was not normal.\nWe are sorry.")
    advance(world.bot)
    _quiz, answer, correction = world.own_posts()
    assert correction["reply_to"] == answer["id"]
    assert correction["text"] == "The troponin was not normal.\nWe are sorry."
    assert (states(world), world.points()) == (["retracted"], {})
    assert board(world) == (0, [])
    regrade(world.store, the_round(world), world.clock.at)
    assert world.points() == {}
    shown = pages(site, the_round(world).id)[f"/rounds/{the_round(world).id}"]
    assert "We are sorry." in shown
    assert "do not count" in shown


def test_a_corrected_key_moves_the_points_and_the_board(world, site):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.reply("ben", "NSTEMI")
    revealed(world)
    wrong(world, case=mended(world))
    advance(world.bot)
    assert (states(world), world.points()) == (["retracted"], {"ann": 0, "ben": 10})
    assert "the answer is NSTEMI" in world.own_posts()[-1]["text"]
    count, lines = board(world)
    assert (count, [line.handle for line in lines]) == (1, ["@ben"])
    shown = pages(site, the_round(world).id)[f"/rounds/{the_round(world).id}"]
    assert "counted anew" in shown


def test_before_the_answer_a_wrong_round_ends_without_one(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    wrong(world)
    revealed(world)
    quiz, correction = world.own_posts()
    assert correction["reply_to"] == quiz["id"]
    assert "take it back" in correction["text"]
    assert (states(world), world.points()) == (["retracted"], {})


def test_what_was_scored_before_the_answer_is_gone_with_a_voided_round(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.go(minutes=30)
    rescore(world.store, the_round(world), world.clock.at)
    assert world.points() == {"ann": 10}
    wrong(world)
    step(world)
    assert (states(world), world.points()) == (["retracted"], {})


def test_a_refused_correction_with_a_link_keeps_to_one(world):
    world.go(minutes=1)
    revealed(world)
    wrong(world, given="It was NSTEMI, as https://doi.org/10.1000/9 says")
    world.bot.platform = RefusesReplies(world.bot.platform)
    step(world)
    (plain,) = world.own_posts()[2:]
    assert plain["text"] == "It was NSTEMI, as https://doi.org/10.1000/9 says\n\n(case of 2 March 2026, 12:00 UTC)"


@pytest.mark.parametrize("text", ["short", "a " * 135 + "b", "head\n\n" + "a " * 130 + "b"])
def test_plain_posts_all_fit_and_say_everything(text):
    posts = plain_texts([text, "next"], "https://x.com/i/status/2028440179307446272")
    assert all(weighted_length(post) <= POST_LIMIT for post in posts)
    assert all(word in " ".join(posts).split() for word in [*text.split(), "next"])
    assert "/status/" in posts[0]


def test_a_refused_correction_becomes_a_plain_post_once(world):
    world.go(minutes=1)
    revealed(world)
    world.bot.platform = RefusesReplies(world.bot.platform)
    wrong(world, "First.\n\n" + "long " * 52)
    step(world)
    plain = world.own_posts()[2:]
    assert [post["reply_to"] for post in plain] == [None] * len(plain)
    assert [post["text"].split()[0] for post in plain] == ["First.", "long"]
    assert states(world) == ["retracted"]


def test_where_the_thread_is_gone_the_correction_stands_alone(world):
    world.go(minutes=1)
    revealed(world)
    for post in world.own_posts():
        world.sandbox.control.delete(post["id"])
    wrong(world)
    step(world)
    assert [(post["reply_to"], "Correction" in post["text"]) for post in world.own_posts()] == [(None, True)]
    assert states(world) == ["retracted"]


def test_what_was_corrected_can_be_corrected_again_and_deleted_but_not_the_other_way_round(world):
    world.go(minutes=1)
    revealed(world)
    wrong(world, "Once.")
    advance(world.bot)
    with pytest.raises(InputError, match="refuses it twice"):
        wrong(world, "Once.")
    wrong(world, "Twice.")
    advance(world.bot)
    assert [post["text"] for post in world.own_posts()][2:] == ["Once.", "Twice."]
    private(world)
    advance(world.bot)
    assert (world.own_posts(), states(world)) == ([], ["retracted"])
    with pytest.raises(InputError, match="nothing is left"):
        wrong(world, "Thrice.")


def test_a_halted_retraction_says_so_and_goes_on(world):
    world.go(minutes=1)
    real = world.bot.platform.delete

    def delete(post_id):
        raise PlatformError(Failure.REFUSED, "X", "will not")

    world.bot.platform.delete = delete
    private(world)
    advance(world.bot)
    assert "halted: X: will not" in world.views()[0].next_step
    world.bot.platform.delete = real
    with world.store.write() as session:
        session.get_one(Round, the_round(world).id).halted = None
    step(world, 10)
    assert (world.own_posts(), states(world)) == ([], ["retracted"])


def test_a_picture_of_another_round_stays(world):
    world.go(minutes=1)
    with world.store.write() as session:
        other = {"id": "twin", "lane": "other", "state": "posted", "case_json": the_round(world).case_json}
        session.add(Round(**{**the_round(world).model_dump(), **other}))
    private(world)
    advance(world.bot)
    with world.store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM media").scalar() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("x" * 281, "weighs 281"),
        ("see https://a.org and https://b.org", "more than one link"),
        ("$AAPL and $MSFT", "cashtag"),
        ("sorry @ann", "mentions an account"),
        ("  ", "at least 1 character"),
        ("a\u202eb", "invisible"),
    ],
)
def test_a_correction_that_x_would_refuse_is_refused_here(given, says):
    row = Round(id="r", account="1", case_id="c", kind="question", lane="quiz", state="open", case_json="{}")
    row.opened_at = row.created_at = T0
    with pytest.raises(InputError, match=says):
        correction_text(given, row, None)


def test_two_rounds_never_get_the_same_text():
    def text(minutes: int) -> str:
        row = Round(id="r", account="1", case_id="c", kind="question", lane="quiz", state="open", case_json="{}")
        row.opened_at = T0 + timedelta(minutes=minutes)
        return correction_text("", row, None)

    assert text(0) != text(10)


def test_a_key_that_was_not_corrected_is_told(tmp_path):
    shutil.copytree(bundled("cases", "wellens-syndrome"), tmp_path / "wellens-syndrome")
    loaded = load_case(tmp_path / "wellens-syndrome")
    with pytest.raises(InputError, match="still has the answer"):
        corrected_case(loaded.case, loaded, None)
    with pytest.raises(InputError, match="some problem"):
        corrected_case(loaded.case, loaded, "some problem")
