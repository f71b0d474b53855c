"""The reader on small pictures, drawn with Pillow's own font: no system fonts are needed."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from quizbot.deid import pixels
from quizbot.deid.facts import Unavailable
from quizbot.deid.finding import Decision, Finding

pytest.importorskip("onnxruntime", reason="the extra [deid] is not installed here")
pytest.importorskip("cv2", reason="the extra [deid] is not installed here")
np = pytest.importorskip("numpy", reason="the extra [deid] is not installed here")
zxingcpp = pytest.importorskip("zxingcpp", reason="the extra [deid] is not installed here")

from quizbot.deid.pixels import models  # noqa: E402  # after it is known to be there


def picture(
    *texts: tuple[str, int, int], size: tuple[int, int] = (420, 160), ground: int = 20, ink: int = 220
) -> Image.Image:
    """Strings at (x, y), 22 pixels, on a ground of film grain."""
    grain = np.random.default_rng(0).normal(ground, 2, (size[1], size[0], 1)).clip(0, 255).astype(np.uint8)
    image = Image.fromarray(np.repeat(grain, 3, axis=2))
    for text, x, y in texts:
        ImageDraw.Draw(image).text((x, y), text, fill=(ink,) * 3, font=ImageFont.load_default(22))
    return image


def refused(findings: tuple[Finding, ...]) -> list[Finding]:
    return [found for found in findings if found.decision is Decision.REFUSE]


def test_a_picture_without_text_has_no_findings() -> None:
    assert pixels.read(picture()) == ()


def test_clinical_overlay_text_alone_has_no_findings() -> None:
    assert (
        pixels.read(picture(("25 mm/s", 20, 20), ("kVp 120", 20, 80), ("Sinus rhythm", 200, 20), ("AP", 300, 100)))
        == ()
    )


def test_a_name_is_found_where_it_stands() -> None:
    (found,) = refused(pixels.read(picture(("Smith, John", 60, 50), ("kVp 120", 280, 120))))
    assert (found.layer, found.kind) == ("text", "name")
    assert "Smith" in found.text
    x0, y0, x1, y1 = found.box or (0, 0, 0, 0)
    assert 40 <= x0 <= 62
    assert 160 <= x1 <= 200
    assert 40 <= y0 <= 58
    assert 68 <= y1 <= 90


@pytest.mark.parametrize("turn", [90, 180, 270, 20])
def test_turned_text_is_found_in_the_upright_pictures_coordinates(turn: int) -> None:
    image = picture(("MRN 4471923", 60, 60)).rotate(turn, expand=True, fillcolor=(20, 20, 20))
    (found,) = refused(pixels.read(image))
    assert found.box
    x0, y0, x1, y1 = found.box
    assert 0 <= x0 < x1 <= image.width
    assert 0 <= y0 < y1 <= image.height
    inked = np.argwhere(np.asarray(image.convert("L")) > 150)
    inside = ((inked >= (y0, x0)) & (inked < (y1, x1))).all(axis=1)
    assert inside.mean() > 0.9


@pytest.mark.parametrize(("ground", "ink"), [(20, 60), (120, 150), (240, 200), (235, 10)])
def test_faint_text_is_found(ground: int, ink: int) -> None:
    assert refused(pixels.read(picture(("DOB 12/05/1961", 40, 60), ground=ground, ink=ink)))


def test_text_across_a_curve_is_found_and_the_curve_is_not() -> None:
    image = picture(ground=240, size=(700, 240))
    x = np.arange(700)
    y = 120 - 70 * np.exp(-(((x % 140) - 60) ** 2) / 20) + 4 * np.sin(x / 9)
    ImageDraw.Draw(image).line(list(zip(x.tolist(), y.tolist(), strict=True)), fill=(10, 10, 20), width=2)
    assert pixels.read(image) == ()
    ImageDraw.Draw(image).text((200, 100), "Garcia, Elena", fill=(0, 0, 0), font=ImageFont.load_default(26))
    assert pixels.read(image)


def test_a_label_and_its_value_apart_are_judged_together() -> None:
    found = refused(pixels.read(picture(("Age", 40, 60), ("94", 108, 60))))
    assert [each.kind for each in found] == ["age"]


def test_the_deny_list_reaches_the_pixels() -> None:
    image = picture(("Chest", 60, 60))
    assert pixels.read(image) == ()
    (found,) = pixels.read(image, deny=frozenset({"chest"}))
    assert (found.kind, found.decision) == ("denied", Decision.REFUSE)


def test_large_pictures_are_seen_in_pieces() -> None:
    image = picture(("Smith, John", 2300, 1250), ("Okafor, Ada", 20, 20), size=(2600, 1400))
    assert {found.text.split(",")[0] for found in refused(pixels.read(image))} == {"Smith", "Okafor"}


@pytest.mark.parametrize("form", ["QRCode", "Code128", "DataMatrix"])
def test_codes_are_refused_where_they_stand(form: str) -> None:
    code = Image.fromarray(
        np.asarray(zxingcpp.create_barcode("MRN4471923", zxingcpp.BarcodeFormat[form]).to_image(scale=3))
    )
    image = Image.new("RGB", (code.width + 200, code.height + 120), (255, 255, 255))
    image.paste(code.convert("RGB"), (100, 60))
    found = [each for each in pixels.read(image) if each.layer == "barcode"]
    assert [(each.text, each.decision) for each in found] == [("MRN4471923", Decision.REFUSE)]
    x0, y0, x1, y1 = found[0].box or (0, 0, 0, 0)
    assert 90 <= x0 < x1 <= image.width - 90
    assert 50 <= y0 <= y1 <= image.height - 50


def test_the_same_picture_gives_the_same_findings() -> None:
    image = picture(("Smith, John", 60, 50), ("MRN 4471923", 60, 100))
    assert pixels.read(image) == pixels.read(image)


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (400, 3), (31, 33)])
def test_pictures_of_odd_sizes_are_read(size: tuple[int, int]) -> None:
    assert pixels.read(Image.new("RGB", size, (90, 90, 90))) == ()


def test_missing_models_make_the_layer_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "find_spec", lambda _: None)
    models.model_path.cache_clear()
    with pytest.raises(Unavailable, match="\\.\\[deid\\]"):
        models.model_path("*det*.onnx")
    models.model_path.cache_clear()


def test_the_version_names_rules_words_and_models() -> None:
    assert pixels.VERSION == pixels.VERSION
    assert all(part in pixels.VERSION for part in ("text-", "words-", "rapidocr-", "onnxruntime-"))
