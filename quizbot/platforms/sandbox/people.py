"""Accounts: the bot, the people on the page, and those that tests and the demo make."""

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from quizbot.core.errors import InputError
from quizbot.platforms.sandbox.database import Tx, new_id

HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
NAME_LIMIT = 50  # characters
Origin = Literal["bot", "page", "control"]


@dataclass(frozen=True, slots=True)
class Person:
    """An account. ``handle`` without the @; protected and suspended ones are hidden from every reading."""

    id: int
    handle: str
    name: str
    origin: str
    created_ms: int
    protected: bool
    suspended: bool

    @property
    def hidden(self) -> bool:
        """Whether the API shows nothing of it."""
        return self.protected or self.suspended


def _person(row: sqlite3.Row) -> Person:
    return Person(
        row["id"],
        row["handle"],
        row["name"],
        row["origin"],
        row["created_ms"],
        bool(row["protected"]),
        bool(row["suspended"]),
    )


def create(tx: Tx, handle: str, name: str, origin: Origin, now_ms: int) -> Person:
    """Make an account with a handle that nobody has; the caller looked.

    Raises:
        InputError: the handle is not 1 to 15 letters, digits or underscores.
    """
    if not HANDLE.fullmatch(handle):
        raise InputError("handle", "is not 1 to 15 letters, digits or underscores", "choose another")
    shown = " ".join(name.split())[:NAME_LIMIT] or handle
    number = new_id(tx, now_ms)
    tx.execute(
        "INSERT INTO users (id, handle, name, origin, created_ms) VALUES (?, ?, ?, ?, ?)",
        (number, handle, shown, origin, now_ms),
    )
    return Person(number, handle, shown, origin, now_ms, protected=False, suspended=False)


def by_handle(tx: Tx, handle: str) -> Person | None:
    """Find an account by its handle; case does not matter."""
    row = tx.execute("SELECT * FROM users WHERE handle = ?", (handle,)).fetchone()
    return None if row is None else _person(row)


def by_id(tx: Tx, identifier: int) -> Person | None:
    """Find an account by its id."""
    return by_ids(tx, [identifier]).get(identifier)


def by_ids(tx: Tx, identifiers: Iterable[int]) -> dict[int, Person]:
    """Find several accounts; those that are not there are left out."""
    wanted = json.dumps(sorted(set(identifiers)))
    rows = tx.execute("SELECT * FROM users WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    return {row["id"]: _person(row) for row in rows}


def everyone(tx: Tx) -> list[Person]:
    """All accounts, oldest first."""
    return [_person(row) for row in tx.execute("SELECT * FROM users ORDER BY id")]


def newest(tx: Tx, limit: int) -> list[Person]:
    """The accounts of people that were made last and are not suspended."""
    query = "SELECT * FROM users WHERE origin <> 'bot' AND suspended = 0 ORDER BY id DESC LIMIT ?"
    return [_person(row) for row in tx.execute(query, (limit,))]


def set_state(tx: Tx, identifier: int, *, protected: bool | None = None, suspended: bool | None = None) -> None:
    """Protect or suspend an account, or undo it; None leaves it as it is."""
    tx.execute(
        "UPDATE users SET protected = coalesce(?, protected), suspended = coalesce(?, suspended) WHERE id = ?",
        (protected, suspended, identifier),
    )


def follow(tx: Tx, follower: int, followed: int, *, on: bool) -> None:
    """Begin or end to follow; twice is no error."""
    if on:
        tx.execute("INSERT OR IGNORE INTO follows VALUES (?, ?)", (follower, followed))
    else:
        tx.execute("DELETE FROM follows WHERE follower_id = ? AND followed_id = ?", (follower, followed))


def follows(tx: Tx, follower: int, followed: int) -> bool:
    """Whether the one follows the other."""
    found = tx.execute("SELECT 1 FROM follows WHERE follower_id = ? AND followed_id = ?", (follower, followed))
    return found.fetchone() is not None


def metrics(tx: Tx, identifier: int) -> dict[str, int]:
    """Numbers of an account: followers, followed, posts."""
    row = tx.execute(
        """SELECT (SELECT count(*) FROM follows WHERE followed_id = :id) AS followers,
                  (SELECT count(*) FROM follows WHERE follower_id = :id) AS following,
                  (SELECT count(*) FROM posts
                   WHERE author_id = :id AND deleted_ms IS NULL AND replaced_by IS NULL) AS posts""",
        {"id": identifier},
    ).fetchone()
    return dict(row)
