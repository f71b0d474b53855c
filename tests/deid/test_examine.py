"""The whole gate: every layer is asked about what the world would see, and whatever fails refuses."""

import hashlib
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from quizbot.core.errors import one_line
from quizbot.deid import Examination, Options, Status, Unavailable, decode, examine, known, layers, limits
from quizbot.deid.finding import Box, Decision, Finding
from quizbot.deid.proof import check_bare
from quizbot.deid.warm import LostError
from tests.deid.dicom.files import grey, written
from tests.deid.pictures import encoded, gradient

Enter = Callable[[Path], Path]
NAME = Finding("text", "name", Decision.REFUSE, "JANE DOE", (10, 5, 30, 12), "redact it")
WORD = Finding("text", "unknown-text", Decision.HOLD, "FOO", (1, 2, 3, 4), "look at it")


class Layers:
    """Stand-ins for the two layers that look at the pixels; they record what they were shown."""

    def __init__(self) -> None:
        self.found: tuple[Finding, ...] = ()
        self.shown: list[Image.Image] = []
        self.deny: frozenset[str] = frozenset()
        self.kind: str | None = None
        self.photo = False

    def read(self, image: Image.Image, *, deny: frozenset[str], kind: str | None) -> tuple[Finding, ...]:
        self.shown.append(image)
        self.deny, self.kind = deny, kind
        return self.found

    def look(self, image: Image.Image, *, photo: bool) -> tuple[Finding, ...]:
        self.shown.append(image)
        self.photo = photo
        return ()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Layers:
    stand_in = Layers()
    monkeypatch.setattr(layers, "_module", lambda _: stand_in)
    return stand_in


@pytest.fixture
def png(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    gradient().save(path)
    return path


def put(folder: Path, data: bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_picture_without_findings_is_clean_and_rebuilt(png: Path, seen: Layers) -> None:
    examined = examine(png)
    assert (examined.status, examined.findings, examined.drawn) == (Status.CLEAN, (), False)
    assert examined.output is not None
    assert (examined.output.mime, examined.output.size, examined.original_size) == ("image/png", (60, 40), (60, 40))
    assert Image.open(BytesIO(examined.output.data)).tobytes() == gradient().tobytes()
    assert examined.source_digest == hashlib.sha256(png.read_bytes()).hexdigest()
    assert examined.digest == hashlib.sha256(examined.output.data).hexdigest()
    assert examined.pixel_digest == known.pixel_digest(gradient())
    assert {"gate", "pillow"} <= set(examined.versions)
    assert {code for code, _, _ in examined.codes} == {"113100", "113101", "113102", "113103"}


def test_what_is_held_needs_a_person_and_what_is_refused_has_no_output(png: Path, seen: Layers) -> None:
    seen.found = (WORD,)
    held = examine(png)
    assert held.status is Status.NEEDS_SIGNOFF
    assert held.output is not None
    seen.found = (WORD, NAME)
    refused = examine(png)
    assert refused.status is Status.REFUSED
    assert refused.findings == (WORD, NAME)
    assert (refused.output, refused.digest) == (None, "")
    assert refused.picture is not None  # for whoever has to see what to redact


def test_a_photograph_is_never_cleared_by_machine(png: Path, seen: Layers) -> None:
    assert examine(png, options=Options(photo=True)).status is Status.NEEDS_SIGNOFF
    assert seen.photo


def test_the_layers_see_the_pixels_of_the_rebuilt_file(tmp_path: Path, seen: Layers) -> None:
    """A JPEG's pixels change when it is rebuilt: looked at, signed and posted are the same ones."""
    noise = Image.effect_noise((120, 80), 50).convert("RGB")
    path = put(tmp_path, encoded(noise, "JPEG", quality=60), "a.jpg")
    examined = examine(path)
    assert examined.output is not None
    final = Image.open(BytesIO(examined.output.data)).convert("RGB")
    assert examined.output.mime == "image/jpeg"
    assert [image.tobytes() for image in seen.shown] == [final.tobytes()] * 2
    assert examined.pixel_digest == known.pixel_digest(final)


@pytest.mark.parametrize("quality", [30, 95])
def test_an_output_examined_again_stays_as_it_is(tmp_path: Path, seen: Layers, quality: int) -> None:
    """Else a JPEG that was looked at and signed would be another one with every look."""
    noise = Image.effect_noise((123, 81), 60).convert("RGB")
    first = examine(put(tmp_path, encoded(noise, "JPEG", quality=quality), "a.jpg"))
    assert first.output is not None
    again = Options(rebuilt=True)
    second = examine(put(tmp_path, first.output.data, "b.jpg"), options=again)
    assert second.output == first.output
    assert second.pixel_digest == first.pixel_digest
    assert second.source_digest == second.digest == first.digest
    covered = examine(tmp_path / "b.jpg", options=Options(redact=((0, 0, 50, 50),), rebuilt=True))
    assert examine(tmp_path / "b.jpg").digest != first.digest  # an original is always compressed anew
    assert covered.digest != first.digest


@pytest.mark.parametrize("letter", [b"J", b"JANE DOE", b"JANE DOE" * 100])
def test_a_letter_behind_the_last_block_of_a_jpeg_does_not_stay(tmp_path: Path, seen: Layers, letter: bytes) -> None:
    """No parser of segments sees it, and no decoder minds."""
    for n, sigma in enumerate((5, 40, 120)):
        noise = Image.effect_noise((64 + n, 48), sigma).convert("RGB")
        first = examine(put(tmp_path, encoded(noise, "JPEG"), "a.jpg"))
        assert first.output is not None
        hiding = first.output.data[:-2] + letter + first.output.data[-2:]
        assert check_bare(hiding, "image/jpeg") == noise.size
        again = examine(put(tmp_path, hiding, "b.jpg"), options=Options(rebuilt=True))
        assert again.output is not None
        assert letter not in again.output.data or len(letter) == 1
        assert again.digest != again.source_digest


def test_a_bare_jpeg_of_another_hand_is_compressed_anew(tmp_path: Path, seen: Layers) -> None:
    """Tables have room for a letter, too."""
    data = encoded(gradient(), "JPEG", quality=91, subsampling=0)
    assert check_bare(data, "image/jpeg")
    examined = examine(put(tmp_path, data, "a.jpg"), options=Options(rebuilt=True))
    assert examined.digest != examined.source_digest


def test_a_jpeg_of_pure_noise_can_be_written(tmp_path: Path, seen: Layers) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (300, 400, 3)).astype(np.uint8))
    assert examine(put(tmp_path, encoded(noise, "JPEG", quality=90), "a.jpg")).status is Status.CLEAN


def test_the_layers_see_a_picture_after_its_boxes_were_filled(png: Path, seen: Layers) -> None:
    examined = examine(png, options=Options(redact=((10, 5, 30, 12),), kind="ecg"))
    for image in (*seen.shown, examined.picture):
        assert image is not None
        assert set(image.crop((10, 5, 30, 12)).get_flattened_data()) == {(0, 0, 0)}
        assert image.getpixel((9, 5)) == gradient().getpixel((9, 5))
        assert image.getpixel((30, 11)) == gradient().getpixel((30, 11))
    assert "1 boxes filled" in examined.notes
    assert seen.kind == "ecg"


def test_a_box_beside_the_picture_is_a_refusal(png: Path, seen: Layers) -> None:
    """Whoever asks for it meant to cover something else."""
    for box in ((60, 0, 70, 10), (5, 5, 5, 9), (9, 9, 2, 2)):
        examined = examine(png, options=Options(redact=(box,)))
        assert examined.status is Status.REFUSED
        assert "covers nothing" in examined.findings[0].todo


@pytest.mark.parametrize("box", [(100, 50, 300, 120), (0, 0, 1, 1), (5990, 590, 6000, 600)])
def test_boxes_are_told_in_the_pixels_of_the_original(tmp_path: Path, seen: Layers, box: Box) -> None:
    """A picture beyond X's size is made smaller before it is looked at; its boxes are not."""
    path = tmp_path / "wide.png"
    Image.new("RGB", (6000, 600), "white").save(path)
    x0, y0, x1, y1 = (round(value * 4096 / 6000) for value in box)
    seen.found = (Finding("text", "name", Decision.REFUSE, "", (x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))),)
    examined = examine(path)
    assert seen.shown[0].size == (4096, 410)
    told = examined.findings[0].box
    assert told is not None
    assert all(abs(a - b) <= 3 for a, b in zip(told, box, strict=True))
    assert (
        examine(path, options=Options(redact=(told,))).status is Status.REFUSED
    )  # it is found again, and nothing broke


@pytest.mark.parametrize("name", ["pixels", "faces"])
def test_a_missing_layer_refuses_with_the_line_that_installs_it(
    png: Path, seen: Layers, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def module(asked: str) -> object:
        if asked == name:
            raise ModuleNotFoundError
        return seen

    monkeypatch.setattr(layers, "_module", module)
    examined = examine(png)
    assert examined.status is Status.REFUSED
    assert [one.kind for one in examined.findings] == ["unavailable"]
    assert "pip install '.[deid]'" in examined.findings[0].todo
    assert {"pixels": "113101", "faces": "113102"}[name] not in {code for code, _, _ in examined.codes}


@pytest.mark.parametrize(
    "error", [Unavailable("model", "is missing"), RuntimeError("JANE DOE"), MemoryError(), SystemExit(1)]
)
def test_a_failing_layer_refuses_and_keeps_its_message_to_itself(
    png: Path, seen: Layers, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def read(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(layers, "_module", lambda _: SimpleNamespace(read=read, look=lambda *_, **__: ()))
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    examined = examine(png)
    assert examined.status is Status.REFUSED
    assert examined.output is None
    assert "JANE" not in repr(examined)


def test_a_layer_that_takes_too_long_refuses() -> None:
    (found,) = layers.guarded("text", lambda: time.sleep(60) or (), seconds=0.05)
    assert (found.decision, found.kind) == (Decision.REFUSE, "failed")
    assert "took too long" in found.todo


def test_a_drawn_picture_passes_by_machine_and_is_still_checked(png: Path, drawn: Enter, seen: Layers) -> None:
    drawn(png)
    seen.found = (WORD,)
    held = examine(png)
    assert (held.status, held.drawn, held.findings) == (Status.CLEAN, True, (WORD,))
    seen.found = (NAME,)
    assert examine(png).status is Status.REFUSED
    seen.found = ()
    assert not examine(png, options=Options(redact=((0, 0, 9, 9),))).drawn


def test_a_drawn_picture_needs_no_models(png: Path, drawn: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise ModuleNotFoundError

    monkeypatch.setattr(layers, "_module", missing)
    examined = examine(drawn(png))
    assert (examined.status, examined.findings) == (Status.CLEAN, ())
    assert "not looked at for: text, face" in examined.notes[-1]


def test_the_words_of_a_header_reach_the_text_layer_and_nobody_else(tmp_path: Path, seen: Layers) -> None:
    values = np.arange(256, dtype=np.uint8).reshape(16, 16)
    dataset = grey(values, PatientName="Featherstonehaugh^Q", WindowCenter=128, WindowWidth=256)
    examined = examine(put(tmp_path, written(dataset), "a.dcm"))
    assert "featherstonehaugh" in seen.deny
    assert seen.deny == examined.deny
    assert "featherstonehaugh" not in repr(examined).casefold()
    assert examined.status is Status.CLEAN
    assert "pydicom" in examined.versions


def test_a_choice_that_the_educator_has_to_confirm_is_held(tmp_path: Path, seen: Layers) -> None:
    path = put(tmp_path, written(grey(np.arange(256, dtype=np.uint8).reshape(16, 16))), "a.dcm")
    (asked,) = examine(path).findings
    assert (asked.layer, asked.kind, asked.decision) == ("dicom", "window", Decision.HOLD)
    assert examine(path, options=Options(window="auto")).status is Status.CLEAN


def test_a_missing_choice_of_frame_is_refused_by_its_option(tmp_path: Path, seen: Layers) -> None:
    frames = np.zeros((3, 8, 8), np.uint8)
    path = put(tmp_path, written(grey(frames, WindowCenter=1, WindowWidth=2)), "a.dcm")
    examined = examine(path)
    assert examined.status is Status.REFUSED
    assert "--frame 1 to --frame 3" in examined.findings[0].todo
    assert examine(path, options=Options(frame=2)).status is Status.CLEAN


@pytest.mark.parametrize(
    "break_it",
    [
        lambda patch: patch.setattr("quizbot.deid.whole.encode", lambda *_, **__: 1 / 0),
        lambda patch: patch.setattr("quizbot.deid.whole.redact", lambda *_: 1 / 0),
        lambda patch: patch.setattr("quizbot.deid.whole.deny_list", lambda *_: 1 / 0),
        lambda patch: patch.setattr("quizbot.deid.encode.check_bare", lambda *_: (1, 1)),
        lambda patch: patch.setattr(known, "DRAWN", Path("/nowhere")),
    ],
)
def test_whatever_breaks_lets_nothing_pass(
    png: Path, seen: Layers, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[pytest.MonkeyPatch], None]
) -> None:
    break_it(monkeypatch)
    examined: Examination = examine(png, options=Options(redact=((1, 1, 2, 2),)))
    assert (examined.status, examined.output) == (Status.REFUSED, None)
    assert examined.findings[0].todo


def test_a_decoder_that_is_lost_refuses(png: Path, seen: Layers, monkeypatch: pytest.MonkeyPatch) -> None:
    class Lost:
        def ask(self, _: object) -> None:
            raise LostError("gone")

    monkeypatch.setattr(decode, "warm", lambda _: Lost())
    examined = examine(png)
    assert examined.status is Status.REFUSED
    assert "was not decoded" in examined.findings[0].todo
    assert not seen.shown


def test_what_cannot_be_read_is_refused_without_being_raised(tmp_path: Path) -> None:
    for name, data in (("a.png", b"hello"), ("a.svg", b"<svg"), ("a.mp4", b"\0\0\0\x18ftypmp42"), ("a.jpg", b"")):
        examined = examine(put(tmp_path, data, name))
        assert examined.status is Status.REFUSED
        todo = examined.findings[0].todo
        assert todo == one_line(todo)
        assert ";" in todo
    assert examine(tmp_path / "none.png").status is Status.REFUSED


def test_the_limits_leave_room_for_a_picture_of_the_largest_size() -> None:
    """Pixels go over the wire as they are, and the child holds several copies of them."""
    assert limits.MAX_PIXELS * 3 * 4 < limits.MEMORY_BYTES
