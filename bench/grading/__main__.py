"""Print the tables: quality on the labelled sets, then speed."""

import random
import time
from pathlib import Path

from bench.grading.labelled import LabelledSet, Quality, folder_set, own_set, quality
from bench.grading.rivals import Grader, ours, pedants, quizbowl, token_set
from quizbot.core.verdict import Verdict
from quizbot.grading import grade, grade_many, prepare

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "grading-dev"
DATA = Path(__file__).resolve().parents[2] / "tests" / "grading" / "data"
DISTINCT = 20_000  # replies timed
_TAILS = (
    "",
    " no doubt",
    " seen {} of these",
    " at {}am",
    " bed {}",
    ", my registrar agrees",
    "!!",
    " 🤔",
    " lol",
    " imho",
)


def main() -> None:
    """Measure and print."""
    folders = [DATA / "second", DATA / "held-out", BESIDE]
    sets = [own_set(), *(folder_set(folder) for folder in folders if folder.is_dir())]
    for labelled in sets:
        _quality_table(labelled)
    _speed_table(sets[0])


def _graded(labelled: LabelledSet, grader: Grader) -> Quality:
    pairs = []
    for slug, case in labelled.cases.items():
        replies = [r for r in labelled.replies if r.case == slug]
        pairs += list(zip(replies, grader(case, [r.text for r in replies]), strict=True))
    return quality(pairs)


def _quality_table(labelled: LabelledSet) -> None:
    print(f"\n{labelled.name}: {len(labelled.replies)} replies to {len(labelled.cases)} cases")
    print(f"{'':24}{'right of decided':>18}{'decided of clear':>18}{'points given wrongly':>22}")
    _row("quizbot", _graded(labelled, ours))
    _row("rapidfuzz token set 90", _graded(labelled, token_set))
    fuzzy = pedants()
    _row("qa-metrics PEDANTS", _graded(labelled, fuzzy) if fuzzy else None)
    _row("qb-answer-checker", _quizbowl(labelled))


def _row(name: str, measured: Quality | None) -> None:
    if measured is None:
        print(f"{name:24}not installed: left out")
        return
    print(f"{name:24}{measured.right:18.1%}{measured.decided:18.1%}{measured.gifted:22.1%}")


def _quizbowl(labelled: LabelledSet) -> Quality | None:
    pairs: list[tuple] = []
    for slug, case in labelled.cases.items():
        replies = [r for r in labelled.replies if r.case == slug]
        done = quizbowl(case, [r.text for r in replies])
        if done is None:
            return None
        pairs += list(zip(replies, done[0], strict=True))
    return quality(pairs)


def _variants(labelled: LabelledSet) -> dict[str, list[str]]:
    """Distinct realistic replies: the labelled ones with the tails that people hang on them."""
    chooser = random.Random(1)  # noqa: S311  # repeatable, nothing secret
    out: dict[str, dict[str, None]] = {slug: {} for slug in labelled.cases}
    while sum(map(len, out.values())) < DISTINCT:
        reply = chooser.choice(labelled.replies)
        tail = chooser.choice(_TAILS).format(chooser.randrange(1000)) + chooser.choice(_TAILS).format(
            chooser.randrange(99)
        )
        out[reply.case][reply.text + tail] = None
    return {slug: list(texts) for slug, texts in out.items()}


def _speed_table(labelled: LabelledSet) -> None:
    texts = _variants(labelled)
    keys = {slug: prepare(case) for slug, case in labelled.cases.items()}
    grade(next(iter(keys.values())), "warm-up pneumthorax")
    each = _per_second({slug: (keys[slug], batch) for slug, batch in texts.items()})
    repeated = _per_second({slug: (keys[slug], batch[: len(batch) // 5] * 5) for slug, batch in texts.items()})
    print(f"\nspeed on one core (CPU time): {each:,.0f} distinct replies/s; {repeated:,.0f}/s when four in five repeat")
    rival = _quizbowl_speed(labelled, texts)
    print(
        f"qb-answer-checker: {rival:,.0f}/s; ratio {each / rival:.0f}" if rival else "qb-answer-checker: not installed"
    )


def _per_second(work: dict[str, tuple]) -> float:
    start = time.process_time()
    done: list[Verdict] = []
    for key, batch in work.values():
        done += grade_many(key, batch)
    return len(done) / (time.process_time() - start)


def _quizbowl_speed(labelled: LabelledSet, texts: dict[str, list[str]]) -> float | None:
    count = spent = 0.0
    for slug, batch in list(texts.items())[:3]:
        done = quizbowl(labelled.cases[slug], batch[:200])
        if done is None:
            return None
        count, spent = count + len(done[0]), spent + done[1]
    return count / spent


if __name__ == "__main__":
    main()
