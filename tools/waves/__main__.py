"""The command: ``python -m tools.waves --diagnosis bronchospasm --seed 7 -o capnogram.png``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from tools.ecg.register import register
from tools.waves import capnogram, mmode, screen


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code (2 for a wrong option, by argparse)."""
    options = _parser().parse_args(arguments)
    picture(options.diagnosis, options.seed).save(options.output, "PNG", compress_level=9)
    if options.register:
        provenance: dict[str, str | int | float] = {
            "by": "tools.waves",
            "diagnosis": options.diagnosis,
            "seed": options.seed,
        }
        print(f"{options.output}: registered as {register(options.output, provenance)}")
    return 0


def picture(diagnosis: str, seed: int) -> Image.Image:
    """The picture of a diagnosis; the same for the same seed."""
    if diagnosis in mmode.DIAGNOSES:
        return mmode.draw(mmode.record(diagnosis, seed))
    return screen.draw(capnogram.record(diagnosis, seed))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.waves",
        description="Draws a capnogram or an M-mode picture of the lung from a model.",
        epilog="Example: python -m tools.waves --diagnosis bronchospasm --seed 7 -o capnogram.png",
    )
    parser.add_argument(
        "--diagnosis", required=True, choices=[*capnogram.DIAGNOSES, *mmode.DIAGNOSES], help="what to draw"
    )
    parser.add_argument("--seed", type=int, default=1, help="another number, another patient (default 1)")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help="the PNG to write")
    parser.add_argument("--register", action="store_true", help="let the picture pass quizbot's gate")
    return parser


if __name__ == "__main__":
    sys.exit(main())
