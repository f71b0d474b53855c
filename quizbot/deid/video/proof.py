"""That a clip holds one track of pictures, perhaps one of sound, and nothing else, box by box (ISO/IEC 14496-12)."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizbot.deid.video.samples import NotBareError, Track

__all__ = ["Bare", "NotBareError", "blanked", "check_bare"]


@dataclass(frozen=True, slots=True)
class Bare:
    """What a bare clip is: its size in pixels, and whether it has sound."""

    size: tuple[int, int]
    sound: bool


# Every box that the rebuilding writes, by the box it stands in; anything else is something that came along.
_ALLOWED: dict[bytes, frozenset[bytes]] = {
    b"": frozenset({b"ftyp", b"moov", b"mdat", b"free"}),
    b"moov": frozenset({b"mvhd", b"trak", b"free"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"edts": frozenset({b"elst"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"dinf", b"stbl"}),
    b"dinf": frozenset({b"dref"}),
    b"stbl": frozenset({b"stsd", b"stts", b"stsc", b"stsz", b"stco", b"stss", b"ctts", b"sgpd", b"sbgp"}),
}
_TABLES = frozenset({b"stsc", b"stsz", b"stco"})
_PICTURES, _SOUND = b"vide", b"soun"
# Who "handles" a track is a text: these two are ffmpeg's own, any other one is somebody's.
_HANDLERS = {_PICTURES: b"VideoHandler\0", _SOUND: b"SoundHandler\0"}
_LONGEST = {b"ftyp": 64, b"stsd": 512, b"sgpd": 32, b"sbgp": 32, b"elst": 64, b"dref": 32, b"tkhd": 96}
_SEI = 6  # H.264's "supplemental enhancement information": a place for messages


def check_bare(data: bytes) -> Bare:
    """Walk through a rebuilt clip.

    Raises:
        NotBareError: it has another box than the rebuilding writes, tracks of another kind or number, dates, messages
            among its pictures, or bytes that belong to no track.
    """
    tracks: list[Track] = []
    bodies: list[tuple[int, int]] = []
    whole = memoryview(data)
    for parent, name, start, end in _boxes(data, 0, len(data)):
        body = whole[start:end]
        if name not in _ALLOWED[parent]:
            raise NotBareError(f"a box {name!r} in {parent!r}")
        if name == b"trak":
            tracks.append(Track())
        elif name == b"mdat":
            bodies.append((start, end))
        _look(name, bytes(body) if name != b"mdat" else b"", tracks)
    _check_data(data, tracks, bodies)
    pictures = next(one for one in tracks if one.kind == _PICTURES)
    return Bare(pictures.size, len(tracks) > 1)


def _look(name: bytes, body: bytes, tracks: Sequence[Track]) -> None:
    """What a box says that is kept, or may not be said."""
    if len(body) > _LONGEST.get(name, len(body)):
        raise NotBareError(f"a box {name!r} of {len(body)} bytes")
    if name in (b"mvhd", b"tkhd", b"mdhd") and any(body[4:12]):
        raise NotBareError("it says when it was made")
    if name == b"free" and any(body):
        raise NotBareError("an empty box with something in it")
    if name == b"tkhd" and tracks and len(body) >= 84:  # noqa: PLR2004  # of version 0, the size last
        width, height = struct.unpack_from(">II", body, 76)
        tracks[-1].size = (width >> 16, height >> 16)
    if name == b"hdlr":
        kind = bytes(body[8:12])
        if not tracks or body[24:] != _HANDLERS.get(kind):
            raise NotBareError("a track that is neither picture nor sound, or that says whose it is")
        tracks[-1].kind = kind
    if name in _TABLES and tracks:
        tracks[-1].tables[name] = body


def _check_data(data: bytes, tracks: Sequence[Track], bodies: Sequence[tuple[int, int]]) -> None:
    """Every byte of the one body belongs to one sample of one track, and no picture holds a message."""
    kinds = sorted(one.kind for one in tracks)
    if kinds not in ([_PICTURES], [_SOUND, _PICTURES]) or len(bodies) != 1:
        raise NotBareError(f"{len(tracks)} tracks, {len(bodies)} bodies")
    whole = memoryview(data)
    pieces: list[tuple[int, int]] = []
    for track in tracks:
        samples = track.samples()
        pieces += samples
        for start, end in samples if track.kind == _PICTURES else ():
            _check_units(whole[start:end])
    _check_covered(bodies[0], pieces)


def _check_covered(body: tuple[int, int], pieces: Iterable[tuple[int, int]]) -> None:
    at = body[0]
    for start, end in sorted(pieces):
        if start != at or end < start:
            raise NotBareError("bytes that are neither picture nor sound, or are both")
        at = end
    if at != body[1]:
        raise NotBareError("bytes that are neither picture nor sound")


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
