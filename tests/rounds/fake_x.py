"""X as far as the rounds need it, in memory: quick enough for thousands of steps. The sandbox is the faithful one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from quizbot.core.clock import ManualClock
from quizbot.core.media import CleanMedia
from quizbot.platforms.protocol import Draft, Page, Post, Upload, User

_EPOCH_MS = 1_288_834_974_657


@dataclass
class FakeX:
    """The platform. ``point`` is called before and after each call: a crash may happen there."""

    clock: ManualClock
    account: str = "100"
    posts: dict[str, Post] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    edited: set[str] = field(default_factory=set)  # ids that a newer version has replaced
    point: Callable[[], None] = lambda: None
    made: int = 0

    def say(self, author: str, text: str, reply_to: str | None = None, edits: tuple[str, ...] = ()) -> str:
        """Somebody posts."""
        self.made += 1
        milliseconds = int(self.clock.at.timestamp() * 1000) - _EPOCH_MS
        post_id = str((milliseconds << 22) + self.made)
        at = datetime.fromtimestamp((milliseconds + _EPOCH_MS) / 1000, UTC)
        self.posts[post_id] = Post(post_id, author, text, at, reply_to=reply_to, edits=(*edits, post_id))
        return post_id

    def edit(self, post_id: str, text: str) -> str:
        """An author edits: only the new version is shown from then on."""
        old = self.posts[post_id]
        self.edited.add(post_id)
        return self.say(old.author_id, text, old.reply_to, old.edits)

    def own(self) -> list[Post]:
        """The bot's standing posts, oldest first."""
        return [post for post in self._shown() if post.author_id == self.account]

    def _shown(self) -> list[Post]:
        hidden = self.deleted | self.edited
        return sorted((p for p in self.posts.values() if p.id not in hidden), key=lambda post: int(post.id))

    def post(self, draft: Draft) -> str:
        self.point()
        post_id = self.say(self.account, draft.text, draft.reply_to)
        self.point()
        return post_id

    def delete(self, post_id: str) -> None:
        self.point()
        self.deleted.add(post_id)
        self.point()

    def stands(self, post_id: str) -> bool:
        return post_id not in self.deleted

    def own_posts(self, since_id: str | None = None) -> Iterator[Page]:
        self.point()
        yield Page(tuple(p for p in reversed(self.own()) if int(p.id) > int(since_id or 0)))

    def mentions(self, since_id: str | None = None, until: datetime | None = None) -> Iterator[Page]:
        self.point()
        ours = {post.id for post in self.posts.values() if post.author_id == self.account}
        found = [p for p in self._shown() if p.reply_to in ours and p.author_id != self.account]
        found = [p for p in found if int(p.id) > int(since_id or 0) and (until is None or p.created_at < until)]
        yield Page(tuple(reversed(found)))
        self.point()

    def search_replies(self, conversation_id: str, *_bounds: object) -> Iterator[Page]:
        yield Page(tuple(reversed([post for post in self._shown() if post.reply_to == conversation_id])))

    def users(self, ids: Sequence[str]) -> list[User]:
        self.point()
        return [User(user_id, f"h{user_id}", "") for user_id in ids]

    def me(self) -> User:
        return User(self.account, "bot", "")

    def upload(self, media: CleanMedia) -> Upload:
        raise NotImplementedError

    def processed(self, media_id: str) -> Upload:
        raise NotImplementedError

    def describe(self, media_id: str, alt: str, *, graphic: bool) -> None:
        raise NotImplementedError
