from datetime import UTC, date, datetime

import pytest

from quizbot.core.case import Answer, Case, Kind, Reference, Review
from quizbot.rounds.queue import Candidate, Wish, missed, order, unready

T0 = datetime(2026, 3, 2, 12, tzinfo=UTC)


def case(**changes) -> Case:
    given = {
        "kind": Kind.QUESTION,
        "prompt": "What is it?",
        "answer": Answer(diagnosis="Gout"),
        "references": (Reference(title="A", url="https://example.org/a"),),
        "author": "@someone",
        "consent": "synthetic",
        "certainty": "certain",
        "reviewed": Review(by="@another", on=date(2026, 1, 1)),
    }
    return Case(**(given | changes))


def names(places):
    return [place.slug for place in places]


def test_first_come_first_served_then_by_name_and_pins_before_all():
    pinned = case(post_on=datetime(2026, 5, 1, tzinfo=UTC))
    found = [Candidate(slug, pinned if slug == "z-pin" else case(), None) for slug in ("b", "a", "z-pin", "old")]
    seen = {"b": T0, "a": T0, "z-pin": T0, "old": datetime(2026, 1, 1, tzinfo=UTC)}
    assert names(order(found, seen, (), quiz=True)) == ["z-pin", "old", "a", "b"]


def test_posted_cases_leave_the_queue_and_broken_ones_stand_last_with_their_problem():
    found = [Candidate("done", case(), None), Candidate("broken", None, "no answer"), Candidate("ok", case(), None)]
    places = order(found, {"done": T0, "broken": T0, "ok": T0}, {"done"}, quiz=True)
    assert [(p.slug, p.problem) for p in places] == [("ok", None), ("broken", "no answer")]


def test_pearls_and_quizzes_have_queues_of_their_own():
    found = [Candidate("quiz", case(), None), Candidate("pearl", case(kind=Kind.PEARL, answer=None), None)]
    seen = {"quiz": T0, "pearl": T0}
    assert names(order(found, seen, (), quiz=True)) == ["quiz"]
    assert names(order(found, seen, (), quiz=False)) == ["pearl"]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"author": "@quizbot_examples"}, "QUIZBOT_POST_EXAMPLES"),
        ({"reviewed": None}, "reviewed"),
        ({"certainty": None}, "certainty"),
    ],
)
def test_what_is_not_ready_says_what_to_do(changes, word):
    assert word in (unready(case(**changes), post_examples=False) or "")
    assert unready(case(), post_examples=False) is None
    assert unready(case(author="@quizbot_examples"), post_examples=True) is None


def test_what_people_ranked_comes_first_and_a_pin_of_theirs_beats_the_files_own():
    pinned, later = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    found = [
        Candidate("old", case(), None),
        Candidate("second", case(), None, Wish(rank=2)),
        Candidate("first", case(), None, Wish(rank=1)),
        Candidate("own-pin", case(post_on=later), None, Wish(pinned=pinned)),
        Candidate("file-pin", case(post_on=datetime(2026, 5, 15, tzinfo=UTC)), None, Wish(rank=9)),
    ]
    seen = dict.fromkeys(("second", "first", "own-pin", "file-pin"), T0) | {"old": datetime(2026, 1, 1, tzinfo=UTC)}
    ordered = order(found, seen, (), quiz=True)
    assert names(ordered) == ["own-pin", "file-pin", "first", "second", "old"]
    assert ordered[0].pinned == pinned


def test_a_pin_of_the_console_that_has_passed_is_said():
    assert "pin it anew" in (missed(case(), T0, Wish(pinned=datetime(2026, 1, 1, tzinfo=UTC))) or "")
    assert missed(case(post_on=datetime(2026, 1, 1, tzinfo=UTC)), T0, Wish(pinned=T0)) is None
