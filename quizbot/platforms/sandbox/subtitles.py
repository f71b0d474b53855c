"""The endpoint that gives a clip its captions: a SubRip file that was uploaded before."""

import re

from quizbot.platforms.sandbox import pictures, problems
from quizbot.platforms.sandbox.ask import Ask
from quizbot.platforms.sandbox.database import Tx
from quizbot.platforms.sandbox.ids import parse_id
from quizbot.platforms.sandbox.options import Dialect
from quizbot.platforms.sandbox.pictures import CAPTIONS, Looked, Picture
from quizbot.platforms.sandbox.problems import Refused, invalid
from quizbot.platforms.sandbox.wire import Answer

LIMIT_BYTES = 512 * 1024
_CUE = re.compile(rb"\A\d+\r?\n\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}\r?\n")
_CATEGORY = "TweetVideo"
_LANGUAGE = re.compile(r"[A-Z]{2}")


def look(data: bytes) -> Looked:
    """See that a file is SubRip by its first caption.

    Raises:
        Refused: it is not, or too large.
    """
    if len(data) > LIMIT_BYTES or not _CUE.match(data):
        raise invalid("media", f"{len(data)} bytes", "media type unrecognized.")
    return Looked(CAPTIONS, 0, 0)


def create(ask: Ask) -> Answer:
    """``POST /2/media/subtitles``; the same language again takes the earlier one's place."""
    record = ask.json_body()
    told = record.get("subtitles")
    track: dict[str, object] = told if isinstance(told, dict) else {}
    if record.get("media_category") != _CATEGORY or not _LANGUAGE.fullmatch(str(track.get("language_code", ""))):
        raise invalid("media_category", str(record.get("media_category")), f"{_CATEGORY}, and a language such as EN")
    clip, words = _own(ask, record.get("id")), _own(ask, track.get("id"))
    if not clip.is_clip or not words.is_captions:
        raise invalid("id", str(clip.id), "no video, or no subtitles")
    named = (clip.id, str(track["language_code"]), words.id, str(track.get("display_name", "")))
    ask.tx.execute("INSERT OR REPLACE INTO subtitles VALUES (?, ?, ?, ?)", named)
    tied: object = track if ask.dialect is Dialect.POST else [track]
    return Answer(200, {"data": {"id": str(clip.id), "media_category": _CATEGORY, "associated_subtitles": tied}})


def _own(ask: Ask, given: object) -> Picture:
    number = parse_id(str(given or "")) or 0
    found = pictures.by_ids(ask.tx, [number]).get(number)
    if found is None or found.owner_id != ask.world.bot_id or not found.seconds_left(ask.now_ms):
        raise Refused(problems.not_found("media", str(number), "id"))
    return found


def of_clips(tx: Tx) -> dict[int, int]:
    """The captions of each clip that has some: media ids."""
    rows = tx.execute("SELECT media_id, captions_id FROM subtitles ORDER BY language DESC")
    return {row["media_id"]: row["captions_id"] for row in rows}
