"""What a text costs as it grows: CPU time, and calls of functions, of a text twice as long beside the text."""

import sys
import time
from types import FrameType

from bench.fuzz_grading.shapes import LONGEST, SHAPES, Chooser, Shape
from quizbot.grading import Key, grade

SEEDS = 6  # texts of each shape


def calls(key: Key, text: str) -> int:
    """How many functions, Python's and C's, run while a text is graded by a reader that has never seen its words.

    Unlike time it is the same on every machine; what happens inside one regular expression it does not see.
    """
    for _ in range(2):  # what a character folds to is kept, up to a limit; after the second time all of these are
        grade(key, text)
    _forget(key)
    count = 0

    def counted(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        grade(key, text)
    finally:
        sys.setprofile(before)
    return count


def seconds(key: Key, text: str, repeats: int = 3) -> float:
    """CPU seconds to grade a text by a reader that has never seen its words: the least of some tries."""
    tries = []
    for _ in range(repeats):
        _forget(key)
        start = time.process_time()
        grade(key, text)
        tries.append(time.process_time() - start)
    return min(tries)


def doubling(key: Key, shape: Shape, seed: int, size: int = LONGEST // 2) -> tuple[float, float]:
    """CPU seconds of a text of a shape at ``size`` characters and at twice as many of the same kind."""
    text = shape(Chooser(seed), 2 * size)
    return seconds(key, text[:size]), seconds(key, text)


def doublings(key: Key) -> dict[str, tuple[float, float]]:
    """For each shape the pair of CPU seconds with the worst ratio of several texts."""
    return {
        name: max((doubling(key, shape, seed) for seed in range(SEEDS)), key=lambda pair: pair[1] / pair[0])
        for name, shape in SHAPES.items()
    }


def _forget(key: Key) -> None:
    """Whatever words have been read, for this case and for all."""
    key.terms.vocabulary.general.forget()
    key.reader.clear()
