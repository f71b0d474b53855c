"""What the gate's word layer says of a case's texts; never the words themselves, for findings are logged and stored."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Protocol

from quizbot.casebook import Level, Problem
from quizbot.casebook.finding import key_text
from quizbot.core.case import Case
from quizbot.deid.finding import Decision, Finding
from quizbot.desk.graded import parsed_key

IDENTIFYING = "may identify somebody"


class Mark(Protocol):
    """A finding in a text: where it begins and ends, and what to write instead, if that is known."""

    @property
    def finding(self) -> Finding: ...  # noqa: D102  # see the class
    @property
    def start(self) -> int: ...  # noqa: D102  # see the class
    @property
    def end(self) -> int: ...  # noqa: D102  # see the class
    @property
    def suggestion(self) -> str | None: ...  # noqa: D102  # see the class


def case_marks(case: Case) -> Sequence[tuple[str, Mark]]:
    """Every mark in a case's texts, with the key of the text, such as ``answer.accept[2]``."""
    try:
        words = import_module("quizbot.deid.words")  # its vocabulary takes a moment to load
    except ImportError:
        return ()
    return tuple((key if isinstance(key, str) else key_text(key), mark) for key, mark in words.case_words(case))


def word_problems(case: Case) -> Iterator[Problem]:
    """Identifiers in the texts of a case are errors, what a person has to decide on is a warning."""
    for key, mark in case_marks(case):
        level = Level.ERROR if mark.finding.decision is Decision.REFUSE else Level.WARNING
        yield Problem(parsed_key(key), level, _message(mark))


def _message(mark: Mark) -> str:
    place = f"characters {mark.start + 1} to {mark.end}" if mark.end > mark.start else "the text"
    if mark.suggestion is not None:
        todo = f'write "{mark.suggestion}" instead' if mark.suggestion else "leave it out"
    else:
        todo = mark.finding.todo or "leave it out, or say it in general words"
    return f"{IDENTIFYING} ({mark.finding.kind}, {place}); {todo}"
