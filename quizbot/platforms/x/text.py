"""A post's text as its author wrote it, from the several pieces in which X delivers it."""

import html
import re

from quizbot.platforms.x.dialect import in_any_dialect
from quizbot.platforms.x.shapes import JsonObject, optional, records, required, storable

_SHORT_LINK = re.compile(r"https?://t\.co/[A-Za-z0-9]+")
_MEDIA_PAGE = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/\w+/status/[0-9]+/(?:photo|video)/[0-9]+")
_NOTES = in_any_dialect("note_")


def full_text(raw: JsonObject) -> str:
    """The whole text: a long post's too, HTML entities undone, ``t.co`` links expanded, the media link dropped.

    Raises:
        ShapeError: the text or its entities have another shape than X documents.
    """
    note = _note(raw)
    links = _links(raw) | (_links(note) if note else {})
    text = html.unescape(required(note or raw, "text", str))
    expanded = _SHORT_LINK.sub(lambda match: links.get(match[0], match[0]), text)
    return storable(expanded).strip()


def _note(raw: JsonObject) -> JsonObject | None:
    """What lies beyond the first 280 characters stands in a note, together with them."""
    notes = (optional(raw, key, dict) for key in _NOTES)
    return next((note for note in notes if note and note.get("text")), None)


def _links(record: JsonObject) -> dict[str, str]:
    """What each short link stands for: its target, or nothing for a link to the post's own media."""
    found = {}
    for entity in records(optional(record, "entities", dict) or {}, "urls"):
        short, target = optional(entity, "url", str), optional(entity, "expanded_url", str)
        if short and target:
            found[short] = "" if _is_media(entity, target) else target
    return found


def _is_media(entity: JsonObject, target: str) -> bool:
    return bool(entity.get("media_key")) or _MEDIA_PAGE.fullmatch(target) is not None
