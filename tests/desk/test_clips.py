"""``check`` takes a clip that the gate wrote, and nothing else; what it writes is never put over another file."""

import shutil

import pytest

from quizbot.casebook import load_case
from quizbot.core.errors import InputError
from quizbot.deid.video.captions import Cue
from quizbot.desk.check import check_case
from quizbot.desk.clip_outputs import write_clip
from quizbot.desk.preview import as_record, as_text, preview
from quizbot.desk.preview_page import as_page
from tests.clips import bare_clip, pearl_with_clip


def findings(folder) -> dict[str, str]:
    return {one.key: f"{one.level}: {one.message}" for one in check_case(load_case(folder))}


def clip_in(folder):
    return next(folder.glob("*.mp4"))


def test_an_output_of_the_gate_passes(tmp_path):
    assert findings(pearl_with_clip(tmp_path)) == {}


def swapped(folder):
    clip_in(folder).write_bytes(bare_clip(200))


def without_claims(folder):
    (folder / "deid.jsonl").unlink()


def with_something_behind(folder):
    clip_in(folder).write_bytes(clip_in(folder).read_bytes() + (16).to_bytes(4, "big") + b"uuidJane Doe")


def cut_off(folder):
    clip_in(folder).write_bytes(clip_in(folder).read_bytes()[:-9])


def a_link(folder):
    clip = clip_in(folder)
    moved = folder.parent / "elsewhere.mp4"
    shutil.move(clip, moved)
    clip.symlink_to(moved)


@pytest.mark.parametrize("change", [swapped, without_claims, with_something_behind, cut_off])
def test_anything_else_is_refused_with_the_command_to_run(tmp_path, change):
    folder = pearl_with_clip(tmp_path)
    change(folder)
    found = findings(folder)["video.file"]
    assert found.startswith("error: ")
    assert "quizbot deid" in found


def test_a_link_is_no_clip(tmp_path):
    folder = pearl_with_clip(tmp_path)
    a_link(folder)
    assert "is a link" in findings(folder)["video.file"]


def test_without_ffmpeg_every_clip_is_refused_with_what_to_install(tmp_path, monkeypatch):
    folder = pearl_with_clip(tmp_path)
    monkeypatch.setattr("quizbot.deid.video.confined.shutil.which", lambda name: None)
    assert "apt-get install ffmpeg" in findings(folder)["video.file"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (b"WEBVTT\n\nNOTE by Jane Doe\n\n00:00.000 --> 00:00.900\nIt slides.\n", "more than times and words"),
        (b"1\n00:00:00,000 --> 00:00:00,900\n<b>It slides.</b>\n\n", "more than times and words"),
        (b"1\n00:00:00,000 --> 00:00:00,900\nCall 555-867-5309.\n\n", "caption 1 may identify somebody"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_captions_are_held_to_their_form_and_read(tmp_path, words, said):
    folder = pearl_with_clip(tmp_path)
    next(folder.glob("*.srt")).write_bytes(words)
    found = findings(folder)["video.captions"]
    assert found.startswith("error: ")
    assert said in found
    assert "867" not in found


def test_an_original_beside_it_is_an_error(tmp_path):
    folder = pearl_with_clip(tmp_path)
    (folder / "sweep.MOV").write_bytes(b"x")
    assert any("may be an original" in str(one) for one in check_case(load_case(folder)))


def test_a_patient_s_clip_needs_written_consent(tmp_path):
    folder = pearl_with_clip(tmp_path, consent="not-identifiable", consent_ref=None)
    assert "written-consent" in findings(folder)["video.origin"]


def test_a_clip_is_never_written_over_another_file(tmp_path, monkeypatch):
    monkeypatch.setattr("quizbot.desk.clip_outputs.random_name", lambda: "a1b2c3d4e5f60718")
    monkeypatch.setattr("quizbot.desk.clip_outputs.append_claim", lambda *_: None)
    (tmp_path / "a1b2c3d4e5f60718.mp4").write_bytes(b"somebody else's")

    class Claimed:
        def line(self) -> bytes:
            return b""

    with pytest.raises(InputError):
        write_clip(b"new", "", lambda _name: Claimed(), tmp_path)
    assert (tmp_path / "a1b2c3d4e5f60718.mp4").read_bytes() == b"somebody else's"
    assert [one.name for one in tmp_path.iterdir()] == ["a1b2c3d4e5f60718.mp4"]


def test_the_preview_tells_of_it(tmp_path):
    loaded = load_case(pearl_with_clip(tmp_path))
    made = preview(loaded)
    assert as_record(made)["posts"][0]["video"]["origin"] == "patient"
    assert any("The pleural line moves with each breath." in line for line in as_text(made))
    page = as_page([(loaded, made)])
    assert "data:video/mp4;base64," in page
    assert '<track kind="captions" src="data:text/vtt;base64,' in page
    assert "autoplay" not in page


def test_the_preview_shows_nothing_that_the_gate_did_not_write(tmp_path):
    folder = pearl_with_clip(tmp_path)
    swapped(folder)
    loaded = load_case(folder)
    page = as_page([(loaded, preview(loaded))])
    assert "data:video" not in page
    assert "not shown here" in page


def test_hostile_captions_are_words_to_the_page(tmp_path):
    cues = (Cue(0, 900, "<script>alert(1)</script> --> & more"),)
    loaded = load_case(pearl_with_clip(tmp_path, cues=cues))
    assert "<script>" not in as_page([(loaded, preview(loaded))])
