"""Small files that would become large ones, and files that are two things at once."""

import contextlib
import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydicom import uid

from quizbot.deid import Options, Refused, Status, decode, examine, layers
from quizbot.deid.intake import DICOM, JPEG, PNG, TIFF, WEBP, Kind, Source
from quizbot.deid.limits import MEMORY_BYTES
from tests.deid.corpus import chunk, segment
from tests.deid.dicom.files import encapsulated, grey, written
from tests.deid.pictures import encoded, gradient

PLAIN = {"png": encoded(gradient(), "PNG"), "jpg": encoded(gradient(), "JPEG")}


def png(width: int, height: int, stream: bytes, kind: int = 2, extra: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", stream) + chunk(b"IEND", b"")


def raw_zeros(count: int) -> bytes:
    """Very many zeros, compressed without ever being there: a block of a million, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (count >> 20) + packer.compress(bytes(count & 0xFFFFF)) + packer.flush()


def zeros(count: int) -> bytes:
    """The same as a zlib stream; the checksum of that many zeros is their number (RFC 1950, section 8.2)."""
    return b"\x78\xda" + raw_zeros(count) + struct.pack(">HH", count % 65521, 1)


def tiff(**tags: tuple[int, int, int]) -> bytes:
    """A TIFF of one directory; each tag its number, type and value."""
    entries = sorted(tags.values())
    body = b"".join(struct.pack("<HHII", number, kind, 1, value) for number, kind, value in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + b"\0\0\0\0" + bytes(64)


def deflated_bomb() -> bytes:
    data = written(grey(np.zeros((8, 8), np.uint8)), uid.ExplicitVRLittleEndian)
    data = data.replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.1.99")
    return data[:128] + b"DICM" + _deflated_meta() + raw_zeros(3 << 30)


def _deflated_meta() -> bytes:
    value = b"1.2.840.10008.1.2.1.99"
    element = struct.pack("<HH2sH", 2, 0x10, b"UI", len(value)) + value
    return struct.pack("<HH2sHI", 2, 0, b"UL", 4, len(element)) + element


def many_frames() -> bytes:
    dataset = grey(np.zeros((8, 8), np.uint8))
    dataset.NumberOfFrames = 2**31 - 1
    return written(dataset)


def claimed(rows: int, columns: int, syntax: uid.UID = uid.ExplicitVRLittleEndian) -> bytes:
    dataset = grey(np.zeros((8, 8), np.uint8))
    if syntax.is_compressed:
        encapsulated(dataset, b"\xff" * 64)
    dataset.Rows, dataset.Columns = rows, columns
    return written(dataset, syntax)


def nested() -> bytes:
    """Sequences within sequences, two thousand deep."""
    item = struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)
    sequence = struct.pack("<HH2sHI", 0x0040, 0x0275, b"SQ", 0, 0xFFFFFFFF)
    plain = written(grey(np.zeros((8, 8), np.uint8)))
    at = plain.index(b"\xe0\x7f\x10\x00")
    return plain[:at] + (sequence + item) * 2000 + plain[at:]


HUGE_JPEG = PLAIN["jpg"].replace(struct.pack(">HH", 40, 60), struct.pack(">HH", 65_500, 65_500))
HUGE_STRIPS = tiff(
    width=(256, 4, 9000),
    height=(257, 4, 4000),
    bits=(258, 3, 8),
    compression=(259, 3, 8),
    colours=(262, 3, 1),
    offset=(273, 4, 100),
    rows=(278, 4, 4000),
    bytes=(279, 4, 2**32 - 1),
)
BOMBS: list[tuple[str, Kind, bytes]] = [
    ("png of more pixels than it says it has", PNG, png(10, 10, zeros(400 << 20))),
    ("png beyond the limit", PNG, png(20_000, 20_000, zeros(1 << 20))),
    ("png with a huge text", PNG, png(9, 9, zeros(9 * 28), extra=chunk(b"zTXt", b"a\0\0" + zeros(900 << 20)))),
    ("png with a huge profile", PNG, png(9, 9, zeros(9 * 28), extra=chunk(b"iCCP", b"a\0\0" + zeros(900 << 20)))),
    ("jpeg of 65,500 by 65,500", JPEG, HUGE_JPEG),
    ("webp of 16,383 by 16,383", WEBP, b"RIFF\x20\0\0\0WEBPVP8L\x10\0\0\0\x2f\xfe\xff\xff\x0f" + bytes(40)),
    ("tiff of huge strips", TIFF, HUGE_STRIPS),
    ("tiff whose directory is its own successor", TIFF, b"II*\0\x08\0\0\0\0\0\x08\0\0\0" + bytes(40)),
    ("dicom that inflates to 3 GB", DICOM, deflated_bomb()),
    ("dicom of two billion frames", DICOM, many_frames()),
    ("dicom that claims 65,535 rows", DICOM, claimed(65_535, 65_535)),
    ("dicom that claims what is not there", DICOM, claimed(6000, 6000)),
    ("dicom of runs that never come", DICOM, claimed(6000, 6000, uid.RLELossless)),
    ("dicom of a JPEG 2000 stream that is none", DICOM, claimed(6000, 6000, uid.JPEG2000)),
    ("dicom of a JPEG-LS stream that is none", DICOM, claimed(6000, 6000, uid.JPEGLSLossless)),
    ("dicom of sequences without end", DICOM, nested()),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data"), [bomb[1:] for bomb in BOMBS], ids=[bomb[0] for bomb in BOMBS])
def test_a_bomb_stays_within_memory_and_time(monkeypatch: pytest.MonkeyPatch, kind: Kind, data: bytes) -> None:
    assert len(data) < 8 << 20
    peaks = []
    whole = decode._picture
    monkeypatch.setattr(decode, "_picture", lambda where, told: (peaks.append(told.peak), whole(where, told))[1])
    with contextlib.suppress(Refused):
        picture = decode.decode(Source("x", data, kind), frame=1 if kind is DICOM else None)
        assert picture.image.width * picture.image.height <= 40_000_000
    assert peaks
    assert peaks[0] < MEMORY_BYTES


def test_a_picture_at_the_limit_is_decoded_whole() -> None:
    """The limits of size and of memory fit each other, with transparency too."""
    picture = decode.decode(Source("x", png(8000, 5000, zeros(5000 * 32_001), kind=6), PNG))
    assert picture.image.size == (8000, 5000)
    assert picture.peak < MEMORY_BYTES


POLYGLOTS = {
    "png and zip": (".png", PLAIN["png"] + b"PK\x03\x04\x14\0\0\0" + b"evil" * 20),
    "jpeg and page": (".jpg", PLAIN["jpg"][:2] + segment(0xFE, b"<html><script>evil()</script>") + PLAIN["jpg"][2:]),
    "jpeg and program": (".jpg", PLAIN["jpg"] + b"\x7fELF" + b"evil" * 20),
    "png and picture": (".png", PLAIN["png"] + PLAIN["jpg"] + b"evil"),
    "dicom and page": (".dcm", b"<!--evil" + written(grey(np.zeros((8, 8), np.uint8)))[8:]),
    "dicom and tiff": (".dcm", b"II*\0evil" + written(grey(np.zeros((8, 8), np.uint8)))[8:]),
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_of_a_file_that_is_two_things_only_the_picture_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(layers, "text", lambda *_: ())
    monkeypatch.setattr(layers, "faces", lambda *_, **__: ())
    suffix, data = POLYGLOTS[name]
    path = tmp_path / f"two{suffix}"
    path.write_bytes(data)
    rebuilt = examine(path, options=Options(window="auto" if suffix == ".dcm" else None))
    assert rebuilt.status is Status.CLEAN
    assert rebuilt.output is not None
    assert b"evil" not in rebuilt.output.data
    assert Image.open(BytesIO(rebuilt.output.data)).format in ("PNG", "JPEG")
