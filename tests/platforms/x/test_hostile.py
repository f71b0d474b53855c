"""Whatever a server answers, each call returns what its type says or raises PlatformError, and nothing else."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
import urllib3
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter

from quizbot.platforms.protocol import Draft, Page, PlatformError, Post, User
from quizbot.platforms.x import XPlatform
from tests.platforms.x.local import platform_for
from tests.platforms.x.samples import picture, raw_page, raw_post

CALLS: dict[str, Callable[[XPlatform], object]] = {
    "post": lambda p: p.post(Draft("a")),
    "delete": lambda p: p.delete("1"),
    "upload": lambda p: p.upload(picture()),
    "processed": lambda p: p.processed("1"),
    "describe": lambda p: p.describe("1", "alt", graphic=False),
    "own_posts": lambda p: [next(p.own_posts())],
    "mentions": lambda p: [next(p.mentions())],
    "search_replies": lambda p: [next(p.search_replies("1"))],
    "users": lambda p: p.users(["1"]),
    "me_with_access": lambda p: p.me_with_access(),
}

# Keys and values of X's, so that arbitrary JSON gets past the first look.
# fmt: off
KEYS = [
    "data", "meta", "errors", "id", "text", "author_id", "conversation_id", "created_at", "referenced_posts",
    "referenced_tweets", "entities", "urls", "note_post", "note_tweet", "edit_history_post_ids", "type",
    "title", "detail", "status", "next_token", "result_count", "username", "name", "deleted",
    "processing_info", "state", "url", "expanded_url",
]
# fmt: on
WORDS = ["1", "1000", "replied_to", "quoted", "2026-08-03T12:30:00.000Z", "https://t.co/a", "failed", "&amp;", "\ud800"]
leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(WORDS))
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=25,
)


@st.composite
def twisted_posts(draw: st.DrawFn) -> dict[str, Any]:
    """A page of X's with something else put in the place of some values."""
    changes = draw(st.dictionaries(st.sampled_from(KEYS), anything, max_size=3))
    return raw_page(raw_post() | changes) | draw(st.dictionaries(st.sampled_from(KEYS[:3]), anything, max_size=1))


class Canned(HTTPAdapter):
    """Answers every request with the same bytes, without a network."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__()
        self._status, self._body = status, body

    def send(self, request: requests.PreparedRequest, *args: object, **kwargs: object) -> requests.Response:
        raw = urllib3.HTTPResponse(io.BytesIO(self._body), {}, self._status, preload_content=False)
        return self.build_response(request, raw)


@contextmanager
def answered(status: int, body: bytes) -> Iterator[XPlatform]:
    with platform_for("https://api.x.com") as platform:
        platform._client.session.mount("https://", Canned(status, body))
        yield platform


def is_as_typed(name: str, result: object) -> bool:
    """Whether a result is of the type that the protocol promises, as far as callers rely on it."""
    if name in ("post", "upload"):
        return isinstance(result, str) and result.isdigit()
    if name in ("delete", "describe"):
        return result is None
    if name == "users":
        return isinstance(result, list) and all(isinstance(user, User) for user in result)
    if name == "me_with_access":
        return isinstance(result, tuple) and isinstance(result[0], User)
    assert isinstance(result, list)
    return all(isinstance(page, Page) and all(isinstance(post, Post) for post in page.posts) for page in result)


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(status=st.sampled_from([200, 200, 200, 201, 400, 403, 404, 429, 503]), answer=anything | twisted_posts())
@example(status=200, answer={"data": {"id": "5", "processing_info": 5}})
@example(status=403, answer={"errors": {"detail": 5}})
def test_any_json(name: str, status: int, answer: object) -> None:
    with answered(status, json.dumps(answer).encode()) as platform:
        try:
            result = CALLS[name](platform)
        except PlatformError as error:
            line = str(error)
        else:
            line = "fine"
            assert is_as_typed(name, result)
    assert line.isprintable()


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=20, deadline=None)
@given(status=st.integers(200, 599), body=st.binary(max_size=40))
@example(status=200, body=b"[" * 100_000)
@example(status=200, body=b'{"data": ' + b'{"a":' * 50_000)
@example(status=200, body=b'{"data": ' + b"9" * 10_000 + b"}")
def test_any_bytes(name: str, status: int, body: bytes) -> None:
    with answered(status, body) as platform, pytest.raises(PlatformError):
        CALLS[name](platform)


@settings(max_examples=100, deadline=None)
@given(twisted_posts())
def test_what_is_read_of_a_post_can_be_stored(page: dict[str, Any]) -> None:
    """Its text holds no half of a surrogate pair and no NUL, its time has a zone, its ids are digits."""
    with answered(200, json.dumps(page).encode()) as platform:
        try:
            posts = next(platform.mentions()).posts
        except PlatformError:
            return
    for post in posts:
        post.text.encode()
        assert "\x00" not in post.text
        assert post.created_at.utcoffset() is not None
        assert all(found.isascii() and found.isdigit() for found in (post.id, post.author_id, *post.edits))
        assert post.id in post.edits
