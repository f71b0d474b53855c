"""The lexicon's files."""

import os
import random

import pytest

from quizbot.grading import prepare
from quizbot.grading.lexicon import Diagnosis, load
from quizbot.grading.lexicon.check import LEAST, check
from tests.grading.given import case, said


def test_the_lexicon_holds_enough_diagnoses() -> None:
    assert len(load().diagnoses) >= LEAST


def test_the_lexicon_passes_its_own_check() -> None:
    assert check() == []


def _sample(count: int) -> list[Diagnosis]:
    known = [d for d in load().diagnoses if d.unlike]
    return known if os.environ.get("QUIZBOT_TEST_FULL") == "1" else random.Random(7).sample(known, count)


@pytest.mark.long
def test_a_diagnosis_is_understood_by_its_name_and_none_of_its_look_alikes_is_accepted() -> None:
    accepted, pairs, understood = 0, 0, 0
    chosen = _sample(60)
    for dx in chosen:
        key = prepare(case(dx.name))
        understood += said(key, f"{dx.name.lower()} for me")[1] == 1
        pairs += len(dx.unlike)
        accepted += sum(bool(said(key, other)[1]) for other in dx.unlike)
    assert understood / len(chosen) >= 0.97
    assert accepted / pairs <= 0.01
