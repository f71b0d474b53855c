"""That a clip holds one track of pictures and nothing else, box by box (ISO/IEC 14496-12)."""

import struct
from collections.abc import Iterator


class NotBareError(Exception):
    """The file holds something that is not picture."""


# Every box that the rebuilding writes, by the box it stands in; anything else is something that came along.
_ALLOWED: dict[bytes, frozenset[bytes]] = {
    b"": frozenset({b"ftyp", b"moov", b"mdat", b"free"}),
    b"moov": frozenset({b"mvhd", b"trak", b"free"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"edts": frozenset({b"elst"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"vmhd", b"dinf", b"stbl"}),
    b"dinf": frozenset({b"dref"}),
    b"stbl": frozenset({b"stsd", b"stts", b"stsc", b"stsz", b"stco", b"stss", b"ctts"}),
}
_SEI = 6  # H.264's "supplemental enhancement information": a place for messages


def check_bare(data: bytes) -> None:
    """Walk through a rebuilt clip.

    Raises:
        NotBareError: it has another box than the rebuilding writes, more than one track, dates, or messages inside.
    """
    tracks, whole = 0, memoryview(data)
    for parent, name, start, end in _boxes(data, 0, len(data)):
        body = whole[start:end]
        if name not in _ALLOWED[parent]:
            raise NotBareError(f"a box {name!r} in {parent!r}")
        tracks += name == b"trak"
        if name in (b"mvhd", b"tkhd", b"mdhd") and any(body[4:12]):
            raise NotBareError("it says when it was made")
        if name == b"hdlr" and bytes(body[8:12]) != b"vide":
            raise NotBareError("a track that is no picture")
        if name == b"free" and any(body):
            raise NotBareError("an empty box with something in it")
        if name == b"mdat":
            _check_units(body)
    if tracks != 1:
        raise NotBareError(f"{tracks} tracks")


def blanked(data: bytes) -> bytes:
    """The same clip with the box for a user's data, where the program signs its work, made an empty one of its size."""
    whole = bytearray(data)
    for parent, name, start, end in _boxes(data, 0, len(data)):
        if (parent, name) == (b"moov", b"udta"):
            whole[start - 4 : end] = b"free" + bytes(end - start)
    return bytes(whole)


def _boxes(data: bytes, at: int, last: int, parent: bytes = b"") -> Iterator[tuple[bytes, bytes, int, int]]:
    """Each box between two places, depth first: the one it is in, its name, where its body begins and ends."""
    while at < last:
        if last - at < 8:  # noqa: PLR2004  # a box's head: four bytes of size, four of name
            raise NotBareError("bytes that are no box")
        size, name = struct.unpack_from(">I4s", data, at)
        if size < 8 or at + size > last:  # noqa: PLR2004  # as above; larger forms are never written
            raise NotBareError("a box that does not end where it says")
        yield parent, name, at + 8, at + size
        if name in _ALLOWED:
            yield from _boxes(data, at + 8, at + size, name)
        at += size


def _check_units(data: memoryview) -> None:
    """Each unit of H.264 has its length before it; none is a message."""
    at = 0
    while at < len(data):
        if len(data) - at < 5:  # noqa: PLR2004  # four bytes of length, one of type
            raise NotBareError("bytes that are no picture")
        (length,) = struct.unpack_from(">I", data, at)
        if length == 0 or at + 4 + length > len(data):
            raise NotBareError("bytes that are no picture")
        if data[at + 4] & 0x1F == _SEI:
            raise NotBareError("a message among the pictures")
        at += 4 + length
