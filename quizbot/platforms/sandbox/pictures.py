"""Uploaded media: what X takes, how long an id lives, alt texts and warnings."""

import hashlib
import io
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from quizbot.platforms.sandbox.database import Tx, new_id
from quizbot.platforms.sandbox.problems import Refused, invalid

LIMIT_BYTES = 5 * 1024 * 1024  # X: images up to 5 MB
LIFE_MS = 86_400_000  # a media id that no post uses lives one day
PER_POST = 4
CLIP = "video/mp4"
CAPTIONS = "text/srt"
PROCESSING_MS = 4000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class Picture:
    """Uploaded media without its bytes. ``warnings``: X's names of its sensitive-media warnings."""

    id: int
    owner_id: int
    mime: str
    width: int
    height: int
    size: int
    sha256: str
    alt: str
    warnings: tuple[str, ...]
    created_ms: int

    @property
    def key(self) -> str:
        """X's media key; 3 stands for a photo, 7 for a clip."""
        return f"{7 if self.is_clip else 3}_{self.id}"

    @property
    def is_clip(self) -> bool:
        """Whether it moves."""
        return self.mime == CLIP

    @property
    def is_captions(self) -> bool:
        """Whether it is words for a clip, which no post shows by itself."""
        return self.mime == CAPTIONS

    def processing(self, now_ms: int, slow_ms: int = 0) -> str:
        """How far X is with it: a clip takes some seconds, and one that is none fails; a picture takes none.

        Args:
            now_ms: the time.
            slow_ms: how long pictures take all the same; if they take no time, nothing is said of their processing.
        """
        takes = PROCESSING_MS if self.is_clip else 0 if self.is_captions else slow_ms
        if not takes:
            return ""
        if now_ms - self.created_ms < takes:
            return "pending" if now_ms - self.created_ms < takes // 2 else "in_progress"
        return "succeeded" if self.width else "failed"

    def seconds_left(self, now_ms: int) -> int:
        """How long the id can still be put on a post; 0 if it cannot."""
        return max(0, (self.created_ms + LIFE_MS - now_ms) // 1000)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file turned out to be."""

    mime: str
    width: int
    height: int


def look(data: bytes) -> Looked:
    """See what a file is, by its content and not by its name.

    Raises:
        Refused: it is empty, too large, or no JPEG, PNG, WebP or GIF.
    """
    if len(data) > LIMIT_BYTES:
        raise invalid("media", f"{len(data)} bytes", f"File size exceeds {LIMIT_BYTES} bytes.")
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            image.verify()
            return Looked(Image.MIME[image.format or ""], image.width, image.height)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError) as error:
        raise _unrecognised(data) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise invalid("media", "dimensions", "Image dimensions are too large.") from error


def _unrecognised(data: bytes) -> Refused:
    return invalid("media", f"{len(data)} bytes", "media type unrecognized.")


def save(tx: Tx, owner: int, data: bytes, seen: Looked, now_ms: int, *, number: int | None = None) -> Picture:
    """Keep an upload, under an id that it has already or a new one."""
    number = new_id(tx, now_ms) if number is None else number
    digest = hashlib.sha256(data).hexdigest()
    tx.execute(
        """INSERT INTO media (id, owner_id, mime, width, height, size, sha256, data, created_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (number, owner, seen.mime, seen.width, seen.height, len(data), digest, data, now_ms),
    )
    return Picture(number, owner, seen.mime, seen.width, seen.height, len(data), digest, "", (), now_ms)


def describe(tx: Tx, picture: int, alt: str | None, warnings: Sequence[str] | None) -> None:
    """Set the alt text and the warnings; None leaves them as they are."""
    marks = None if warnings is None else json.dumps(list(warnings))
    tx.execute(
        "UPDATE media SET alt = coalesce(?, alt), warnings = coalesce(?, warnings) WHERE id = ?", (alt, marks, picture)
    )


def usable(tx: Tx, identifiers: Sequence[int], owner: int, now_ms: int, slow_ms: int = 0) -> bool:
    """Whether all of them are there, this account's, processed, not too old for a new post, and go together.

    X takes four pictures or one clip.
    """
    found = by_ids(tx, identifiers)
    clips = [one for one in found.values() if one.is_clip]
    if any(one.is_captions for one in found.values()) or (clips and len(identifiers) > 1):
        return False
    if any(one.processing(now_ms, slow_ms) not in ("", "succeeded") for one in found.values()):
        return False
    return all(
        i in found and found[i].owner_id == owner and found[i].seconds_left(now_ms) > 0 for i in identifiers
    ) and len(set(identifiers)) == len(identifiers)


def by_ids(tx: Tx, identifiers: Iterable[int]) -> dict[int, Picture]:
    """Find uploads; those that are not there are left out."""
    rows = tx.execute(
        """SELECT id, owner_id, mime, width, height, size, sha256, alt, warnings, created_ms FROM media
           WHERE id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(identifiers)),),
    )
    return {row["id"]: _picture(row) for row in rows}


def everything(tx: Tx) -> list[Picture]:
    """All uploads, oldest first."""
    return [
        _picture(row)
        for row in tx.execute(
            """SELECT id, owner_id, mime, width, height, size, sha256, alt, warnings, created_ms
               FROM media ORDER BY id"""
        )
    ]


def of_posts(tx: Tx, posts: Iterable[int]) -> dict[int, tuple[Picture, ...]]:
    """The media of some posts, in their order."""
    rows = tx.execute(
        """SELECT post_id, media_id FROM attachments WHERE post_id IN (SELECT value FROM json_each(?))
           ORDER BY post_id, position""",
        (json.dumps(list(posts)),),
    ).fetchall()
    found = by_ids(tx, {row["media_id"] for row in rows}) if rows else {}
    attached: dict[int, tuple[Picture, ...]] = {}
    for row in rows:
        attached[row["post_id"]] = (*attached.get(row["post_id"], ()), found[row["media_id"]])
    return attached


def shown_bytes(tx: Tx, identifier: int) -> tuple[str, bytes] | None:
    """Type and bytes of media that a standing post shows, or None."""
    row = tx.execute(
        """SELECT mime, data FROM media WHERE id = ? AND EXISTS (
             SELECT 1 FROM attachments a JOIN posts p ON p.id = a.post_id
             WHERE a.media_id = media.id AND p.deleted_ms IS NULL)""",
        (identifier,),
    ).fetchone()
    return None if row is None else (row["mime"], row["data"])


def _picture(row: sqlite3.Row) -> Picture:
    return Picture(
        row["id"],
        row["owner_id"],
        row["mime"],
        row["width"],
        row["height"],
        row["size"],
        row["sha256"],
        row["alt"],
        tuple(json.loads(row["warnings"])),
        row["created_ms"],
    )
