"""Ranges of a file, by RFC 9110."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from quizbot.web.ranges import MOST_AT_ONCE, in_memory, ranged, span

SIZE = 1000


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bytes=0-", (0, 1000)),
        ("bytes=0-99", (0, 100)),
        ("bytes=990-5000", (990, 1000)),
        ("bytes=-10", (990, 1000)),
        ("bytes=-5000", (0, 1000)),
        ("bytes=1000-", None),
        ("bytes=5-4", None),
        ("bytes=-0", None),
        ("bytes=-", (0, 1000)),
        ("bytes=0-1,5-6", (0, 1000)),  # several ranges: the whole may be sent instead
        ("lines=1-2", (0, 1000)),
        ("", (0, 1000)),
    ],
)
def test_a_range_is_read_as_the_rule_has_it(asked, found):
    assert span(asked, SIZE) == found


@given(st.text(max_size=40), st.integers(0, 10**9))
def test_whatever_is_asked_for_lies_within_the_file(asked, size):
    found = span(asked, size)
    assert found is None or 0 <= found[0] <= found[1] <= size


def asked(value: str) -> Request:
    return Request({"type": "http", "headers": [(b"range", value.encode())] if value else []})


def test_of_a_long_range_the_beginning_comes_and_of_the_whole_all():
    file = in_memory(bytes(range(256)) * (MOST_AT_ONCE // 128))
    whole = ranged(asked(""), file, "video/mp4")
    assert (whole.status_code, len(whole.body)) == (200, file.size)
    rest = ranged(asked("bytes=10-"), file, "video/mp4")
    assert (rest.status_code, len(rest.body)) == (206, MOST_AT_ONCE)
    assert rest.headers["content-range"] == f"bytes 10-{MOST_AT_ONCE + 9}/{file.size}"
