"""Names on the boards: listed without their people, taken away with one button, and written down."""

from urllib.parse import quote

import pytest

from quizbot.core.errors import InputError
from quizbot.rounds import own
from quizbot.store import Respondent
from quizbot.store.audit import entries
from quizbot.store.own import respondent_if_known
from tests.web.console.given import ACCOUNT, Scene

NAMES = {"7001": "さくら عائشة", "7002": "An Offensive_Name %", "7003": "<b>ann</b>", "7004": "ÉCLAIR"}


@pytest.fixture
def named(scene: Scene) -> Scene:
    with scene.store.write() as session:
        for user_id, name in NAMES.items():
            session.add(Respondent(account=ACCOUNT, user_id=user_id, handle=f"handle_of_{user_id}", pseudonym=name))
    return scene


def name_of(scene: Scene, user_id: str) -> str | None:
    with scene.store.read() as session:
        row = respondent_if_known(session, ACCOUNT, user_id)
    assert row is not None
    return row.pseudonym


def test_names_are_listed_without_their_people(named):
    page = named.client("rae").get("/console/names").text
    assert ("さくら عائشة" in page, "&lt;b&gt;ann&lt;/b&gt;" in page) == (True, True)
    assert not any(word in page for word in ("7001", "handle_of"))


@pytest.mark.parametrize(
    ("letters", "found"), [("OFFENSIVE", 1), ("%", 1), ("_", 1), ("عائشة", 1), ("zzz", 0), ("ÉCL", 1), ("", 4)]
)
def test_they_are_searched_by_letters_and_not_by_patterns(named, letters, found):
    page = named.client("rae").get(f"/console/names?q={quote(letters)}").text
    assert page.count('action="/console/names/clear"') == found


def test_one_is_taken_away_and_the_log_names_neither_it_nor_the_person(named):
    client = named.client("opi")
    client.get("/console/names")
    assert client.post("/console/names/clear", name="an offensive_name %").to == "/console/names?note=cleared"
    assert [name_of(named, user_id) for user_id in NAMES] == ["さくら عائشة", None, "<b>ann</b>", "ÉCLAIR"]
    with named.store.read() as session:
        done = entries(session, ACCOUNT)[0]
    assert (done.by, done.action, done.about, done.detail) == ("opi", "took a pseudonym away", "", "")
    again = client.post("/console/names/clear", name="An Offensive_Name %")
    assert (again.status, "nobody is called so any more" in again.text) == (422, True)


def test_letters_that_the_database_cannot_fold_are_no_hindrance(named):
    client = named.client("opi")
    client.get("/console/names")
    assert client.post("/console/names/clear", name="ÉCLAIR").status == 303
    assert name_of(named, "7004") is None


def test_who_is_barred_can_choose_no_other(named):
    client = named.client("rae")
    client.get("/console/names")
    assert client.post("/console/names/clear", name="<b>ann</b>", bar="1").to == "/console/names?note=barred"
    with pytest.raises(InputError):
        own.rename(named.store, ACCOUNT, "7003", "Another one")


def test_without_names_it_says_so(scene):
    assert "Nobody has chosen a name" in scene.client("rae").get("/console/names").text
