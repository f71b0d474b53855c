"""The gate as a whole: only what the project drew passes, and of that only the pixels."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from quizbot.core.errors import QuizbotError
from quizbot.deid import Refused, clean, encode, inspect, is_known, known, release
from quizbot.deid.proof import check_bare
from tests.deid.pictures import encoded, gradient

Enter = Callable[[Path], Path]
CANARY = b"CANARY-4711"


def pixels(data: bytes) -> bytes:
    return Image.open(BytesIO(data)).convert("RGB").tobytes()


def marked_png(folder: Path) -> Path:
    """A PNG with a canary in every place that a PNG has for one, and after its end."""
    notes, exif = PngInfo(), Image.Exif()
    notes.add_text("Comment", CANARY.decode())
    notes.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    notes.add(b"prVt", CANARY, after_idat=True)
    exif[0x010E] = CANARY.decode()
    path = folder / "marked.png"
    path.write_bytes(encoded(gradient(), "PNG", pnginfo=notes, exif=exif, dpi=(72, 72)) + CANARY)
    return path


def test_a_picture_nobody_drew_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    gradient().save(path)
    with pytest.raises(Refused) as caught:
        clean(path)
    assert "not on the list of pictures that this project drew" in str(caught.value)
    assert "quizbot draw" in str(caught.value)
    assert inspect(path).frames == 1
    assert not is_known(path)


def test_a_drawn_picture_passes_with_its_pixels_unchanged(tmp_path: Path, drawn: Enter) -> None:
    path = tmp_path / "drawn.png"
    gradient().save(path)
    media = clean(drawn(path))
    assert is_known(path)
    assert (media.mime, media.width, media.height) == ("image/png", 60, 40)
    assert media.digest == hashlib.sha256(media.data).hexdigest()
    assert media.source_digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert pixels(media.data) == gradient().tobytes()


def test_one_changed_pixel_makes_it_another_picture(tmp_path: Path, drawn: Enter) -> None:
    path = tmp_path / "drawn.png"
    gradient().save(path)
    drawn(path)
    image = gradient()
    image.putpixel((5, 5), (1, 2, 3))
    image.save(path)
    with pytest.raises(Refused):
        clean(path)


def test_the_same_bytes_in_another_shape_are_another_picture() -> None:
    wide = gradient(60, 40)
    assert known.pixel_digest(wide) != known.pixel_digest(Image.frombytes("RGB", (40, 60), wide.tobytes()))


def test_it_is_known_by_its_pixels_whatever_file_they_stand_in(tmp_path: Path, drawn: Enter) -> None:
    original = tmp_path / "drawn.png"
    gradient().save(original)
    drawn(original)
    for kind, suffix in (("TIFF", ".tif"), ("WEBP", ".webp"), ("PNG", ".png")):
        copy = tmp_path / f"copy{suffix}"
        copy.write_bytes(encoded(gradient(), kind, lossless=True))
        assert is_known(copy)
        assert clean(copy).data == clean(original).data


def test_nothing_but_pixels_comes_out(tmp_path: Path, drawn: Enter) -> None:
    path = drawn(marked_png(tmp_path))
    assert path.read_bytes().count(CANARY) == 5
    media = clean(path)
    assert CANARY not in media.data
    check_bare(media.data, media.mime)


def test_the_same_file_gives_the_same_bytes(tmp_path: Path, drawn: Enter) -> None:
    path = drawn(marked_png(tmp_path))
    assert clean(path) == clean(path)


def test_a_jpeg_stays_a_jpeg_without_its_extras(tmp_path: Path, drawn: Enter) -> None:
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    path = tmp_path / "photo.jpg"
    path.write_bytes(encoded(gradient(), "JPEG", exif=exif, comment=CANARY) + CANARY)
    media = clean(drawn(path))
    assert media.mime == "image/jpeg"
    assert CANARY not in media.data
    check_bare(media.data, media.mime)


def test_a_png_over_the_limit_becomes_a_jpeg_and_then_a_smaller_one(tmp_path: Path, drawn: Enter) -> None:
    noise = Image.effect_noise((900, 600), 30).convert("RGB")
    path = tmp_path / "noise.png"
    noise.save(path)
    drawn(path)
    full, jpeg, small = (clean(path, max_bytes=limit) for limit in (2_000_000, 300_000, 90_000))
    assert (full.mime, full.width) == ("image/png", 900)
    assert (jpeg.mime, jpeg.width) == ("image/jpeg", 900)
    assert (small.mime, small.width < 900) == ("image/jpeg", True)
    assert small.width / small.height == pytest.approx(1.5, abs=0.01)
    for media, limit in ((full, 2_000_000), (jpeg, 300_000), (small, 90_000)):
        assert len(media.data) <= limit
        check_bare(media.data, media.mime)


def test_a_limit_that_cannot_be_met_is_a_refusal(tmp_path: Path, drawn: Enter) -> None:
    path = tmp_path / "drawn.png"
    gradient().save(path)
    with pytest.raises(Refused, match="cannot be brought below"):
        clean(drawn(path), max_bytes=10)


def test_a_side_beyond_x_limits_is_scaled_down(tmp_path: Path, drawn: Enter) -> None:
    path = tmp_path / "wide.png"
    Image.new("RGB", (5000, 50), "white").save(path)
    media = clean(drawn(path))
    assert (media.width, media.height) == (encode.MAX_POSTED_SIDE, 41)


def test_a_damaged_list_of_drawn_pictures_lets_nothing_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, ledger = tmp_path / "a.png", tmp_path / "list.json"
    gradient().save(path)
    monkeypatch.setattr(known, "DRAWN", ledger)
    for content in (None, "", "[]", '{"pictures": 5}'):
        if content is not None:
            ledger.write_text(content)
        with pytest.raises(QuizbotError, match="install quizbot again"):
            clean(path)


def test_stored_media_come_back_as_they_were(tmp_path: Path, drawn: Enter) -> None:
    path = tmp_path / "drawn.png"
    gradient().save(path)
    media = clean(drawn(path))
    assert release(media.data, media.mime, (60, 40), None, media.source_digest) == media


def test_stored_media_that_were_changed_do_not_come_back(tmp_path: Path, drawn: Enter) -> None:
    """Whoever can write to the store still cannot have another picture posted."""
    path = tmp_path / "drawn.png"
    gradient().save(path)
    media = clean(drawn(path))
    foreign = encoded(Image.new("RGB", (60, 40), "red"), "PNG")
    forged = [
        (foreign, media.mime, (60, 40)),
        (media.data, "image/jpeg", (60, 40)),
        (media.data, "text/html", (60, 40)),
        (media.data, media.mime, (61, 40)),
        (media.data + b"x", media.mime, (60, 40)),
        (media.data[:-20], media.mime, (60, 40)),
    ]
    for data, mime, size in forged:
        with pytest.raises(Refused):
            release(data, mime, size, None)


def test_the_shipped_list_says_where_each_picture_came_from() -> None:
    pictures = json.loads(known.DRAWN.read_text())["pictures"]
    assert pictures
    for digest, provenance in pictures.items():
        assert len(digest) == 64
        assert {"by", "diagnosis", "seed"} <= set(provenance)


def test_the_room_loads_without_pillow() -> None:
    """`quizbot --help` loads every room; Pillow alone would take longer than the rest of this one."""
    code = "import sys, quizbot.deid; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # our own words
