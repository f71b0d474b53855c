"""Posts as they are stored. Who may post what is decided in ``rules.py``; JSON is made in ``render.py``."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizbot.core.entities import mentioned
from quizbot.platforms.sandbox import people, pictures, words
from quizbot.platforms.sandbox.database import Tx, new_id
from quizbot.platforms.sandbox.ids import MAX_ID
from quizbot.platforms.sandbox.people import Person
from quizbot.platforms.sandbox.pictures import Picture

MENTIONS_KEPT = 800  # X: the newest 800 mentions, and no more, can be read
_PREFIX_HANDLES = 50


@dataclass(frozen=True, slots=True)
class StoredPost:
    """A post as it stands, with what is needed to show it.

    Attributes:
        text: as its author wrote it.
        prefix: the handles that a reply carries by itself, ``"@a @b "``.
        is_long: weighs more than a plain post may.
        first_id: the first of its versions.
        replaced_by: the next version, if it was edited.
        hidden: its author is protected or suspended.
        replies: how many answer it directly.
        history: its versions up to the newest, oldest first.
    """

    id: int
    author_id: int
    handle: str
    name: str
    text: str
    prefix: str
    is_long: bool
    created_ms: int
    conversation_id: int
    parent_id: int | None
    parent_author_id: int | None
    quoted_id: int | None
    reposted_id: int | None
    first_id: int
    replaced_by: int | None
    deleted_ms: int | None
    hidden: bool
    replies: int
    media: tuple[Picture, ...]
    history: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NewPost:
    """What somebody wants to post."""

    text: str
    parent: StoredPost | None = None
    quoted_id: int | None = None
    reposted_id: int | None = None
    media_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Delays:
    """When a new post shows in lists: ``lag`` s after its creation; a share of them ``late_by`` s later still.

    A picture can be posted ``processing`` s after it was uploaded.
    """

    lag: float = 0.0
    late_share: float = 0.0
    late_by: float = 0.0
    processing: float = 0.0

    def for_post(self, identifier: int) -> int:
        """Milliseconds for one post; the same for the same id."""
        chance = zlib.crc32(str(identifier).encode()) / 2**32
        return round(1000 * (self.lag + (self.late_by if chance < self.late_share else 0.0)))


@dataclass(frozen=True, slots=True)
class Bounds:
    """What part of a list is wanted. Ids are exclusive, times inclusive at the start and exclusive at the end."""

    now_ms: int
    after_id: int = 0
    before_id: int = MAX_ID
    from_ms: int = -(2**62)
    to_ms: int = 2**62
    size: int = 100


def create(tx: Tx, author: Person, new: NewPost, delays: Delays, now_ms: int) -> int:
    """Store a post and whom it mentions; returns its id."""
    number = new_id(tx, now_ms)
    parent = new.parent
    prefix = _prefix(author, new)
    tx.execute(
        """INSERT INTO posts (id, author_id, text, prefix, is_long, created_ms, indexed_ms, conversation_id, parent_id,
                              parent_author_id, quoted_id, reposted_id, first_id)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            number,
            author.id,
            new.text,
            prefix,
            words.is_long(new.text),
            now_ms,
            now_ms + delays.for_post(number),
            parent.conversation_id if parent else number,
            parent.id if parent else None,
            parent.author_id if parent else None,
            new.quoted_id,
            new.reposted_id,
            number,
        ),
    )
    if new.reposted_id is None:
        _note_mentions(tx, number, prefix, new.text)
    _attach(tx, number, new.media_ids)
    return number


def edit(tx: Tx, post: StoredPost, text: str, delays: Delays, now_ms: int) -> int:
    """Store a new version of a post; returns its id."""
    number = new_id(tx, now_ms)
    tx.execute(
        """INSERT INTO posts (id, author_id, text, prefix, is_long, created_ms, indexed_ms, conversation_id, parent_id,
                              parent_author_id, quoted_id, reposted_id, first_id)
           SELECT ?, author_id, ?, prefix, ?, ?, ?, conversation_id, parent_id, parent_author_id, quoted_id,
                  reposted_id, first_id FROM posts WHERE id = ?""",
        (number, text, words.is_long(text), now_ms, now_ms + delays.for_post(number), post.id),
    )
    tx.execute("UPDATE posts SET replaced_by = ? WHERE id = ?", (number, post.id))
    _note_mentions(tx, number, post.prefix, text)
    _attach(tx, number, [picture.id for picture in post.media])
    return number


def delete(tx: Tx, post: StoredPost, now_ms: int) -> None:
    """Take a post back, with all its versions; a second time does nothing."""
    tx.execute("UPDATE posts SET deleted_ms = ? WHERE first_id = ? AND deleted_ms IS NULL", (now_ms, post.first_id))


def _prefix(author: Person, new: NewPost) -> str:
    """The handles a reply begins with by itself: who is answered, and whom that reply answered in turn."""
    if new.parent is None or new.reposted_id is not None:
        return ""
    answered = [new.parent.handle, *new.parent.prefix.replace("@", "").split()]
    skip = {author.handle.lower(), *mentioned(new.text)}
    named = {handle.lower(): handle for handle in answered if handle.lower() not in skip}
    return "".join(f"@{handle} " for handle in list(named.values())[:_PREFIX_HANDLES])


def _note_mentions(tx: Tx, number: int, prefix: str, text: str) -> None:
    explicit = set(mentioned(text))
    for handle in explicit | set(mentioned(prefix)):
        person = people.by_handle(tx, handle)
        if person is not None:
            tx.execute("INSERT OR IGNORE INTO mentions VALUES (?, ?, ?)", (person.id, number, handle in explicit))


def _attach(tx: Tx, number: int, media_ids: Sequence[int]) -> None:
    tx.executemany(
        "INSERT INTO attachments VALUES (?, ?, ?)", [(number, at, media) for at, media in enumerate(media_ids)]
    )


def mentions_explicitly(tx: Tx, post: int, user: int) -> bool:
    """Whether a post's text names a user, beyond what a reply carries by itself."""
    found = tx.execute("SELECT 1 FROM mentions WHERE post_id = ? AND user_id = ? AND explicit", (post, user))
    return found.fetchone() is not None


def standing_text(tx: Tx, author: int, text: str) -> int | None:
    """Id of a standing post of this author with the very same text, or None."""
    row = tx.execute(
        "SELECT id FROM posts WHERE author_id = ? AND text = ? AND deleted_ms IS NULL AND reposted_id IS NULL LIMIT 1",
        (author, text),
    ).fetchone()
    return None if row is None else int(row["id"])


def by_id(tx: Tx, identifier: int) -> StoredPost | None:
    """Find a post, deleted or not."""
    return by_ids(tx, [identifier]).get(identifier)


def by_ids(tx: Tx, identifiers: Iterable[int]) -> dict[int, StoredPost]:
    """Find several posts, deleted or not; those that never were are left out."""
    wanted = json.dumps(list(identifiers))
    rows = tx.execute(
        """SELECT p.*, u.handle, u.name, u.protected OR u.suspended AS hidden,
                  (SELECT count(*) FROM posts r
                   WHERE r.parent_id = p.id AND r.deleted_ms IS NULL AND r.replaced_by IS NULL) AS replies
           FROM posts p JOIN users u ON u.id = p.author_id WHERE p.id IN (SELECT value FROM json_each(?))""",
        (wanted,),
    ).fetchall()
    media = pictures.of_posts(tx, [row["id"] for row in rows])
    history = _history(tx, {row["first_id"] for row in rows if row["replaced_by"] or row["first_id"] != row["id"]})
    return {row["id"]: _post(row, media.get(row["id"], ()), history) for row in rows}


def _history(tx: Tx, first_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    rows = tx.execute(
        "SELECT first_id, id FROM posts WHERE first_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(first_ids)),),
    )
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        found[row["first_id"]] = (*found.get(row["first_id"], ()), row["id"])
    return found


def _post(row: sqlite3.Row, media: tuple[Picture, ...], history: dict[int, tuple[int, ...]]) -> StoredPost:
    plain = {
        key: row[key]
        for key in (
            *("id", "author_id", "handle", "name", "text", "prefix", "created_ms", "conversation_id", "parent_id"),
            *("parent_author_id", "quoted_id", "reposted_id", "first_id", "replaced_by", "deleted_ms", "replies"),
        )
    }
    versions = history.get(row["first_id"], (row["id"],))
    return StoredPost(**plain, is_long=bool(row["is_long"]), hidden=bool(row["hidden"]), media=media, history=versions)


def in_order(tx: Tx, identifiers: Sequence[int]) -> list[StoredPost]:
    """The posts of a list, in its order."""
    found = by_ids(tx, identifiers)
    return [found[i] for i in identifiers]
