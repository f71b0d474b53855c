"""The console's item analysis with 1,000 verdicts stored, and with many beside it.

``python -m bench.items`` takes 20,000 verdicts of 1,000 respondents for the larger database, ``--full`` 1,000,000 of
50,000. It prints milliseconds of CPU a request: *first* after the data changed, *then* the median of the next ones,
and *anew* what adding everything up at each request would take, with ratios to the smaller database. The bar is a ratio
of 3 for *then*; it exits with 1 if a page is beyond it.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from quizbot.cli.wiring import vet
from quizbot.core.clock import ManualClock
from quizbot.core.keyed import KeyedHash
from quizbot.core.person import Role
from quizbot.rounds.items import items
from quizbot.store import open_store
from quizbot.store.people import add_person
from quizbot.web import create_app
from quizbot.web.console.office import Office
from tests.crash.life import policy
from tests.web.conftest import database
from tests.web.console.client import Client
from tests.web.filled import ACCOUNT, NOW, Filling

ROUNDS = 20
SMALL, LARGER, LARGEST = 50, 1_000, 50_000  # respondents; each answers every round
REPEATS = 25
BAR = 3.0
PASSPHRASE = "seven grey herons on a wet roof"  # noqa: S105  # of a database that is thrown away


def spent(deed: Callable[[], object]) -> float:
    """Milliseconds of CPU."""
    start = time.process_time()
    deed()
    return 1000 * (time.process_time() - start)


def measured(people: int, folder: Path) -> dict[str, tuple[float, float, float]]:
    file = folder / f"{people}.db"
    rounds = database(file, Filling(people=people, quizzes=ROUNDS))
    store, clock, key = open_store(f"sqlite:///{file}"), ManualClock(NOW), KeyedHash(bytes(32))
    add_person(store, "rae", None, [Role.REVIEWER], PASSPHRASE, NOW)
    office = Office(policy("daily 12:00"), folder, lambda: key, vet, ZoneInfo("UTC"), clock=clock)
    client = Client(create_app(store, lambda: ACCOUNT, clock, "quarter", "https://x.com/i", office=office))
    client.sign_in("rae", PASSPHRASE)
    anew = spent(lambda: items(store, ACCOUNT))
    found = {}
    for name, path in {"all items": "/console/items", "one item": f"/console/items/{rounds[3]}"}.items():
        first = spent(lambda path=path: client.get(path))  # type: ignore[misc]  # mypy infers no type for a default
        found[name] = first, median(spent(lambda path=path: client.get(path)) for _ in range(REPEATS)), anew  # type: ignore[misc]  # as above
    store.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="1,000,000 verdicts of 50,000 respondents")
    people = LARGEST if parser.parse_args().full else LARGER
    with tempfile.TemporaryDirectory() as folder:
        few, many = (measured(count, Path(folder)) for count in (SMALL, people))
    print(f"verdicts: {SMALL * ROUNDS:,} and {people * ROUNDS:,}; respondents: {SMALL:,} and {people:,}")
    print(f"{'page':<12}{'first ms':>10}{'then ms':>10}{'ratio':>8}{'anew ms':>10}{'ratio':>8}")
    worst = 0.0
    for name, (first, then, anew) in many.items():
        ratio = then / few[name][1]
        worst = max(worst, ratio)
        print(f"{name:<12}{first:>10.1f}{then:>10.1f}{ratio:>8.2f}{anew:>10.1f}{anew / few[name][2]:>8.1f}")
    print(f"worst ratio of `then`: {worst:.2f} (bar {BAR:g})")
    return int(worst > BAR)


if __name__ == "__main__":
    sys.exit(main())
