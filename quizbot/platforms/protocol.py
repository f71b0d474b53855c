"""What the bot needs of a platform, and the kinds of failure it must tell apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from quizbot.core.errors import OutsideError
from quizbot.core.media import CleanMedia


@dataclass(frozen=True, slots=True)
class Post:
    """A post as read back from the platform.

    Attributes:
        id: the platform's id, a decimal string; ids grow with time.
        author_id: the author's user id.
        text: the full text, a long post's too; HTML entities undone, links expanded, the media link dropped.
        created_at: when the platform dates it, UTC.
        conversation_id: id of the conversation's first post, or None if the platform did not say.
        reply_to: id of the post it answers directly, or None.
        edits: ids of all its versions, oldest first, its own among them.
        is_repost: a repost or a quote of another post: never an answer.
    """

    id: str
    author_id: str
    text: str
    created_at: datetime
    conversation_id: str | None = None
    reply_to: str | None = None
    edits: tuple[str, ...] = ()
    is_repost: bool = False


@dataclass(frozen=True, slots=True)
class User:
    """An account. ``handle`` without the @."""

    id: str
    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a reading, newest first."""

    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture or clip that was brought. ``wait``: seconds until it is worth asking if it is processed; 0: it is."""

    id: str
    wait: int = 0


class Failure(StrEnum):
    """Why a call failed, as far as the caller has to act differently."""

    RATE_LIMITED = "rate_limited"  # 429: nothing happened; try again at retry_at
    UNAVAILABLE = "unavailable"  # 5xx: it may have happened
    NETWORK = "network"  # no answer, or one that could not be read: it may have happened
    NOT_SENT = "not_sent"  # the connection was never made: nothing happened
    UNAUTHORIZED = "unauthorized"  # 401: the keys
    FORBIDDEN = "forbidden"  # 403 of another kind, such as wrong permissions or a suspended account
    DUPLICATE = "duplicate"  # 403: the same text stands already, perhaps from an attempt whose answer was lost
    REPLY_REFUSED = "reply_refused"  # 403: no reply allowed there
    NO_CREDIT = "no_credit"  # 402, or a spending cap
    NOT_FOUND = "not_found"  # 404, or the post is gone
    MEDIA = "media"  # the platform does not take the picture or the clip
    PROCESSING = "processing"  # it took the picture or clip, and then could not make anything of it
    REFUSED = "refused"  # any other 4xx: the same request fails again


_PERMANENT = frozenset(
    {Failure.UNAUTHORIZED, Failure.FORBIDDEN, Failure.REPLY_REFUSED, Failure.NOT_FOUND}
    | {Failure.MEDIA, Failure.PROCESSING, Failure.REFUSED}
)
_AMBIGUOUS = frozenset({Failure.UNAVAILABLE, Failure.NETWORK, Failure.DUPLICATE})


class PlatformError(OutsideError):
    """A call that failed. Callers decide by ``kind``, ``permanent`` and ``ambiguous``, never by the text.

    Attributes:
        kind: which failure.
        retry_at: when the platform said to come back, UTC, if it did.
    """

    def __init__(self, kind: Failure, where: str, what: str, todo: str = "", retry_at: datetime | None = None) -> None:
        super().__init__(where, what, todo)
        self.kind = kind
        self.retry_at = retry_at

    @property
    def permanent(self) -> bool:
        """Whether the same call is sure to fail again until somebody changes something."""
        return self.kind in _PERMANENT

    @property
    def ambiguous(self) -> bool:
        """Whether a writing call may have taken effect all the same."""
        return self.kind in _AMBIGUOUS


@dataclass(frozen=True, slots=True)
class Draft:
    """A post to be made: its exact text, the post it answers and the media it shows."""

    text: str
    reply_to: str | None = None
    media_ids: tuple[str, ...] = field(default=())


class Platform(Protocol):
    """The calls. Each makes one request (readings: one a page; clips: one a piece) and raises ``PlatformError``.

    None waits or retries.
    """

    @property
    def account(self) -> str:
        """The bot's own user id on the platform."""
        ...

    def post(self, draft: Draft) -> str:
        """Publish; returns the new post's id."""
        ...

    def delete(self, post_id: str) -> None:
        """Take a post back; a post that is gone already is no error."""
        ...

    def upload(self, media: CleanMedia) -> Upload:
        """Bring a picture or a clip; its media id is good for about a day, once the platform has processed it."""
        ...

    def processed(self, media_id: str) -> Upload:
        """How far the platform is with what was brought."""
        ...

    def caption(self, media_id: str, captions: CleanMedia) -> str:
        """Give a clip its captions; returns their own media id."""
        ...

    def describe(self, media_id: str, alt: str, *, graphic: bool) -> None:
        """Give uploaded media its alt text (empty: none), and the warning for graphic content."""
        ...

    def own_posts(self, since_id: str | None = None) -> Iterator[Page]:
        """The bot's own timeline, newest first, as far as ``since_id`` (excluded)."""
        ...

    def mentions(self, since_id: str | None = None, until: datetime | None = None) -> Iterator[Page]:
        """Posts that mention the bot (replies to it do), newest first: after ``since_id``, dated before ``until``."""
        ...

    def search_replies(
        self, conversation_id: str, since_id: str | None = None, until_id: str | None = None
    ) -> Iterator[Page]:
        """The conversation's posts of the last seven days between two ids, newest first; five times dearer."""
        ...

    def stands(self, post_id: str) -> bool:
        """Whether a post of the bot's own is still there; asked only when it seems not to be."""
        ...

    def users(self, ids: Sequence[str]) -> list[User]:
        """Look accounts up, at most 100; those that are gone are left out."""
        ...

    def me(self) -> User:
        """The account the keys belong to."""
        ...
