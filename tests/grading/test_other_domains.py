"""Answer lists of other quizzes: general words are no worse off for the medical lexicon."""

import pytest

from quizbot.grading import prepare
from tests.grading.given import case, said

CORRECT, WRONG, REVIEW = ("correct", 1.0), ("incorrect", 0.0), ("review", None)


@pytest.mark.parametrize(
    ("diagnosis", "accept", "reply"),
    [
        ("Battle of Hastings", (), "the battle of hastings!"),
        ("Battle of Hastings", (), "hastings, battle of"),
        ("The Great Gatsby", ("Gatsby",), "great gatsby"),
        ("Johannes Kepler", ("Kepler",), "keplar"),
        ("The Who", (), "the who"),
        ("Mercury", (), "mercury"),
        ("Mount Kilimanjaro", ("Kilimanjaro",), "Kilimanjaro, obviously"),
        ("1066", (), "1066"),
        ("photosynthesis", (), "fotosynthesis"),
        ("Ode on a Grecian Urn", (), "Ode on a grecian urn by Keats"),
        ("War and Peace", (), "war & peace"),
    ],
)
def test_the_answer_is_recognised(diagnosis: str, accept: tuple[str, ...], reply: str) -> None:
    assert said(prepare(case(diagnosis, accept)), reply) == CORRECT


@pytest.mark.parametrize(
    ("diagnosis", "reply"),
    [
        ("Battle of Hastings", "Battle of Waterloo"),
        ("Mount Kilimanjaro", "Mount Everest"),
        ("Kepler", "Galileo"),
        ("War and Peace", "Crime and Punishment"),
        ("The Great Gatsby", "Tender is the Night"),
    ],
)
def test_another_answer_earns_nothing(diagnosis: str, reply: str) -> None:
    assert not said(prepare(case(diagnosis)), reply)[1]


def test_prompts_and_rejections_work() -> None:
    key = prepare(case("Battle of Hastings", (), {"Norman Conquest": 0.5}, ("Battle of Stamford Bridge",)))
    assert said(key, "the Norman conquest") == ("partial", 0.5)
    assert said(key, "stamford bridge battle") == WRONG
    assert not said(key, "not the battle of hastings")[1]
