"""The lists of posts that the API and the page read: newest first, by index, never the whole table.

Each list holds what stands, is the newest of its versions, was indexed by now, and whose author is not hidden.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict

from quizbot.platforms.sandbox.database import Tx
from quizbot.platforms.sandbox.posts import MENTIONS_KEPT, Bounds, StoredPost, in_order


def mentions(tx: Tx, user: int, bounds: Bounds) -> list[StoredPost]:
    """Posts that mention a user, among the newest 800 of them."""
    last_kept = tx.execute(
        """SELECT m.post_id FROM mentions m JOIN posts p ON p.id = m.post_id JOIN users u ON u.id = p.author_id
           WHERE m.user_id = :user AND p.author_id != :user AND p.deleted_ms IS NULL AND p.replaced_by IS NULL
             AND p.indexed_ms <= :now_ms AND NOT u.protected AND NOT u.suspended
           ORDER BY m.post_id DESC LIMIT 1 OFFSET :skip""",
        {"user": user, "now_ms": bounds.now_ms, "skip": MENTIONS_KEPT - 1},
    ).fetchone()
    floor = last_kept["post_id"] - 1 if last_kept else 0
    rows = tx.execute(
        """SELECT m.post_id AS id FROM mentions m JOIN posts p ON p.id = m.post_id JOIN users u ON u.id = p.author_id
           WHERE m.user_id = :user AND m.post_id > max(:floor, :after_id) AND m.post_id < :before_id
             AND p.author_id != :user AND p.deleted_ms IS NULL AND p.replaced_by IS NULL AND p.indexed_ms <= :now_ms
             AND p.created_ms >= :from_ms AND p.created_ms < :to_ms AND NOT u.protected AND NOT u.suspended
           ORDER BY m.post_id DESC LIMIT :size""",
        {"user": user, "floor": floor} | asdict(bounds),
    )
    return in_order(tx, [row["id"] for row in rows])


def timeline(tx: Tx, author: int, bounds: Bounds, *, replies: bool = True, reposts: bool = True) -> list[StoredPost]:
    """An account's own posts; a protected account's too, for itself is the only one whose list is asked for."""
    rows = tx.execute(
        """SELECT p.id FROM posts p
           WHERE p.author_id = :author AND p.id > :after_id AND p.id < :before_id
             AND p.deleted_ms IS NULL AND p.replaced_by IS NULL AND p.indexed_ms <= :now_ms
             AND p.created_ms >= :from_ms AND p.created_ms < :to_ms
             AND (:replies OR p.parent_id IS NULL) AND (:reposts OR p.reposted_id IS NULL)
           ORDER BY p.id DESC LIMIT :size""",
        {"author": author, "replies": replies, "reposts": reposts} | asdict(bounds),
    )
    return in_order(tx, [row["id"] for row in rows])


def conversation(
    tx: Tx, root: int, bounds: Bounds, *, not_from: int | None = None, to: int | None = None
) -> list[StoredPost]:
    """A conversation's posts, its first among them; without one author's, or only answers to one account."""
    rows = tx.execute(
        """SELECT p.id FROM posts p JOIN users u ON u.id = p.author_id
           WHERE p.conversation_id = :root AND p.id > :after_id AND p.id < :before_id
             AND p.deleted_ms IS NULL AND p.replaced_by IS NULL AND p.indexed_ms <= :now_ms
             AND p.created_ms >= :from_ms AND p.created_ms < :to_ms AND NOT u.protected AND NOT u.suspended
             AND (:not_from IS NULL OR p.author_id != :not_from) AND (:to IS NULL OR p.parent_author_id = :to)
           ORDER BY p.id DESC LIMIT :size""",
        {"root": root, "not_from": not_from, "to": to} | asdict(bounds),
    )
    return in_order(tx, [row["id"] for row in rows])


def latest(tx: Tx, bounds: Bounds) -> list[StoredPost]:
    """Everybody's posts, for the page."""
    rows = tx.execute(
        """SELECT p.id FROM posts p JOIN users u ON u.id = p.author_id
           WHERE p.id > :after_id AND p.id < :before_id AND p.deleted_ms IS NULL AND p.replaced_by IS NULL
             AND NOT u.protected AND NOT u.suspended
           ORDER BY p.id DESC LIMIT :size""",
        asdict(bounds),
    )
    return in_order(tx, [row["id"] for row in rows])


def replies(tx: Tx, answered: Sequence[int], after_id: int, size: int) -> list[StoredPost]:
    """Direct answers to a post (all its versions), oldest first, for the page."""
    rows = tx.execute(
        """SELECT p.id FROM posts p JOIN users u ON u.id = p.author_id
           WHERE p.parent_id IN (SELECT value FROM json_each(?)) AND p.id > ? AND p.deleted_ms IS NULL
             AND p.replaced_by IS NULL AND NOT u.protected AND NOT u.suspended
           ORDER BY p.id LIMIT ?""",
        (json.dumps(list(answered)), after_id, size),
    )
    return in_order(tx, [row["id"] for row in rows])


def everything(tx: Tx, after_id: int = 0, size: int = 1000) -> list[StoredPost]:
    """Every post there ever was, replaced and deleted ones too, oldest first: the truth for tests."""
    rows = tx.execute("SELECT id FROM posts WHERE id > ? ORDER BY id LIMIT ?", (after_id, size))
    return in_order(tx, [row["id"] for row in rows])
