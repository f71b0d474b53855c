"""Replies a second on one core, beside qb-answer-checker on the same replies in the same run."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

from bench.grading.labelled import HELD_OUT, LabelledSet
from bench.grading.peers import Job, Unavailable, quizbowl, token_set
from bench.grading.realistic import Likeness, Replies, described, expected
from quizbot.core.case import Case
from quizbot.grading import Key, grade_many, prepare
from quizbot.grading.terms import compiled

CASES = 20
A_CASE = 1_000  # distinct replies to each, as many as a well-followed account gets
PEER_SHARE = 10  # the peer gets every so manyth reply, for it is slow
REPEATS = 3  # the least of these is reported: what else the machine does only adds


@dataclass(frozen=True)
class Speed:
    """Replies a second of CPU time.

    Attributes:
        distinct: all different, words met for the first time included.
        repeating: four in five repeat an earlier one.
        prepared: seconds to compile a case's key, paid once a case.
        token_set: of rapidfuzz on the distinct replies.
        peer: of qb-answer-checker, the quicker of its two ways to write a key; None where it is not installed.
        made, labelled: how varied the replies were, and what the labelled ones let expect of as many.
    """

    replies: int
    distinct: float
    repeating: float
    prepared: float
    token_set: float
    peer: float | None
    made: Likeness
    labelled: Likeness

    @property
    def ratio(self) -> float | None:
        """How many times as quick as the peer on distinct replies."""
        return self.distinct / self.peer if self.peer else None

    def record(self) -> dict[str, object]:
        """As JSON."""
        return asdict(self) | {"ratio": self.ratio}


def measure(sets: Sequence[LabelledSet]) -> Speed:
    """Make the replies, grade them, let the peers grade some of them."""
    texts = [reply.text for labelled in sets if labelled.name not in HELD_OUT for reply in labelled.replies]
    replies = list(islice(Replies(texts, seed=1), CASES * A_CASE))
    cases = list(sets[0].cases.values())[:CASES]
    jobs = [(case, replies[n::CASES]) for n, case in enumerate(cases)]
    prepare(cases[0])  # the lexicon is read and compiled once a process
    return Speed(
        len(replies),
        len(replies) / _least(jobs, lambda batch: batch),
        len(replies) / _least(jobs, _repeating),
        _prepared(cases),
        _token_set_speed(jobs),
        _peer_speed(jobs),
        described(replies),
        expected(texts, len(replies)),
    )


def _least(jobs: Sequence[Job], change: Callable[[Sequence[str]], Sequence[str]]) -> float:
    batches = [(case, change(texts)) for case, texts in jobs]
    return min(_seconds([(prepare(case), batch) for case, batch in batches]) for _ in range(REPEATS))


def _seconds(work: Sequence[tuple[Key, Sequence[str]]]) -> float:
    """CPU seconds by keys and a lexicon that have read nothing yet; words are shared by the cases of one try."""
    compiled().forget()
    start = time.process_time()
    for key, batch in work:
        grade_many(key, batch)
    return time.process_time() - start


def _repeating(batch: Sequence[str]) -> list[str]:
    """As many replies, a fifth of them different, in random order."""
    some = list(batch[: len(batch) // 5]) * 5
    random.Random(1).shuffle(some)  # noqa: S311  # repeatable, nothing secret
    return some


def _prepared(cases: Sequence[Case]) -> float:
    start = time.process_time()
    for case in cases:
        prepare(case)
    return (time.process_time() - start) / len(cases)


def _token_set_speed(jobs: Sequence[Job]) -> float:
    some = _some(jobs)
    start = time.process_time()
    token_set(some)
    return sum(len(texts) for _, texts in some) / (time.process_time() - start)


def _some(jobs: Sequence[Job]) -> list[Job]:
    return [(case, texts[::PEER_SHARE]) for case, texts in jobs]


def _peer_speed(jobs: Sequence[Job]) -> float | None:
    some = _some(jobs)
    count = sum(len(texts) for _, texts in some)
    try:
        runs = [quizbowl(some, underlined=way, repeats=REPEATS).seconds for way in (True, False)]
    except Unavailable:
        return None
    return count / min(seconds for seconds in runs if seconds)


def print_speed(speed: Speed) -> None:
    """The figures, and how like the labelled replies the timed ones were."""
    print(f"\nspeed on one core, replies a second of CPU time ({speed.replies:,} distinct replies to {CASES} cases)")
    print(f"{'quizbot, distinct':34}{speed.distinct:>12,.0f}")
    print(f"{'quizbot, four in five repeat':34}{speed.repeating:>12,.0f}")
    print(f"{'rapidfuzz token set, distinct':34}{speed.token_set:>12,.0f}")
    if speed.peer is None or speed.ratio is None:
        print("qb-answer-checker: not installed: python -m bench.grading --install-peers")
    else:
        print(f"{'qb-answer-checker, distinct':34}{speed.peer:>12,.0f}   quizbot is {speed.ratio:.1f} times as quick")
    print(f"compiling a case's key takes {speed.prepared * 1000:.1f} ms, once a case")
    print("how like the labelled replies the timed ones are (expected: Heaps' law fitted to the labelled ones):")
    print(f"{'':14}{'characters, 10/50/90 %':>26}{'different words':>18}{'different pairs':>18}")
    for name, like in (("timed", speed.made), ("expected", speed.labelled)):
        print(f"{name:14}{'/'.join(map(str, like.characters)):>26}{like.words:>18,}{like.pairs:>18,}")
