"""What a person has to watch before a clip may leave: the clip, the frames that were looked at, and its captions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from quizbot.core.case import Case, Video
from quizbot.deid.claim import Claim
from quizbot.deid.finding import Box
from quizbot.deid.record import SignedClip
from quizbot.deid.video import ClipExamination, ClipOptions, examine_clip
from quizbot.deid.video.captions import Cue
from quizbot.deid.video.examination import Frame, Seen
from quizbot.deid.video.limits import MAX_POSTED_BYTES
from quizbot.deid.words import read_words
from quizbot.desk.captions import caption_cues
from quizbot.desk.clip_outputs import CAPTIONS_KEY, CLIP_KEY
from quizbot.desk.signoff.looked import Numbered, found_before, only_claimed, read_claim_file
from quizbot.desk.signoff.texts import TextGroup, pieces


@dataclass(frozen=True, slots=True)
class Clip:
    """The clip of a case, as it would be posted.

    Attributes:
        path: its file.
        data: its bytes.
        cues: its captions.
        size: width and height in pixels.
        seconds: its length.
        sound: it has sound.
        frames: those that the layers looked at.
        notes: what the gate says besides its findings.
        problem: why it cannot be signed off whatever anybody decides; empty if it can.
        source: the digest of the file it was made from, as its claim says.
    """

    path: Path
    data: bytes
    cues: tuple[Cue, ...]
    size: tuple[int, int]
    seconds: float
    sound: bool
    frames: tuple[Frame, ...]
    notes: tuple[str, ...]
    problem: str
    source: str


def look_at_clip(case: Case, folder: Path, signed: SignedClip | None) -> tuple[Clip | None, list[Numbered]]:
    """The clip with what is found in it and in its captions; the numbers are given later. Takes a second a frame.

    Raises:
        Refused: its captions cannot be read.
    """
    if case.video is None or signed is None:
        return None, []
    path = folder / case.video.file
    claim = read_claim_file(folder).by_digest.get(signed.data)
    made = examine_clip(path, ClipOptions(rebuilt=True))
    found = [Numbered(0, one.finding, key=CLIP_KEY, seconds=one.seconds) for one in made.seen]
    found += _claimed(claim, made.seen)
    cues = _cues(case.video, folder)
    return _clip(path, made, signed, claim, cues), [*found, *_in_captions(cues)]


def _clip(path: Path, made: ClipExamination, signed: SignedClip, claim: Claim | None, cues: tuple[Cue, ...]) -> Clip:
    problem = ""
    if claim is None:
        problem = "is no output of `quizbot deid`, or was changed since; run it on the original"
    elif made.digest not in ("", signed.data):
        problem = "was changed while it was looked at; load this page again"
    return Clip(
        path=path,
        data=_bytes(path),
        cues=cues,
        size=made.size,
        seconds=made.seconds,
        sound=signed.sound,
        frames=made.frames,
        notes=made.notes,
        problem=problem,
        source=claim.source if claim else "",
    )


def _bytes(path: Path) -> bytes:
    from quizbot.deid.reading import read_file  # noqa: PLC0415  # Pillow loads slowly

    return read_file(path, MAX_POSTED_BYTES)


def _claimed(claim: Claim | None, seen: Iterable[Seen]) -> list[Numbered]:
    """What was found when the file was made and is not found now; its captions are read as they are now."""
    old = only_claimed(claim, [one.finding for one in seen])
    return [
        Numbered(0, found_before(one), key=CLIP_KEY, seconds=one.seconds, claimed=one)
        for one in old
        if one.layer != "words"
    ]


def _cues(video: Video, folder: Path) -> tuple[Cue, ...]:
    return caption_cues(folder, video.captions) if video.captions else ()


def _in_captions(cues: Iterable[Cue]) -> list[Numbered]:
    return [
        Numbered(0, mark.finding, key=_cue_key(at), mark=mark, seconds=cue.start / 1000)
        for at, cue in enumerate(cues)
        for mark in read_words(cue.text)
    ]


def _cue_key(at: int) -> str:
    return f"{CAPTIONS_KEY}[{at}]"


def caption_texts(clip: Clip | None, findings: Iterable[Numbered]) -> tuple[TextGroup, ...]:
    """The captions as texts, with the findings' numbers at the letters concerned."""
    if clip is None or not clip.cues:
        return ()
    marked: dict[str, list[Numbered]] = {}
    for one in findings:
        marked.setdefault(one.key, []).append(one)
    shown = tuple(pieces(cue.text, marked.get(_cue_key(at), ())) for at, cue in enumerate(clip.cues))
    return (TextGroup("Captions", shown),)


def boxes_in(frame: Frame, findings: Mapping[int, Numbered]) -> list[tuple[int, Box, bool]]:
    """The boxes to be drawn in a frame: the finding's number, the box, and whether nobody can sign it."""
    places = {
        (one.finding.layer, one.finding.kind, one.finding.decision, one.finding.box): number
        for number, one in findings.items()
        if one.key == CLIP_KEY
    }
    found = ((places.get((f.layer, f.kind, f.decision, f.box)), f) for f in frame.findings)
    return [(number, f.box, f.decision == "refuse") for number, f in found if number is not None and f.box is not None]


def clip_refusals(clip: Clip | None) -> Iterable[str]:
    """Why nobody may sign off the clip, whatever was found in it."""
    return [f"the clip ({clip.path.name}) {clip.problem}"] if clip is not None and clip.problem else []
