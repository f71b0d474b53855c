"""What is asked of the gate for one picture, and what it answers. No library is loaded for these."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from quizbot.deid.finding import Box, Finding

MAX_POSTED_BYTES = 5 * 1024 * 1024  # X's limit for an image


class Status(StrEnum):
    """What the machine makes of a picture; a patient's is published only with a sign-off, whatever this says."""

    CLEAN = "clean"
    NEEDS_SIGNOFF = "needs_signoff"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Options:
    """What the educator says about a picture.

    Attributes:
        redact: boxes to fill, in pixels of the upright original.
        photo: it is a photograph of a person or a part of one: never cleared by machine.
        frame: of a DICOM file with several, counted from 1.
        window: of a DICOM file: centre and width; or the number of one of its own windows, ``lut``, or ``auto``.
        kind: what kind of picture it is, such as ``ecg``: a hint for the layer that reads its text.
        max_bytes: the limit for the rebuilt file.
    """

    redact: tuple[Box, ...] = ()
    photo: bool = False
    frame: int | None = None
    window: tuple[float, float] | str | None = None
    kind: str | None = None
    max_bytes: int = MAX_POSTED_BYTES


@dataclass(frozen=True, slots=True)
class Output:
    """The rebuilt file.

    Attributes:
        data: the whole file, proved to hold pixels and nothing else.
        mime: ``image/png`` or ``image/jpeg``.
        size: width and height in pixels.
    """

    data: bytes = field(repr=False)
    mime: str
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Examination:
    """What the gate found in one file.

    Attributes:
        status: what the machine makes of it.
        findings: of all layers; boxes in pixels of the upright original.
        picture: what the world would see, decoded from the rebuilt file; None if it did not come to that.
        output: the rebuilt file; None if it is refused.
        source_digest: SHA-256 of the file, hexadecimal; empty if it could not be read.
        pixel_digest: SHA-256 over the size and pixels of ``picture`` (``quizbot.deid.known``); empty without one.
        digest: SHA-256 of the rebuilt file, hexadecimal; empty without one.
        original_size: width and height of the upright original in pixels; the boxes' coordinates.
        drawn: the project drew it, by the digest of its pixels before they were encoded.
        versions: of the rules, models and decoders that had a part in it.
        notes: what was done to it, for a person to read.
        codes: DICOM PS3.15's for what was applied: value, scheme, meaning.
        deny: folded words of a DICOM header; in memory only, never to be stored, logged or shown.
    """

    status: Status
    findings: tuple[Finding, ...]
    picture: Image | None = None
    output: Output | None = None
    source_digest: str = ""
    pixel_digest: str = ""
    digest: str = ""
    original_size: tuple[int, int] = (0, 0)
    drawn: bool = False
    versions: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    codes: tuple[tuple[str, str, str], ...] = ()
    deny: frozenset[str] = field(default=frozenset(), repr=False)
