"""JSON of any shape is read or refused, in bounded time and depth, and the refusal names no value."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.platforms.x.answers import new_id, read_page, read_user, was_deleted
from quizbot.platforms.x.shapes import ShapeError, decode, identifier, optional, storable
from tests.platforms.x.samples import raw_post


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"5", b"<html>", b'{"a":', b"\xff\xfe", b"[" * 200_000, b'{"a":' + b"9" * 5000 + b"}"]
)
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(ShapeError):
        decode(body)


def test_absent_and_null_are_the_same() -> None:
    assert optional({}, "a", str) is None
    assert optional({"a": None}, "a", str) is None


@given(st.text())
def test_what_is_read_can_be_stored(text: str) -> None:
    """UTF-8 takes it, and it holds no NUL, which PostgreSQL refuses."""
    assert "\x00" not in storable(text)
    storable(text).encode()


@given(st.text() | st.text(st.characters(categories=["Nd"])))
def test_ids_are_ascii_digits_only(text: str) -> None:
    if re.fullmatch("[0-9]{1,19}", text):
        assert identifier({"id": text}, "id") == text
    else:
        with pytest.raises(ShapeError, match=r"^id is no id$"):
            identifier({"id": text}, "id")


@pytest.mark.parametrize("answer", [{}, {"meta": {}}, {"meta": {"result_count": 3}}, {"data": None}])
def test_an_answer_without_posts_is_an_empty_page_only_if_it_says_so(answer: dict[str, object]) -> None:
    with pytest.raises(ShapeError):
        read_page(answer)


def test_pages() -> None:
    assert read_page({"meta": {"result_count": 0}}).posts == []
    page = read_page({"data": [raw_post()], "meta": {"next_token": "abc"}})
    assert page.next_token == "abc"


@pytest.mark.parametrize("token", [5, "two words", "a\n", "x" * 2000])
def test_a_token_that_is_none_is_not_the_last_page(token: object) -> None:
    with pytest.raises(ShapeError):
        read_page({"data": [], "meta": {"next_token": token}})


@pytest.mark.parametrize(
    "raw", [{}, {"id": "1", "username": "a b", "name": "x"}, {"id": "x", "username": "a", "name": "x"}]
)
def test_what_is_no_user_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(ShapeError):
        read_user(raw)


def test_names_are_bounded() -> None:
    assert len(read_user({"id": "1", "username": "a", "name": "x" * 9999}).name) == 200


@pytest.mark.parametrize("answer", [{}, {"data": []}, {"data": {}}, {"data": {"id": 5, "deleted": "yes"}}])
def test_what_says_nothing_of_a_writing_call_is_refused(answer: dict[str, object]) -> None:
    with pytest.raises(ShapeError):
        new_id(answer)
    with pytest.raises(ShapeError):
        was_deleted(answer)
