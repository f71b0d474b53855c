"""The own pages over HTTP: what a person sees and may do, and every way in which somebody else may not."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests

from quizbot.rounds import cohorts
from quizbot.store.attempts import attempts_of
from quizbot.store.own import own_appeals
from tests.rounds.world import World, database, options, world  # noqa: F401  # fixtures
from tests.web.signing_in import Pages, Person, pages_of, signed_in

ACTS = ("appeal", "name", "board", "stop", "back", "join", "leave", "erase")


@pytest.fixture
def pages(world: World) -> Iterator[Pages]:  # noqa: F811  # the fixture above
    for handle in ("ann", "ben", "cleo"):
        world.sandbox.control.user(handle, handle)
    with pages_of(world) as served:
        yield served


def answered(world: World) -> str:  # noqa: F811
    """A revealed round that ann got right and ben wrong; returns its id."""
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.reply("ben", "NSTEMI")
    world.go(step=30, hours=25)
    return world.views()[0].round.id


def user_id(world: World, handle: str) -> str:  # noqa: F811
    return next(one["id"] for one in world.sandbox.control.users() if one["handle"] == handle)


def test_a_person_sees_the_own_verdict_with_its_reasons_and_nobody_elses(pages, world):  # noqa: F811
    answered(world)
    ann, ben = (signed_in(pages, handle).get("/you").text for handle in ("ann", "ben"))
    assert ("Correct" in ann, "10 points" in ann, "Not this one" in ann) == (True, True, False)
    assert ("Correct" in ben, "Not this one" in ben, "NSTEMI" in ben) == (False, True, True)
    assert "ben" not in ann


def test_before_the_reveal_the_own_page_tells_no_verdict(pages, world):  # noqa: F811
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.go(hours=2)
    shown = signed_in(pages, "ann").get("/you").text
    assert "Received" in shown
    for word in ("badge-correct", "points<", "Wellens", "Appeal</summary>"):
        assert word not in shown


def test_the_own_page_is_kept_by_no_cache_and_no_token_of_x_by_anybody(pages, world):  # noqa: F811
    ann = signed_in(pages, "ann")
    assert ann.get("/you").headers["cache-control"] == "no-store"
    with world.store.engine.connect() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM web_session").all())
    assert ann.browser.cookies["quizbot_you"] not in rows
    assert world.sandbox.control.posts() is not None


def test_a_sign_in_is_good_once_in_the_browser_that_began_it_and_for_ten_minutes(pages):
    ann, other = Person(pages), Person(pages)
    back = ann.to_x()
    other.get("/sign-in")
    assert other.come_back(back).status_code == 400, "another browser"
    assert requests.get(back, allow_redirects=False, timeout=20).status_code == 400, "no browser of ours"
    pages.clock.at += timedelta(minutes=10, seconds=1)
    assert ann.come_back(back).status_code == 400, "too late"
    again = ann.to_x()
    assert ann.come_back(again).status_code == 303
    assert ann.come_back(again).status_code == 400, "a second time"


@pytest.mark.parametrize(
    "change", [("state=", "state=x"), ("code=", "code=x"), ("code=", "error=access_denied&x="), ("state=", "y=")]
)
def test_a_changed_answer_of_x_signs_nobody_in(pages, change):
    ann = Person(pages)
    answer = ann.come_back(ann.to_x().replace(*change))
    assert answer.status_code in (400, 502)
    assert "Sign in with X" in ann.get("/you").text


def test_signed_out_nothing_can_be_done_or_seen(pages, world):  # noqa: F811
    cohort = cohorts.add_cohort(world.store, world.sandbox.bot_id, "EM", None, "op", world.clock.now())
    nobody = Person(pages)
    for act in ACTS:
        assert nobody.post(f"/you/{act}").status_code == 403
    assert nobody.post("/sign-out").status_code == 403
    for path in (f"/cohorts/{cohort.id}", f"/cohorts/{cohort.id}/report.csv"):
        assert nobody.get(path).status_code == 403


def test_a_form_without_the_own_token_does_nothing(pages, world):  # noqa: F811
    answered(world)
    ann, ben = signed_in(pages, "ann"), signed_in(pages, "ben")
    for act in ACTS:
        for token in ("", "guessed", ben.csrf()):
            assert ann.post(f"/you/{act}", csrf=token, handle="ann").status_code == 403
    foreign = {"Sec-Fetch-Site": "cross-site"}
    sent = ann.browser.post(f"{pages.url}/you/stop", data={"csrf": ann.csrf()}, headers=foreign, timeout=20)
    assert sent.status_code == 403
    assert world.points() == {"ann": 10, "ben": 0}


def test_an_appeal_reaches_the_educators_once_and_only_about_an_own_reply(pages, world):  # noqa: F811
    answered(world)
    account = world.sandbox.bot_id
    with world.store.read() as session:
        posts = {row.author_id: row.post_id for row in attempts_of(session, world.views()[0].round.id)}
    ben, own = signed_in(pages, "ben"), posts[user_id(world, "ben")]
    assert ben.post("/you/appeal", post=posts[user_id(world, "ann")]).status_code == 422
    assert ben.post("/you/appeal", post="1").status_code == 422
    note = "<script>alert(1)</script> it is one"
    assert ben.post("/you/appeal", post=own, note=note).status_code == 303
    assert ben.post("/you/appeal", post=own).status_code == 422
    with world.store.read() as session:
        appeals = own_appeals(session, account, user_id(world, "ben"))
    assert {post: (row.note, row.verdict, row.case_id) for post, row in appeals.items()} == {
        own: (note, "incorrect", "wellens-syndrome")
    }
    shown = ben.get("/you").text
    assert "waits for an educator" in shown
    assert "<script" not in shown.replace("<script src=", "")


def test_before_the_reveal_there_is_no_appeal(pages, world):  # noqa: F811
    world.go(minutes=1)
    post = world.reply("ann", "Wellens")
    world.go(hours=1)
    assert signed_in(pages, "ann").post("/you/appeal", post=post).status_code == 422


@pytest.mark.parametrize("name", ["Dr. Nō", "عائشة", "さくら 7", "Jean-Luc O’Neil"])
def test_a_pseudonym_may_be_of_any_script(pages, name):
    ann = signed_in(pages, "ann")
    assert ann.post("/you/name", pseudonym=name).status_code == 303
    assert name in ann.get("/you").text
    assert ann.post("/you/name", pseudonym=" ").status_code == 303
    assert name not in ann.get("/you").text


@pytest.mark.parametrize(
    "name",
    [
        "x",
        "a" * 31,
        "@ben",
        "<b>ben</b>",
        "a\u202eb",
        "zero\u200bwidth",
        "Quizbot team",
        "-ann",
        "a\u0301\u0301\u0301b",
        "🩺🩺",
    ],
)
def test_a_pseudonym_that_is_markup_a_handle_or_an_office_is_refused(pages, name):
    ann = signed_in(pages, "ann")
    answer = ann.post("/you/name", pseudonym=name)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_nobody_takes_the_name_of_somebody_else(pages, world):  # noqa: F811
    answered(world)
    ann, ben = signed_in(pages, "ann"), signed_in(pages, "ben")
    assert ben.post("/you/name", pseudonym="Ann").status_code == 422, "a handle on the board"
    ann.post("/you/name", pseudonym="Falcon")
    assert ben.post("/you/name", pseudonym="falcon").status_code == 422


def test_the_boards_show_the_pseudonym_and_not_who_left_them(pages, world):  # noqa: F811
    round_id = answered(world)
    ann = signed_in(pages, "ann")
    ann.post("/you/name", pseudonym="Falcon 7")
    for path in ("/board", f"/rounds/{round_id}"):
        shown = ann.get(path).text
        assert ("Falcon 7" in shown, "@Falcon" in shown, "@ann" in shown) == (True, False, False), path
    ann.post("/you/board", on="0")
    for path in ("/board", f"/rounds/{round_id}"):
        assert "Falcon 7" not in ann.get(path).text, path
    ann.post("/you/board", on="1")
    assert "Falcon 7" in ann.get("/board").text


def test_stop_takes_points_and_text_and_coming_back_gives_the_points_again(pages, world):  # noqa: F811
    answered(world)
    ann = signed_in(pages, "ann")
    ann.post("/you/stop")
    assert world.points() == {"ben": 0}
    assert "You said stop" in ann.get("/you").text
    ann.post("/you/back")
    assert world.points() == {"ann": 10, "ben": 0}


def test_erasing_asks_for_the_handle_and_leaves_nothing_and_no_way_back(pages, world):  # noqa: F811
    answered(world)
    account, ann_id = world.sandbox.bot_id, user_id(world, "ann")
    cohort = cohorts.add_cohort(world.store, account, "EM", None, "op", world.clock.now())
    ann, elsewhere = signed_in(pages, "ann"), signed_in(pages, "ann")
    ann.post("/you/join", code=cohort.code)
    assert ann.post("/you/erase", handle="ben").status_code == 422
    assert "You are forgotten" in ann.post("/you/erase", handle="@Ann").text
    assert "Sign in with X" in elsewhere.get("/you").text
    with world.store.engine.connect() as connection:
        for table in ("reply", "attempt", "respondent", "appeal", "cohort_member", "web_session"):
            assert ann_id not in str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())  # noqa: S608  # our own names
    again = Person(pages)
    assert again.come_back(again.to_x()).status_code == 403
    assert "asked to be forgotten" not in again.get("/you").text


def test_a_cohort_is_joined_by_its_code_and_shows_a_mean_from_three_on(pages, world):  # noqa: F811
    account = world.sandbox.bot_id
    cohort = cohorts.add_cohort(world.store, account, "=EM <b>2026</b>", "Dr. Who", "op", world.clock.now())
    answered(world)
    people = [signed_in(pages, handle) for handle in ("ann", "ben", "cleo")]
    assert people[0].get(f"/cohorts/{cohort.id}").status_code == 404
    assert people[0].post("/you/join", code="ABCDEFGH").status_code == 422
    code = f" {cohort.code[:4].lower()}-{cohort.code[4:]} "
    for person in people[:2]:
        assert person.post("/you/join", code=code).status_code == 303
    assert "from 3 members on" in people[0].get(f"/cohorts/{cohort.id}").text
    people[2].post("/you/join", code=cohort.code)
    shown = people[0].get(f"/cohorts/{cohort.id}").text
    assert "3.3 points" in shown
    assert "&lt;b&gt;" in shown
    assert "ben" not in shown
    rows = people[0].get(f"/cohorts/{cohort.id}/report.csv").text.splitlines()
    assert len(rows) == 2
    assert rows[1].startswith("'=EM <b>2026</b>,ann,")
    assert rows[1].endswith(",1,1,10,Dr. Who")
    people[0].post("/you/leave", cohort=cohort.id)
    assert people[0].get(f"/cohorts/{cohort.id}").status_code == 404


def test_codes_cannot_be_guessed_in_great_number(pages):
    ann = signed_in(pages, "ann")
    seen = [ann.post("/you/join", code=f"GUESS{n:03}").status_code for n in range(12)]
    assert seen == [422] * 10 + [429] * 2
    assert "That was too often" in ann.post("/you/join", code="GUESS999").text


def test_sign_ins_of_one_sender_are_slowed(pages):
    answers = [Person(pages).get("/sign-in") for _ in range(22)]
    assert [one.status_code for one in answers] == [303] * 20 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) > 0


def test_signing_out_everywhere_ends_the_other_browsers_too(pages):
    one, other = signed_in(pages, "ann"), signed_in(pages, "ann")
    one.post("/sign-out", everywhere="1")
    for person in (one, other):
        assert "Sign in with X" in person.get("/you").text


def test_a_sign_in_is_on_the_bill(pages, world):  # noqa: F811
    signed_in(pages, "ann")
    with world.store.engine.connect() as connection:
        query = "SELECT units FROM ledger WHERE kind = 'user_read'"
        assert connection.exec_driver_sql(query).scalar() == 1


def test_x_away_is_said_and_signs_nobody_in(pages, world):  # noqa: F811
    ann = Person(pages)
    back = ann.to_x()
    world.sandbox.control.fault("status", status=503, times=None, path="/2/oauth2/token", method="POST")
    answer = ann.come_back(back)
    assert (answer.status_code, "did not say who you are" in answer.text) == (502, True)
    assert not re.search("quizbot_you", str(answer.headers.get("set-cookie")))
