"""The files of a case folder: what the case names is there, and nothing is there that must not be seen."""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizbot.casebook.finding import Key, Level, Problem, error, shown
from quizbot.core.nearest import nearest

CASE_FILE = "case.yaml"
IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"})
CLIP_SUFFIX, CAPTIONS_SUFFIX = ".mp4", ".srt"  # as `quizbot deid` writes them
MAX_FILES = 100
_BESIDE = frozenset({CASE_FILE, "replies.jsonl", "deid.jsonl"})
_DICOM_SUFFIXES = frozenset({".dcm", ".dicom", ".dic", ".ima"})
_DICOM_MARK = (128, b"DICM")  # DICOM part 10, 7.1: a 128-byte preamble, then these four
_CAMERA_SUFFIXES = frozenset(
    {".heic", ".heif", ".avif", ".dng", ".raw", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2"}
)
_CLIP_SUFFIXES = frozenset({".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".3gp", ".mts"})
_ORIGINAL_NAME = re.compile(
    r"(?:^|[^a-z])(?:orig|original|originals|raw|uncropped|unredacted|identified)(?:$|[^a-z])", re.IGNORECASE
)
_HASHED_BYTES = 64 * 1024 * 1024  # of one file; the gate takes no larger picture
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the folder; ``kind`` is ``file``, ``link``, ``folder`` or ``other``."""

    name: str
    kind: str


def entries(folder: Path) -> dict[str, Entry]:
    """What is in a folder, by exact name, in order; links are not followed.

    Raises:
        OSError: it cannot be listed.
    """
    with os.scandir(folder) as listing:
        found = [Entry(one.name, _kind(one)) for one in listing]
    return {entry.name: entry for entry in sorted(found, key=lambda entry: entry.name)}


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "link"
    if entry.is_file(follow_symlinks=False):
        return "file"
    return "folder" if entry.is_dir(follow_symlinks=False) else "other"


def read_regular(path: Path, most: int) -> bytes:
    """Up to ``most`` bytes of a regular file; neither follows a link nor waits for a pipe's writer.

    Raises:
        OSError: it cannot be read; ``strerror`` says why in words for an educator where that is known.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as problem:
        if problem.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "is a link; put the file itself there") from problem
        raise
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "is no regular file")
        return file.read(most)


def named_files(data: Mapping[str, Any] | None) -> dict[Key, str]:
    """The files a case names, as far as it can be understood, by key."""
    named: dict[Key, object] = {("images", n, "file"): image.get("file") for n, image in _images(data)}
    video = data.get("video") if data else None
    if isinstance(video, dict):
        named |= {("video", key): video.get(key) for key in ("file", "captions")}
    return {key: name for key, name in named.items() if isinstance(name, str) and name}


def is_private(data: Mapping[str, Any] | None) -> bool:
    """Whether any picture of a case, as far as it can be understood, or its clip, is not one that was drawn."""
    video = data.get("video") if data else None
    shown = [*(image for _, image in _images(data)), *([video] if isinstance(video, dict) else [])]
    return any(one.get("origin", "synthetic") != "synthetic" for one in shown)


def _images(data: Mapping[str, Any] | None) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = data.get("images") if data else None
    for n, image in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(image, dict):
            yield n, image


def missing_files(named: Mapping[Key, str], present: Mapping[str, Entry]) -> Iterator[Problem]:
    """Each named file is in the folder, is a file, is of the right type by its name, and is named once."""
    taken: dict[str, Key] = {}
    for key, name in named.items():
        if name.casefold() in taken:
            yield error(f'"{shown(name)}" is named twice; a picture is posted once', *key)
        elif name not in present:
            yield error(_no_such_file(name, present), *key)
        elif present[name].kind != "file":
            what = "a link; put the file itself there" if present[name].kind == "link" else "no regular file"
            yield error(f'"{shown(name)}" is {what}', *key)
        elif (wrong := _wrong_type(key, _suffix(name))) is not None:
            yield error(f'"{shown(name)}" {wrong}', *key)
        taken.setdefault(name.casefold(), key)


def _wrong_type(key: Key, suffix: str) -> str | None:
    if key[0] == "images" and suffix not in IMAGE_SUFFIXES:
        return "is no PNG, JPEG, WebP or TIFF by its name; export it as PNG"
    if key == ("video", "file") and suffix != CLIP_SUFFIX:
        return "is no MP4 by its name; run `quizbot deid CLIP -o FOLDER`, which writes one"
    if key == ("video", "captions") and suffix != CAPTIONS_SUFFIX:
        return (
            "is no SubRip file (.srt) by its name; run `quizbot deid CLIP --captions FILE -o FOLDER`, which writes one"
        )
    return None


_LIKE = 0.5  # from which similarity on a file that is there counts as the one meant


def _no_such_file(name: str, present: Mapping[str, Entry]) -> str:
    others = [other for other in present if other not in _BESIDE]
    near = nearest(name, others, _LIKE)
    return f'there is no file "{shown(name)}" in this folder' + (f'; the nearest is "{shown(near)}"' if near else "")


def strays(
    folder: Path, named: frozenset[str], present: Mapping[str, Entry], *, private: bool
) -> Iterator[tuple[str, Level, str]]:
    """Files that the case does not name, and those that must never be in a case folder: (name, level, message).

    Args:
        folder: the case's folder.
        named: the files that the case names.
        present: what is in the folder.
        private: whether any of its pictures is of a patient or licensed.
    """
    if len(present) > MAX_FILES:
        yield "", Level.WARNING, f"holds {len(present)} files, and the case names {len(named)}; take the others out"
    for entry in list(present.values())[:MAX_FILES]:
        if _is_dicom(folder, entry):
            yield entry.name, Level.ERROR, "is a DICOM file, which names its patient; keep it outside the repository"
        elif entry.name not in named and entry.name not in _BESIDE:
            yield entry.name, *_stray(entry, private=private)


def _stray(entry: Entry, *, private: bool) -> tuple[Level, str]:
    suffix = _suffix(entry.name)
    stem = entry.name.removesuffix(suffix)
    is_picture = suffix in IMAGE_SUFFIXES
    if suffix in _CAMERA_SUFFIXES | _CLIP_SUFFIXES or (is_picture and (private or _ORIGINAL_NAME.search(stem))):
        return Level.ERROR, "may be an original; keep it outside the folder and the repository"
    return Level.WARNING, "is not named by the case; the folder holds only what may be seen, so take it out"


def _suffix(name: str) -> str:
    return Path(name).suffix.lower()


def _is_dicom(folder: Path, entry: Entry) -> bool:
    if _suffix(entry.name) in _DICOM_SUFFIXES or entry.name.upper() == "DICOMDIR":
        return True
    if entry.kind != "file":
        return False
    offset, mark = _DICOM_MARK
    try:
        return read_regular(folder / entry.name, offset + len(mark))[offset:] == mark
    except OSError:
        return False  # it is reported as what it is: named and unreadable, or a stray


def content_digest(folder: Path, present: Mapping[str, Entry]) -> str:
    """SHA-256, hexadecimal, over the names, kinds and contents of the folder's files."""
    whole = hashlib.sha256()
    for entry in list(present.values())[:MAX_FILES]:
        content = _file_digest(folder / entry.name) if entry.kind == "file" else b""
        whole.update(f"{entry.kind}:{entry.name}\0".encode("utf-8", "surrogateescape") + content)
    return whole.hexdigest()


def _file_digest(path: Path) -> bytes:
    digest, left = hashlib.sha256(), _HASHED_BYTES
    try:
        with path.open("rb") as file:
            while left > 0 and (chunk := file.read(_CHUNK)):
                digest.update(chunk)
                left -= len(chunk)
    except OSError:
        return b"unreadable"
    return digest.digest()
