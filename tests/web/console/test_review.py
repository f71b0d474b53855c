"""The review queue over HTTP: each phrase decided once, in order, by whoever is quicker, and undone."""

import json

import pytest

from quizbot.core.ruling import Decision
from quizbot.rounds.rulings import waiting
from quizbot.store.review import rulings_of
from tests.web.console.given import ACCOUNT, Scene, unknown


@pytest.fixture
def queue(scene: Scene) -> Scene:
    row = scene.round()
    scene.replies(row, [*unknown(4), unknown(1)[0], "Wellens"])
    return scene


def phrases(scene: Scene) -> list[str]:
    return [item.phrase for item in waiting(scene.store, ACCOUNT)]


def test_the_most_frequent_phrase_stands_first_with_its_count_and_the_graders_reasons(queue):
    page = queue.client("rae").get("/console/review").text
    first = phrases(queue)[0]
    assert page.index(first) < page.index(phrases(queue)[1])
    assert "2 replies" in page
    assert "Wellens syndrome" in page  # what the case lists stands beside it
    assert waiting(queue.store, ACCOUNT)[0].reasons[0][:20].replace('"', "&#34;") in page


@pytest.mark.parametrize("decision", Decision)
def test_one_form_decides_a_phrase_and_undo_brings_it_back(queue, decision):
    client, before = queue.client("ada"), phrases(queue)
    client.get("/console/review")
    fields = {"case": "wellens-syndrome", "phrase": before[0], "decision": decision, "credit": "0.3"}
    assert client.post("/console/review/rule", **fields).status == 303
    assert phrases(queue) == before[1:]
    with queue.store.read() as session:
        row = rulings_of(session, ACCOUNT)[0]
    assert (row.ruled_by, row.decision, row.credit) == ("ada", decision, 0.3 if decision == "partial" else None)
    assert client.post("/console/review/undo", ruling=row.id).status == 303
    assert phrases(queue) == before
    assert client.post("/console/review/undo", ruling=row.id).status == 409


def test_several_rulings_at_once_are_kept_in_their_order(queue):
    client, before = queue.client("rae"), phrases(queue)
    client.get("/console/review")
    answer = client.post(
        "/console/review/rulings",
        case=["wellens-syndrome"] * 3,
        phrase=[before[0], "never said by anybody", before[1]],
        decision=["reject", "accept", "partial"],
        credit=["", "", "0.25"],
        because=["", "", "near"],
    )
    numbers = json.loads(answer.text)["rulings"]
    assert [number is None for number in numbers] == [False, True, False]
    assert phrases(queue) == before[2:]


def test_of_two_educators_the_second_is_told_and_changes_nothing(queue):
    first, second, phrase = queue.client("ada"), queue.client("rae", "192.0.2.8"), phrases(queue)[0]
    for client in (first, second):
        client.get("/console/review")
    fields = {"case": "wellens-syndrome", "phrase": phrase}
    assert first.post("/console/review/rule", decision="accept", **fields).status == 303
    late = second.post("/console/review/rule", decision="reject", **fields)
    assert (late.status, "somebody else was quicker" in late.text) == (409, True)
    with queue.store.read() as session:
        assert [row.decision for row in rulings_of(session, ACCOUNT)] == ["accept"]


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "perhaps"},
        {"decision": "partial", "credit": "1"},
        {"decision": "partial", "credit": "nan"},
        {"decision": "partial", "credit": "-0.5"},
        {"decision": "accept", "because": "x" * 501},
        {"decision": "accept", "phrase": ""},
    ],
)
def test_what_is_no_ruling_is_refused_with_a_word(queue, fields):
    client = queue.client("rae")
    client.get("/console/review")
    given = {"case": "wellens-syndrome", "phrase": phrases(queue)[0]} | fields
    answer = client.post("/console/review/rule", **given)
    assert (answer.status, "Not done." in answer.text) == (422, True)
    with queue.store.read() as session:
        assert not rulings_of(session, ACCOUNT)


def test_an_empty_queue_says_so(scene):
    assert "Nothing waits for a ruling" in scene.client("rae").get("/console/review").text
