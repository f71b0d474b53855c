"""What the gate's word layer says of a case's texts; never the words themselves, for findings are logged and stored."""

from collections.abc import Iterator, Sequence

from quizbot.casebook import Level, Problem
from quizbot.core.case import Case
from quizbot.deid.finding import Decision
from quizbot.deid.words import Marked, case_words
from quizbot.desk.graded import parsed_key

IDENTIFYING = "may identify somebody"


def case_marks(case: Case) -> Sequence[tuple[str, Marked]]:
    """Every mark in a case's texts, with the key of the text, such as ``answer.accept[2]``."""
    return case_words(case)


def word_problems(case: Case) -> Iterator[Problem]:
    """Identifiers in the texts of a case are errors, what a person has to decide on is a warning."""
    for key, mark in case_marks(case):
        yield Problem(parsed_key(key), level_of(mark), mark_message(mark))


def level_of(mark: Marked) -> Level:
    """How bad a mark is for ``check``."""
    return Level.ERROR if mark.finding.decision is Decision.REFUSE else Level.WARNING


def mark_message(mark: Marked) -> str:
    """What is wrong with some words, without the words."""
    place = f"characters {mark.start + 1} to {mark.end}" if mark.end > mark.start else "the text"
    if mark.suggestion is not None:
        todo = f'write "{mark.suggestion}" instead' if mark.suggestion else "leave it out"
    else:
        todo = mark.finding.todo or "leave it out, or say it in general words"
    return f"{IDENTIFYING} ({mark.finding.kind}, {place}); {todo}"
