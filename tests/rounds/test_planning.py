"""The order that people give the queue. Pure."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.core.errors import InputError
from quizbot.rounds.planning import local_time, moved

ORDER = ["a", "b", "c", "d"]
MOVES = {"top": "cabd", "up": "acbd", "down": "abdc", "bottom": "abdc"}
PLACES = {"1": "cabd", "2": "acbd", "3": "abcd", "4": "abdc"}


@pytest.mark.parametrize(("to", "order"), (MOVES | PLACES).items())
def test_a_case_moves_and_the_others_keep_their_order(to, order):
    assert moved(ORDER, "c", to) == list(order)


@given(st.permutations(ORDER), st.sampled_from(ORDER), st.sampled_from(sorted(MOVES | PLACES)))
def test_a_move_loses_and_doubles_nothing(order, slug, to):
    after = moved(order, slug, to)
    assert sorted(after) == ORDER
    assert [one for one in after if one != slug] == [one for one in order if one != slug]


@pytest.mark.parametrize(
    ("slug", "to"), [("x", "up"), ("a", "sideways"), ("a", ""), ("a", "0"), ("a", "5"), ("a", "01")]
)
def test_what_is_no_move_is_refused(slug, to):
    with pytest.raises(InputError):
        moved(ORDER, slug, to)


def test_a_time_that_is_typed_is_one_of_the_zone():
    london = ZoneInfo("Europe/London")
    assert local_time("2026-07-01T12:00", london) == datetime(2026, 7, 1, 11, tzinfo=UTC)
    assert local_time("2026-07-01T12:00+05:00", london) == datetime(2026, 7, 1, 7, tzinfo=UTC)
    for text in ("", "tomorrow", "2026-13-01T00:00", "0001-01-01T00:00+23:59", "9999-12-31T23:59-23:59"):
        with pytest.raises(InputError):
            local_time(text, london)
