"""`quizbot deid`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from quizbot.cli.frame import app, print_json, progress, say
from quizbot.cli.wiring import sealer
from quizbot.core.errors import Exit, UsageError, one_line
from quizbot.deid.examination import Options, Status
from quizbot.desk.deidentify import Outcome, deidentify, masked
from quizbot.settings import load_settings

_TWO = 2
Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="Images, DICOM files, clips, or texts (.txt).")]
Into = Annotated[Path | None, typer.Option("-o", "--output", help="Folder for what may exist, such as cases/SLUG.")]
Redact = Annotated[bool, typer.Option("--redact", help="Fill what was found with solid colour, and look again.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a file.")]
Show = Annotated[bool, typer.Option("--show-text", help="Print what was read; otherwise it is masked.")]
Photo = Annotated[bool, typer.Option("--photo", help="These are photographs of a person or of a part of one.")]
Frame = Annotated[int | None, typer.Option(min=1, help="Which frame of several, counted from 1.")]
Captions = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Captions of a clip, WebVTT or SubRip; read and written anew.")
]
Narration = Annotated[
    bool, typer.Option("--narration", help="The sound of a clip is your own narration, and stays; else it is dropped.")
]
Window = Annotated[
    str | None,
    typer.Option(
        metavar="C,W",
        help="Centre and width of the grey values (DICOM), or the number of a window in the file, or auto.",
    ),
]


@app.command(epilog="Example: quizbot deid ~/originals/ecg.dcm -o cases/my-case --redact")
def deid(  # noqa: PLR0913  # each is an option of the command
    files: Files,
    *,
    into: Into = None,
    redact: Redact = False,
    as_json: Json = False,
    show_text: Show = False,
    photo: Photo = False,
    frame: Frame = None,
    window: Window = None,
    captions: Captions = None,
    narration: Narration = False,
) -> None:
    """Run the privacy gate on files; what may exist is written anew into a folder. Exit 1 unless all are clean."""
    options = Options(photo=photo, frame=frame, window=_window(window))
    if captions is not None and len(files) != 1:
        raise UsageError("--captions", "belong to one clip", "run it once for each")
    settings = load_settings()
    clean = True
    for file in _each(files):
        outcome = deidentify(
            file, into, options, sealer(settings), redact=redact, captions=captions, narration=narration
        )
        clean = clean and outcome.status is Status.CLEAN
        if as_json:
            print_json(outcome.record(show_text=show_text))
        else:
            _tell(outcome, show_text=show_text)
        for note in outcome.notes if as_json else ():
            progress.print(f"{one_line(str(file))}: {one_line(note)}", markup=False, soft_wrap=True)
    if not clean:
        raise SystemExit(int(Exit.FINDING))


def _each(files: list[Path]) -> Iterator[Path]:
    """The files, with a bar on standard error where there are several."""
    if len(files) < _TWO:
        yield from files
        return
    with Progress(console=progress, transient=True) as bar:
        yield from bar.track(files, description="files")


def _tell(outcome: Outcome, *, show_text: bool) -> None:
    written = f" → {outcome.output}" if outcome.output else ""
    say(f"{one_line(str(outcome.file))}: {outcome.status}{written}")
    for note in outcome.notes:
        say(f"  {one_line(note)}")
    for number, finding in enumerate(outcome.findings, start=1):
        text = one_line(finding.text) if show_text else masked(finding.text)
        where = f" at {','.join(map(str, finding.box))}" if finding.box else ""
        said = f' "{text}"' if text else ""
        todo = f"; {one_line(finding.todo)}" if finding.todo else ""
        say(f"  {number}. {finding.decision}: {finding.layer}: {finding.kind}{said}{where}{todo}")


def _window(text: str | None) -> tuple[float, float] | str | None:
    if text is None or "," not in text:
        return text
    try:
        centre, width = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError("--window", f"{one_line(text)!r} is no centre and width", "write it like 40,400") from None
    return centre, width
