"""Cohorts in the console: made, renamed, closed, given another code; what members did, and nobody's answers."""

import csv
import io
from datetime import timedelta

import pytest

from quizbot.core.errors import InputError
from quizbot.rounds import cohorts
from quizbot.store import Cohort
from quizbot.store.audit import entries
from tests.web.console.client import Client
from tests.web.console.given import ACCOUNT, T0, Scene

LONG = "救急医学 طب الطوارئ Emergency-and-acute-internal-medicine residency of the university hospital"


@pytest.fixture
def cohort(scene: Scene) -> Cohort:
    return cohorts.add_cohort(scene.store, ACCOUNT, "Class A", "Dr A.", "rae", T0)


def only(scene: Scene) -> Cohort:
    ((row, _),) = cohorts.all_cohorts(scene.store, ACCOUNT)
    return row


def acts(scene: Scene) -> list[tuple[str, str, str]]:
    with scene.store.read() as session:
        return [(one.by, one.action, one.about) for one in entries(session, ACCOUNT)]


def at_work(scene: Scene, path: str = "") -> Client:
    client = scene.client("rae")
    client.get(f"/console/cohorts{path}")
    return client


def test_a_cohort_is_made_and_shows_its_code(scene):
    client = at_work(scene)
    made = client.post("/console/cohorts", name=f"  {LONG}\n", supervisor="")
    row = only(scene)
    assert (made.status, made.to) == (303, f"/console/cohorts/{row.id}?note=made")
    assert (row.name, row.supervisor, row.made_by) == (LONG[:80].strip(), None, "rae")
    page = client.get(made.to).text
    assert (f"{row.code[:4]}-{row.code[4:]}" in page, "Nobody has joined yet" in page) == (True, True)
    assert acts(scene)[0] == ("rae", "made a cohort", row.name)


@pytest.mark.parametrize("name", ["", "  \t ", "Class A"])
def test_a_name_that_is_none_or_taken_is_refused_and_what_was_typed_stays(scene, cohort, name):
    answer = at_work(scene).post("/console/cohorts", name=name, supervisor="Dr B.")
    assert (answer.status, "Not done." in answer.text, "Dr B." in answer.text) == (422, True, True)
    assert only(scene).id == cohort.id


def test_members_figures_are_shown_and_downloaded_without_anybodys_answers(scene, cohort):
    scene.replies(scene.round(), ["Wellens", "pericarditis", "Wellens"])
    for number, handle in enumerate(("ann", "Ben_ED", "cleo"), start=1001):
        cohorts.join(scene.store, ACCOUNT, str(number), handle, cohort.code, T0)
    client = at_work(scene, f"/{cohort.id}")
    page = client.get(f"/console/cohorts/{cohort.id}").text
    assert "6.7 points a member" in page
    assert "pericarditis" not in page
    answer = client.get(f"/console/cohorts/{cohort.id}/report.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["handle"], row["rounds_answered"], row["points"]) for row in rows] == [
        ("ann", "1", "10"),
        ("Ben_ED", "1", "0"),
        ("cleo", "1", "10"),
    ]
    assert "attachment" in answer.headers["content-disposition"]
    sheet = client.get(f"/console/cohorts/{cohort.id}/report.pdf")
    assert (sheet.headers["content-type"], sheet.body[:5]) == ("application/pdf", b"%PDF-")
    assert acts(scene)[:2] == [("rae", "took a cohort's report", "Class A")] * 2


def test_a_closed_cohort_lets_nobody_in_until_it_is_opened_again(scene, cohort):
    client = at_work(scene, f"/{cohort.id}")
    assert client.post(f"/console/cohorts/{cohort.id}/close").status == 303
    with pytest.raises(InputError):
        cohorts.join(scene.store, ACCOUNT, "1", "ann", cohort.code, T0)
    assert cohort.code[:4] not in client.get(f"/console/cohorts/{cohort.id}").text
    assert client.post(f"/console/cohorts/{cohort.id}/reopen").status == 303
    cohorts.join(scene.store, ACCOUNT, "1", "ann", cohort.code, T0)
    assert [action for _, action, _ in acts(scene)[:2]] == ["opened a cohort again", "closed a cohort"]


def test_another_code_ends_the_old_one_and_who_is_in_stays(scene, cohort):
    cohorts.join(scene.store, ACCOUNT, "1", "ann", cohort.code, T0)
    assert at_work(scene, f"/{cohort.id}").post(f"/console/cohorts/{cohort.id}/renew").status == 303
    with pytest.raises(InputError):
        cohorts.join(scene.store, ACCOUNT, "2", "ben", cohort.code, T0)
    cohorts.join(scene.store, ACCOUNT, "3", "cleo", only(scene).code, T0)
    shown = cohorts.report(scene.store, only(scene), T0 + timedelta(days=1))
    assert [line.handle for line in shown.lines] == ["ann", "cleo"]
    assert not any(code in str(acts(scene)) for code in (cohort.code, only(scene).code))


def test_a_cohort_is_renamed_and_a_taken_name_is_refused(scene, cohort):
    other = cohorts.add_cohort(scene.store, ACCOUNT, "Class B", None, "rae", T0)
    client = at_work(scene, f"/{cohort.id}")
    assert client.post(f"/console/cohorts/{cohort.id}/rename", name="Class B").status == 422
    assert client.post(f"/console/cohorts/{cohort.id}/rename", name="Class C", supervisor="").status == 303
    rows = {row.id: (row.name, row.supervisor) for row, _ in cohorts.all_cohorts(scene.store, ACCOUNT)}
    assert rows == {cohort.id: ("Class C", None), other.id: ("Class B", None)}


def test_there_is_no_other_cohort(scene):
    client = at_work(scene)
    for path in ("none", "none/report.csv"):
        assert client.get(f"/console/cohorts/{path}").status == 404
    assert client.post("/console/cohorts/none/close").status == 404


def test_without_a_bot_none_is_made(scene, monkeypatch):
    client = at_work(scene)
    monkeypatch.setattr("quizbot.web.console.desk.Desk.account", "")
    assert client.post("/console/cohorts", name="Early").status == 422


def test_without_the_library_no_pdf_is_offered(scene, cohort, monkeypatch):
    monkeypatch.setattr("quizbot.web.console.cohorts.can_print", lambda: False)
    client = at_work(scene)
    assert "report.pdf" not in client.get(f"/console/cohorts/{cohort.id}").text
    assert client.get(f"/console/cohorts/{cohort.id}/report.pdf").status == 404
