"""Grade a database of stored replies anew with ``quizbot regrade``, and ten times fewer beside it.

``python -m bench.regrade`` takes 20,000 replies, ``--full`` 1,000,000. It prints replies a second and the peak memory
of the command, as ratios of the two runs: memory is bounded if it does not grow with the number of replies.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.regrade.fill import fill
from quizbot.store import open_store
from quizbot.store.migrate import upgrade

FEWER = 10
KIB_A_UNIT = 1 if sys.platform != "darwin" else 1 / 1024  # getrusage counts KiB on Linux, bytes on macOS


@dataclass(frozen=True)
class Regrade:
    """One run of the command: seconds on the clock and of CPU, and its peak resident memory."""

    replies: int
    rounds: int
    seconds: float
    cpu_seconds: float
    peak_mib: float

    @property
    def per_second(self) -> float:
        """Replies a second of CPU time."""
        return self.replies / self.cpu_seconds


def main() -> int:
    """Fill, grade anew, print."""
    options = _options()
    count = 1_000_000 if options.full else options.replies
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        runs = [run(Path(folder) / f"{size}.db", size) for size in (count // FEWER, count)]
    if options.json:
        print(json.dumps({"runs": [asdict(one) | {"per_second": one.per_second} for one in runs]}))
    else:
        _print(*runs)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.regrade", description=__doc__)
    parser.add_argument("--replies", type=int, default=20_000, help="how many (default: %(default)s)")
    parser.add_argument("--full", action="store_true", help="1,000,000 replies (about 1 GB of disk)")
    parser.add_argument("--folder", help="where the databases are made (default: the system's temporary folder)")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser.parse_args()


def run(file: Path, count: int) -> Regrade:
    """Fill a database and let the command grade it."""
    url = f"sqlite:///{file}"
    store = open_store(url)
    upgrade(store)
    rounds = fill(store, count)
    store.close()
    print(f"{count:,} replies to {rounds} rounds are in {file.stat().st_size / 2**20:,.0f} MiB", file=sys.stderr)
    return _measured(url, count, rounds, file.parent)


def _measured(url: str, count: int, rounds: int, folder: Path) -> Regrade:
    """The command in a process of its own, in a folder without settings."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("QUIZBOT_")} | {"QUIZBOT_DATABASE_URL": url}
    env["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    start = time.monotonic()
    child = subprocess.Popen([sys.executable, "-m", "quizbot", "regrade"], env=env, cwd=folder, stdout=sys.stderr)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"quizbot regrade ended with {child.returncode}")
    cpu = used.ru_utime + used.ru_stime
    return Regrade(count, rounds, time.monotonic() - start, cpu, used.ru_maxrss * KIB_A_UNIT / 1024)


def _print(few: Regrade, many: Regrade) -> None:
    print(f"{'replies':>12}{'rounds':>8}{'seconds':>10}{'CPU s':>10}{'replies/CPU s':>15}{'peak MiB':>10}")
    for one in (few, many):
        head = f"{one.replies:>12,}{one.rounds:>8}{one.seconds:>10.1f}{one.cpu_seconds:>10.1f}"
        print(f"{head}{one.per_second:>15,.0f}{one.peak_mib:>10.0f}")
    print(
        f"ratio of {many.replies:,} to {few.replies:,}: "
        f"replies a second {many.per_second / few.per_second:.2f}, peak memory {many.peak_mib / few.peak_mib:.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
