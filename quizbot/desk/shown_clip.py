"""The clip of a case as a preview may show it: an output of the gate, and nothing else."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from quizbot.core.case import Video
from quizbot.core.errors import QuizbotError
from quizbot.deid.facts import Refused
from quizbot.deid.video.captions import Cue, as_webvtt
from quizbot.desk.captions import caption_cues
from quizbot.desk.signoff.looked import read_claim_file

MOST_INLINE = 12 * 1024 * 1024  # bytes of a clip that stands inside a page


@dataclass(frozen=True, slots=True)
class ShownClip:
    """A clip in a preview.

    Attributes:
        file: its name.
        alt: what it shows, in words.
        source: a ``data:`` address of its bytes; empty if it is not shown.
        track: a ``data:`` address of its captions as WebVTT; empty without any.
        captions: their words.
        note: why it is not shown, or not posted; empty if it would go out so once it is signed off.
    """

    file: str
    alt: str
    source: str = ""
    track: str = ""
    captions: tuple[str, ...] = ()
    note: str = ""


def shown_clip(folder: Path, video: Video) -> ShownClip:
    """A clip as it would be posted; never raises for what is in the file."""
    try:
        data = passed(folder, video)
        cues = caption_cues(folder, video.captions) if video.captions else ()
    except QuizbotError as refused:
        return ShownClip(video.file, video.alt, note=f"not posted: {refused.what}")
    words = tuple(cue.text for cue in cues)
    if len(data) > MOST_INLINE:
        note = f"too large to stand in this page ({len(data) / 2**20:.0f} MB): open the file itself"
        return ShownClip(video.file, video.alt, captions=words, note=note)
    return ShownClip(video.file, video.alt, _address(data, "video/mp4"), _track(cues), words)


def _track(cues: tuple[Cue, ...]) -> str:
    return _address(as_webvtt(cues).encode(), "text/vtt") if cues else ""


def passed(folder: Path, video: Video) -> bytes:
    """The bytes of a clip, if they are an output of the gate.

    Raises:
        Refused: they are not.
    """
    from quizbot.deid.bare import digest_of  # noqa: PLC0415  # Pillow loads slowly
    from quizbot.deid.reading import clip_files  # noqa: PLC0415  # likewise
    from quizbot.deid.video.bare import bare_clip  # noqa: PLC0415  # likewise

    data = clip_files(video.model_copy(update={"captions": None}), folder).data
    bare_clip(data, video.file)
    if digest_of(data) not in read_claim_file(folder).by_digest:
        what = "is no output of the privacy gate, or was changed since; take it out of the folder"
        raise Refused(video.file, what, f"run `quizbot deid ORIGINAL -o {folder}`")
    return data


def _address(data: bytes, mime: str) -> str:
    return f"data:{mime};base64,{b64encode(data).decode('ascii')}"
