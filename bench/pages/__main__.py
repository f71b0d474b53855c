"""Each public page with 1,000 verdicts stored, and with 1,000,000 of 50,000 respondents beside it.

``python -m bench.pages`` takes 20,000 verdicts of 1,000 respondents for the larger database, ``--full`` the million. It
prints milliseconds of CPU a request, as they are and as ratios of the two: *first* is the median first request after a
round was scored, *then* the median of those that follow, when nothing has changed. The bar is a ratio of 3 for both; it
exits with 1 if a page is beyond it. What the first request of a process costs once and for all (templates are compiled,
cards drawn) is left out. Below it stands what scoring a round costs whoever does it, the boards included.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from quizbot.rounds.counting import rebuild
from quizbot.rounds.grade import rescore
from quizbot.store.rounds import round_of
from tests.web.conftest import Filled, database, site_over
from tests.web.filled import ACCOUNT, NOW, Filling

ROUNDS = 20
SMALL, LARGER, LARGEST = 50, 1_000, 50_000  # respondents; each answers every round
FIRSTS, REPEATS = 7, 25
BAR = 3.0


@dataclass(frozen=True)
class Times:
    """Milliseconds of CPU: of each page first and then, and of scoring a round and counting all anew."""

    pages: dict[str, tuple[float, float]]
    scoring: float
    counting: float


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
        "board, last page": "/board?page=1000000",
        "board of all time": "/board?season=all",
        "board as a picture": "/board.png",
        "card of a round": f"/rounds/{one}/card.png",
        "feed": "/feed.atom",
        "calendar": "/schedule.ics",
        "Anki deck": "/anki.txt",
    }


def spent(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return 1000 * (time.process_time() - start)


def timed(site: Filled, address: str, scored: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds of the first request after a scoring, and of the next ones."""

    def once() -> None:
        answer = site.get(address)
        assert answer.status == 200, address  # noqa: S101, PLR2004  # a page that fails measures nothing

    def first() -> float:
        scored()
        return spent(once)

    once()
    return median(first() for _ in range(FIRSTS)), median(spent(once) for _ in range(REPEATS))


def measured(people: int, folder: Path) -> Times:
    file = folder / f"{people}.db"
    with site_over(file, database(file, Filling(people=people, quizzes=ROUNDS))) as site:
        with site.store.read() as session:
            row = round_of(session, ACCOUNT, site.rounds[3])
        assert row is not None  # noqa: S101  # it was just written
        times = iter(range(1, 10**6))

        def scored() -> None:
            """What a scoring changes that pages look at: every round's time, so that nothing kept is used again."""
            at = (NOW + timedelta(seconds=next(times))).isoformat(sep=" ").removesuffix("+00:00")
            with site.store.engine.begin() as connection:
                connection.exec_driver_sql("UPDATE round SET scored_at = ? WHERE state = 'revealed'", (at,))

        pages = {name: timed(site, address, scored) for name, address in addresses(site).items()}
        scoring = spent(lambda: rescore(site.store, row, NOW))
        return Times(pages, scoring, spent(lambda: rebuild(site.store, ACCOUNT)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="1,000,000 verdicts of 50,000 respondents")
    people = LARGEST if parser.parse_args().full else LARGER
    with tempfile.TemporaryDirectory() as folder:
        few, many = (measured(count, Path(folder)) for count in (SMALL, people))
    print(f"verdicts: {SMALL * ROUNDS:,} and {people * ROUNDS:,}; respondents: {SMALL:,} and {people:,}")
    print(f"{'page':<22}{'first ms':>10}{'ratio':>8}{'then ms':>10}{'ratio':>8}")
    worst = [0.0, 0.0]
    for name, pair in many.pages.items():
        ratios = [ms / small for ms, small in zip(pair, few.pages[name], strict=True)]
        worst = [max(both) for both in zip(worst, ratios, strict=True)]
        print(f"{name:<22}{pair[0]:>10.1f}{ratios[0]:>8.2f}{pair[1]:>10.1f}{ratios[1]:>8.2f}")
    print(f"scoring a round: {many.scoring:,.0f} ms (small: {few.scoring:,.0f})")
    print(f"counting every board anew: {many.counting:,.0f} ms (small: {few.counting:,.0f})")
    print(f"worst ratio: first {worst[0]:.2f}, then {worst[1]:.2f} (bar {BAR:g})")
    return int(max(worst) > BAR)


if __name__ == "__main__":
    sys.exit(main())
