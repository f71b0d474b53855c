"""Hostile replies: a verdict for every text, at a cost that grows no faster than the text."""

import os
from itertools import islice

import pytest

from bench.fuzz_grading.__main__ import fuzz, smallest
from bench.fuzz_grading.cost import calls
from bench.fuzz_grading.shapes import LONGEST, SHAPES, Chooser, stream
from tests.grading.given import pe

FULL = os.environ.get("QUIZBOT_TEST_FULL") == "1"
INPUTS = 1_000_000 if FULL else 3_000
SEEDS = range(20) if FULL else range(1)


@pytest.mark.long
@pytest.mark.timeout(0 if FULL else 300)
def test_no_hostile_reply_breaks_a_law() -> None:
    findings = fuzz(seed=20, count=INPUTS).findings
    assert findings == [], [(f["case"], f["law"], f["smallest"]) for f in findings]


@pytest.mark.parametrize("name", SHAPES)
def test_a_text_twice_as_long_calls_at_most_twice_as_many_functions(name: str) -> None:
    for seed in SEEDS:
        text = SHAPES[name](Chooser(seed), LONGEST)
        half = calls(pe(), text[: LONGEST // 2])
        assert calls(pe(), text) <= 2.2 * half + 500, (name, seed)


@pytest.mark.parametrize("name", SHAPES)
def test_no_character_costs_more_than_a_constant_number_of_calls(name: str) -> None:
    for size in (1_000, LONGEST):
        assert calls(pe(), SHAPES[name](Chooser(5), size)) <= 100 * size, name


def test_what_stands_behind_the_longest_post_costs_nothing() -> None:
    text = SHAPES["other scripts"](Chooser(1), LONGEST)
    assert calls(pe(), text + text) == pytest.approx(calls(pe(), text), abs=10)


def test_the_same_seed_gives_the_same_inputs_and_no_text_is_longer_than_a_post() -> None:
    first = list(islice(stream(3), 300))
    assert first == list(islice(stream(3), 300)) != list(islice(stream(4), 300))
    assert max(len(text) for _, text in first) <= LONGEST + 50
    assert {name for name, _ in first} == set(SHAPES)


def test_a_finding_is_cut_down_to_what_makes_it_one() -> None:
    assert smallest("no PE, I think, and some more" * 30, lambda text: "PE" in text) == "PE"
