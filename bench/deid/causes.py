"""Print why identifying strings are missed: nothing seen there, seen but not read, or read and taken for harmless.

``python -m bench.deid.causes`` looks at the practice set; ``--list`` prints each miss, for that set alone.
"""

import argparse
from collections import Counter
from collections.abc import Sequence

import numpy as np

from bench.deid import practice, sheet, unseen
from bench.deid.lettering import Placed
from bench.deid.scoring import CLEAR, Score, is_on
from quizbot.deid.finding import Box
from quizbot.deid.pixels import findings
from quizbot.deid.pixels.hits import Reading
from quizbot.deid.pixels.legible import is_text

_SETS = {"practice": practice.GENERATOR, "unseen": unseen.GENERATOR}
CAUSES = ("not seen", "not read", "taken for harmless")


def main() -> None:
    """Look and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.deid.causes", description=__doc__)
    parser.add_argument("--set", choices=_SETS, default="practice")
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--count", type=int, default=30, metavar="N", help="so many pictures")
    parser.add_argument("--list", action="store_true", help="every miss of the practice set")
    options = parser.parse_args()
    score, causes = Score(), Counter[tuple[str, bool]]()
    for seed in range(options.first, options.first + options.count):
        page = sheet.make(_SETS[options.set], seed)
        for placed, cause in _misses(page, score):
            causes[cause, placed.text.contrast >= CLEAR] += 1
            if options.list and options.set == "practice":
                print(f"{cause}: {placed.text} at {placed.box}, picture {seed}, {page.ground}")
    print(f"found {score.strings}, clear {score.clear}, harmless pictures held {score.held_harmless}")
    for cause in CAUSES:
        print(f"{cause:20}{causes[cause, True]:4} clear {causes[cause, False]:4} faint")


def _misses(page: sheet.Sheet, score: Score) -> list[tuple[Placed, str]]:
    size = page.image.size
    readings = findings.readings(np.asarray(page.image))
    boxes = [found.box for found in findings.judged(readings, size, deny=frozenset(), kind=None) if found.box]
    score.add(page, boxes)
    missed = (placed for placed in page.identifying if not is_on(placed.box, boxes))
    return [(placed, _cause(placed, readings, size)) for placed in missed]


def _cause(placed: Placed, readings: Sequence[Reading], size: tuple[int, int]) -> str:
    def seen(some: Sequence[Reading]) -> list[Box]:
        return [each.region.box(size) for each in some]

    if not is_on(placed.box, seen(readings)):
        return CAUSES[0]
    return CAUSES[2] if is_on(placed.box, seen([each for each in readings if is_text(each)])) else CAUSES[1]


if __name__ == "__main__":
    main()
