"""X's rules about what may be posted."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.platforms.sandbox import params, rules
from quizbot.platforms.sandbox.faults import Fault, FaultBoard, Kind
from quizbot.platforms.sandbox.ids import made_at_ms, next_id, parse_id
from quizbot.platforms.sandbox.posts import Delays
from quizbot.platforms.sandbox.problems import Refused
from tests.platforms.sandbox.conftest import untimed

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
DRAFT_KEYS = st.sampled_from(["text", "reply", "media", "quote_tweet_id", "poll", "geo", "reply_settings", "other"])


def status_of(reading: Callable[[], object]) -> int | None:
    """The status that a reading is refused with; None if it is not."""
    try:
        reading()
    except Refused as refused:
        return refused.problem.status
    return None


@untimed
@given(st.dictionaries(DRAFT_KEYS, json_values))
def test_any_body_is_a_draft_or_a_refusal(record: dict[str, object]) -> None:
    assert status_of(lambda: rules.read_draft(record)) in (None, 400, 403)


@untimed
@given(st.dictionaries(st.sampled_from(["id", "metadata"]), json_values))
def test_any_description_is_read_or_refused(record: dict[str, object]) -> None:
    assert status_of(lambda: rules.read_description(record)) in (None, 400)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("a" * 280, True),
        ("a" * 281, False),
        ("心" * 140, True),
        ("心" * 141, False),
        ("https://example.org/" + "a" * 400, True),
        ("a.b." * 500_000, False),
        ("$AAPL up", True),
        ("$AAPL $TSLA", False),
        ("", False),
    ],
)
def test_a_text_has_to_fit(text: str, *, fits: bool) -> None:
    if fits:
        rules.check_text(text, has_media=False)
    else:
        with pytest.raises(Refused):
            rules.check_text(text, has_media=False)


def test_a_picture_needs_no_text() -> None:
    rules.check_text("", has_media=True)


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("mentioned", [True, False])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_bot_answers_itself_and_those_who_called_it(*, own: bool, mentioned: bool, quoted: bool) -> None:
    if own or mentioned or quoted:
        rules.check_reply(own=own, mentioned=mentioned, quoted=quoted)
    else:
        with pytest.raises(Refused, match="have not been mentioned"):
            rules.check_reply(own=own, mentioned=mentioned, quoted=quoted)


def test_a_search_is_one_conversation() -> None:
    assert rules.read_search("conversation_id:12") == rules.Search(12)
    assert rules.read_search("conversation_id:12 -from:QuizBot to:@amy") == rules.Search(12, "quizbot", "amy")


@pytest.mark.parametrize(
    "query", ["", "cats", "from:amy", "conversation_id:12 cats", "conversation_id:1 conversation_id:2", "-from:amy"]
)
def test_another_search_is_refused(query: str) -> None:
    with pytest.raises(Refused):
        rules.read_search(query)


@untimed
@given(st.integers(0, 2**62), st.integers(-(10**13), 10**14))
def test_ids_grow_and_tell_their_time(last: int, now_ms: int) -> None:
    number = next_id(last, now_ms)
    assert number > last
    if number != last + 1:
        assert made_at_ms(number) == now_ms


@pytest.mark.parametrize("text", ["", "-1", "1.0", "１", "9" * 20, "9" * 19, " 1", "0x1"])
def test_what_is_no_id_is_not_taken_for_one(text: str) -> None:
    assert parse_id(text) is None


@untimed
@given(st.integers(1, 2**62))
def test_a_page_token_is_x_like_and_leads_on(last: int) -> None:
    token = params.make_token(last)
    assert len(token) >= 16
    assert set(token) <= set("0123456789abcdefghijklmnopqrstuv")
    bounds = params.bounds({"pagination_token": token}, params.Sizes(5, 100, 10), 0)
    assert bounds.before_id == last


@untimed
@given(st.text(min_size=1, max_size=40))
def test_any_other_token_is_refused(token: str) -> None:
    assert status_of(lambda: params.bounds({"next_token": token}, params.Sizes(5, 100, 10), 0)) == 400


def test_a_share_of_the_posts_comes_late_and_always_the_same() -> None:
    delays = Delays(lag=1, late_share=0.3, late_by=60)
    waits = [delays.for_post(number) for number in range(2000)]
    assert set(waits) == {1000, 61_000}
    assert 0.25 < waits.count(61_000) / 2000 < 0.35
    assert waits == [delays.for_post(number) for number in range(2000)]


def test_a_fault_strikes_what_it_was_made_for_as_often_as_it_was_told() -> None:
    board = FaultBoard()
    board.add(Fault(Kind.STATUS, "GET", "/2/users/*/mentions", times=2, skip=1))
    hits = [board.take("GET", "/2/users/5/mentions") is not None for _ in range(5)]
    assert hits == [False, True, True, False, False]
    board.add(Fault(Kind.STATUS, "GET", "/2/users/*/mentions", times=None))
    assert board.take("POST", "/2/users/5/mentions") is None
    assert board.take("GET", "/2/tweets") is None
    assert all(board.take("GET", "/2/users/5/mentions") for _ in range(5))
    board.clear()
    assert board.take("GET", "/2/users/5/mentions") is None
