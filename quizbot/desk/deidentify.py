"""Running the gate on files for an educator: examine, fill boxes if asked, write what may exist."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from quizbot import deid
from quizbot.core.errors import InputError, QuizbotError
from quizbot.core.keyed import KeyedHash
from quizbot.deid.examination import Examination, Options, Status
from quizbot.deid.finding import Box, Decision, Finding
from quizbot.deid.video.captions import as_subrip
from quizbot.deid.video.examination import ClipOptions, Seen
from quizbot.deid.video.kinds import is_clip
from quizbot.deid.words import read_words
from quizbot.desk.clip_outputs import clip_claim, write_clip
from quizbot.desk.outputs import write_new

TEXT_SUFFIX = ".txt"
MOST_TEXT = 1024 * 1024  # bytes
REDACTED_LAYERS = frozenset({"text", "barcode", "face"})
"""Layers whose findings are boxes that can be filled; a photograph stays one however much of it is filled."""
_MOST_PASSES = 4  # what is filled may uncover more; a picture that needs more passes than this is looked at by a person
_MOST_CLIP_PASSES = 2  # each rebuilds the whole clip
_MASK = "•"
_MOST_MASK = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file.

    Attributes:
        file: its path, as given.
        status: clean, needs_signoff or refused.
        findings: everything that any layer saw.
        output: the file that was written, if any.
        redacted: the boxes that were filled.
        notes: what a person should know; why it was refused, if the gate could not even look.
    """

    file: Path
    status: Status
    findings: tuple[Finding, ...] = ()
    output: Path | None = None
    redacted: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()

    def record(self, *, show_text: bool) -> dict[str, object]:
        """As ``quizbot deid --json`` prints it; texts are masked unless asked for."""
        return {
            "file": str(self.file),
            "status": str(self.status),
            "findings": [finding_record(finding, show_text=show_text) for finding in self.findings],
            "output": str(self.output) if self.output else None,
        }


def deidentify(
    path: Path,
    into: Path | None,
    options: Options,
    seal: Callable[[], KeyedHash],
    *,
    redact: bool,
    captions: Path | None = None,
    narration: bool = False,
) -> Outcome:
    """Run the gate on a file; never raises for what is in it.

    Args:
        path: a picture, a DICOM file, a clip, or a text (``.txt``).
        into: where the output goes; None to look only.
        options: how it is to be examined.
        seal: gives the installation's key; asked only when something is written.
        redact: fill the boxes of what is found, and look again; of a clip on every frame.
        captions: of a clip.
        narration: the sound of a clip is its author's own, and is to stay.

    Raises:
        InputError: the folder cannot be written to.
        OutsideError: the installation's key cannot be used.
    """
    try:
        if path.suffix.lower() == TEXT_SUFFIX:
            return _text(path)
        if is_clip(path):
            return _clip(path, into, ClipOptions(captions=captions, narration=narration), seal, redact=redact)
        examination, filled = _examined(path, options, redact=redact)
    except QuizbotError as error:
        return Outcome(path, Status.REFUSED, notes=(f"{error.what}; {error.todo}" if error.todo else error.what,))
    may_exist = examination.status is not Status.REFUSED and examination.output is not None
    output = write_new(examination, into, seal(), filled) if into is not None and may_exist else None
    return Outcome(path, examination.status, examination.findings, output, filled, examination.notes)


def _examined(path: Path, options: Options, *, redact: bool) -> tuple[Examination, tuple[Box, ...]]:
    """The examination, after filling what it found again and again until nothing is left to fill."""
    filled = options.redact
    examination = deid.examine(path, options=options)
    for _ in range(_MOST_PASSES if redact else 0):
        fresh = [box for box in _boxes(examination.findings) if box not in filled]
        if not fresh:
            break
        filled = (*filled, *fresh)
        examination = deid.examine(path, options=replace(options, redact=filled))
    return examination, filled


def _boxes(findings: tuple[Finding, ...]) -> list[Box]:
    return list(dict.fromkeys(f.box for f in findings if f.box is not None and f.layer in REDACTED_LAYERS))


def _clip(
    path: Path, into: Path | None, options: ClipOptions, seal: Callable[[], KeyedHash], *, redact: bool
) -> Outcome:
    """A clip through its gate; what is found says when it was first seen."""
    from quizbot.deid.video import examine_clip  # noqa: PLC0415  # brings Pillow along

    filled: tuple[Box, ...] = ()
    made = examine_clip(path, options)
    for _ in range(_MOST_CLIP_PASSES if redact else 0):
        fresh = [box for box in _boxes(tuple(one.finding for one in made.seen)) if box not in filled]
        if not fresh:
            break
        filled = (*filled, *fresh)
        made = examine_clip(path, replace(options, redact=filled))
    output = (
        write_clip(made.data, as_subrip(made.captions), clip_claim(made, filled, seal), into)
        if into and made.data
        else None
    )
    return Outcome(path, made.status, tuple(map(_timed, made.seen)), output, filled, made.notes)


def _timed(seen: Seen) -> Finding:
    if seen.seconds is None:
        return seen.finding
    todo = f"; {seen.finding.todo}" if seen.finding.todo else ""
    return replace(seen.finding, todo=f"first at {seen.seconds:.1f} s{todo}")


def _text(path: Path) -> Outcome:
    marked = read_words(_read(path), where=path.name)
    findings = tuple(one.finding for one in marked)
    return Outcome(path, _status(findings), findings)


def _status(findings: tuple[Finding, ...]) -> Status:
    if any(finding.decision is Decision.REFUSE for finding in findings):
        return Status.REFUSED
    return Status.NEEDS_SIGNOFF if findings else Status.CLEAN


def _read(path: Path) -> str:
    from quizbot.deid.reading import read_file  # noqa: PLC0415  # brings Pillow along

    try:
        return read_file(path, MOST_TEXT).decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(str(path), "is not UTF-8 text", "save it as UTF-8") from None


def finding_record(finding: Finding, *, show_text: bool) -> dict[str, object]:
    """A finding as a record; its text masked unless asked for."""
    return {
        "layer": finding.layer,
        "kind": finding.kind,
        "decision": str(finding.decision),
        "text": finding.text if show_text else masked(finding.text),
        "box": list(finding.box) if finding.box else None,
    }


def masked(text: str) -> str:
    """As many dots as letters, but not many."""
    return _MASK * min(len(text), _MOST_MASK)
