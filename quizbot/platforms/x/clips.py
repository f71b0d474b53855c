"""Bringing a clip to X, in pieces, and its captions.

X's rules (its OpenAPI files 2.165 and 2.167, and "Media best practices", 2026): ``initialize``, ``append`` for each
piece, at most 1000 of them, ``finalize``; then X processes it, as it may a picture. A clip is an MP4 of at most 512 MB
and 140 s. Captions are a SubRip file of their own, uploaded in one request and tied to the clip's media id.
"""

from collections.abc import Iterator

from quizbot.core.media import CleanMedia
from quizbot.platforms.protocol import Failure, PlatformError
from quizbot.platforms.x.answers import new_id, understood
from quizbot.platforms.x.client import Files, XClient
from quizbot.platforms.x.shapes import JsonObject, is_id

MIME, CAPTIONS_MIME = "video/mp4", "text/srt"
MOST_BYTES = 512 * 1024 * 1024
PIECE = 4 * 1024 * 1024  # bytes; X takes 5 MB
LANGUAGE = {"language_code": "EN", "display_name": "English"}  # of the captions: the bot's own, and its cases'
_ROUTE = "/2/media/upload"


def bring(client: XClient, media: CleanMedia) -> JsonObject:
    """Upload a clip that passed the gate; returns what X says at its end, as it does of a picture.

    A piece that failed is not sent again here: the caller begins anew, and an upload that was given up costs nothing.

    Raises:
        PlatformError: ``MEDIA`` if it is no clip that X takes; ``PROCESSING``; or a call failed.
    """
    if media.mime != MIME or not 0 < len(media.data) <= MOST_BYTES:
        where = client.where("POST", _ROUTE)
        raise PlatformError(Failure.MEDIA, where, "is no MP4 within X's 512 MB", "run `quizbot deid` on it")
    media_id = _begin(client, len(media.data))
    for index, piece in enumerate(_pieces(media.data)):
        files: Files = {"media": ("piece", piece, "application/octet-stream"), "segment_index": (None, str(index))}
        client.call("POST", f"{_ROUTE}/{media_id}/append", files=files)
    return client.call("POST", f"{_ROUTE}/{media_id}/finalize")


def caption(client: XClient, media_id: str, captions: CleanMedia) -> str:
    """Upload captions that passed the gate, and tie them to a clip; returns their own media id.

    Raises:
        PlatformError: ``MEDIA`` if they are none, or a call failed.
    """
    where = client.where("POST", _ROUTE)
    if captions.mime != CAPTIONS_MIME:
        raise PlatformError(Failure.MEDIA, where, "are no captions as the gate writes them", "run `quizbot deid`")
    files: Files = {"media": ("captions.srt", captions.data, CAPTIONS_MIME), "media_category": (None, "subtitles")}
    captions_id = _checked(where, understood(where, new_id, client.call("POST", _ROUTE, files=files)))
    body: JsonObject = {"id": media_id, "media_category": "TweetVideo", "subtitles": {"id": captions_id, **LANGUAGE}}
    client.call("POST", "/2/media/subtitles", json=body)
    return captions_id


def _begin(client: XClient, size: int) -> str:
    body: JsonObject = {"media_type": MIME, "media_category": "tweet_video", "total_bytes": size}
    where = client.where("POST", f"{_ROUTE}/initialize")
    return _checked(where, understood(where, new_id, client.call("POST", f"{_ROUTE}/initialize", json=body)))


def _checked(where: str, media_id: str) -> str:
    if not is_id(media_id):
        raise PlatformError(Failure.REFUSED, where, "what should be an id is none", "report it")
    return media_id


def _pieces(data: bytes) -> Iterator[bytes]:
    return (data[at : at + PIECE] for at in range(0, len(data), PIECE))
