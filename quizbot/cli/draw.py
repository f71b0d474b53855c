"""`quizbot draw`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizbot.cli.frame import app, progress, say
from quizbot.core.errors import InputError, UsageError
from quizbot.drawing import catalogue
from quizbot.drawing.catalogue import Order

if TYPE_CHECKING:
    from PIL import Image  # loads slowly

Kind = Annotated[str, typer.Argument(metavar="KIND", help=f"One of: {', '.join(catalogue.KINDS)}.")]
Listed = Annotated[bool, typer.Option("--list", help="Name what can be drawn, of KIND or of all kinds, and end.")]
Diagnosis = Annotated[str, typer.Option(metavar="NAME", help="What to draw.")]
Seed = Annotated[int, typer.Option(help="Another number, another patient.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="The PNG to write.")]
Mains = Annotated[float, typer.Option(metavar="MV", help="Mains hum on an ECG, millivolts, 0 to 1.")]
Tilt = Annotated[float, typer.Option(metavar="DEG", help="How far the ECG lies askew on a scanner, degrees, -5 to 5.")]
Measure = Annotated[bool, typer.Option("--measure", help="Print what can be read off the ECG.")]
Register = Annotated[bool, typer.Option("--register", help="In a clone: put it on the list of what may be posted.")]


@app.command(epilog="Example: quizbot draw ecg --diagnosis wellens --seed 7 -o ecg.png")
def draw(  # noqa: PLR0913  # one argument an option
    kind: Kind = "",
    *,
    listed: Listed = False,
    diagnosis: Diagnosis = "",
    seed: Seed = 1,
    output: Output = None,
    mains: Mains = 0.0,
    tilt: Tilt = 0.0,
    measure: Measure = False,
    register: Register = False,
) -> None:
    """Draw a picture of a diagnosis from a model: nobody's recording, another patient for each seed. Needs numpy."""
    if listed:
        _list(kind)
        return
    wanted = Order(kind, diagnosis, seed, mains, tilt)
    catalogue.check(wanted)
    _check_output(output, kind, measure=measure, register=register)
    ledgers = _ledgers() if register else ()
    if measure:
        _measure(wanted)
    if output is not None:
        picture = catalogue.draw(wanted)
        _save(output, picture)
        if ledgers:
            say(f"drawn: {output}; registered as {_registered(output, wanted, ledgers)}: commit it with the case")
        else:
            say(f"drawn: {output}")
            _say_how_it_may_be_posted(output, picture)


def _list(kind: str) -> None:
    for one in [kind] if kind else catalogue.KINDS:
        for name, title in catalogue.diagnoses(one).items():
            say(f"{one:11}{name:26}{title}")


def _check_output(output: Path | None, kind: str, *, measure: bool, register: bool) -> None:
    if measure and kind != "ecg":
        raise UsageError("--measure", "is for an ecg", "leave it out")
    if register and output is None:
        raise UsageError("--register", "has no file to register", "name it with -o FILE")
    if output is None and not measure:
        raise UsageError("-o", "is missing", "name the PNG to write")
    if output is not None and output.suffix.lower() != ".png":
        raise UsageError("-o", f"{output} is not a .png", "name it so")
    if output is not None and not output.parent.is_dir():
        raise InputError(str(output.parent), "there is no such folder", "make it, or name another with -o")


def _measure(wanted: Order) -> None:
    from quizbot.drawing.ecg import report, tracing  # noqa: PLC0415  # needs numpy, whose absence has its own message

    for line in report.lines(tracing.record(wanted.diagnosis, wanted.seed, mains=wanted.mains)):
        say(line)


def _ledgers() -> tuple[Path, ...]:
    from quizbot.desk.register import ledgers_at  # noqa: PLC0415  # Pillow loads slowly

    return ledgers_at(Path.cwd())


def _registered(output: Path, wanted: Order, ledgers: tuple[Path, ...]) -> str:
    from quizbot.desk.register import register  # noqa: PLC0415  # Pillow loads slowly

    return f"{register(output, wanted.provenance(), ledgers)} in {ledgers[0]}"


def _say_how_it_may_be_posted(output: Path, picture: "Image.Image") -> None:
    from quizbot.deid.known import drawn_digests, pixel_digest  # noqa: PLC0415  # Pillow loads slowly

    if pixel_digest(picture.convert("RGB")) not in drawn_digests():
        progress.print(
            "the bot posts it once it is registered (--register, in a clone of quizbot) or has passed the gate"
            f" (quizbot deid {output} -o CASE)"
        )


def _save(path: Path, picture: "Image.Image") -> None:
    try:
        picture.save(path, "PNG", compress_level=9)
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror})", "check the folder") from error
