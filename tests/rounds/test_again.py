"""Asking again: about four weeks after the last asking, up to three times, tied to the case that asked first."""

from datetime import UTC, datetime, timedelta

import pytest

from quizbot.core.case import Answer, Case, Kind, Reference
from quizbot.rounds.again import MOST, SPACING, Asked, history, not_yet
from quizbot.rounds.queue import Candidate, order, spaced

T0 = datetime(2026, 10, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def case(**changes):
    given = {
        "kind": Kind.QUESTION,
        "prompt": "What is it?",
        "answer": Answer(diagnosis="Gout"),
        "references": (Reference(title="A", url="https://example.org/a"),),
        "author": "@someone",
        "consent": "synthetic",
    }
    return Case(**(given | changes))


def test_history_counts_repeats_under_the_first_case_and_keeps_the_latest_time():
    rounds = [("b", "a", T0 + 30 * DAY), ("a", None, T0), ("c", None, T0), ("d", "a", T0 + 60 * DAY)]
    assert history(rounds) == {"a": Asked(T0 + 60 * DAY, 2), "c": Asked(T0)}


@pytest.mark.parametrize(
    ("asked", "now", "says"),
    [
        ({}, T0, "has not been asked yet"),
        ({"a": Asked(T0)}, T0 + SPACING - DAY, "from 2026-10-29"),
        ({"a": Asked(T0)}, T0 + SPACING, None),
        ({"a": Asked(T0, MOST - 1)}, T0 + SPACING, None),
        ({"a": Asked(T0, MOST)}, T0 + 10 * SPACING, "3 times"),
    ],
)
def test_when_a_diagnosis_is_asked_again(asked, now, says):
    found = not_yet("a", asked, now)
    assert found is None if says is None else says in (found or "")


def test_what_is_due_goes_before_the_new_cases_and_what_is_not_waits_with_its_reason():
    new, again = case(), case(asks_again="first")
    found = [Candidate("new", new, None), Candidate("again", again, None)]
    seen = {"new": T0, "again": T0 + DAY}
    early = order(spaced(found, {"first": Asked(T0)}, T0 + DAY), seen, (), quiz=True)
    assert [(place.slug, place.problem) for place in early] == [
        ("new", None),
        ("again", "asks first again, from 2026-10-29"),
    ]
    due = order(spaced(found, {"first": Asked(T0)}, T0 + SPACING), seen, (), quiz=True)
    assert [place.slug for place in due] == ["again", "new"]
    assert due[0].why == "number 1 of the queue: asks first again: due"
