"""Print the tables: what each reader finds on pictures that nobody tuned on, and what it takes.

``python -m bench.deid`` measures 30 pictures, ``--full`` 450, ``--only quizbot`` leaves the rivals out.
"""

import argparse
import resource
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from bench.deid import rivals, sheet, unseen
from bench.deid.fonts import MEASURING, available
from bench.deid.rivals import Reader
from bench.deid.scoring import Score
from bench.deid.sheet import Sheet

SMALL, FULL = 30, 450
_FIRST = 2000  # pictures of lower seeds were looked at while rules were written


def main() -> None:
    """Measure and print."""
    options = _options()
    found, missing = available(MEASURING)
    print(f"{len(found)} fonts" + (f"; not installed, left out: {', '.join(missing)}" if missing else ""))
    if not found:
        print("Pillow's own font stands in for all of them, and is easier to read: the figures will flatter everybody")
    count = options.count or (FULL if options.full else SMALL)
    with rivals.presidio() as presidio:
        readers = {
            "quizbot": rivals.ours,
            "RapidOCR, defaults": rivals.rapidocr(),
            "Tesseract, psm 3": rivals.tesseract(3),
            "Tesseract, psm 11": rivals.tesseract(11),
            "Presidio, en_core_web_sm": presidio,
        }
        chosen = {name: reader for name, reader in readers.items() if not options.only or options.only in name}
        scores = _measured(chosen, count, options.first)
    _print(chosen, scores)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.deid", description=__doc__)
    parser.add_argument("--full", action="store_true", help=f"{FULL} pictures instead of {SMALL}")
    parser.add_argument("--count", type=int, metavar="N", help="so many pictures")
    parser.add_argument("--only", default="", metavar="NAME", help="one reader")
    parser.add_argument("--first", type=int, default=_FIRST, metavar="SEED", help="other pictures")
    return parser.parse_args()


def _measured(readers: dict[str, Reader | None], count: int, first: int) -> dict[str, Score]:
    scores = {name: Score() for name, reader in readers.items() if reader}
    for page in _pages(count, first):
        for name, score in scores.items():
            _count(score, page, readers[name])
    return scores


def _pages(count: int, first: int) -> Iterator[Sheet]:
    for seed in range(first, first + count):
        yield sheet.make(unseen.GENERATOR, seed)


def _count(score: Score, page: Sheet, reader: Callable | None) -> None:
    start = rivals.cpu()
    boxes = reader(page.image)
    score.add(page, boxes, getattr(reader, "seconds", 0.0) or rivals.cpu() - start)


def _print(readers: Sequence[str] | dict[str, Reader | None], scores: dict[str, Score]) -> None:
    titles = (
        "identifying strings found",
        "of 60 grey levels or more",
        "pictures with none found",
        "harmless pictures held",
    )
    print(f"\n{'':26}" + "".join(f"{title:36}" for title in titles) + "CPU s, median and most")
    for name in readers:
        if name not in scores:
            print(
                f"{name:26}not installed: left out"
                + (" (see bench/deid/presidio_env.sh)" if "Presidio" in name else "")
            )
            continue
        score = scores[name]
        rates = (score.strings, score.clear, score.missed_pictures, score.held_harmless)
        print(
            f"{name:26}"
            + "".join(f"{rate!s:36}" for rate in rates)
            + f"{np.median(score.seconds):.2f} {max(score.seconds):.2f}"
        )
    if "quizbot" in scores:
        print("\nquizbot, by what the strings are")
        for (what, which), rate in sorted(scores["quizbot"].by.items(), key=lambda item: str(item[0])):
            print(f"  {what:10}{which!s:16}{rate}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\npeak memory of this process, all readers but Presidio and Tesseract in it: {peak} MB")


if __name__ == "__main__":
    main()
