"""Each public page with 1,000 verdicts stored, and with 1,000,000 of 50,000 respondents beside it.

``python -m bench.pages`` takes 20,000 verdicts of 1,000 respondents for the larger database, ``--full`` the million. It
prints milliseconds of CPU a request, as they are and as ratios of the two: *first* is the first request after the data
changed, which computes what the pages keep; *then* is the median of the following ones. The bar is a ratio of 3 for
*then*; it exits with 1 if a page is beyond it.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.web.conftest import Filled, database, site_over
from tests.web.filled import Filling

ROUNDS = 20
SMALL, LARGER, LARGEST = 50, 1_000, 50_000  # respondents; each answers every round
REPEATS = 25
BAR = 3.0


def addresses(site: Filled) -> dict[str, str]:
    one = site.rounds[3]
    return {
        "today": "/",
        "archive": "/archive",
        "archive, searched": "/archive?q=ecg&level=hard",
        "one round": f"/rounds/{one}",
        "one round, page 2": f"/rounds/{one}?page=2",
        "quiz me": f"/quiz-me/{one}",
        "board": "/board",
        "board, page 2": "/board?page=2",
        "board of all time": "/board?season=all",
        "board as a picture": "/board.png",
        "card of a round": f"/rounds/{one}/card.png",
        "feed": "/feed.atom",
        "calendar": "/schedule.ics",
        "Anki deck": "/anki.txt",
    }


def timed(site: Filled, address: str) -> tuple[float, float]:
    """Milliseconds of CPU of the first request, and the median of the next ones."""

    def once() -> float:
        start = time.process_time()
        answer = site.get(address)
        assert answer.status == 200, address  # noqa: S101, PLR2004  # a page that fails measures nothing
        return 1000 * (time.process_time() - start)

    return once(), median(once() for _ in range(REPEATS))


def measured(people: int, folder: Path) -> dict[str, tuple[float, float]]:
    file = folder / f"{people}.db"
    with site_over(file, database(file, Filling(people=people, quizzes=ROUNDS))) as site:
        return {name: timed(site, address) for name, address in addresses(site).items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="1,000,000 verdicts of 50,000 respondents")
    people = LARGEST if parser.parse_args().full else LARGER
    with tempfile.TemporaryDirectory() as folder:
        few, many = (measured(count, Path(folder)) for count in (SMALL, people))
    print(f"verdicts: {SMALL * ROUNDS:,} and {people * ROUNDS:,}; respondents: {SMALL:,} and {people:,}")
    print(f"{'page':<22}{'first ms':>10}{'ratio':>8}{'then ms':>10}{'ratio':>8}")
    worst = 0.0
    for name, (first, then) in many.items():
        ratio = then / few[name][1]
        worst = max(worst, ratio)
        print(f"{name:<22}{first:>10.1f}{first / few[name][0]:>8.1f}{then:>10.1f}{ratio:>8.2f}")
    print(f"worst ratio of `then`: {worst:.2f} (bar {BAR:g})")
    return int(worst > BAR)


if __name__ == "__main__":
    sys.exit(main())
