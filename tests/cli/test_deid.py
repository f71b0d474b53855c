"""`quizbot deid`: what it prints, what it writes, and that it neither overwrites nor tells."""

import json
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from quizbot.core.errors import InputError
from quizbot.deid import Status
from quizbot.deid.finding import Decision, Finding
from quizbot.deid.video import ClipExamination, Seen
from quizbot.deid.video.captions import Cue
from tests.signoff.given import HOLD, NAME, Gate, patient_picture, png

KEYS = {"file", "status", "findings", "output"}
FINDING_KEYS = {"layer", "kind", "decision", "text", "box"}


@pytest.fixture
def gate(monkeypatch):
    made = Gate([])
    monkeypatch.setattr("quizbot.deid.examine", made.examine)
    return made


@pytest.fixture
def original(tmp_path):
    path = tmp_path / "DOE_JANE.png"
    path.write_bytes(png(patient_picture()))
    return path


def records(result):
    return [json.loads(line) for line in result.out.splitlines()]


def test_a_clean_picture_is_written_under_a_name_that_says_nothing(quizbot, gate, original, tmp_path):
    result = quizbot("deid", original, "-o", tmp_path / "out", "--json")
    (record,) = records(result)
    assert (result.code, set(record), record["status"], record["findings"]) == (0, KEYS, "clean", [])
    made = [path for path in (tmp_path / "out").iterdir() if path.suffix == ".png"]
    assert [str(path) for path in made] == [record["output"]]
    assert "DOE" not in record["output"].upper()
    assert "DOE" not in (tmp_path / "out" / "deid.jsonl").read_text().upper()
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_what_needs_a_person_is_written_and_exits_1_with_its_text_masked(quizbot, gate, original, tmp_path):
    gate.findings = [HOLD]
    result = quizbot("deid", original, "-o", tmp_path / "out", "--json")
    (record,) = records(result)
    (finding,) = record["findings"]
    assert (result.code, record["status"], set(finding)) == (1, "needs_signoff", FINDING_KEYS)
    assert finding == {
        "layer": "text",
        "kind": "unknown-text",
        "decision": "hold",
        "text": "••••",
        "box": [20, 20, 90, 44],
    }
    shown = quizbot("deid", original, "--json", "--show-text")
    assert records(shown)[0]["findings"][0]["text"] == "LVOT"


def test_what_is_refused_is_not_written(quizbot, gate, original, tmp_path):
    gate.findings = [NAME]
    result = quizbot("deid", original, "-o", tmp_path / "out", "--json")
    (record,) = records(result)
    assert (result.code, record["status"], record["output"]) == (1, "refused", None)
    assert not (tmp_path / "out").exists()
    plain = quizbot("deid", original, "-o", tmp_path / "out")
    assert ("refused" in plain.out, "JANE" in plain.out.replace(str(original), "")) == (True, False)


def test_redacting_fills_the_boxes_and_looks_again(quizbot, gate, original, tmp_path):
    gate.findings = [HOLD, NAME]
    result = quizbot("deid", original, "-o", tmp_path / "out", "--json", "--redact")
    (record,) = records(result)
    assert (result.code, record["status"]) == (0, "clean")
    image = Image.open(record["output"])
    assert all(image.crop(box).getextrema() == ((0, 0),) * 3 for box in (HOLD.box, NAME.box))
    claim = json.loads((tmp_path / "out" / "deid.jsonl").read_text())
    assert sorted(claim["redacted"]) == sorted([list(HOLD.box), list(NAME.box)])


def test_a_photograph_is_not_cleared_by_filling_it(quizbot, gate, original, tmp_path):
    gate.findings = [Finding("photo", "photo", Decision.HOLD, box=(0, 0, 320, 200))]
    (record,) = records(quizbot("deid", original, "-o", tmp_path / "out", "--json", "--redact", "--photo"))
    assert record["status"] == "needs_signoff"
    assert gate.examined[-1].photo
    assert Image.open(record["output"]).convert("L").getextrema()[1] > 0


def test_running_it_again_never_overwrites(quizbot, gate, original, tmp_path):
    for _ in range(3):
        quizbot("deid", original, original, "-o", tmp_path / "out")
    assert len(list((tmp_path / "out").glob("*.png"))) == 6
    assert (tmp_path / "out" / "deid.jsonl").read_bytes().count(b"\n") == 6


def test_frame_and_window_are_handed_on(quizbot, gate, original):
    quizbot("deid", original, "--frame", 3, "--window", "40,400.5")
    assert (gate.examined[-1].frame, gate.examined[-1].window) == (3, (40.0, 400.5))
    quizbot("deid", original, "--window", "auto")
    assert gate.examined[-1].window == "auto"
    assert quizbot("deid", original, "--window", "40,wide").code == 2


def test_one_that_fails_does_not_stop_the_others_and_says_why_on_standard_error(
    quizbot, gate, original, tmp_path, monkeypatch
):
    def examine(path, *, options):
        if path.name == "bad.png":
            raise InputError(str(path), "the models are missing", "run `pip install '.[deid]'`")
        return gate.examine(path, options=options)

    monkeypatch.setattr("quizbot.deid.examine", examine)
    (tmp_path / "bad.png").write_bytes(b"")
    result = quizbot("deid", tmp_path / "bad.png", original, "-o", tmp_path / "out", "--json")
    assert [record["status"] for record in records(result)] == ["refused", "clean"]
    assert (result.code, ".[deid]" in result.err) == (1, True)


def test_a_folder_that_cannot_be_made_is_one_line(quizbot, gate, original, tmp_path):
    (tmp_path / "file").write_text("x")
    result = quizbot("deid", original, "-o", tmp_path / "file" / "out")
    assert (result.code, len(result.err.splitlines())) == (1, 1)


def test_a_text_is_checked_as_one(quizbot, tmp_path, monkeypatch):
    def read_words(text, *, where=""):
        at = text.find("Jane")
        found = Finding("words", "name", Decision.REFUSE, text="Jane")
        return (SimpleNamespace(finding=found, start=at, end=at + 4, suggestion=""),) if at >= 0 else ()

    monkeypatch.setattr("quizbot.desk.deidentify.read_words", read_words)
    (tmp_path / "a.txt").write_text("A case of Jane.")
    (tmp_path / "b.txt").write_text("A case.")
    (tmp_path / "c.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "d.txt").symlink_to(tmp_path / "b.txt")
    result = quizbot("deid", *(tmp_path / f"{name}.txt" for name in "abcd"), "--json")
    assert [record["status"] for record in records(result)] == ["refused", "clean", "refused", "refused"]
    assert records(result)[0]["findings"] == [
        {"layer": "words", "kind": "name", "decision": "refuse", "text": "••••", "box": None}
    ]


def test_a_link_in_the_place_of_the_claim_file_is_not_written_through(quizbot, gate, original, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").write_text("")
    (tmp_path / "out" / "deid.jsonl").symlink_to(tmp_path / "elsewhere")
    assert quizbot("deid", original, "-o", tmp_path / "out").code == 1
    assert (tmp_path / "elsewhere").read_text() == ""
    assert not list((tmp_path / "out").glob("*.png"))


def test_boxes_in_the_claim_are_those_of_the_output(quizbot, gate, original, tmp_path, monkeypatch):
    """What came in may be larger than what goes out."""
    from dataclasses import replace  # noqa: PLC0415  # for this one

    gate.findings = [HOLD]
    monkeypatch.setattr(
        "quizbot.deid.examine",
        lambda path, *, options: replace(gate.examine(path, options=options), original_size=(640, 400)),
    )
    quizbot("deid", original, "-o", tmp_path / "out")
    claim = json.loads((tmp_path / "out" / "deid.jsonl").read_text())
    assert claim["findings"][0]["box"] == [10, 10, 45, 22]
    assert Image.open(BytesIO(next((tmp_path / "out").glob("*.png")).read_bytes())).size == (320, 200)


def test_a_clip_goes_through_its_own_gate_and_is_never_cleared_by_machine(quizbot, tmp_path, monkeypatch):
    made = ClipExamination(Status.NEEDS_SIGNOFF, (Seen(HOLD, 2.5),), b"clip", (Cue(0, 900, "Look."),), (64, 36), 1.0, 3)
    asked = []
    monkeypatch.setattr("quizbot.deid.video.examine_clip", lambda path, options: asked.append(options) or made)
    (tmp_path / "a.mp4").write_bytes(b"x")
    result = quizbot("deid", "a.mp4", "-o", "out", "--captions", "a.vtt")
    assert (result.code, "needs_signoff" in result.out, "first at 2.5 s" in result.out) == (1, True, True)
    names = {path.suffix: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert (names[".mp4"], b"Look." in names[".srt"]) == (b"clip", True)
    assert asked[0].captions == Path("a.vtt")
    assert b'"output"' in names[".jsonl"]
