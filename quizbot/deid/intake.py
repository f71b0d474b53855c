"""The way in: regular files of bounded size whose content is what their name says."""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from quizbot.deid.facts import Refused
from quizbot.deid.limits import MAX_SOURCE_BYTES

_HEAD = 512  # bytes that tell the type


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of picture the gate reads: its name (Pillow's, where Pillow reads it), MIME type and suffixes."""

    format: str
    mime: str
    suffixes: tuple[str, ...]


PNG = Kind("PNG", "image/png", (".png",))
JPEG = Kind("JPEG", "image/jpeg", (".jpg", ".jpeg"))
WEBP = Kind("WEBP", "image/webp", (".webp",))
TIFF = Kind("TIFF", "image/tiff", (".tif", ".tiff"))
DICOM = Kind("DICOM", "application/dicom", (".dcm", ".dicom", ".ima", ""))  # on a disc they have no suffix
KINDS = (PNG, JPEG, WEBP, TIFF, DICOM)

_VIDEO = "is a video, and this version posts pictures only"
_VIDEO_TODO = "take it out of the case, or use a still picture"
_EXPORT = "export it as PNG"
_VIDEO_SUFFIXES = frozenset({".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".ogv"})
_PHONE_PHOTO_BRANDS = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
_VIDEO_HEADS = (b"\x1aE\xdf\xa3", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"OggS", b"FLV\x01", b"\x30\x26\xb2\x75")
_OTHERS = (
    (b"GIF8", "is a GIF"),
    (b"BM", "is a BMP picture"),
    (b"%PDF", "is a PDF document"),
    (b"PK\x03\x04", "is an archive"),
    (b"<svg", "is an SVG drawing"),
    (b"<?xml", "is an XML document"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read, once: everything after works on these bytes.

    Attributes:
        where: its path, for messages.
        data: all of it.
        kind: its type by content.
    """

    where: str
    data: bytes
    kind: Kind


def take(path: Path) -> Source:
    """Read a picture file.

    Raises:
        Refused: it is no regular file, too large, empty, not a PNG, JPEG, WebP, TIFF or DICOM file, two of them at
            once, or not what its suffix says.
    """
    data = _read(path)
    where = str(path)
    kinds = _kinds(data[:_HEAD])
    if not kinds:
        raise Refused(where, *_what_instead(data[:_HEAD], path.suffix.lower()))
    if kinds == [TIFF, DICOM]:
        kinds = [DICOM]  # as PS3.10, section 7.1, has it: readable as a TIFF, but with a patient's name in it
    if len(kinds) > 1:
        names = " and ".join(kind.format for kind in kinds)
        raise Refused(where, f"is a {names} file at once", "export it as a plain PNG")
    kind = kinds[0]
    if path.suffix.lower() not in kind.suffixes:
        raise Refused(
            where, f"holds a {kind.format} picture, which its name does not say", f"rename it to {kind.suffixes[0]}"
        )
    return Source(where, data, kind)


def _read(path: Path) -> bytes:
    where = str(path)
    try:
        # Neither follow a link nor wait for a pipe's writer.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise Refused(where, "there is no such file", "put it there, or correct its name") from error
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ELOOP:
            raise Refused(where, "is a link", "put the file itself there") from error
        raise Refused(where, "cannot be opened", "check its name and permissions") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Refused(where, "is no regular file", "put a picture file there")
    with os.fdopen(handle, "rb") as file:
        data = file.read(MAX_SOURCE_BYTES + 1)
    if len(data) > MAX_SOURCE_BYTES:
        raise Refused(where, f"is larger than {MAX_SOURCE_BYTES // 2**20} MB", "scale it down")
    if not data:
        raise Refused(where, "is empty", "put the picture there again")
    return data


def _kinds(head: bytes) -> list[Kind]:
    """All that the first bytes claim: a DICOM file begins with 128 bytes that may claim something else."""
    claims = {
        PNG: head.startswith(b"\x89PNG\r\n\x1a\n"),
        JPEG: head.startswith(b"\xff\xd8\xff"),
        WEBP: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
        TIFF: head[:4] in (b"II*\x00", b"MM\x00*"),
        DICOM: head[128:132] == b"DICM" and _what_other(head) is None,
    }
    return [kind for kind, claimed in claims.items() if claimed]


def _what_instead(head: bytes, suffix: str) -> tuple[str, str]:
    """What a file that is none of the four is, and what to do about it."""
    if head[4:8] == b"ftyp":
        phone_photo = any(brand in head[8:64] for brand in _PHONE_PHOTO_BRANDS)
        return ("is a HEIC or AVIF picture", _EXPORT) if phone_photo else (_VIDEO, _VIDEO_TODO)
    avi = head[:4] == b"RIFF" and head[8:12] == b"AVI "
    if suffix in _VIDEO_SUFFIXES or avi or head.startswith(_VIDEO_HEADS):
        return _VIDEO, _VIDEO_TODO
    return _what_other(head) or "is not a PNG, JPEG, WebP, TIFF or DICOM picture", _EXPORT


def _what_other(head: bytes) -> str | None:
    return next((what for magic, what in _OTHERS if head.startswith(magic)), None)
