"""Cases, calendar, rounds, money and items over HTTP: what is shown is so, what is done is done and logged."""

from datetime import timedelta

import pytest

from quizbot.deid.reading import picture_file
from quizbot.rounds.items import items
from quizbot.store import Appeal, Round
from quizbot.store.accounts import account_row
from quizbot.store.attempts import attempts_of
from quizbot.store.audit import entries
from quizbot.store.protests import appeal_of
from tests.casebook.given import QUIZ, with_, write
from tests.web.console.given import ACCOUNT, CASES, PASSPHRASE, T0, Scene, furnish


def acts(scene: Scene) -> list[str]:
    with scene.store.read() as session:
        return [one.action for one in entries(session, ACCOUNT)]


def stored(scene: Scene, round_id: str = "r1") -> Round:
    with scene.store.read() as session:
        return session.get_one(Round, round_id)


# Cases


def test_every_folder_is_listed_with_its_checks_and_a_broken_one_too(scene):
    broken = scene.cases / "broken-one"
    broken.mkdir()
    (broken / "case.yaml").write_text("kind: image-quiz\nprompt: [", "utf-8")
    page = scene.client("ada").get("/console/cases").text
    for slug in (*CASES, "broken-one"):
        assert f"/console/cases/{slug}" in page
    assert "cannot be read" in page
    assert scene.client("ada").get("/console/cases/broken-one").status == 200


def test_a_case_whose_second_reading_is_due_is_told(scene):
    file = scene.cases / "brugada" / "case.yaml"
    file.write_text(file.read_text("utf-8").replace("again_by: 2028", "again_by: 2026"), "utf-8")
    client = scene.client("rae")
    assert "/console/cases/brugada" not in client.get("/console/cases?show=due").text
    scene.clock.at += timedelta(days=365)
    client = scene.client("rae", "192.0.2.99")
    assert "/console/cases/brugada" in client.get("/console/cases?show=due").text
    assert "/console/cases/boerhaave" not in client.get("/console/cases?show=due").text


def test_the_preview_has_the_exact_text_its_weight_and_the_picture(scene):
    client = scene.client("rae")
    page = client.get("/console/cases/wellens-syndrome").text
    assert "of 280" in page
    assert "Answer: Wellens syndrome" in page
    picture = client.get("/console/cases/wellens-syndrome/picture/1")
    assert picture.body == picture_file(scene.cases / "wellens-syndrome" / "ecg.png")
    assert picture.headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    "where", ["wellens-syndrome/picture/2", "wellens-syndrome/picture/0", "..%2f/picture/1", "none"]
)
def test_nothing_but_a_cases_own_pictures_is_served(scene, where):
    assert scene.client("rae").get(f"/console/cases/{where}").status == 404


def test_replies_are_tried_out_by_the_cases_key_and_nothing_is_stored(scene):
    client = scene.client("ada")
    client.get("/console/cases/wellens-syndrome")
    page = client.post("/console/cases/wellens-syndrome/try", replies="Wellens\nNSTEMI\nnice case!").text
    verdicts = [page.index(word) for word in ("badge-correct", "badge-incorrect", "badge-no_guess")]
    assert len(verdicts) == 3
    assert client.post("/console/cases/wellens-syndrome/try", replies="x\n" * 300).status == 422
    with scene.store.read() as session:
        assert not attempts_of(session, "r1")


# Calendar


def test_a_case_is_moved_to_the_top_and_the_bot_follows(scene):
    client = scene.client("opi")
    page = client.get("/console/calendar").text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    last = [one for one in CASES if not one.startswith("pearl")]
    assert client.post("/console/calendar/move", slug=max(last), to="top", seen=seen).status == 303
    page = client.get("/console/calendar").text
    assert page.index(f"<strong>{max(last)}") < page.index(f"<strong>{min(last)}")
    late = client.post("/console/calendar/move", slug=min(last), to="top", seen=seen)
    assert (late.status, "the queue has changed meanwhile" in late.text) == (409, True)
    assert acts(scene)[0] == "moved in the queue"


def test_a_case_is_pinned_in_the_operators_zone_and_unpinned(scene):
    client = scene.client("rae")
    client.get("/console/calendar")
    assert client.post("/console/calendar/pin", slug="brugada", at="2026-07-01T09:30").status == 303
    assert "Wed 01 Jul 2026, 09:30 BST" in client.get("/console/calendar").text
    for slug, at in (("brugada", "2020-01-01T00:00"), ("nothing", "2026-07-01T09:30"), ("brugada", "soon")):
        assert client.post("/console/calendar/pin", slug=slug, at=at).status == 409
    assert client.post("/console/calendar/unpin", slug="brugada").status == 303
    assert "pinned in the console" not in client.get("/console/calendar").text
    assert acts(scene)[:2] == ["unpinned", "pinned"]


def test_posting_is_paused_and_resumed(scene):
    client = scene.client("opi")
    assert client.post("/console/calendar/pause").status == 303
    assert "Posting is paused" in client.get("/console/calendar").text
    client.post("/console/calendar/resume")
    with scene.store.write() as session:
        assert account_row(session, ACCOUNT, T0).paused_at is None
    assert acts(scene)[:2] == ["resumed posting", "paused posting"]


# Rounds and money


def test_a_halted_round_says_what_to_do_and_is_resumed(scene):
    furnish(scene, people=2)
    client = scene.client("opi")
    page = client.get("/console/rounds/stuck").text
    assert "X refuses the picture of the quiz" in page
    assert "make another from the original" in page
    assert client.post("/console/rounds/stuck/resume").status == 303
    assert stored(scene, "stuck").halted is None
    assert client.post("/console/rounds/stuck/resume").status == 422
    assert client.post("/console/rounds/none/resume").status == 404


def test_taking_back_needs_the_passphrase_once_more_and_is_written_down(scene):
    scene.round()
    client = scene.client("opi")
    client.get("/console/rounds/r1")
    assert client.post("/console/rounds/r1/retract", why="privacy", passphrase="not mine").status == 422
    assert client.post("/console/rounds/r1/retract", why="", passphrase=PASSPHRASE).status == 422
    assert stored(scene).retraction is None
    assert client.post("/console/rounds/r1/retract", why="privacy", passphrase=PASSPHRASE).status == 303
    assert (stored(scene).retraction, stored(scene).state) == ("privacy", "retracting")
    assert acts(scene)[0] == "retracted"


def test_a_wrong_case_is_graded_anew_only_after_its_folder_was_corrected(scene):
    scene.round()
    client = scene.client("opi")
    client.get("/console/rounds/r1")
    wrong = {"why": "wrong", "passphrase": PASSPHRASE}
    refused = client.post("/console/rounds/r1/retract", **wrong)
    assert (refused.status, "Still has the answer that was posted" in refused.text) == (422, True)
    file = scene.cases / "wellens-syndrome" / "case.yaml"
    file.write_text(
        file.read_text("utf-8").replace("diagnosis: Wellens syndrome", "diagnosis: De Winter pattern"), "utf-8"
    )
    assert client.post("/console/rounds/r1/retract", text="@everybody look", **wrong).status == 422
    voided = client.post("/console/rounds/r1/retract", void="1", text="The tracing was another one.", **wrong)
    assert voided.status == 303
    assert (stored(scene).voided, stored(scene).correction) == (True, "The tracing was another one.")


def test_the_money_page_adds_up(scene):
    furnish(scene, people=2)
    page = scene.client("opi").get("/console/money").text
    assert "owned read" in page
    assert "940" in page
    assert "No budget is set" in page


# Items


def test_items_have_shares_with_intervals_and_nothing_below_thirty(scene):
    furnish(scene, people=40)
    scene.replies(scene.round("barcode", "small", lane="pin:barcode"), ["pneumothorax"] * 29)
    page = scene.client("rae").get("/console/items").text
    assert "too few" in page
    by_round = {one.round_id: one for one in items(scene.store, ACCOUNT)}
    assert by_round["small"].right is None
    assert by_round["r1"].right.n == 40
    assert by_round["r1"].with_rest == 40  # each of them has seven other rounds
    assert "now" not in by_round  # its answer is not out
    assert scene.client("rae", "192.0.2.8").get("/console/items/r1").status == 200
    assert scene.client("rae", "192.0.2.9").get("/console/items/now").status == 404


def test_a_key_that_the_better_ones_miss_is_to_be_read_again(scene):
    right, wrong = "Wellens", "pericarditis"
    for number in range(7):
        row = scene.round(
            "wellens-syndrome", f"r{number}", opened_at=T0 - timedelta(days=9 * (9 - number)), lane=f"l{number}"
        )
        good_ones_right = number != 3
        scene.replies(row, [right if (person < 20) == good_ones_right else wrong for person in range(40)])
    told = {one.round_id: one for one in items(scene.store, ACCOUNT)}
    assert [name for name, one in told.items() if one.suspicious] == ["r3"]
    assert "Keys to be read again" in scene.client("rae").get("/console/items").text


def test_wrong_answers_that_three_people_gave_are_shown_and_nobodys_words(scene):
    answers = ["Wellens"] * 30 + ["omg pericarditis!!!"] * 3 + ["NSTEMI"] * 4 + ["hyperkalaemia"] * 2
    scene.replies(scene.round(), answers)
    page = scene.client("ada").get("/console/items/r1").text
    assert "pericarditis" in page.lower()
    assert "omg" not in page
    assert "hyperkal" not in page.lower()


# Appeals


def test_an_appeal_is_answered_and_its_ruling_counts_for_all_who_said_the_same(scene):
    row = scene.round()
    scene.replies(row, ["pericarditis", "pericarditis"])
    with scene.store.write() as session:
        first, second = (attempt.post_id for attempt in attempts_of(session, "r1"))
        for post_id in (first, second):
            session.add(
                Appeal(
                    account=ACCOUNT,
                    post_id=post_id,
                    round_id="r1",
                    case_id=row.case_id,
                    phrase="pericarditis",
                    author_id="1",
                    verdict="incorrect",
                    note="but it <b>is</b>",
                    filed_at=T0,
                )
            )
    client = scene.client("rae")
    assert "but it &lt;b&gt;is" in client.get("/console/review").text
    assert client.post(f"/console/review/appeals/{first}", decision="accept").status == 422  # without a reason
    given = {"decision": "accept", "because": "It shows that, too."}
    assert client.post(f"/console/review/appeals/{first}", **given).status == 303
    with scene.store.read() as session:
        assert [one.points for one in attempts_of(session, "r1")] == [10, 10]
        closed = [appeal_of(session, ACCOUNT, one) for one in (first, second)]
    assert [(one.closed_by, one.answer) for one in closed] == [("rae", "It shows that, too.")] * 2
    assert client.post(f"/console/review/appeals/{second}", **given).status == 422


def test_an_appeal_may_stand(scene):
    row = scene.round()
    scene.replies(row, ["pericarditis"])
    with scene.store.write() as session:
        post_id = attempts_of(session, "r1")[0].post_id
        given = {
            "account": ACCOUNT,
            "post_id": post_id,
            "round_id": "r1",
            "case_id": row.case_id,
            "phrase": "pericarditis",
        }
        session.add(Appeal(**given, author_id="1", verdict="incorrect", filed_at=T0))
    client = scene.client("ada")
    client.get("/console/review")
    assert (
        client.post(f"/console/review/appeals/{post_id}", decision="stands", because="No ST elevation.").status == 303
    )
    with scene.store.read() as session:
        assert attempts_of(session, "r1")[0].points == 0
    assert "Appeals" not in client.get("/console/review").text


# When the database cannot be read


@pytest.mark.parametrize("table", ["round", "web_session"])
def test_a_lost_database_is_said_on_each_page(scene, table):
    scene.replies(scene.round(), ["Wellens", "zorbel"])
    client = scene.client("all")
    with scene.store.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO away")
    for path in ("", "/review", "/cases", "/calendar", "/rounds", "/rounds/r1", "/items", "/items/r1", "/money"):
        answer = client.get(f"/console{path}")
        assert (answer.status, "Back soon" in answer.text, "quizbot doctor" in answer.text) == (503, True, True), path


# Whatever a person writes


HOSTILE = "<script>alert(1)</script><style>*{display:none}</style><a href='https://evil.test'>x</a> \" onload=x {{7*7}}"


def test_hostile_replies_handles_and_case_files_stay_text(scene):
    row = scene.round()
    scene.replies(row, [HOSTILE, f"zorbel {HOSTILE}", "Wellens"])
    write(scene.cases / "hostile", with_(QUIZ, prompt=f"What is it? {HOSTILE}", kind="question", images=None), "unused")
    with scene.store.write() as session:
        session.get_one(Round, "r1").halted = HOSTILE
        account_row(session, ACCOUNT, T0).stopped_reason = HOSTILE
    client = scene.client("all")
    paths = [
        "",
        "/review",
        "/cases",
        "/cases/hostile",
        "/calendar",
        "/rounds",
        "/rounds/r1",
        "/items",
        "/log",
        "/money",
    ]
    pages = [client.get(f"/console{path}").text for path in paths]
    pages.append(client.post("/console/cases/wellens-syndrome/try", replies=HOSTILE).text)
    pages.append(client.send("POST", "/console/login", {"name": HOSTILE, "passphrase": "x", "next": HOSTILE}).text)
    assert any("&lt;script&gt;" in page for page in pages)
    for page in pages:
        assert "<script>" not in page
        assert "<style" not in page
        assert "evil.test'" not in page
        assert " style=" not in page
