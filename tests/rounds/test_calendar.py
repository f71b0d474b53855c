from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.core.errors import UsageError
from quizbot.rounds.calendar import parse_times

NEW_YORK = ZoneInfo("America/New_York")
instants = st.integers(1_700_000_000, 1_900_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))
zones = st.sampled_from(["UTC", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"])


def first(text: str, after: datetime, count: int = 3, zone: ZoneInfo = NEW_YORK) -> list[datetime]:
    return list(islice(parse_times(text, zone, "QUIZBOT_POST_AT").after(after), count))


def test_local_time_stays_the_same_across_a_change_to_summer_time():
    found = first("daily 12:00", datetime(2026, 3, 7, 0, tzinfo=UTC), 3)
    assert [at.astimezone(NEW_YORK).hour for at in found] == [12, 12, 12]
    assert found[1] - found[0] == timedelta(hours=23)


def test_a_time_that_the_change_skips_moves_forward_by_the_change():
    assert first("sun 02:30", datetime(2026, 3, 7, 12, tzinfo=UTC), 1)[0].astimezone(NEW_YORK).hour == 3


def test_a_time_that_happens_twice_counts_once():
    found = first("sun 01:30", datetime(2026, 10, 31, 12, tzinfo=UTC), 2)
    assert found[1] - found[0] > timedelta(days=6)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("mon,thu 12:00", 2),
        ("mon-fri 8:00,17:30", 10),
        ("sat-mon 9:00", 3),
        ("daily 00:00", 7),
        ("mon 1:00; tue 2:00", 2),
    ],
)
def test_days_and_times_multiply_within_a_week(text, count):
    assert len(parse_times(text, NEW_YORK, "X").times) == count


def test_empty_means_never():
    times = parse_times("", NEW_YORK, "X")
    assert list(times.after(datetime(2026, 1, 1, tzinfo=UTC))) == []
    assert times.latest(datetime(2026, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize("text", ["noon", "mon", "mon 25:00", "mon 12:60", "funday 12:00", "mon 12:00,", "12:00 mon"])
def test_what_is_no_time_is_refused_with_the_setting_named(text):
    with pytest.raises(UsageError, match="QUIZBOT_POST_AT"):
        parse_times(text, NEW_YORK, "QUIZBOT_POST_AT")


@given(instants, zones)
def test_times_come_in_order_and_later_than_asked(after, zone):
    found = first("daily 01:30,02:30,12:00", after, 12, ZoneInfo(zone))
    assert all(a < b for a, b in pairwise([after, *found]))


@given(instants, zones)
def test_the_latest_time_is_the_one_that_the_next_ones_follow(until, zone):
    times = parse_times("mon,thu 02:30,12:00", ZoneInfo(zone), "X")
    latest = times.latest(until)
    assert latest is not None
    assert latest <= until
    assert next(times.after(latest)) > until
