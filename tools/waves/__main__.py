"""The command: ``python -m tools.waves --diagnosis bronchospasm --seed 7 -o capnogram.png``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.ecg.register import register
from tools.waves.capnogram import DIAGNOSES, record
from tools.waves.reading import read
from tools.waves.screen import draw


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code (2 for a wrong option, by argparse)."""
    options = _parser().parse_args(arguments)
    curve = record(options.diagnosis, options.seed)
    draw(curve).save(options.output, "PNG", compress_level=9)
    found = read(curve)
    print(f"{found.rate:.0f} breaths a minute, rise {found.rise:.0%} of a breath, peaks {found.peaks.round().tolist()}")
    if options.register:
        provenance: dict[str, str | int | float] = {
            "by": "tools.waves",
            "diagnosis": options.diagnosis,
            "seed": options.seed,
        }
        print(f"{options.output}: registered as {register(options.output, provenance)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.waves",
        description="Draws a capnogram from a model of the breath.",
        epilog="Example: python -m tools.waves --diagnosis bronchospasm --seed 7 -o capnogram.png",
    )
    parser.add_argument("--diagnosis", required=True, choices=list(DIAGNOSES), help="what to draw")
    parser.add_argument("--seed", type=int, default=1, help="another number, another patient (default 1)")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help="the PNG to write")
    parser.add_argument("--register", action="store_true", help="let the picture pass quizbot's gate")
    return parser


if __name__ == "__main__":
    sys.exit(main())
