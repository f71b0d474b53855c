"""A clip through the whole gate: rebuilt from its frames, proved bare, looked at as the world will see it."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from quizbot.core.errors import QuizbotError
from quizbot.deid import layers
from quizbot.deid.examination import Status
from quizbot.deid.facts import Refused
from quizbot.deid.finding import Box, Decision, Finding
from quizbot.deid.redact import redact
from quizbot.deid.versions import current_versions
from quizbot.deid.video.bare import bare_clip
from quizbot.deid.video.captions import MOST_BYTES, Cue, read_captions
from quizbot.deid.video.examination import ClipExamination, ClipOptions, Frame, Seen
from quizbot.deid.video.frames import Facts, decoded, encoded, posted_size, probe, sound_of
from quizbot.deid.video.kinds import MP4, Kind, kind_of
from quizbot.deid.video.limits import (
    FRAMES_A_SECOND,
    LEAST_SECONDS,
    LEAST_SIDE,
    MAX_SOURCE_BYTES,
    MOST_FRAMES,
    MOST_SECONDS,
)
from quizbot.deid.video.moments import LOOK_SIZE, Moments, moments
from quizbot.deid.video.proof import Bare, NotBareError, blanked, check_bare
from quizbot.deid.words import read_words

VERSION = "2"
"""Of decoding, rebuilding and looking at clips: another one asks for another sign-off."""


def examine_clip(path: Path, options: ClipOptions) -> ClipExamination:
    """See ``quizbot.deid.video.examine_clip``."""
    try:
        return _examine(path, options)
    except QuizbotError as refused:
        why = f"{refused.what}; {refused.todo}"
    except Exception:  # noqa: BLE001  # an error of our own lets nothing pass, and says nothing of the file
        why = "could not be examined; try again, or export it again as MP4"
    return ClipExamination(Status.REFUSED, (Seen(Finding("file", "file", Decision.REFUSE, todo=why)),))


def _examine(path: Path, options: ClipOptions) -> ClipExamination:
    with tempfile.TemporaryDirectory(prefix="quizbot-clip-") as name:
        # A copy, so that what is looked at and what is rebuilt are the same bytes, whatever happens to the file.
        source = Path(name) / "in"
        digest = _copied(path, source)
        kind = kind_of(source)
        facts = _within_limits(probe(source, kind))
        size = posted_size(facts.width, facts.height)
        if options.rebuilt:
            bare = bare_clip(source.read_bytes(), str(path))
            return _looked_at(source, bare, digest, facts, options)
        again = Path(name) / "out.mp4"
        bare = _rebuilt(source, kind, size, options, again)
        return _looked_at(again, bare, digest, facts, options)


def _copied(path: Path, into: Path) -> str:
    digest, length = hashlib.sha256(), 0
    if path.is_symlink() or not path.is_file():
        raise Refused(str(path), "is no regular file", "put the clip itself there")
    try:
        with path.open("rb") as file, into.open("wb") as copy:
            while chunk := file.read(1 << 20):
                length += len(chunk)
                if length > MAX_SOURCE_BYTES:
                    raise Refused(str(path), f"is larger than {MAX_SOURCE_BYTES // 2**20} MB", "shorten it")
                digest.update(chunk)
                copy.write(chunk)
    except OSError as error:
        raise Refused(str(path), f"cannot be read ({error.strerror})", "check its permissions") from error
    return digest.hexdigest()


def _within_limits(facts: Facts) -> Facts:
    if facts.seconds > MOST_SECONDS + 1:
        raise Refused("", f"is {facts.seconds:.0f} s long, and X takes {MOST_SECONDS:.0f} s", "cut it")
    if min(facts.width, facts.height) < LEAST_SIDE or max(facts.width, facts.height) > 3 * min(
        facts.width, facts.height
    ):
        raise Refused("", "is smaller than 32 pixels, or more than three times as long as wide", "crop it")
    return facts


def _rebuilt(source: Path, kind: Kind, size: tuple[int, int], options: ClipOptions, into: Path) -> Bare:
    sound = into.with_name("sound") if options.narration else None
    if sound:
        sound_of(source, kind.reader, sound)
    with decoded(source, kind.reader, size) as frames:
        encoded(_covered(frames, options.redact), size, into, sound)
    try:
        data = blanked(into.read_bytes())
        bare = check_bare(data)
    except NotBareError as error:
        raise Refused("", "could not be rebuilt from its frames alone", "export it as MP4 (H.264)") from error
    into.write_bytes(data)
    return bare


def _covered(frames: Iterable[Image.Image], boxes: tuple[Box, ...]) -> Iterator[Image.Image]:
    number = 0
    for number, frame in enumerate(frames, start=1):
        if number > MOST_FRAMES:
            raise Refused("", f"is longer than {MOST_SECONDS:.0f} s", "cut it")
        yield redact(frame, boxes) if boxes else frame
    if number < LEAST_SECONDS * FRAMES_A_SECOND:
        raise Refused("", "is shorter than half a second", "use a still picture")


def _looked_at(again: Path, bare: Bare, source: str, facts: Facts, options: ClipOptions) -> ClipExamination:
    with decoded(again, MP4.reader, LOOK_SIZE, grey=True) as greys:
        chosen = moments(greys)
    cues, data, size = _captions(options.captions), again.read_bytes(), bare.size
    pixels, pictures = _pick(again, size, chosen, keep=options.rebuilt)
    seen = (*_in_words(cues), *_each_once(pictures), *_too_fast(chosen), *_heard(bare))
    refused = any(one.finding.decision is Decision.REFUSE for one in seen)
    return ClipExamination(
        status=Status.REFUSED if refused else Status.NEEDS_SIGNOFF,
        seen=seen,
        data=b"" if refused else data,
        captions=cues,
        size=size,
        seconds=chosen.count / FRAMES_A_SECOND,
        looked=len(chosen.frames),
        frames=tuple(pictures) if options.rebuilt else (),
        sound=bare.sound,
        source_digest=source,
        pixel_digest=pixels,
        digest=hashlib.sha256(data).hexdigest(),
        versions={"clip": VERSION, **current_versions()},
        notes=tuple(_notes(facts, size, chosen, options)),
    )


def _pick(again: Path, size: tuple[int, int], chosen: Moments, *, keep: bool) -> tuple[str, list[Frame]]:
    """The digest of every frame, and the chosen ones with what the layers see in them."""
    digest = hashlib.sha256(f"{size[0]}x{size[1]} RGB clip\n".encode())
    wanted, found = frozenset(chosen.frames), list[Frame]()
    known: dict[bytes, tuple[Finding, ...]] = {}
    with decoded(again, MP4.reader, size) as frames:
        for number, frame in enumerate(frames):
            data = frame.tobytes()
            digest.update(data)
            if number not in wanted:
                continue
            same = hashlib.sha256(data).digest()
            if same not in known:
                known[same] = layers.text(frame, frozenset(), None) + layers.faces(frame, photo=False)
            found.append(Frame(number / FRAMES_A_SECOND, _jpeg(frame) if keep else b"", known[same]))
    return digest.hexdigest(), found


def _jpeg(frame: Image.Image) -> bytes:
    file = BytesIO()
    frame.save(file, "JPEG", quality=85)
    return file.getvalue()


def _each_once(pictures: Iterable[Frame]) -> Iterator[Seen]:
    told: set[tuple[str, str, Decision, Box | None]] = set()
    for frame in pictures:
        for one in frame.findings:
            key = (one.layer, one.kind, one.decision, one.box)
            if key not in told:
                told.add(key)
                yield Seen(one, frame.seconds)


def _heard(bare: Bare) -> Iterator[Seen]:
    if bare.sound:
        todo = "no machine listens to it: it may stay only if it is the author's own narration and names nobody"
        yield Seen(Finding("sound", "narration", Decision.HOLD, todo=todo))


def _too_fast(chosen: Moments) -> Iterator[Seen]:
    if not chosen.every_change:
        todo = "the picture changes more often than it was looked at: step through it frame by frame before you sign"
        yield Seen(Finding("file", "restless", Decision.HOLD, todo=todo))


def _captions(path: Path | None) -> tuple[Cue, ...]:
    if path is None:
        return ()
    from quizbot.deid.reading import read_file  # noqa: PLC0415  # brings the sign-off's types along

    return read_captions(read_file(path, MOST_BYTES), str(path))


def _in_words(cues: tuple[Cue, ...]) -> Iterator[Seen]:
    for cue in cues:
        for mark in read_words(cue.text):
            yield Seen(mark.finding, cue.start / 1000)


def _notes(facts: Facts, size: tuple[int, int], chosen: Moments, options: ClipOptions) -> Iterator[str]:
    kept = {"audio"} if options.narration or options.rebuilt else set()
    if others := sorted({*facts.others} - kept):
        yield f"left out: {', '.join(others)} (whatever is not picture stays behind)"
    if options.narration and not options.rebuilt:
        yield "its sound was kept, on one channel: two people have to hear all of it before they sign"
    if (facts.width, facts.height) != size:
        yield f"brought from {facts.width} x {facts.height} to {size[0]} x {size[1]} pixels"
    if options.redact:
        yield f"{len(options.redact)} boxes filled on all {chosen.count} frames"
    yield f"looked at {len(chosen.frames)} of {chosen.count} frames: each change, and one a second at least"
    if not (options.captions or options.rebuilt):
        yield "has no captions: give them with --captions, if anything is said or explained in it"
