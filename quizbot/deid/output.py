"""Where a rebuilt picture goes: a random name, whole or not at all."""

import os
import secrets
from pathlib import Path

from quizbot.core.errors import OutsideError

_SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg"}


def write(folder: Path, data: bytes, mime: str) -> Path:
    """Write a picture into a folder under a name that says nothing, and give its path.

    It appears under that name only when all of it is on the disc; a crash leaves at most a hidden file, never half a
    picture.

    Raises:
        OutsideError: the folder cannot be made or written to.
    """
    path = folder / f"{secrets.token_hex(8)}{_SUFFIXES[mime]}"
    beside = folder / f".{path.name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(beside, data)
        beside.rename(path)
    except OSError as error:
        raise OutsideError(str(folder), f"cannot be written to ({error.strerror})", "check it and its disc") from error
    return path


def _write_whole(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o644)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink()
        raise
