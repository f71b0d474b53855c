"""The way in: what is not a plain picture file of the right name is refused, with what to do about it."""

import os
import threading
from pathlib import Path

import pytest
from PIL import Image

from quizbot.core.errors import one_line
from quizbot.deid import Refused, inspect, intake

PREAMBLE = b"\x00" * 128


@pytest.fixture
def png(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    Image.new("RGB", (8, 6), "red").save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        inspect(path)
    text = str(caught.value)
    assert text.startswith(one_line(str(path)))
    assert text.isprintable()
    return text


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.png")


def test_a_link_is_refused_even_to_a_good_picture(tmp_path: Path, png: Path) -> None:
    link = tmp_path / "link.png"
    link.symlink_to(png)
    assert "is a link" in refusal(link)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder.png"
    folder.mkdir()
    assert "no regular file" in refusal(folder)


def test_a_pipe_is_refused_without_waiting_for_its_writer(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.append(refusal(pipe)), daemon=True)
    reader.start()
    reader.join(20)
    assert said
    assert "no regular file" in said[0]


def test_a_name_with_a_zero_byte_is_refused() -> None:
    assert "cannot be opened" in refusal(Path("a\0b.png"))


def test_an_unreadable_file_is_refused(png: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads every file")
    png.chmod(0)
    assert "cannot be opened" in refusal(png)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.png"
    empty.touch()
    assert "is empty" in refusal(empty)


def test_a_file_over_the_limit_is_refused(png: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_SOURCE_BYTES", png.stat().st_size)
    inspect(png)
    monkeypatch.setattr(intake, "MAX_SOURCE_BYTES", png.stat().st_size - 1)
    assert "larger than" in refusal(png)


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".webp", ".tif", ".txt", ""])
def test_content_other_than_the_suffix_is_refused(png: Path, suffix: str) -> None:
    renamed = png.rename(png.with_suffix(suffix))
    assert "rename it" in refusal(renamed)


def test_the_suffix_may_be_in_capitals(png: Path) -> None:
    assert inspect(png.rename(png.with_suffix(".PNG"))).mime == "image/png"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "is a video"),
        ("a.mov", b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00", "is a video"),
        ("a.webm", b"\x1aE\xdf\xa3rest", "is a video"),
        ("a.avi", b"RIFF\x00\x00\x00\x00AVI LIST", "is a video"),
        ("a.mpg", b"anything", "is a video"),
        ("video.png", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "is a video"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        ("a.png", b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avif", "AVIF"),
        ("a.gif", b"GIF89a\x01\x00\x01\x00", "is a GIF"),
        ("a.png", b"GIF89a\x01\x00\x01\x00", "is a GIF"),
        ("a.bmp", b"BM\x00\x00", "BMP"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.zip", b"PK\x03\x04", "archive"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("a.dcm", PREAMBLE + b"DICM" + b"\x00" * 40, "DICOM"),
        ("a.png", b"hello", "not a PNG, JPEG, WebP, TIFF or DICOM"),
        ("a.png", PREAMBLE + b"DICM" + b"\x00" * 40, "which its name does not say"),
        ("a.dcm", b"%PDF".ljust(128, b"\x00") + b"DICM" + b"\x00" * 40, "PDF"),
        ("a.png", b"\x89PNG\r\n\x1a\n".ljust(128, b"\x00") + b"DICM", "PNG and DICOM file at once"),
        ("a.tif", b"II*\x00".ljust(128, b"\x00") + b"DICM", "which its name does not say"),
    ],
)
def test_anything_else_is_named_for_what_it_is(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert says in refusal(path)
