"""The bars that the grader has to hold on labelled replies."""

from pathlib import Path

import pytest

from bench.grading.labelled import OWN, LabelledSet, Quality, folder_set, own_set, quality
from quizbot.grading import grade, prepare


def _measured(labelled: LabelledSet) -> Quality:
    keys = {slug: prepare(case) for slug, case in labelled.cases.items()}
    return quality((r, grade(keys[r.case], r.text)) for r in labelled.replies)


def test_the_projects_own_replies_are_graded_as_labelled() -> None:
    measured = _measured(own_set())
    assert measured.right >= 0.985
    assert measured.decided >= 0.9
    assert measured.gifted <= 0.005


@pytest.mark.parametrize("name", ["second", "third"])
def test_replies_by_others_are_graded_as_labelled(name: str) -> None:
    measured = _measured(folder_set(OWN / name))
    assert measured.right >= 0.98
    assert measured.decided >= 0.9
    assert measured.gifted <= 0.005


def test_the_replies_beside_the_checkout_are_graded_as_labelled(shared: Path) -> None:
    measured = _measured(folder_set(shared / "grading-dev"))
    assert measured.right >= 0.95
    assert measured.decided >= 0.85
    assert measured.gifted <= 0.01
