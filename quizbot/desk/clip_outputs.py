"""Writing the clips that the gate lets exist: under random names, with their captions and a line in the claim file."""

from collections.abc import Callable
from pathlib import Path

from quizbot.casebook.folder import CAPTIONS_SUFFIX, CLIP_SUFFIX
from quizbot.core.errors import InputError
from quizbot.core.keyed import KeyedHash
from quizbot.deid.claim import Claim
from quizbot.deid.finding import Box
from quizbot.deid.record import Noted, noted
from quizbot.deid.video.examination import ClipExamination, Seen
from quizbot.desk.outputs import append_claim, beside_it, put_new, random_name, unwritable

CLIP_KEY, CAPTIONS_KEY = "video.file", "video.captions"
"""Where the findings of a clip stand in the record."""


def clip_claim(
    made: ClipExamination, filled: tuple[Box, ...], seal: Callable[[], KeyedHash], source: str = ""
) -> Callable[[str], Claim]:
    """Makes what the claim file says of a clip, of its file's name.

    Args:
        made: what the gate made.
        filled: the boxes that were filled.
        seal: gives the installation's key.
        source: the digest of the original, where the gate was not given the original itself.
    """

    def claim(name: str) -> Claim:
        key = seal()
        return Claim(
            output=name,
            source=source or made.source_digest,
            pixels=made.pixel_digest,
            data=made.digest,
            versions=dict(made.versions),
            findings=tuple(_noted(one, key) for one in made.seen),
            redacted=filled,
        )

    return claim


def _noted(seen: Seen, key: KeyedHash) -> Noted:
    where = CAPTIONS_KEY if seen.finding.layer == "words" else CLIP_KEY
    return noted(seen.finding, key, key=where, seconds=seen.seconds)


def write_clip(data: bytes, captions: str, claim: Callable[[str], Claim], folder: Path) -> Path:
    """Write a rebuilt clip under a name that says nothing, its captions beside it under the same one.

    Args:
        data: the MP4.
        captions: the SubRip file; empty for none.
        claim: makes the line of the claim file of the file's name.
        folder: where to; made if it is missing.

    Raises:
        InputError: the folder cannot be written to.
    """
    path = folder / f"{random_name()}{CLIP_SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # The line first: a line without its file is harmless, a file without its line is refused by `check`.
        append_claim(folder, claim(path.name).line())
        put_new(path, data)
        if captions:
            put_new(path.with_suffix(CAPTIONS_SUFFIX), captions.encode())
    except OSError as error:
        raise unwritable(folder, error) from error
    return path


def replace_clip(made: ClipExamination, path: Path, claim: Callable[[str], Claim]) -> None:
    """Put a rebuilt clip in the place of the one that it was made from.

    Raises:
        InputError: it may not exist, or cannot be written.
    """
    if not made.data:
        raise InputError(path.name, "is still refused with these boxes filled", "fill what was found, too")
    try:
        append_claim(path.parent, claim(path.name).line())
        beside_it(path, made.data).replace(path)
    except OSError as error:
        raise unwritable(path.parent, error) from error
