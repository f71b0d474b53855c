"""Writing what the gate lets exist: under random names, whole or not at all, with a line in the folder's claim file."""

import os
import secrets
from dataclasses import replace as replaced
from math import ceil
from pathlib import Path

from quizbot.core.errors import InputError
from quizbot.core.keyed import KeyedHash
from quizbot.deid.claim import CLAIM_FILE, Claim
from quizbot.deid.examination import Examination
from quizbot.deid.finding import Box, Finding
from quizbot.deid.record import Noted, noted

_NAME_BYTES = 8
_SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg"}


def write_new(examination: Examination, folder: Path, seal: KeyedHash, redacted: tuple[Box, ...] = ()) -> Path | None:
    """Write an examination's output under a name that says nothing; None if it may not exist.

    Raises:
        InputError: the folder cannot be written to.
    """
    if examination.output is None:
        return None
    path = folder / f"{random_name()}{_SUFFIXES[examination.output.mime]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _claim(examination, path, seal, redacted)
        put_new(path, examination.output.data)
    except OSError as error:
        raise unwritable(folder, error) from error
    return path


def random_name() -> str:
    """Sixteen hexadecimal digits, figures and letters among them: by this form the word layer knows a random name."""
    while True:
        name = secrets.token_hex(_NAME_BYTES)
        if not name.isdigit() and not name.isalpha():
            return name


def replace(
    examination: Examination, path: Path, seal: KeyedHash, redacted: tuple[Box, ...], kept: tuple[Noted, ...] = ()
) -> None:
    """Put an examination's output in the place of the file that it was made from.

    ``kept`` are findings of before that still stand, whatever is filled.

    Raises:
        InputError: it may not exist, is of another type than the file's name says, or cannot be written.
    """
    if examination.output is None:
        raise InputError(path.name, "is still refused with these boxes filled", "fill what was found, too")
    if path.suffix.lower().replace(".jpeg", ".jpg") != _SUFFIXES[examination.output.mime]:
        raise InputError(path.name, "would become a file of another type", "run `quizbot deid` on the original again")
    try:
        # The line first: a line without its file is harmless, a file without its line is refused by `check`.
        _claim(examination, path, seal, redacted, kept)
        beside_it(path, examination.output.data).replace(path)
    except OSError as error:
        raise unwritable(path.parent, error) from error


def claim_of(
    examination: Examination, name: str, seal: KeyedHash, redacted: tuple[Box, ...], kept: tuple[Noted, ...] = ()
) -> Claim:
    """What the claim file says of an output."""
    from quizbot.deid.bare import bare_picture, digest_of  # noqa: PLC0415  # Pillow loads slowly
    from quizbot.deid.known import pixel_digest  # noqa: PLC0415  # likewise

    assert examination.output is not None  # noqa: S101  # the callers looked
    output = examination.output
    return Claim(
        output=name,
        source=examination.source_digest,
        pixels=pixel_digest(bare_picture(output.data, output.mime, name)),
        data=digest_of(output.data),
        versions=dict(examination.versions),
        findings=(*kept, *(noted(_placed(one, examination), seal, picture=1) for one in examination.findings)),
        redacted=redacted,
        codes=tuple(code for code, *_ in examination.codes),
    )


def _placed(finding: Finding, examination: Examination) -> Finding:
    """A finding with its box in pixels of the output: findings come in pixels of what came in."""
    size = examination.output.size if examination.output else (0, 0)
    if finding.box is None or examination.original_size in ((0, 0), size):
        return finding
    across, down = (new / old for new, old in zip(size, examination.original_size, strict=True))
    x0, y0, x1, y1 = finding.box
    return replaced(finding, box=(int(x0 * across), int(y0 * down), ceil(x1 * across), ceil(y1 * down)))


def _claim(
    examination: Examination, path: Path, seal: KeyedHash, redacted: tuple[Box, ...], kept: tuple[Noted, ...] = ()
) -> None:
    line = claim_of(examination, path.name, seal, redacted, kept).line()
    append_claim(path.parent, line)


def append_claim(folder: Path, line: bytes) -> None:
    """Add a line to a folder's claim file.

    Raises:
        OSError: it cannot be written.
    """
    file = folder / CLAIM_FILE
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    with os.fdopen(handle, "ab", buffering=0) as stream:
        stream.write(line)
        os.fsync(stream.fileno())


def put_new(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and never in the place of another one.

    Raises:
        OSError: it cannot be written, or is there already.
    """
    beside = beside_it(path, data)
    try:
        os.link(beside, path)  # fails where a file of that name is, instead of replacing it
    finally:
        beside.unlink()


def beside_it(path: Path, data: bytes) -> Path:
    """Write a file under a passing name in the folder of another one, safe on disk.

    Raises:
        OSError: it cannot be written.
    """
    beside = path.with_name(f".{secrets.token_hex(6)}.part")
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside


def unwritable(folder: Path, error: OSError) -> InputError:
    """What to say of a folder that cannot be written to."""
    return InputError(str(folder), f"cannot be written to ({error.strerror})", "choose another folder with -o")
