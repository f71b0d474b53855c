"""The proof finds anything in a PNG or a JPEG that its pixels do not need."""

import struct
import zlib

import pytest
from PIL import Image

from quizbot.deid.proof import NotBareError, check_bare
from tests.deid.pictures import encoded, gradient

PNG, JPEG = "image/png", "image/jpeg"


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@pytest.fixture(scope="module")
def png() -> bytes:
    return encoded(gradient(), "PNG")


@pytest.fixture(scope="module")
def jpeg() -> bytes:
    return encoded(gradient(), "JPEG")


def test_a_bare_file_passes(png: bytes, jpeg: bytes) -> None:
    check_bare(png, PNG)
    check_bare(jpeg, JPEG)
    assert check_bare(png, PNG) == check_bare(jpeg, JPEG) == (60, 40)


@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_blocks": 2}, {"dpi": (72, 72)}])
def test_a_jpeg_of_another_kind_than_the_gate_writes_is_found(options: dict[str, object]) -> None:
    """Several scans and restarts are no crime, but a picture does not need them."""
    with pytest.raises(NotBareError):
        check_bare(encoded(gradient(), "JPEG", **options), JPEG)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "1", "I;16"])
def test_a_png_of_another_kind_than_the_gate_writes_is_found(mode: str) -> None:
    image = Image.new("I;16", (4, 4)) if mode == "I;16" else gradient().convert(mode)
    with pytest.raises(NotBareError):
        check_bare(encoded(image, "PNG"), PNG)


def png_of(stream: bytes, size: tuple[int, int] = (2, 1), head: bytes = b"\x08\x02\0\0\0", end: bytes = b"") -> bytes:
    header = struct.pack(">II", *size) + head
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stream) + chunk(b"IEND", end)


def test_the_compressed_stream_holds_the_pixels_and_not_a_byte_more() -> None:
    """A PNG can carry a letter inside its IDAT: behind the stream's end, or as rows below the picture's last."""
    row = b"\0" + bytes(6)
    check_bare(png_of(zlib.compress(row)), PNG)
    hiding = [
        png_of(zlib.compress(row) + b"Jane Doe"),
        png_of(zlib.compress(row + b"Jane Doe")),
        png_of(zlib.compress(row[:-1])),
        png_of(zlib.compress(row)[:-1]),
        png_of(zlib.compress(b"\x05" + row[1:])),
        png_of(zlib.compress(row), end=b"Jane Doe"),
        png_of(zlib.compress(row), head=b"\x08\x02\0\0\x01"),
        png_of(zlib.compress(row), size=(0, 1)),
        png_of(b"no stream"),
    ]
    for data in hiding:
        with pytest.raises(NotBareError):
            check_bare(data, PNG)


def test_a_jpeg_segment_longer_than_its_tables_is_found(jpeg: bytes) -> None:
    for marker in (b"\xff\xdb", b"\xff\xc0", b"\xff\xc4", b"\xff\xda"):
        at = jpeg.index(marker)
        (length,) = struct.unpack_from(">H", jpeg, at + 2)
        longer = struct.pack(">H", length + 8) + jpeg[at + 4 : at + 2 + length] + b"Jane Doe" + jpeg[at + 2 + length :]
        with pytest.raises(NotBareError):
            check_bare(jpeg[: at + 2] + longer, JPEG)


@pytest.mark.parametrize("name", [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP", b"pHYs", b"tIME", b"gAMA", b"prIv"])
def test_any_other_png_chunk_is_found(png: bytes, name: bytes) -> None:
    for at in (33, len(png) - 12):  # after the header; before the end
        with pytest.raises(NotBareError):
            check_bare(png[:at] + chunk(name, b"Jane Doe") + png[at:], PNG)


@pytest.mark.parametrize("marker", [0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE])
def test_any_other_jpeg_segment_is_found(jpeg: bytes, marker: int) -> None:
    segment = bytes([0xFF, marker]) + struct.pack(">H", 10) + b"Jane Doe"
    for at in (2, 20):  # before and after the JFIF segment
        with pytest.raises(NotBareError):
            check_bare(jpeg[:at] + segment + jpeg[at:], JPEG)


@pytest.mark.parametrize("tail", [b"\x00", b"Jane Doe", b"PK\x03\x04"])
def test_bytes_after_the_end_are_found(png: bytes, jpeg: bytes, tail: bytes) -> None:
    for data, mime in ((png, PNG), (jpeg, JPEG)):
        with pytest.raises(NotBareError):
            check_bare(data + tail, mime)


def test_a_cut_file_is_found(png: bytes, jpeg: bytes) -> None:
    for data, mime in ((png, PNG), (jpeg, JPEG)):
        for length in range(0, len(data), 37):
            with pytest.raises(NotBareError):
                check_bare(data[:length], mime)


def test_a_wrong_checksum_is_found(png: bytes) -> None:
    with pytest.raises(NotBareError):
        check_bare(png[:-1] + bytes([png[-1] ^ 1]), PNG)


def test_a_jfif_thumbnail_is_found(jpeg: bytes) -> None:
    thumbnail = jpeg[6:18] + b"\x01\x01" + b"rgb"
    segment = b"\xff\xe0" + struct.pack(">H", 2 + len(thumbnail)) + thumbnail
    with pytest.raises(NotBareError):
        check_bare(jpeg[:2] + segment + jpeg[20:], JPEG)


def test_what_pillow_writes_with_metadata_is_found() -> None:
    """The reason for all this: Pillow carries comments, profiles and EXIF over when asked to, and sometimes unasked."""
    exif = Image.Exif()
    exif[0x010E] = "Jane Doe"
    for data, mime in (
        (encoded(gradient(), "JPEG", comment="Jane Doe"), JPEG),
        (encoded(gradient(), "JPEG", exif=exif), JPEG),
        (encoded(gradient(), "JPEG", icc_profile=b"x" * 200), JPEG),
        (encoded(gradient(), "PNG", exif=exif), PNG),
        (encoded(gradient(), "PNG", dpi=(300, 300)), PNG),
    ):
        with pytest.raises(NotBareError):
            check_bare(data, mime)
