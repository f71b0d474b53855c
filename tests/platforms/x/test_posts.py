"""Post objects of both dialects read the same; a missing reference is an error and never "no reply"."""

from datetime import UTC, datetime
from typing import Any

import pytest

from quizbot.platforms.protocol import Post
from quizbot.platforms.x import Dialect
from quizbot.platforms.x.posts import MissingFieldError, read_post
from quizbot.platforms.x.shapes import ShapeError
from tests.platforms.x.samples import raw_post


@pytest.mark.parametrize("dialect", Dialect)
def test_both_dialects_read_the_same(dialect: Dialect) -> None:
    raw = raw_post("1003", dialect=dialect, **{f"edit_history_{dialect}_ids": ["1003", "1001"]})
    assert read_post(raw) == Post(
        id="1003",
        author_id="77",
        text="@quizbot Wellens",
        created_at=datetime(2026, 8, 3, 12, 30, tzinfo=UTC),
        conversation_id="1000",
        reply_to="1000",
        edits=("1001", "1003"),
        is_repost=False,
    )


@pytest.mark.parametrize(
    ("references", "reply_to", "is_repost"),
    [
        ([{"type": "replied_to", "id": "1000"}], "1000", False),
        ([{"type": "quoted", "id": "1000"}], None, True),
        ([{"type": "retweeted", "id": "1000"}], None, True),
        ([{"type": "reposted", "id": "1000"}], None, True),
        ([{"type": "quoted", "id": "900"}, {"type": "replied_to", "id": "1000"}], "1000", True),
    ],
)
def test_what_a_post_refers_to(references: list[dict[str, str]], reply_to: str | None, is_repost: bool) -> None:
    post = read_post(raw_post(referenced_posts=references))
    assert (post.reply_to, post.is_repost) == (reply_to, is_repost)


@pytest.mark.parametrize("key", ["author_id", "conversation_id", "created_at", "referenced_posts"])
def test_a_field_that_was_asked_for_is_never_just_missing(key: str) -> None:
    raw = raw_post()
    del raw[key]
    with pytest.raises(MissingFieldError, match=key):
        read_post(raw)


@pytest.mark.parametrize("references", [None, []])
@pytest.mark.parametrize("user", [None, "2244994945"])
def test_a_mention_that_answers_nothing_needs_no_reference(references: object, user: str | None) -> None:
    """Also one that begins with the bot's handle, on which X sets ``in_reply_to_user_id`` all the same."""
    post = read_post(raw_post("1001", conversation_id="1001", referenced_posts=references, in_reply_to_user_id=user))
    assert post.reply_to is None
    assert not post.is_repost


def test_an_edited_post_that_began_its_conversation_needs_no_reference() -> None:
    raw = raw_post("1005", conversation_id="1001", referenced_posts=None, edit_history_post_ids=["1001", "1005"])
    assert read_post(raw).edits == ("1001", "1005")


def test_a_post_without_history_is_its_only_version() -> None:
    assert read_post(raw_post("1001", edit_history_post_ids=None)).edits == ("1001",)


def test_versions_are_in_order_of_their_numbers() -> None:
    raw = raw_post("10001", edit_history_post_ids=["9999", "10003", "998", "10001"])
    assert read_post(raw).edits == ("998", "9999", "10001", "10003")


def test_times_are_read_as_utc() -> None:
    assert read_post(raw_post(created_at="2026-08-03T14:30:00+02:00")).created_at == datetime(
        2026, 8, 3, 12, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "change",
    [
        {"id": 1001},
        {"id": "12345678901234567890"},
        {"id": "１２"},
        {"id": "5\n"},
        {"author_id": "bob"},
        {"conversation_id": ["1000"]},
        {"created_at": "yesterday"},
        {"created_at": "2026-08-03T12:30:00"},
        {"created_at": "2026-08-03"},
        {"created_at": "0001-01-01T00:00:00+14:00"},
        {"created_at": 1_700_000_000},
        {"text": 5},
        {"referenced_posts": {"type": "replied_to", "id": "1000"}},
        {"referenced_posts": [{"type": "replied_to"}]},
        {"referenced_posts": [{"type": 5, "id": "1000"}]},
        {"referenced_posts": ["1000"]},
        {"edit_history_post_ids": "1001"},
        {"edit_history_post_ids": [1001]},
    ],
)
def test_another_shape_is_an_error(change: dict[str, Any]) -> None:
    with pytest.raises(ShapeError):
        read_post(raw_post() | change)
