"""The lexicon's files."""

from quizbot.grading.lexicon import load
from quizbot.grading.lexicon.check import LEAST, check


def test_the_lexicon_holds_enough_diagnoses() -> None:
    assert len(load().diagnoses) >= LEAST


def test_the_lexicon_passes_its_own_check() -> None:
    assert check() == []
