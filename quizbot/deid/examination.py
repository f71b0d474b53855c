"""What the gate was asked, and what it found: plain data that every layer, command and page shares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from quizbot.deid.finding import Box, Decision, Finding

if TYPE_CHECKING:
    from PIL.Image import Image


class Status(StrEnum):
    """What becomes of a file: it passes, a person decides, or nobody can let it pass as it is."""

    CLEAN = "clean"
    NEEDS_SIGNOFF = "needs_signoff"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be examined.

    Attributes:
        redact: boxes to be filled before all layers run, in pixels of the upright original.
        photo: the educator says that it is a photograph of a person or of a part of one.
        frame: which frame of several, counted from 1; None where there is one.
        window: centre and width of the grey values, for DICOM; or one of its named windows.
        kind: what kind of picture it is, such as ``ecg``: what text is to be expected in it.
    """

    redact: tuple[Box, ...] = ()
    photo: bool = False
    frame: int | None = None
    window: tuple[float, float] | str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A file rebuilt from bare pixels; ``size`` is (width, height) in pixels."""

    data: bytes
    mime: str
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Examination:
    """What the gate found in a file.

    Attributes:
        status: what becomes of it.
        findings: everything that any layer saw.
        picture: the upright RGB pixels that the layers looked at; None if nothing could be read.
        output: the rebuilt file; None if it must not exist.
        source_digest: SHA-256 of the file that came in, hexadecimal.
        pixel_digest: of the pixels, hexadecimal; empty without a picture.
        digest: SHA-256 of the output's bytes, hexadecimal; empty without an output.
        versions: of the rules and models that looked.
        notes: what a person should know and need not decide.
    """

    status: Status
    findings: tuple[Finding, ...] = ()
    picture: "Image | None" = None
    output: Output | None = None
    source_digest: str = ""
    pixel_digest: str = ""
    digest: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def status_of(findings: tuple[Finding, ...]) -> Status:
    """The status that findings alone lead to."""
    decisions = {finding.decision for finding in findings}
    if Decision.REFUSE in decisions:
        return Status.REFUSED
    return Status.NEEDS_SIGNOFF if decisions else Status.CLEAN
