"""The endpoints that bring a clip in pieces: initialize, append, finalize; its status is asked like a picture's."""

import struct

from quizbot.platforms.sandbox import pictures, problems, render
from quizbot.platforms.sandbox.ask import Ask
from quizbot.platforms.sandbox.database import new_id
from quizbot.platforms.sandbox.options import Dialect
from quizbot.platforms.sandbox.pictures import CLIP, LIFE_MS, Looked
from quizbot.platforms.sandbox.problems import Refused, invalid
from quizbot.platforms.sandbox.wire import Answer

LIMIT_BYTES = 512 * 1024 * 1024  # X's, for a clip
PIECE_BYTES = 5 * 1024 * 1024
MOST_PIECES = 1000
_CATEGORY = "tweet_video"
_TKHD_SIZE = 76  # bytes before width and height in a track's head of version 0


def initialize(ask: Ask) -> Answer:
    """``POST /2/media/upload/initialize``."""
    record = ask.json_body()
    total = record.get("total_bytes")
    if record.get("media_category") != _CATEGORY or record.get("media_type") != CLIP:
        raise invalid("media_category", str(record.get("media_category")), f"The sandbox takes {_CATEGORY} as {CLIP}")
    if not isinstance(total, int) or isinstance(total, bool) or not 0 < total <= LIMIT_BYTES:
        raise invalid("total_bytes", str(total), f"File size exceeds {LIMIT_BYTES} bytes.")
    number = new_id(ask.tx, ask.now_ms)
    ask.tx.execute("INSERT INTO uploads VALUES (?, ?, ?, ?)", (number, ask.world.bot_id, total, ask.now_ms))
    data = {"id": str(number), "media_key": f"7_{number}", "expires_after_secs": LIFE_MS // 1000}
    return Answer(200, _with_meta(ask, data))


def append(ask: Ask) -> Answer:
    """``POST /2/media/upload/{id}/append``: a piece; the same number again takes the earlier one's place."""
    number, _, created = _session(ask)
    index = ask.call.form.get("segment_index", b"").decode("ascii", "replace")
    piece = ask.call.form.get("media", b"")
    if not index.isdigit() or int(index) >= MOST_PIECES:
        raise invalid("segment_index", index, "$.segment_index: 0 to 999 expected")
    if not 0 < len(piece) <= PIECE_BYTES:
        raise invalid("media", f"{len(piece)} bytes", f"Segment size exceeds {PIECE_BYTES} bytes.")
    ask.tx.execute("INSERT OR REPLACE INTO pieces VALUES (?, ?, ?)", (number, int(index), piece))
    return Answer(200, _with_meta(ask, {"expires_at": (created + LIFE_MS) // 1000}))


def finalize(ask: Ask) -> Answer:
    """``POST /2/media/upload/{id}/finalize``: the pieces become a clip, which X then processes for some seconds."""
    number, total, _ = _session(ask)
    rows = ask.tx.execute("SELECT number, data FROM pieces WHERE upload_id = ? ORDER BY number", (number,)).fetchall()
    data = b"".join(row["data"] for row in rows)
    if len(data) != total or [row["number"] for row in rows] != list(range(len(rows))):
        raise invalid("id", str(number), f"{len(data)} of {total} bytes were sent.")
    ask.tx.execute("DELETE FROM pieces WHERE upload_id = ?", (number,))
    ask.tx.execute("DELETE FROM uploads WHERE id = ?", (number,))
    made = pictures.save(ask.tx, ask.world.bot_id, data, look(data), ask.now_ms, number=number)
    return Answer(200, render.upload_json(made, ask.dialect, ask.now_ms))


def look(data: bytes) -> Looked:
    """The size that a clip's first track names; 0 by 0 for what is no MP4, of which processing fails."""
    at = data.find(b"tkhd")
    if data[4:8] != b"ftyp" or b"avc1" not in data or at < 0 or len(data) < at + 4 + _TKHD_SIZE + 8:
        return Looked(CLIP, 0, 0)
    width, height = struct.unpack_from(">II", data, at + 4 + _TKHD_SIZE)
    return Looked(CLIP, width >> 16, height >> 16)


def _session(ask: Ask) -> tuple[int, int, int]:
    """The upload that is meant: its id, size and beginning."""
    number = ask.path_id()
    row = ask.tx.execute("SELECT owner_id, total, created_ms FROM uploads WHERE id = ?", (number,)).fetchone()
    if row is None or row["owner_id"] != ask.world.bot_id or ask.now_ms - row["created_ms"] > LIFE_MS:
        raise Refused(problems.not_found("media", str(number), "id"))
    return number, row["total"], row["created_ms"]


def _with_meta(ask: Ask, data: dict[str, object]) -> dict[str, object]:
    """2.165 demands "meta" without saying what is in it."""
    return {"data": data} if ask.dialect is Dialect.POST else {"data": data, "meta": {}}
