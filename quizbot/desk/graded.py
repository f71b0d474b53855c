"""What the grader says of a case's own answers and of the texts posted before the reveal."""

import re
from collections.abc import Iterator

from quizbot.casebook import Level, Problem
from quizbot.casebook.finding import Key
from quizbot.core.case import Case
from quizbot.grading import check_key

_PART = re.compile(r"([a-z_]+)|\[(\d+)\]")


def grader_problems(case: Case) -> Iterator[Problem]:
    """Answers that grade wrongly against themselves or collide, and texts that give the answer away."""
    for notice in check_key(case):
        yield Problem(parsed_key(notice.key), Level(notice.level), notice.message)


def parsed_key(text: str) -> Key:
    """The way to a value from its text, such as ``answer.accept[2]``."""
    return tuple(int(number) if number else name for name, number in _PART.findall(text))
