"""How good and how quick the grader is, beside others in the same run.

``python -m bench.grading`` prints quality on every labelled set, then speed; ``--bars`` prints the synthetic bars:
look-alikes, slips, negations, lists, another quiz's keys. ``--install-peers`` puts the peers into ``.bench/``.
"""

import argparse
import json
import sys

from bench.grading.bars import Bar, bars, print_bars
from bench.grading.install import install_peers
from bench.grading.labelled import labelled_sets
from bench.grading.quality import print_rows, rows
from bench.grading.speed import measure, print_speed


def main() -> int:
    """Measure and print; exit code 1 if a synthetic bar is not held."""
    options = _options()
    if options.install_peers:
        return install_peers()
    if options.bars:
        return _bars(full=options.full, as_json=options.json)
    sets = labelled_sets()
    measured = [] if options.speed else list(rows(sets))
    if not options.json:
        print_rows(measured)
    speed = None if options.quality else measure(sets)
    if options.json:
        print(json.dumps({"quality": [row.record() for row in measured], "speed": speed and speed.record()}))
    elif speed:
        print_speed(speed)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.grading", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--quality", action="store_true", help="the labelled sets only")
    what.add_argument("--speed", action="store_true", help="the speed only")
    what.add_argument("--bars", action="store_true", help="the synthetic bars")
    what.add_argument("--install-peers", action="store_true", help="install the peers into .bench/ (npm and pip)")
    parser.add_argument("--full", action="store_true", help="with --bars: every pair of look-alikes")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser.parse_args()


def _bars(*, full: bool, as_json: bool) -> int:
    held: list[Bar] = list(bars(full=full))
    if as_json:
        print(json.dumps({"bars": [bar.record() for bar in held]}))
    else:
        print_bars(held)
    return 0 if all(bar.held for bar in held) else 1


if __name__ == "__main__":
    sys.exit(main())
