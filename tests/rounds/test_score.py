from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.core.verdict import VerdictKind as V
from quizbot.rounds.board import Standing, counted_rounds, ranked, season_bounds, season_of
from quizbot.rounds.score import Graded, attempts, points
from quizbot.rounds.tally import tally_of, unpacked

T0 = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLOSE = T0 + timedelta(hours=24)


def reply(post_id: int, author: str, minutes: float, kind: V, credit=None, root: int | None = None, deleted=False):
    at = T0 + timedelta(minutes=minutes)
    return Graded(str(post_id), str(root or post_id), author, at, kind, credit, deleted)


def score(*replies, excluded=()):
    by_author = sorted(replies, key=lambda r: r.author_id)
    return {one.author_id: one for one in attempts(by_author, T0, CLOSE, excluded)}


@pytest.mark.parametrize(("credit", "expected"), [(1, 10), (0.5, 5), (0.25, 3), (0.4, 4), (0.05, 1), (0, 0), (None, 0)])
def test_points_are_the_credit_times_ten_rounded_half_up(credit, expected):
    assert points(credit) == expected


def test_the_first_attempt_counts_and_chatter_is_none():
    found = score(
        reply(1, "a", 1, V.NO_GUESS),
        reply(2, "a", 2, V.INCORRECT, 0.0),
        reply(3, "a", 3, V.CORRECT, 1.0),
    )
    assert (found["a"].post_id, found["a"].points) == ("2", 0)


def test_a_reply_in_review_holds_its_authors_place():
    found = score(reply(1, "a", 1, V.REVIEW), reply(2, "a", 2, V.CORRECT, 1.0))
    assert (found["a"].kind, found["a"].points) == (V.REVIEW, 0)


def test_a_reply_dated_at_the_close_is_late():
    assert score(reply(1, "a", 24 * 60, V.CORRECT, 1.0)) == {}
    assert score(reply(1, "a", 24 * 60 - 0.01, V.CORRECT, 1.0))["a"].points == 10


def test_of_an_edited_post_the_last_version_before_the_close_is_graded_in_the_first_ones_place():
    found = score(
        reply(1, "a", 1, V.INCORRECT, 0.0),
        reply(5, "a", 20, V.CORRECT, 1.0, root=1),
        reply(9, "a", 25 * 60, V.INCORRECT, 0.0, root=1),
    )
    assert (found["a"].post_id, found["a"].points, found["a"].seconds) == ("5", 10, 60)


def test_deleted_replies_and_excluded_authors_do_not_count():
    found = score(
        reply(1, "a", 1, V.INCORRECT, 0.0, deleted=True),
        reply(2, "a", 2, V.CORRECT, 1.0),
        reply(3, "bot", 3, V.CORRECT, 1.0),
        excluded={"bot"},
    )
    assert {author: one.points for author, one in found.items()} == {"a": 10}


graded = st.builds(
    reply,
    st.integers(1, 500),
    st.sampled_from("abc"),
    st.floats(0, 2000),
    st.sampled_from(list(V)),
    st.sampled_from([None, 0.0, 0.5, 1.0]),
)


@given(st.lists(graded, max_size=30, unique_by=lambda r: r.post_id), st.randoms())
def test_the_order_in_which_replies_are_found_changes_nothing(replies, random):
    shuffled = list(replies)
    random.shuffle(shuffled)
    assert score(*replies) == score(*shuffled)


@pytest.mark.parametrize(("n", "k"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (10, 7), (20, 14), (26, 19)])
def test_the_best_seventy_percent_of_rounds_count(n, k):
    assert counted_rounds(n) == k


def test_absence_is_not_failure():
    steady, always = tally_of([(10, 60.0)] * 7), tally_of([(10, 60.0)] * 10)
    assert steady.best(counted_rounds(10)) == always.best(counted_rounds(10)) == 70


def test_equal_lines_share_the_rank_also_across_pages():
    lines = [
        Standing(0, "a", 10, 1, 60),
        Standing(0, "b", 10, 1, 60),
        Standing(0, "c", 10, 1, 90),
        Standing(0, "d", 5, 1, 9),
    ]
    assert [(line.rank, line.author_id) for line in ranked(lines)] == [(1, "a"), (1, "b"), (3, "c"), (4, "d")]
    assert [line.rank for line in ranked(lines[1:], ahead=0, skipped=1)] == [1, 3, 4]


@given(st.lists(st.tuples(st.integers(0, 10), st.floats(0, 1e6)), max_size=20), st.integers(0, 20), st.data())
def test_a_tally_is_what_was_added_and_not_removed(results, most, data):
    kept = data.draw(st.lists(st.sampled_from(results), unique=True) if results else st.just([]))
    tally = tally_of(results)
    for one in kept:
        tally.remove(*one)
    left = list(results)
    for one in kept:
        left.remove(one)
    for one in reversed(kept):
        tally.add(*one)
    assert unpacked(tally.packed()) == tally == tally_of(results)
    assert tally.best(most) == sum(sorted((p for p, _ in results), reverse=True)[:most])
    for one in kept:
        tally.remove(*one)
    assert tally == tally_of(left)
    with pytest.raises(ValueError, match="11"):
        tally.remove(11, 0.0)


def test_seasons_are_quarters_or_years_and_meet_without_gap():
    assert season_of(datetime(2026, 11, 23, tzinfo=UTC), "quarter") == "2026Q4"
    assert season_of(datetime(2026, 11, 23, tzinfo=UTC), "year") == "2026"
    assert season_bounds("2026Q4")[1] == season_bounds("2027Q1")[0]
    assert season_bounds("2026q1") == (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


@pytest.mark.parametrize("name", ["", "Q4", "2026Q5", "2026Q", "winter", "0Q1", "2026QQ"])
def test_what_is_no_season_is_refused(name):
    with pytest.raises(ValueError):  # noqa: PT011  # any value error is the contract
        season_bounds(name)
