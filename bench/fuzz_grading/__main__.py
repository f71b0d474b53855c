"""Grade hostile replies until something breaks: ``python -m bench.fuzz_grading --inputs 1000000``.

Exit code 1 if a law was broken; every finding is printed with its input, cut down as far as it still fails.
"""

import argparse
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

from bench.fuzz_grading.cost import doublings
from bench.fuzz_grading.laws import broken_law, examined
from bench.fuzz_grading.shapes import stream
from bench.grading.labelled import own_set
from quizbot.core.verdict import Verdict
from quizbot.grading import Key, prepare

MOST_FINDINGS = 20
A_KEY_FOR = 500  # inputs before the next case's turn: words that were read once are kept, as in a round
LOOK_CLOSER = 10  # every so manyth input is held against the laws that need another reading, too


@dataclass
class Run:
    """What a run met."""

    inputs: int = 0
    shapes: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    findings: list[dict[str, Any]] = field(default_factory=list)


def main() -> int:
    """Run, print, and say by the exit code whether all laws held."""
    options = _options()
    run = fuzz(options.seed, options.inputs, _progress(options.inputs))
    worst = doublings(prepare(next(iter(own_set().cases.values()))))
    _print(run, worst, options.seed, as_json=options.json)
    return 1 if run.findings else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz_grading", description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same inputs")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser.parse_args()


def fuzz(seed: int, count: int, told: Callable[[int], None] = lambda _n: None) -> Run:
    """Grade ``count`` hostile inputs, case after case; stops early when there is enough to mend."""
    run, labelled = Run(), own_set()
    keys = {slug: prepare(case) for slug, case in labelled.cases.items()}
    streams = {
        slug: stream(seed + n, [r.text for r in labelled.replies if r.case == slug]) for n, slug in enumerate(keys)
    }
    slugs = cycle(keys)
    with suppress(KeyboardInterrupt):  # what was met until then is still told
        while run.inputs < count and len(run.findings) < MOST_FINDINGS:
            slug = next(slugs)
            _batch(run, slug, keys[slug], list(islice(streams[slug], min(A_KEY_FOR, count - run.inputs))))
            told(run.inputs)
    return run


def _batch(run: Run, slug: str, key: Key, batch: list[tuple[str, str]]) -> None:
    run.inputs += len(batch)
    results = examined(key, [text for _, text in batch])
    for number, ((shape, _), (text, result)) in enumerate(zip(batch, results, strict=True)):
        run.shapes[shape] += 1
        broken = result if isinstance(result, str) else broken_law(key, text) if number % LOOK_CLOSER == 0 else None
        if broken is not None:
            short = smallest(text, lambda t: broken_law(key, t) is not None)
            run.findings.append({"case": slug, "shape": shape, "law": broken, "text": text, "smallest": short})
        elif isinstance(result, Verdict):
            run.verdicts[result.kind] += 1


def smallest(text: str, fails: Callable[[str], bool]) -> str:
    """A part of a failing text that still fails, by leaving out ever smaller pieces."""
    size = len(text)
    while size > 1:
        size, start = math.ceil(size / 2), 0
        while start < len(text):
            shorter = text[:start] + text[start + size :]
            if fails(shorter):
                text = shorter
            else:
                start += size
    return text


def _progress(total: int) -> Callable[[int], None]:
    start = time.monotonic()

    def told(done: int) -> None:
        if done % 20_000 == 0:
            print(f"{done:,} of {total:,} inputs, {time.monotonic() - start:,.0f} s", file=sys.stderr, flush=True)

    return told


def _print(run: Run, worst: dict[str, tuple[float, float]], seed: int, *, as_json: bool) -> None:
    if as_json:
        ratios = {name: two / one for name, (one, two) in worst.items()}
        print(json.dumps({"seed": seed, **vars(run), "doubling": ratios}))
        return
    print(f"{run.inputs:,} hostile inputs (seed {seed}), laws broken: {len(run.findings)}")
    for finding in run.findings:
        print(f"  {finding['case']}: {finding['law']}: {finding['smallest']!a} (shape: {finding['shape']})")
    _table("shape", run.shapes.items())
    _table("verdict", run.verdicts.items())
    print(
        "\none grading by a reader that has never seen the words, 5,000 and 10,000 characters, worst of several texts:"
    )
    for name, (one, two) in worst.items():
        print(f"{name:30}{one * 1e3:8.1f} ms{two * 1e3:8.1f} ms   ratio {two / one:.2f}")


def _table(title: str, rows: Iterable[tuple[str, int]]) -> None:
    print(f"\n{title}")
    for name, count in sorted(rows, key=lambda row: -row[1]):
        print(f"  {name:32}{count:>12,}")


if __name__ == "__main__":
    sys.exit(main())
