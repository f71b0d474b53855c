"""Proof that a rebuilt file holds a picture and nothing else, by a parser of our own.

The grammar is not that of all good files but of those that the gate writes, the smallest that shows a picture:

* PNG: signature; IHDR (8-bit RGB, not interlaced); IDAT, one or more; IEND. The compressed stream fills the IDATs to
  their last byte and gives exactly the rows that the header announces.
* JPEG: SOI; at most one JFIF segment, without thumbnail or resolution; DQT; SOF0 (8-bit, three components); DHT; one
  SOS with one scan; EOI. Every segment is exactly as long as its contents need.

PNG: W3C, Portable Network Graphics (third edition), section 5. JPEG: ITU-T T.81, annex B; JFIF: ITU-T T.871.
"""

import struct
import zlib
from collections.abc import Callable, Iterator

from quizbot.deid.limits import fits

Size = tuple[int, int]

_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_RGB_8_BITS = b"\x08\x02\x00\x00\x00"  # bit depth, colour type, compression, filter, interlace
_FILTERS = frozenset(range(5))
_MARK, _SOI, _EOI, _SOS, _APP0, _DQT, _SOF0, _DHT = 0xFF, 0xD8, 0xD9, 0xDA, 0xE0, 0xDB, 0xC0, 0xC4
_JFIF = b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"  # version 1.1, no unit, square pixels, no thumbnail
_SCAN_OF_ALL = (b"\x03", b"\x00\x3f\x00")  # three components; the whole spectrum at once


class NotBareError(ValueError):
    """The file holds something that a picture does not need, or is not well formed."""


def check_bare(data: bytes, mime: str) -> Size:
    """Make sure that a PNG or JPEG consists of exactly what its pixels need, and give its size in pixels.

    Raises:
        NotBareError: it does not.
    """
    return _check_png(data) if mime == "image/png" else _check_jpeg(data)


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


def _check_png(data: bytes) -> Size:
    chunks = list(png_chunks(data))
    names = [name for name, _ in chunks]
    body = names[1:-1]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or not body or any(name != b"IDAT" for name in body):
        raise NotBareError(f"chunks {b' '.join(names[:20])!r}")
    header, end = chunks[0][1], chunks[-1][1]
    if end or len(header) != 13 or header[8:] != _RGB_8_BITS:  # noqa: PLR2004  # bytes
        raise NotBareError("a header of another kind than the gate writes")
    width, height = struct.unpack_from(">II", header)
    _check_rows(b"".join(content for _, content in chunks[1:-1]), width, height)
    return width, height


def _check_rows(stream: bytes, width: int, height: int) -> None:
    """The stream ends with its last byte, and holds as many rows as there are, each with its filter's number."""
    if not fits(width, height):
        raise NotBareError("an impossible size")
    stride = 1 + 3 * width
    inflate = zlib.decompressobj()
    try:
        rows = inflate.decompress(stream, stride * height + 1)
    except zlib.error as error:
        raise NotBareError("the pixels are not well compressed") from error
    if len(rows) != stride * height or not inflate.eof or inflate.unused_data or inflate.unconsumed_tail:
        raise NotBareError("more or less than the pixels in the compressed stream")
    if not _FILTERS.issuperset(rows[::stride]):
        raise NotBareError("a row with an unknown filter")


def _check_jpeg(data: bytes) -> Size:
    """Walk the segments to the scan, and over the scan to the end-of-image marker, which has to be the data's end."""
    if data[:2] != bytes([_MARK, _SOI]):
        raise NotBareError("no JPEG signature")
    at, seen, size = 2, [], (0, 0)
    while _SOS not in seen:
        marker, content, at = _segment(data, at)
        if marker not in _SEGMENTS:
            raise NotBareError(f"an unneeded segment at byte {at}")
        _SEGMENTS[marker](content)
        seen.append(marker)
        size = _frame_size(content) if marker == _SOF0 else size
    if seen.count(_SOF0) != 1 or _APP0 in seen[1:] or not {_DQT, _DHT} <= set(seen):
        raise NotBareError("segments missing, doubled or out of place")
    if _scan_end(data, at) + 2 != len(data):
        raise NotBareError("bytes after the end of the image")
    return size


def _segment(data: bytes, at: int) -> tuple[int, bytes, int]:
    """Marker and content of the segment that begins at a byte, and where the next one begins."""
    if at + 4 > len(data) or data[at] != _MARK:
        raise NotBareError(f"no segment at byte {at}")
    (length,) = struct.unpack_from(">H", data, at + 2)
    if length < 2 or at + 2 + length > len(data):  # noqa: PLR2004  # the length counts its own two bytes
        raise NotBareError("a segment is cut off")
    return data[at + 1], data[at + 4 : at + 2 + length], at + 2 + length


def _scan_end(data: bytes, at: int) -> int:
    """Where the end-of-image marker is: the first marker after the scan that is no stuffed byte."""
    while True:
        at = data.find(_MARK, at)
        if at < 0 or at + 1 >= len(data):
            raise NotBareError("the scan does not end")
        if data[at + 1] == _EOI:
            return at
        if data[at + 1] != 0:
            raise NotBareError("a marker within the scan")
        at += 2


def _frame_size(content: bytes) -> Size:
    height, width = struct.unpack_from(">HH", content, 1)
    if not fits(width, height):
        raise NotBareError("an impossible size")
    return width, height


def _check_app0(content: bytes) -> None:
    if content != _JFIF:
        raise NotBareError("a JFIF segment with more than its name")


def _check_sof0(content: bytes) -> None:
    if len(content) != 15 or content[0] != 8 or content[5] != 3:  # noqa: PLR2004  # bytes; bits a sample; components
        raise NotBareError("a frame of another kind than the gate writes")


def _check_tables(content: bytes, size_of: Callable[[bytes], int]) -> None:
    """Tables one after the other, to the segment's last byte."""
    while content:
        size = size_of(content)
        if size > len(content):
            raise NotBareError("a table is cut off")
        content = content[size:]


def _check_dqt(content: bytes) -> None:
    if any(byte > 3 for byte in content[::65]):  # noqa: PLR2004  # four tables of 8-bit values
        raise NotBareError("a quantization table of another kind than the gate writes")
    _check_tables(content, lambda _: 65)


def _check_dht(content: bytes) -> None:
    _check_tables(content, lambda table: 17 + sum(table[1:17]))


def _check_sos(content: bytes) -> None:
    components, rest = _SCAN_OF_ALL
    if len(content) != 10 or content[:1] != components or content[7:] != rest:  # noqa: PLR2004  # bytes
        raise NotBareError("a scan of another kind than the gate writes")


_SEGMENTS = {
    _APP0: _check_app0, _DQT: _check_dqt, _SOF0: _check_sof0, _DHT: _check_dht, _SOS: _check_sos,
}  # fmt: skip
