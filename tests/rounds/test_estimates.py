"""Shares, correlations and their intervals, against what they are by definition."""

from statistics import correlation

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizbot.rounds.estimates import LEAST, STABLE, Sums, point_biserial, share

pairs = st.lists(
    st.tuples(st.booleans(), st.integers(0, 100).map(lambda tenth: tenth / 10)), min_size=LEAST, max_size=90
)


def sums(found: list[tuple[bool, float]]) -> Sums:
    right = [float(x) for x, _ in found]
    rest = [y for _, y in found]
    products = sum(x * y for x, y in zip(right, rest, strict=True))
    return Sums(len(found), sum(right), sum(rest), products, sum(y * y for y in rest))


@given(pairs)
def test_the_point_biserial_is_pearsons_correlation(found):
    right, rest = [float(x) for x, _ in found], [y for _, y in found]
    assume(len(set(right)) == 2 and len(set(rest)) > 1)
    estimate = point_biserial(sums(found))
    assert estimate.value == pytest.approx(correlation(right, rest), abs=1e-6)
    assert -1 <= estimate.low <= estimate.value <= estimate.high <= 1


@given(pairs)
def test_turning_right_and_wrong_around_turns_the_sign(found):
    one, other = point_biserial(sums(found)), point_biserial(sums([(not x, y) for x, y in found]))
    assert (one is None) == (other is None)
    if one is not None:
        assert one.value == pytest.approx(-other.value, abs=1e-6)


@given(st.integers(LEAST, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_interval_and_more_attempts_narrow_it(numbers):
    right, n = numbers
    estimate, larger = share(right, n), share(4 * right, 4 * n)
    assert 0 <= estimate.low <= estimate.value + 1e-12
    assert estimate.value <= estimate.high + 1e-12 <= 1 + 1e-9
    assert larger.high - larger.low < estimate.high - estimate.low


def test_wilsons_interval_is_as_published():
    # 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, Stat Med 17:857, table I, method 3)
    estimate = share(81, 263)
    assert (round(estimate.low, 4), round(estimate.high, 4)) == (0.2553, 0.3662)


def test_nothing_is_said_of_fewer_than_thirty_and_below_a_hundred_it_is_unstable():
    assert share(20, LEAST - 1) is None
    assert point_biserial(Sums(LEAST - 1, 10, 50, 30, 300)) is None
    assert share(20, LEAST).unstable
    assert not share(50, STABLE).unstable


def test_where_one_of_them_never_varies_there_is_no_correlation():
    assert point_biserial(sums([(True, n / 10) for n in range(40)])) is None
    assert point_biserial(sums([(n % 2 == 0, 3.3) for n in range(40)])) is None
