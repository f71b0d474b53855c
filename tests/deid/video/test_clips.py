"""A clip goes out as its frames and nothing else, and what is seen in any of them is found."""

import json
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from quizbot.deid import Status
from quizbot.deid.facts import Refused
from quizbot.deid.video import ClipOptions, examine_clip
from quizbot.deid.video.confined import command, environment
from quizbot.deid.video.frames import decoded, posted_size, probe
from quizbot.deid.video.kinds import MP4, kind_of
from quizbot.deid.video.limits import MOST_BITS_A_SECOND
from quizbot.deid.video.proof import Bare, NotBareError, blanked, check_bare

GREY = "color=gray:size=320x240:rate=30:duration={}"
FLASH = "drawbox=x=10:y=10:w=80:h=30:color=white:t=fill:enable='between(t,{},{})'"


def why(made) -> str:
    return " ".join(one.finding.todo for one in made.seen)


@pytest.fixture(scope="session")
def laden(make, tmp_path_factory):
    """A clip with sound, subtitles, a chapter and a name in its metadata."""
    folder = tmp_path_factory.mktemp("beside")
    (folder / "s.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nJane Doe, MRN 123456\n")
    (folder / "c.txt").write_text(
        ";FFMETADATA1\ntitle=Jane Doe\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle=Jane\n"
    )
    return make(
        "-f", "lavfi", "-i", GREY.format(1), "-f", "lavfi", "-i", "sine=duration=1", "-i", str(folder / "s.srt"),
        "-i", str(folder / "c.txt"), "-map", "0", "-map", "1", "-map", "2", "-map_metadata", "3", "-c:a", "aac",
        "-c:s", "mov_text", "-metadata", "comment=MRN 123456",
    )  # fmt: skip


def test_sound_subtitles_chapters_and_metadata_stay_behind(laden, layers, tmp_path):
    assert b"Jane" in laden.read_bytes()
    made = examine_clip(laden)
    assert made.status is Status.NEEDS_SIGNOFF
    assert any(note.startswith("left out: audio, data, subtitle") for note in made.notes)
    (tmp_path / "out.mp4").write_bytes(made.data)
    asked = ["ffprobe", "-v", "error", "-of", "json", "-show_streams", "-show_format", "-show_chapters"]
    told = json.loads(subprocess.run([*asked, str(tmp_path / "out.mp4")], check=True, capture_output=True).stdout)  # noqa: S603
    assert [one["codec_type"] for one in told["streams"]] == ["video"]
    assert told["chapters"] == []
    assert set(told["format"]["tags"]) == {"major_brand", "minor_version", "compatible_brands"}
    for words in (b"Jane", b"MRN", b"x264 -", b"Lavf"):
        assert words not in made.data
    check_bare(made.data)


def test_a_name_that_flashes_for_a_fifth_of_a_second_is_found_and_the_clip_refused(make, layers):
    made = examine_clip(make("-f", "lavfi", "-i", GREY.format(3), "-vf", FLASH.format(1.4, 1.6), name="flash.mp4"))
    assert made.status is Status.REFUSED
    assert made.data == b""
    (seen,) = [one for one in made.seen if one.finding.kind == "name"]
    assert seen.seconds == pytest.approx(1.4, abs=0.1)


def test_a_filled_box_is_filled_on_every_frame(make, layers, tmp_path):
    clip = make("-f", "lavfi", "-i", GREY.format(2), "-vf", FLASH.format(0.5, 1.2), name="box.mp4")
    made = examine_clip(clip, ClipOptions(redact=((0, 0, 100, 60),)))
    assert made.status is Status.NEEDS_SIGNOFF
    (tmp_path / "out.mp4").write_bytes(made.data)
    with decoded(tmp_path / "out.mp4", MP4.reader, made.size) as frames:
        brightest = [frame.crop((4, 4, 96, 56)).convert("L").getextrema()[1] for frame in frames]
    assert len(brightest) == 60
    assert max(brightest) < 30


def test_a_still_clip_is_looked_at_once_a_second_and_at_its_end(make, layers):
    made = examine_clip(make("-f", "lavfi", "-i", GREY.format(4), name="still.mp4"))
    assert made.looked == 5
    assert made.seconds == pytest.approx(4, abs=0.05)


def test_the_same_clip_gives_the_same_pixels(laden, layers):
    one, other = examine_clip(laden), examine_clip(laden)
    assert (one.pixel_digest, one.digest) == (other.pixel_digest, other.digest)
    assert len(one.pixel_digest) == 64


def test_a_turned_clip_comes_out_upright(make, layers, tmp_path):
    """A phone writes its clips lying, with a matrix in the track's head that turns them."""
    data = bytearray(make("-f", "lavfi", "-i", GREY.format(1), name="flat.mp4").read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    data[at : at + 36] = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 240 << 16, 0, 1 << 30)
    (tmp_path / "turned.mp4").write_bytes(data)
    assert examine_clip(tmp_path / "turned.mp4").size == (240, 320)


def test_pixels_that_are_not_square_become_so(make, layers):
    made = examine_clip(make("-f", "lavfi", "-i", GREY.format(1), "-vf", "setsar=3/2", name="wide.mp4"))
    assert made.size == (480, 240)


@pytest.mark.parametrize(
    ("size", "posted"),
    [((1920, 1080), (1280, 720)), ((1080, 1920), (720, 1280)), ((321, 241), (320, 240)), ((640, 480), (640, 480))],
)
def test_it_goes_out_within_x_s_bounds_and_never_larger(size, posted):
    assert posted_size(*size) == posted


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-f", "lavfi", "-i", "color=gray:size=320x240:rate=1:duration=150"), "X takes 140 s"),
        (("-f", "lavfi", "-i", GREY.format(0.2)), "shorter than half a second"),
        (("-f", "lavfi", "-i", "color=gray:size=640x64:rate=30:duration=1"), "three times as long as wide"),
    ],
)
def test_what_x_would_not_take_is_refused(make, layers, words, said):
    made = examine_clip(make(*words, name="odd.mp4"))
    assert (made.status, said in why(made)) == (Status.REFUSED, True)


@pytest.mark.parametrize(
    "content",
    [
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00" + b"rest" * 50,
        b"\x1aE\xdf\xa3" + b"\x00" * 100,
        b"RIFF\x00\x00\x00\x00AVI LIST",
        b"",
    ],
)
def test_playlists_and_broken_files_are_refused(make, tmp_path, content):
    (tmp_path / "a.mp4").write_bytes(content)
    assert examine_clip(tmp_path / "a.mp4").status is Status.REFUSED


def test_links_and_folders_are_refused(make, tmp_path, laden):
    (tmp_path / "a.mp4").symlink_to(laden)
    assert "regular file" in why(examine_clip(tmp_path / "a.mp4"))
    assert "regular file" in why(examine_clip(tmp_path))


def test_a_cut_off_clip_is_refused(make, tmp_path, laden):
    (tmp_path / "a.mp4").write_bytes(laden.read_bytes()[:2000])
    assert examine_clip(tmp_path / "a.mp4").status is Status.REFUSED


def test_without_ffmpeg_a_clip_is_refused_with_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "a.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00")
    monkeypatch.setattr("quizbot.deid.video.confined.shutil.which", lambda name: None)
    made = examine_clip(tmp_path / "a.mp4")
    assert (made.status, "apt-get install ffmpeg" in why(made)) == (Status.REFUSED, True)


def test_a_layer_that_is_not_installed_refuses(make, laden, monkeypatch):
    from quizbot.deid.layers import guarded  # noqa: PLC0415  # only here

    def missing():
        raise ImportError

    monkeypatch.setattr("quizbot.deid.video.examine.layers.text", lambda *_: guarded("text", missing))
    monkeypatch.setattr("quizbot.deid.video.examine.layers.faces", lambda *_, photo: ())
    assert examine_clip(laden).status is Status.REFUSED


@pytest.fixture(scope="session")
def bare(laden, make, tmp_path_factory):
    from quizbot.deid.video.frames import encoded  # noqa: PLC0415  # only here

    into = tmp_path_factory.mktemp("bare") / "out.mp4"
    with decoded(laden, MP4.reader, (320, 240)) as frames:
        encoded(frames, (320, 240), into)
    return blanked(into.read_bytes())


def with_box(data: bytes, parent: bytes, box: bytes) -> bytes:
    """The file with one more box at the end of another one, of which there is one at the top."""
    at = data.index(parent) - 4
    size = int.from_bytes(data[at : at + 4], "big")
    inside = data[at + 4 : at + size] + box
    return data[:at] + (len(inside) + 4).to_bytes(4, "big") + inside + data[at + size :]


BOX = (16).to_bytes(4, "big")


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + BOX + b"uuid" + b"Jane Doe",
        lambda data: data + BOX + b"free" + b"Jane Doe",
        lambda data: data + b"tail",
        lambda data: with_box(data, b"moov", BOX + b"udta" + b"Jane Doe"),
        lambda data: with_box(data, b"moov", BOX + b"meta" + b"Jane Doe"),
        lambda data: with_box(data, b"moov", b"\x00\x00\x00\x08trak"),
        lambda data: with_box(data, b"mdat", b"\x00\x00\x00\x05\x06Jane"),
        lambda data: with_box(data, b"mdat", b"\x00\x00\x10\x00\x65"),
        lambda data: data.replace(b"vide", b"soun", 1),
        lambda data: data.replace(b"mvhd\x00\x00\x00\x00\x00", b"mvhd\x00\x00\x00\x00\x01", 1),
        lambda data: data[:-3],
    ],
)
def test_anything_that_came_along_is_found(bare, change):
    check_bare(bare)
    with pytest.raises(NotBareError):
        check_bare(change(bare))


TONE = "sine=frequency={}:duration={}"


@pytest.fixture(scope="session")
def spoken(make, tmp_path_factory):
    """A clip of a second with half a second of narration, as the gate writes it."""
    from quizbot.deid.video.frames import encoded, sound_of  # noqa: PLC0415  # only here

    source = make("-f", "lavfi", "-i", GREY.format(1), "-f", "lavfi", "-i", TONE.format(300, 0.5), name="spoken.mov")
    into = tmp_path_factory.mktemp("spoken") / "out.mp4"
    sound_of(source, "mov", into.with_name("sound"))
    with decoded(source, MP4.reader, (320, 240)) as frames:
        encoded(frames, (320, 240), into, into.with_name("sound"))
    return blanked(into.read_bytes())


def test_narration_stays_only_if_it_is_asked_for_and_is_told(make, layers, tmp_path):
    clip = make("-f", "lavfi", "-i", GREY.format(1), "-f", "lavfi", "-i", TONE.format(300, 1), name="n.mp4")
    silent, made = examine_clip(clip), examine_clip(clip, ClipOptions(narration=True))
    assert (silent.sound, made.sound) == (False, True)
    assert [one.finding.layer for one in silent.seen] == []
    assert [(one.finding.layer, one.finding.decision) for one in made.seen] == [("sound", "hold")]
    (tmp_path / "again.mp4").write_bytes(made.data)
    again = examine_clip(tmp_path / "again.mp4", ClipOptions(rebuilt=True))
    assert [one.finding.layer for one in again.seen] == ["sound"]


def test_narration_of_a_silent_clip_is_refused(make, layers):
    made = examine_clip(make("-f", "lavfi", "-i", GREY.format(1), name="mute.mp4"), ClipOptions(narration=True))
    assert (made.status, "no sound" in why(made)) == (Status.REFUSED, True)


def test_sound_that_is_shorter_than_the_pictures_cuts_none_of_them(spoken, tmp_path):
    assert check_bare(spoken) == Bare((320, 240), sound=True)
    (tmp_path / "a.mp4").write_bytes(spoken)
    with decoded(tmp_path / "a.mp4", MP4.reader, (320, 240)) as frames:
        assert len(list(frames)) == 30


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"SoundHandler", b"Jane Doe\0\0\0\0", 1),
        lambda data: data.replace(b"soun", b"subt", 1),
        lambda data: data.replace(b"vide", b"soun", 1),
        lambda data: with_box(data, b"mdat", b"Jane Doe, MRN 123456"),
        lambda data: with_box(data, b"mdat", bytes(4)),
        lambda data: data.replace(b"stco\x00\x00\x00\x00\x00\x00\x00", b"stco\x00\x00\x00\x00\x00\x00\x01", 1),
    ],
)
def test_what_came_along_beside_the_sound_is_found(spoken, change):
    with pytest.raises(NotBareError):
        check_bare(change(spoken))


def test_a_clip_that_is_looked_at_again_stays_as_it_is_and_its_frames_are_kept(bare, layers, tmp_path):
    (tmp_path / "a.mp4").write_bytes(bare)
    made = examine_clip(tmp_path / "a.mp4", ClipOptions(rebuilt=True))
    assert made.data == bare
    assert [frame.seconds for frame in made.frames] == pytest.approx([0, 29 / 30])
    assert all(frame.jpeg.startswith(b"\xff\xd8") for frame in made.frames)


def test_what_the_gate_did_not_write_is_not_looked_at_again(laden, layers, tmp_path):
    made = examine_clip(laden, ClipOptions(rebuilt=True))
    assert (made.status, made.frames) == (Status.REFUSED, ())


def test_each_scene_and_each_second_is_looked_at(make, layers):
    """Three scenes with cuts at 0.7 and 3.1 s of a clip of five: nothing is unseen for longer than a second."""
    scenes = ("color=red:d=0.7", "color=blue:d=2.4", "color=green:d=1.9")
    inputs = [word for scene in scenes for word in ("-f", "lavfi", "-i", f"{scene}:size=160x120:rate=30")]
    clip = make(*inputs, "-filter_complex", "[0][1][2]concat=n=3", name="scenes.mp4")
    made = examine_clip(clip)
    colours = [image.resize((1, 1)).getpixel((0, 0)) for image in layers]
    assert {max(range(3), key=lambda n: colour[n]) for colour in colours} == {0, 1, 2}
    (Path(clip).parent / "again.mp4").write_bytes(made.data)
    again = examine_clip(Path(clip).parent / "again.mp4", ClipOptions(rebuilt=True))
    times = [frame.seconds for frame in again.frames]
    assert any(abs(one - 0.7) < 0.05 for one in times)
    assert any(abs(one - 3.1) < 0.05 for one in times)
    assert max(after - before for before, after in zip(times, [*times[1:], 5.0], strict=True)) < 1.001


def test_a_bright_moment_in_noise_stays_within_the_bound(make, layers):
    made = examine_clip(make("-f", "lavfi", "-i", "nullsrc=s=320x240:d=2,geq=random(1)*255:128:128", name="noise.mp4"))
    assert len(made.data) * 8 / 2 <= 2.5 * MOST_BITS_A_SECOND


def confined(code: str, *, into=None, cwd=None) -> int:
    words = command("ffmpeg", ["-c", code], into=into)
    words[words.index(next(word for word in words if word.endswith("ffmpeg")))] = sys.executable
    return subprocess.run(words, env=environment(), capture_output=True, check=False, cwd=cwd).returncode  # noqa: S603


def test_what_reads_a_clip_reaches_no_network_and_writes_no_file(make, tmp_path):
    """Python in the place of ffmpeg tries to."""
    assert confined("print(1)") == 0
    assert confined("import socket; socket.socket()") != 0
    assert confined("import socket; socket.socketpair()") != 0
    writing = "import os; os.write(os.open('x', os.O_CREAT | os.O_WRONLY), b'x')"
    assert confined(writing, cwd=tmp_path) != 0
    assert confined(writing, into=tmp_path, cwd=tmp_path) == 0
    assert (tmp_path / "x").read_bytes() == b"x"
    (tmp_path / "inside").mkdir()
    assert confined("import os; os.unlink('x')", cwd=tmp_path) != 0
    assert confined("import os; os.rename('x', 'y')", cwd=tmp_path) != 0
    assert confined("import os; os.truncate('x', 0)", cwd=tmp_path) != 0
    assert confined(writing, into=tmp_path / "inside", cwd=tmp_path) != 0
    assert (tmp_path / "x").read_bytes() == b"x"
    assert confined("bytearray(5 * 2**30)") != 0


def test_what_reads_a_clip_touches_no_other_process():
    memory = "import os; os.open(f'/proc/{os.getppid()}/mem', os.O_RDWR)"
    if subprocess.run([sys.executable, "-c", memory], capture_output=True, check=False).returncode != 0:  # noqa: S603
        pytest.skip("this user may not touch other processes in any case")
    assert confined(memory) != 0


def test_no_module_is_taken_from_the_folder_of_the_clip(tmp_path):
    (tmp_path / "ctypes.py").write_text("raise SystemExit(0)")
    assert confined("raise SystemExit(7)", cwd=tmp_path) == 7


def test_the_reader_is_chosen_by_the_first_bytes(make, tmp_path):
    for name, reader in (("a.mkv", "matroska"), ("a.avi", "avi"), ("a.mov", "mov"), ("a.webm", "matroska")):
        clip = make("-f", "lavfi", "-i", GREY.format(1), name=name)
        assert kind_of(clip).reader == reader
        assert probe(clip, kind_of(clip)).width == 320
    (tmp_path / "a.mp4").write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")
    with pytest.raises(Refused):
        kind_of(tmp_path / "a.mp4")


def test_captions_are_read_too(make, layers, laden, tmp_path):
    (tmp_path / "c.vtt").write_text("WEBVTT\n\n00:00.200 --> 00:00.900\n<b>Call 555-867-5309</b>\n")
    made = examine_clip(laden, ClipOptions(captions=tmp_path / "c.vtt"))
    assert [one.seconds for one in made.seen if one.finding.layer == "words"] == [0.2]
    assert made.captions[0].text == "Call 555-867-5309"
