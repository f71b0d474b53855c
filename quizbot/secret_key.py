"""The installation's key: from the settings, or made once and kept in a file of its own beside the database.

A backup of the database does not hold it, so that a stolen backup alone cannot be searched by trying ids.
"""

import contextlib
import os
import secrets
from pathlib import Path

from quizbot.core.errors import OutsideError
from quizbot.core.keyed import KeyedHash
from quizbot.settings import Settings

_BYTES = 32


def keyed_hash(settings: Settings) -> KeyedHash:
    """The keyed hash of this installation.

    Raises:
        OutsideError: the key's file cannot be read or made, or holds no key.
    """
    if settings.secret_key is not None:
        return KeyedHash(settings.secret_key.get_secret_value().encode())
    return KeyedHash(_kept(settings.secret_file))


def _kept(path: Path) -> bytes:
    try:
        with contextlib.suppress(FileExistsError):
            _make(path)
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "holds no key"
        todo = "mend or restore it; a new key would no longer know who asked to be forgotten"
        raise OutsideError(str(path), f"the installation's key cannot be used ({reason})", todo) from None
    if len(key) < _BYTES:
        raise OutsideError(str(path), "the installation's key is too short", "restore it from your backup")
    return key


def _make(path: Path) -> None:
    """Written beside and linked into place: two processes that start at once end up with one whole key."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(_BYTES).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)
    finally:
        beside.unlink()
