"""Which files are clips, by their content, and which of ffmpeg's readers may read them."""

from dataclasses import dataclass
from pathlib import Path

from quizbot.deid.facts import Refused

_HEAD = 64  # bytes that tell the type
_STILLS = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
SUFFIXES = frozenset({".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A container; ``reader`` is ffmpeg's name of the one demuxer that may be used on it."""

    reader: str


MP4 = Kind("mov")  # QuickTime, too
MATROSKA = Kind("matroska")  # WebM, too
AVI = Kind("avi")


def is_clip(path: Path) -> bool:
    """Whether a file says by its name that it is a clip."""
    return path.suffix.lower() in SUFFIXES


def kind_of(path: Path) -> Kind:
    """What a clip is by its first bytes.

    The reader is never left to ffmpeg: some of those it would choose follow addresses that stand in the file.

    Raises:
        Refused: it cannot be read, or is no MP4, QuickTime, Matroska, WebM or AVI file.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise Refused(str(path), f"cannot be read ({error.strerror})", "check its name and permissions") from error
    if head[4:8] == b"ftyp" and not any(brand in head[8:] for brand in _STILLS):
        return MP4
    if head.startswith(b"\x1aE\xdf\xa3"):
        return MATROSKA
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return AVI
    raise Refused(str(path), "is no MP4, QuickTime, Matroska, WebM or AVI clip", "export it as MP4")
