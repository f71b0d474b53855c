"""The grader: text in, verdict with its reasons out. Pure but for reading the lexicon's files on first use.

``prepare`` compiles a case once, ``grade`` reads a reply by the rules that docs/grading.md explains, and
``grade_many`` reads equal replies once.
"""

from collections.abc import Sequence

from quizbot.core.case import Case
from quizbot.core.ruling import Ruling
from quizbot.grading.compiling import compile_key
from quizbot.grading.judging import grade, phrase_of
from quizbot.grading.key import Key
from quizbot.grading.many import grade_many
from quizbot.grading.selfcheck import Notice, check_key

VERSION = "7"  # stored with every verdict; raise it with every change that may change one


def prepare(case: Case, rulings: Sequence[Ruling] = ()) -> Key:
    """Compile a case's answers, once for any number of replies; rulings settle the phrases they name first.

    Raises:
        ValueError: if the case has no answer (a pearl or a link).
    """
    return compile_key(case, rulings)


__all__ = ["VERSION", "Key", "Notice", "check_key", "grade", "grade_many", "phrase_of", "prepare"]
