"""Sign-off as the console mounts it: two reviewers release a case, an author only looks, and the log has it."""

import re

import pytest

from quizbot.store.audit import entries
from tests.clips import no_layers, pearl_with_clip
from tests.signoff.given import HOLD, Gate, patient_case
from tests.web.console.client import Client
from tests.web.console.given import ACCOUNT, PASSPHRASE, Scene

WHERE = "/console/cases/outflow/sign-off/"


@pytest.fixture
def waiting(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A case of a patient waits for two people."""
    gate = Gate([HOLD])
    monkeypatch.setattr("quizbot.deid.examine", gate.examine)
    patient_case(scene.cases, gate)
    return scene


def signed(client: Client, name: str, decision: str = "release") -> tuple[int, str]:
    page = client.get(WHERE).text
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen is not None
    answer = client.post(
        f"{WHERE}sign",
        seen=seen[1],
        f1="clinical",
        confirmed=re.findall(r'name="confirmed" value="([^"]+)"', page),
        decision=decision,
        reason="quality",
        name=name,
        passphrase=PASSPHRASE,
    )
    return answer.status, answer.text


def test_the_finding_stands_in_a_box_on_the_picture(waiting):
    page = waiting.client("ada").get(WHERE)
    x0, y0, x1, y1 = HOLD.box
    assert f'x="{x0}" y="{y0}" width="{x1 - x0}" height="{y1 - y0}"' in page.text
    assert waiting.client("ada", "192.0.2.8").get(f"{WHERE}picture/1").headers["content-type"] == "image/png"


def test_an_author_looks_and_does_not_sign(waiting):
    status, page = signed(waiting.client("ada"), "rae")
    assert (status, "that takes a reviewer" in page) == (422, True)


def test_two_reviewers_release_it_and_the_case_is_ready(waiting):
    assert "not ready" in waiting.client("rae").get("/console/cases/outflow").text
    assert signed(waiting.client("rae"), "rae")[0] == 303
    assert signed(waiting.client("all", "192.0.2.8"), "all")[0] == 303
    with waiting.store.read() as session:
        acts = [(one.by, one.action, one.about) for one in entries(session, ACCOUNT) if one.about == "outflow"]
    assert acts == [("all", "signed off", "outflow"), ("rae", "signed off", "outflow")]
    assert "ready to be posted" in waiting.client("rae", "192.0.2.9").get("/console/cases/outflow").text


def test_declining_is_written_down_and_ending_leads_back_to_the_case(waiting):
    client = waiting.client("rae")
    assert signed(client, "rae", "decline")[0] == 303
    assert client.post(f"{WHERE}done").to == "/console/cases/outflow"
    with waiting.store.read() as session:
        assert entries(session, ACCOUNT)[0].action == "declined a case"


def test_a_case_that_cannot_be_read_leads_to_its_checks(waiting):
    (waiting.cases / "outflow" / "case.yaml").write_text("kind: [", "utf-8")
    client = waiting.client("rae")
    answer = client.get(WHERE)
    assert (answer.status, answer.to) == (303, "/console/cases/outflow?note=unreadable")
    assert "cannot be read" in client.get(answer.to).text


CLIP_AT = "/console/cases/sliding"


@pytest.fixture
def with_a_clip(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A pearl's clip waits for two people."""
    no_layers(monkeypatch, [HOLD])
    pearl_with_clip(scene.cases)
    return scene


def test_a_clip_is_shown_with_the_frames_that_were_looked_at(with_a_clip):
    client = with_a_clip.client("ada")
    case = client.get(CLIP_AT).text
    assert f'<source src="{CLIP_AT}/clip.mp4" type="video/mp4">' in case
    assert client.get(f"{CLIP_AT}/clip.mp4").headers["content-type"] == "video/mp4"
    assert client.get(f"{CLIP_AT}/captions.vtt").text.startswith("WEBVTT")
    page = client.get(f"{CLIP_AT}/sign-off/").text
    assert page.count('<figure class="frame">') > 1
    assert "with finding 1" in page
    assert client.get(f"{CLIP_AT}/sign-off/frame/0").headers["content-type"] == "image/jpeg"


def test_a_clip_that_the_gate_did_not_write_is_shown_to_nobody(with_a_clip):
    (with_a_clip.cases / "sliding" / "deid.jsonl").unlink()
    assert with_a_clip.client("ada").get(f"{CLIP_AT}/clip.mp4").status == 404
