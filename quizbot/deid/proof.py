"""Proof that a rebuilt file holds a picture and nothing else, by a parser of our own.

PNG: W3C, Portable Network Graphics (third edition), section 5. JPEG: ITU-T T.81, annex B.
"""

import struct
import zlib
from collections.abc import Iterator

_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_MARK, _SOI, _EOI, _SOS, _APP0 = 0xFF, 0xD8, 0xD9, 0xDA, 0xE0
_IN_SCAN = frozenset({0x00, *range(0xD0, 0xD8)})  # a stuffed zero, a restart
_JPEG_NEEDED = frozenset({0xDB, 0xC4, 0xC0, 0xC2, 0xDD, _SOS, _APP0})  # DQT, DHT, SOF0, SOF2, DRI, SOS, JFIF
_JFIF_BYTES = 16  # an APP0 of this length has no room for a thumbnail


class NotBareError(ValueError):
    """The file holds something that a picture does not need, or is not well formed."""


def check_bare(data: bytes, mime: str) -> None:
    """Make sure that a PNG or JPEG consists of exactly what its pixels need.

    Raises:
        NotBareError: it does not.
    """
    if mime == "image/png":
        _check_png(data)
    else:
        _check_jpeg(data)


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk, up to the end of the data, checksums verified.

    Raises:
        NotBareError: the data is no well-formed PNG.
    """
    if not data.startswith(_PNG_HEAD):
        raise NotBareError("no PNG signature")
    at = len(_PNG_HEAD)
    while at < len(data):
        if at + 12 > len(data):
            raise NotBareError("a chunk is cut off")
        (length,) = struct.unpack_from(">I", data, at)
        name, content, check = (
            data[at + 4 : at + 8],
            data[at + 8 : at + 8 + length],
            data[at + 8 + length : at + 12 + length],
        )
        if check != struct.pack(">I", zlib.crc32(name + content)):
            raise NotBareError("a chunk's checksum is wrong")
        yield name, content
        at += 12 + length


def _check_png(data: bytes) -> None:
    names = [name for name, _ in png_chunks(data)]
    body = names[1:-1]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or not body or any(name != b"IDAT" for name in body):
        raise NotBareError(f"chunks {b' '.join(names[:20])!r}")


def _check_jpeg(data: bytes) -> None:
    """Walk the segments to the end-of-image marker, which has to be the data's end."""
    if data[:2] != bytes([_MARK, _SOI]):
        raise NotBareError("no JPEG signature")
    at = 2
    while data[at : at + 2] != bytes([_MARK, _EOI]):
        at = _skip_segment(data, at)
    if at + 2 != len(data):
        raise NotBareError("bytes after the end of the image")


def _skip_segment(data: bytes, at: int) -> int:
    if at + 4 > len(data) or data[at] != _MARK or data[at + 1] not in _JPEG_NEEDED:
        raise NotBareError(f"an unneeded segment at byte {at}")
    (length,) = struct.unpack_from(">H", data, at + 2)
    if data[at + 1] == _APP0 and (length != _JFIF_BYTES or data[at + 4 : at + 9] != b"JFIF\x00"):
        raise NotBareError("an APP0 segment with more than JFIF's density")
    after = at + 2 + length
    return _skip_scan(data, after) if data[at + 1] == _SOS else after


def _skip_scan(data: bytes, at: int) -> int:
    """Past the entropy-coded bytes: to the next marker that is neither a stuffed zero nor a restart."""
    while True:
        at = data.find(_MARK, at)
        if at < 0 or at + 1 >= len(data):
            raise NotBareError("the scan does not end")
        if data[at + 1] not in _IN_SCAN:
            return at
        at += 2
