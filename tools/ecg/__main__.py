"""The command: ``python -m tools.ecg --diagnosis wellens --seed 7 -o ecg.png``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from PIL import Image

from quizbot.core.errors import InputError, QuizbotError, UsageError

_MAX_SEED = 2**32 - 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    try:
        _run(_parser().parse_args(arguments))
    except QuizbotError as error:
        sys.stderr.write(f"tools.ecg: {error}\n")
        return int(error.exit_code)
    return 0


class _Parser(argparse.ArgumentParser):
    """Complains in one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("", message, "see --help")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m tools.ecg",
        description="Draws a 12-lead ECG from a model of the heart's electrical activity.",
        epilog="Example: python -m tools.ecg --diagnosis wellens --seed 7 -o ecg.png",
    )
    parser.add_argument("--list", action="store_true", help="name the diagnoses and end")
    parser.add_argument("--diagnosis", metavar="NAME", help="what to draw")
    parser.add_argument("--seed", type=int, default=1, help="another number, another patient (default 1)")
    parser.add_argument("-o", "--output", metavar="FILE", help="the PNG to write")
    parser.add_argument("--mains", type=float, default=0.0, metavar="MV", help="mains hum, millivolts (default 0)")
    parser.add_argument("--measure", action="store_true", help="print what can be read off the tracing")
    parser.add_argument("--register", action="store_true", help="let the picture pass quizbot's gate")
    return parser


def _run(options: argparse.Namespace) -> None:
    _need_numpy()
    from tools.ecg.diagnoses import DIAGNOSES  # noqa: PLC0415  # needs numpy, whose absence has its own message

    if options.list:
        for name, diagnosis in DIAGNOSES.items():
            print(f"{name:24}{diagnosis.title}")
        return
    _check(options, list(DIAGNOSES))
    _draw(options)


def _need_numpy() -> None:
    try:
        import numpy  # noqa: F401, PLC0415  # only to see whether it is there
    except ImportError as error:
        raise UsageError("numpy", "is not installed", "install it with: pip install 'quizbot[draw]'") from error


def _check(options: argparse.Namespace, names: list[str]) -> None:
    if options.diagnosis not in names:
        found = f'"{options.diagnosis}" is unknown' if options.diagnosis else "is missing"
        raise UsageError("--diagnosis", found, f"give one of: {', '.join(names)}")
    if not 0 <= options.seed <= _MAX_SEED:
        raise UsageError("--seed", f"{options.seed} is out of range", f"give 0 to {_MAX_SEED}")
    if not 0 <= options.mains <= 1:
        raise UsageError("--mains", f"{options.mains} is out of range", "give 0 to 1")
    if options.register and not options.output:
        raise UsageError("--register", "has no file to register", "name it with -o FILE")
    if not (options.output or options.measure):
        raise UsageError("-o", "is missing", "name the PNG to write, or give --measure")
    if options.output and Path(options.output).suffix.lower() != ".png":
        raise UsageError("-o", f"{options.output} is not a .png", "name it so")


def _draw(options: argparse.Namespace) -> None:
    # These need numpy, whose absence has its own message.
    from tools.ecg import paper, register, report, tracing  # noqa: PLC0415

    recorded = tracing.record(options.diagnosis, options.seed, mains=options.mains)
    if options.measure:
        print("\n".join(report.lines(recorded)))
    if options.output:
        _save(options.output, paper.draw(recorded))
    if options.register:
        digest = register.register(Path(options.output), _provenance(options))
        print(f"{options.output}: registered as {digest}")


def _save(name: str, picture: Image.Image) -> None:
    try:
        picture.save(name, "PNG", compress_level=9)
    except OSError as error:
        raise InputError(name, f"cannot be written ({error.strerror})", "check the folder") from error


def _provenance(options: argparse.Namespace) -> dict[str, str | int | float]:
    basis: dict[str, str | int | float] = {"by": "tools.ecg", "diagnosis": options.diagnosis, "seed": options.seed}
    return {**basis, "mains": options.mains} if options.mains else basis


if __name__ == "__main__":
    raise SystemExit(main())
