"""What is asked of the gate for one clip, and what it answers. No library is loaded for these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from quizbot.deid.examination import Status
from quizbot.deid.finding import Box, Finding
from quizbot.deid.video.captions import Cue


@dataclass(frozen=True, slots=True)
class ClipOptions:
    """What the educator says about a clip.

    Attributes:
        redact: boxes to fill on every frame, in pixels of the clip that goes out.
        captions: a file of captions.
        narration: its sound is the author's own, and is to stay.
        rebuilt: it is an output of this gate that is looked at again: its file stays as it is, and the frames that are
            looked at are kept, to be shown.
    """

    redact: tuple[Box, ...] = ()
    captions: Path | None = None
    narration: bool = False
    rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that the layers looked at: when, in seconds from the beginning, as a JPEG, and what they saw there."""

    seconds: float
    jpeg: bytes = field(repr=False)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding in a clip; ``seconds`` from its beginning, None for its captions and for the whole."""

    finding: Finding
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class ClipExamination:
    """What the gate made of a clip.

    Attributes:
        status: never clean: two people sign every clip.
        seen: what was found, each kind of thing at each place once, with the first time it was seen.
        data: the new file, an MP4; empty if refused.
        captions: as they may go out.
        size: width and height of the new file in pixels; boxes are in these.
        seconds: its length.
        looked: how many frames the layers looked at.
        frames: those frames, if they were to be kept.
        sound: whether the new file has sound.
        source_digest: SHA-256 of the file that came in, hexadecimal.
        pixel_digest: SHA-256 over every frame of the new file, hexadecimal.
        digest: SHA-256 of the new file, hexadecimal.
        versions: of what looked at it.
        notes: what was done.
    """

    status: Status
    seen: tuple[Seen, ...]
    data: bytes = field(default=b"", repr=False)
    captions: tuple[Cue, ...] = ()
    size: tuple[int, int] = (0, 0)
    seconds: float = 0.0
    looked: int = 0
    frames: tuple[Frame, ...] = field(default=(), repr=False)
    sound: bool = False
    source_digest: str = ""
    pixel_digest: str = ""
    digest: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
