"""X's answers beyond the posts in them: pages, users, what was created or deleted."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from quizbot.platforms.protocol import Failure, PlatformError, User
from quizbot.platforms.x.posts import MissingFieldError
from quizbot.platforms.x.shapes import JsonObject, ShapeError, identifier, optional, records, required, storable

A = TypeVar("A")
T = TypeVar("T")

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,50}")
_TOKEN = re.compile(r"[\x21-\x7e]{1,1000}")
_LEAST_WAIT, _MOST_WAIT = 1, 30  # seconds between two looks at an upload, whatever X says
_NAME_LIMIT = 200  # characters; X allows 50


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it came: post objects, and the token of the next page if there is one."""

    posts: list[JsonObject]
    next_token: str | None


def read_page(answer: JsonObject) -> RawPage:
    """A page of posts.

    Raises:
        ShapeError: it is none; an answer with neither posts nor a count is not taken for an empty page.
    """
    meta = optional(answer, "meta", dict)
    if answer.get("data") is None and (meta is None or meta.get("result_count") != 0):
        raise ShapeError("data is missing")
    return RawPage(records(answer, "data"), _next_token(meta or {}))


def _next_token(meta: JsonObject) -> str | None:
    token = optional(meta, "next_token", str)
    if token and not _TOKEN.fullmatch(token):
        raise ShapeError("next_token is no token")
    return token or None


def read_users(answer: JsonObject) -> list[User]:
    """The users of a look-up; those that X reports as errors are simply not there."""
    return [read_user(raw) for raw in records(answer, "data")]


def read_user(raw: JsonObject) -> User:
    """One user.

    Raises:
        ShapeError: it lacks its id, handle or name, or they are none.
    """
    handle = required(raw, "username", str)
    if not _HANDLE.fullmatch(handle):
        raise ShapeError("username is no handle")
    return User(identifier(raw, "id"), handle, storable(required(raw, "name", str))[:_NAME_LIMIT])


def new_id(answer: JsonObject) -> str:
    """The id of the post or picture that was created."""
    return identifier(required(answer, "data", dict), "id")


@dataclass(frozen=True, slots=True)
class Processing:
    """How far X is with an upload. ``wait``: seconds until it is worth looking again, at least 1, at most 30."""

    state: str
    wait: int

    @property
    def done(self) -> bool:
        """Whether it can be posted; without a word about processing it can."""
        return self.state in ("", "succeeded")


def read_processing(answer: JsonObject) -> Processing:
    """What X says of an upload's processing."""
    told = optional(required(answer, "data", dict), "processing_info", dict) or {}
    wait = optional(told, "check_after_secs", int) or _LEAST_WAIT
    return Processing(optional(told, "state", str) or "", min(max(wait, _LEAST_WAIT), _MOST_WAIT))


def was_deleted(answer: JsonObject) -> bool:
    """What X says of a deletion."""
    return required(required(answer, "data", dict), "deleted", bool)


def understood(where: str, reader: Callable[[A], T], answer: A) -> T:
    """Read an answer, or a part of it.

    Raises:
        MissingFieldError: a post lacks a field that was asked for.
        PlatformError: it has another shape than X documents.
    """
    try:
        return reader(answer)
    except MissingFieldError:
        raise
    except ShapeError as error:
        what = f"the answer could not be read ({error})"
        raise PlatformError(Failure.NETWORK, where, what, "try again; if it lasts, X's API has changed") from None
