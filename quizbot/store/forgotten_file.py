"""The list of who asked to be forgotten, a second time: in a file beside the installation's key.

A database that is restored from an older backup, or copied back by hand, knows nothing of those who asked since. This
file is not part of any backup of the database and only ever grows, so it does. It holds keyed hashes and no ids.
"""

import fcntl
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from quizbot.core.errors import OutsideError

_LINE = re.compile(r"(\d{1,20}) ([0-9a-f]{64}) ([0-9a-f]{16}) (\S+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who asked ``account`` to be forgotten, as ``store.Forgotten`` has it."""

    account: str
    hash: str
    key_check: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.account} {self.hash} {self.key_check} {self.at.astimezone(UTC).isoformat()}"


def read_entries(path: Path) -> list[Entry]:
    """All entries; none if there is no file. A last line that was cut off by a crash was never promised to anybody.

    Raises:
        OutsideError: the file cannot be read, or is damaged.
    """
    try:
        lines = path.read_text("ascii").split("\n") if path.exists() else [""]
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, getattr(error, "strerror", None) or "is damaged") from error
    return [_entry(path, number, line) for number, line in enumerate(lines[:-1], 1) if line]


def _entry(path: Path, number: int, line: str) -> Entry:
    match = _LINE.fullmatch(line)
    try:
        return Entry(match[1], match[2], match[3], datetime.fromisoformat(match[4]))  # type: ignore[index]  # caught
    except (TypeError, ValueError):
        raise _unusable(path, f"line {number} is damaged") from None


def append_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Add entries, safe on the disk when this returns.

    Raises:
        OutsideError: the file cannot be written.
    """
    lines = "".join(f"{entry}\n" for entry in entries)
    if not lines:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            whole = file.read().rfind(b"\n") + 1  # what stands behind was cut off by a crash
            file.seek(whole)
            file.truncate()
            file.write(lines.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _unusable(path, error.strerror or "cannot be written") from error


def _unusable(path: Path, reason: str) -> OutsideError:
    return OutsideError(
        str(path), f"the list of who asked to be forgotten: {reason}", "mend it, or restore it from your own copy"
    )
