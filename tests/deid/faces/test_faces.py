"""Faces refuse in every position, a bar hides none, photographs hold, and what has no face passes."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from quizbot.deid.faces import judge, look, runtime
from quizbot.deid.faces.detect import Face
from quizbot.deid.faces.mirror import unframed
from quizbot.deid.facts import Unavailable
from quizbot.deid.finding import Box, Decision

_MISSING = [name for name in ("numpy", "cv2", "ai_edge_litert") if find_spec(name) is None]
if _MISSING and os.environ.get("QUIZBOT_TEST_STRICT") == "1":
    pytest.fail(f"faces need the extra deid: no {', '.join(_MISSING)}", pytrace=False)
if _MISSING:
    pytest.skip(f"faces need the extra deid: no {', '.join(_MISSING)}", allow_module_level=True)

import numpy as np  # noqa: E402  # there, as was seen above

_HERE = Path(__file__).parent
_PORTRAITS = {"astronaut.jpg": (83, 67, 190, 174), "hopper.jpg": (65, 73, 214, 222)}
_CASES = Path(__file__).parents[3] / "cases"


def _portrait(name: str) -> Image.Image:
    return Image.open(_HERE / name).convert("RGB")


def _decisions(image: Image.Image, **options: bool) -> set[tuple[str, Decision]]:
    return {(finding.layer, finding.decision) for finding in look(image, **options)}


@pytest.mark.parametrize("name", _PORTRAITS)
@pytest.mark.parametrize("angle", [0, 90, 180, 270, 35])
def test_a_face_refuses_however_it_is_turned(name: str, angle: int) -> None:
    turned = _portrait(name).rotate(angle, expand=True, fillcolor=(90, 90, 90))
    assert ("face", Decision.REFUSE) in _decisions(turned)


@pytest.mark.parametrize("name", _PORTRAITS)
def test_the_box_of_a_face_is_on_the_face(name: str) -> None:
    box = next(finding.box for finding in look(_portrait(name)) if finding.kind == "face")
    assert box is not None
    assert _shared(box, _PORTRAITS[name]) > 0.6


@pytest.mark.parametrize("name", _PORTRAITS)
def test_a_face_of_60_pixels_in_a_large_picture_refuses(name: str) -> None:
    x0, _, x1, _ = _PORTRAITS[name]
    portrait = _portrait(name)
    scale = 60 / (x1 - x0)
    page = Image.new("RGB", (1500, 1000), (20, 24, 28))
    page.paste(portrait.resize((round(portrait.width * scale), round(portrait.height * scale))), (1100, 700))
    assert ("face", Decision.REFUSE) in _decisions(page)


@pytest.mark.parametrize("name", _PORTRAITS)
@pytest.mark.parametrize("colour", ["black", "white"])
def test_a_bar_over_the_eyes_redacts_nothing(name: str, colour: str) -> None:
    image, (x0, y0, x1, y1) = _portrait(name), _PORTRAITS[name]
    height = y1 - y0
    ImageDraw.Draw(image).rectangle((x0 - 5, y0 + height // 10, x1 + 5, y0 + height * 2 // 5), fill=colour)
    assert any(layer == "face" for layer, _ in _decisions(image))


@pytest.mark.parametrize("name", _PORTRAITS)
def test_a_face_filled_with_one_colour_is_gone(name: str) -> None:
    image, (x0, y0, x1, y1) = _portrait(name), _PORTRAITS[name]
    ImageDraw.Draw(image).rectangle((x0 - 15, y0 - 40, x1 + 15, y1 + 25), fill="black")
    assert ("face", Decision.REFUSE) not in _decisions(image)


@pytest.mark.parametrize("name", _PORTRAITS)
@pytest.mark.parametrize("colours", ["RGB", "L"])
@pytest.mark.parametrize("side", ["left", "right", "upper", "lower"])
def test_half_a_face_is_stopped_where_it_is(name: str, colours: str, side: str) -> None:
    image, (x0, y0, x1, y1) = _portrait(name).convert(colours).convert("RGB"), _PORTRAITS[name]
    x, y = (x0 + x1) // 2, (y0 + y1) // 2
    left, top, right, bottom = {
        "left": (0, 0, x, image.height),
        "right": (x, 0, image.width, image.height),
        "upper": (0, 0, image.width, y),
        "lower": (0, y, image.width, image.height),
    }[side]
    inside = max(x0, left) - left, max(y0, top) - top, min(x1, right) - left, min(y1, bottom) - top
    boxes = [f.box for f in look(image.crop((left, top, right, bottom))) if f.layer == "face" and f.box]
    assert any(_shared(box, inside) > 0.3 for box in boxes)


@pytest.mark.parametrize("name", _PORTRAITS)
def test_a_face_first_seen_askew_is_borne_out_by_nearer_views(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    grey = _portrait(name).convert("L").convert("RGB")
    monkeypatch.setattr(judge, "faces", lambda *_: [_askew(_PORTRAITS[name])])
    monkeypatch.setattr(judge, "mirrored", lambda pixels, _: (pixels, []))
    assert ("face", Decision.REFUSE) in _decisions(grey)


def test_what_the_detector_takes_for_a_face_in_noise_is_borne_out_by_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = np.random.default_rng(1).integers(60, 200, (300, 300), dtype=np.uint8)
    monkeypatch.setattr(judge, "faces", lambda *_: [_askew((90, 90, 210, 210))])
    assert look(Image.fromarray(noise).convert("RGB")) == ()


def _askew(box: Box) -> Face:
    """What a detector that is fairly sure of a face may say, its eyes above each other."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return Face(box, 0.6, ((x, y - 25), (x, y + 25)))


@pytest.mark.parametrize("box", [(10, 10, 40, 40), (-30, 20, 5, 60), (80, 70, 140, 110), (-45, -30, -5, -2)])
def test_a_box_between_the_mirrors_lands_inside_the_picture(box: Box) -> None:
    depth, width, height = 40, 120, 80
    framed = (box[0] + depth, box[1] + depth, box[2] + depth, box[3] + depth)
    x0, y0, x1, y1 = unframed(Face(framed, 0.9, ((0, 0), (1, 0))), width, height)
    assert 0 <= x0 < x1 <= width
    assert 0 <= y0 < y1 <= height


def test_a_picture_said_to_be_a_photograph_is_never_clear() -> None:
    (finding,) = look(Image.new("RGB", (300, 200), (30, 60, 90)), photo=True)
    assert (finding.layer, finding.decision) == ("photo", Decision.HOLD)
    assert "written consent" in finding.todo
    assert "two people" in finding.todo


def test_a_picture_full_of_skin_is_taken_for_a_photograph() -> None:
    skin = np.zeros((300, 400, 3), dtype=np.uint8) + np.array([198, 150, 122], dtype=np.uint8)
    noise = np.random.default_rng(1).integers(0, 7, skin.shape, dtype=np.uint8)
    assert ("photo", Decision.HOLD) in _decisions(Image.fromarray(skin + noise))


@pytest.mark.parametrize("picture", sorted(_CASES.glob("*/*.png")), ids=lambda path: path.parent.name)
def test_a_drawn_ecg_has_neither(picture: Path) -> None:
    assert look(Image.open(picture).convert("RGB")) == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (2000, 8), (64, 64)])
def test_odd_sizes_are_looked_at(size: tuple[int, int]) -> None:
    assert look(Image.new("RGB", size, "grey")) == ()


def test_another_model_is_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "other.tflite").write_bytes(b"another model")
    monkeypatch.setattr(runtime, "_FOLDER", tmp_path)
    with pytest.raises(Unavailable):
        runtime.run("other.tflite", "0" * 64, np.zeros((8, 8, 3), dtype=np.float32))


def test_a_missing_model_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runtime, "_FOLDER", tmp_path)
    with pytest.raises(Unavailable, match="\\.\\[deid\\]"):
        runtime.run("gone.tflite", "0" * 64, np.zeros((8, 8, 3), dtype=np.float32))


def _shared(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((b[2] - b[0]) * (b[3] - b[1]) for b in (one, other))
    return max(0, wide) * max(0, high) / smaller
