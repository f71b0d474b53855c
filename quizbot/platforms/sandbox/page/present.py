"""Posts and people as the templates show them. Nothing here is HTML: Jinja escapes every text."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from quizbot.core.entities import Segment, segments
from quizbot.platforms.sandbox import people, posts, render
from quizbot.platforms.sandbox.database import Tx
from quizbot.platforms.sandbox.people import Person
from quizbot.platforms.sandbox.pictures import Picture
from quizbot.platforms.sandbox.posts import StoredPost

_TINTS = 8  # colours of avatars in the stylesheet
_MINUTE, _HOUR, _DAY, _WEEK = 60, 3600, 86_400, 7 * 86_400


@dataclass(frozen=True, slots=True)
class Face:
    """A person beside a post. ``tint``: which of the stylesheet's colours."""

    handle: str
    name: str
    letter: str
    tint: int
    is_bot: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """The post that a post quotes."""

    id: int
    handle: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A post on the page."""

    id: int
    face: Face
    segments: Sequence[Segment]
    iso: str
    ago: str
    moment: str
    pictures: tuple[Picture, ...]
    graphic: bool
    replies: int
    answers: str
    answers_id: int | None
    quoted: Quoted | None
    edited: bool
    mine: bool
    raw: str


def face(handle: str, name: str, *, is_bot: bool) -> Face:
    """A person as shown beside a post."""
    return Face(handle, name, name[:1].upper() or "?", zlib.crc32(handle.lower().encode()) % _TINTS, is_bot)


def ago(created_ms: int, now_ms: int) -> str:
    """How long ago, in a few characters; a date after a week."""
    seconds = (now_ms - created_ms) // 1000
    if seconds < 1:
        return "now"
    for length, unit, limit in ((1, "s", _MINUTE), (_MINUTE, "min", _HOUR), (_HOUR, "h", _DAY), (_DAY, "d", _WEEK)):
        if seconds < limit:
            return f"{seconds // length} {unit}"
    return f"{_moment(created_ms):%-d %b %Y}"


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def shown(tx: Tx, found: Sequence[StoredPost], viewer: Person | None, bot_id: int, now_ms: int) -> list[Shown]:
    """Posts made ready for the templates."""
    other = posts.by_ids(tx, {n for post in found for n in (post.quoted_id, post.parent_id) if n is not None})
    return [_shown(post, other, viewer, bot_id, now_ms) for post in found]


def _shown(post: StoredPost, other: Mapping[int, StoredPost], viewer: Person | None, bot_id: int, now_ms: int) -> Shown:
    parent = other.get(post.parent_id or 0)
    return Shown(
        id=post.id,
        face=face(post.handle, post.name, is_bot=post.author_id == bot_id),
        segments=segments(post.text),
        iso=render.instant(post.created_ms),
        ago=ago(post.created_ms, now_ms),
        moment=f"{_moment(post.created_ms):%H:%M · %-d %b %Y} UTC",
        pictures=post.media,
        graphic=any(picture.warnings for picture in post.media),
        replies=post.replies,
        answers=parent.handle if parent else "",
        answers_id=post.parent_id,
        quoted=_quoted(other.get(post.quoted_id or 0)),
        edited=len(post.history) > 1,
        mine=viewer is not None and viewer.id == post.author_id,
        raw=post.text,
    )


def _quoted(post: StoredPost | None) -> Quoted | None:
    if post is None or post.deleted_ms is not None or post.hidden:
        return None
    return Quoted(post.id, post.handle, post.name, post.text)


@dataclass(frozen=True, slots=True)
class Profile:
    """An account in the margin or at the top of its own page."""

    face: Face
    followers: int
    following: int
    posts: int
    followed: bool
    protected: bool
    suspended: bool
    is_me: bool


def profile(tx: Tx, person: Person, viewer: Person | None, bot_id: int) -> Profile:
    """An account made ready for the templates."""
    numbers = people.metrics(tx, person.id)
    return Profile(
        face=face(person.handle, person.name, is_bot=person.id == bot_id),
        followers=numbers["followers"],
        following=numbers["following"],
        posts=numbers["posts"],
        followed=viewer is not None and people.follows(tx, viewer.id, person.id),
        protected=person.protected,
        suspended=person.suspended,
        is_me=viewer is not None and viewer.id == person.id,
    )
