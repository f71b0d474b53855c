"""The network for small letters: what it has to see, what it must not, and that no other file is run in its place."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from quizbot.deid import pixels
from quizbot.deid.facts import Unavailable
from quizbot.deid.pixels import version

pytest.importorskip("onnxruntime", reason="the extra [deid] is not installed here")
cv2 = pytest.importorskip("cv2", reason="the extra [deid] is not installed here")
np = pytest.importorskip("numpy", reason="the extra [deid] is not installed here")

from quizbot.deid.pixels import findings, letters, models, regions, traces  # noqa: E402  # after it is known to be there

SIZE = (420, 260)


def speckle(seed: int = 0, size: tuple[int, int] = SIZE) -> Image.Image:
    """Tissue as ultrasound shows it: grain that multiplies."""
    grain = np.random.default_rng(seed).standard_normal((size[1], size[0])).astype(np.float32)
    grain = np.abs(cv2.GaussianBlur(grain, (0, 0), 1.2)) * 120 + 12
    return Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8)).convert("RGB")


def paper(size: tuple[int, int] = SIZE) -> Image.Image:
    """A grid and two curves, without a letter."""
    page = np.full((size[1], size[0], 3), (255, 250, 248), np.uint8)
    page[::7], page[:, ::7] = (250, 218, 214), (250, 218, 214)
    x = np.arange(size[0])
    for base in (80, 180):
        y = base - 50 * np.exp(-(((x % 110) - 50) ** 2) / 20) + 3 * np.sin(x / 7)
        cv2.polylines(page, [np.stack([x, y], axis=1).astype(np.int32)], False, (26, 24, 32), 2, cv2.LINE_AA)
    return Image.fromarray(page)


def measured() -> Image.Image:
    """The same with a ruler and calipers: the network takes some for letters, and reading does not."""
    page = np.array(paper())
    for tick in range(20, 400, 12):
        page[244 : 250 + 4 * (tick % 60 == 20), tick] = 30
    for spot in ((60, 30), (300, 130)):
        cv2.drawMarker(page, spot, (20, 20, 20), cv2.MARKER_CROSS, 11)
    return Image.fromarray(page)


def written(image: Image.Image, words: str, at: tuple[int, int], size: int, ink: int) -> tuple[int, int, int, int]:
    """Write into a picture; the box of the ink."""
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size)
    pen.text(at, words, fill=(ink,) * 3, font=font)
    x0, y0, x1, y1 = pen.textbbox(at, words, font=font)
    return int(x0), int(y0), int(x1) + 1, int(y1) + 1


def seen(image: Image.Image) -> np.ndarray:
    rgb = np.asarray(image)
    return letters.find(findings._views(rgb, traces.find(rgb)))


@pytest.mark.parametrize("ground", [speckle, paper])
@pytest.mark.parametrize("size", [11, 14])
def test_the_middle_of_a_small_line_is_marked_and_nothing_else(ground, size: int) -> None:
    image = ground()
    x0, y0, x1, y1 = written(image, "Kowalski 4471923", (120, 205), size, 235 if ground is speckle else 20)
    marked = seen(image) > 0.5
    middle = (y0 + y1) // 2
    assert marked[middle, x0 + 8 : x1 - 8].mean() > 0.9
    outside = marked.copy()
    outside[y0 - 2 : y1 + 2, x0 - 4 : x1 + 4] = False
    assert not outside.any()


@pytest.mark.parametrize("ground", [speckle, paper])
def test_nothing_is_marked_where_there_are_no_letters(ground) -> None:
    assert not (seen(ground()) > 0.5).any()


@pytest.mark.parametrize("ground", [speckle, paper, measured])
def test_a_picture_without_letters_holds_nothing(ground) -> None:
    assert pixels.read(ground()) == ()


@pytest.mark.parametrize("turn", [0, 90, 180, 20])
def test_the_box_around_what_is_marked_holds_the_letters(turn: int) -> None:
    image, blank = Image.new("RGB", SIZE, (40, 40, 40)), Image.new("RGB", SIZE)
    written(image, "Okafor 12/05/1961", (120, 120), 13, 220)
    written(blank, "Okafor 12/05/1961", (120, 120), 13, 255)
    ink = np.argwhere(np.asarray(blank.rotate(turn))[:, :, 0] > 150)
    own = seen(image.rotate(turn, fillcolor=(40, 40, 40)))
    (found,) = regions._regions(own, [own], regions._UNCLIP_LETTERS)
    corners = [tuple(map(float, corner)) for corner in found.quad]
    inside = [cv2.pointPolygonTest(np.float32(corners), (float(x), float(y)), measureDist=False) >= 0 for y, x in ink]
    assert np.mean(inside) > 0.97
    assert found.width * found.height < 2.2 * np.prod(cv2.minAreaRect(ink.astype(np.float32))[1])


def test_a_line_is_seen_across_the_seam_of_two_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    image = Image.new("RGB", (900, 300), (40, 40, 40))
    x0, y0, x1, y1 = written(image, "Okafor 12/05/1961 MRN 4471923", (330, 140), 13, 220)
    whole = seen(image)
    monkeypatch.setattr(letters, "_TILE", 100_000)
    pieces = seen(image)
    assert (pieces[(y0 + y1) // 2, x0 + 8 : x1 - 8] > 0.5).mean() > 0.9
    assert np.abs(whole - pieces)[100:200, 340:500].max() < 0.5


def test_a_missing_or_another_model_makes_the_layer_unavailable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    models._session.cache_clear()
    monkeypatch.setattr(models, "LETTERS", tmp_path / "letters.onnx")
    with pytest.raises(Unavailable, match=r"letters\.onnx"):
        pixels.read(speckle())
    (tmp_path / "letters.onnx").write_bytes(version.LETTERS.read_bytes() + b"\0")
    with pytest.raises(Unavailable, match="not the model that was measured"):
        pixels.read(speckle())
    models._session.cache_clear()


def test_the_version_changes_with_the_models_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = version.of_all()
    assert f"letters-{hashlib.sha256(version.LETTERS.read_bytes()).hexdigest()[:12]}" in before
    monkeypatch.setattr(version, "LETTERS", tmp_path / "letters.onnx")
    assert "letters-none" in version.of_all()
    (tmp_path / "letters.onnx").write_bytes(b"another")
    assert version.of_all() not in (before, before.replace("letters-", "letters-none"))
