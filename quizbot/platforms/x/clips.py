"""Bringing a clip to X: in pieces, then waiting until X has processed it.

X's rules (its OpenAPI file 2.167 and "Media best practices", 2026): ``initialize``, ``append`` for each piece, at most
1000 of them, ``finalize``, then the status while ``processing_info.state`` is ``pending`` or ``in_progress``. A clip is
an MP4 of at most 512 MB and 140 s.

Nothing calls it yet: no clip can be signed off.
"""

from collections.abc import Callable, Iterator

from quizbot.core.media import CleanMedia
from quizbot.platforms.protocol import Failure, PlatformError
from quizbot.platforms.x.answers import Processing, new_id, read_processing, understood
from quizbot.platforms.x.client import Files, XClient
from quizbot.platforms.x.shapes import JsonObject, is_id

MIME = "video/mp4"
MOST_BYTES = 512 * 1024 * 1024
PIECE = 4 * 1024 * 1024  # bytes; X takes 5 MB
_MOST_LOOKS = 60
_ROUTE = "/2/media/upload"


def bring(client: XClient, media: CleanMedia, sleep: Callable[[float], None]) -> str:
    """Upload a clip that passed the gate, and wait until X has processed it; returns its media id.

    A piece that failed is not sent again here: the caller begins anew, and an upload that was given up costs nothing.

    Raises:
        PlatformError: ``MEDIA`` if X cannot make a clip of it, or is not done after some time; or a call failed.
    """
    where = client.where("POST", _ROUTE)
    if media.mime != MIME or not 0 < len(media.data) <= MOST_BYTES:
        raise PlatformError(Failure.MEDIA, where, "is no MP4 within X's 512 MB", "run `quizbot deid` on it")
    media_id = _begin(client, len(media.data))
    for index, piece in enumerate(_pieces(media.data)):
        files: Files = {"media": ("piece", piece, "application/octet-stream"), "segment_index": (None, str(index))}
        client.call("POST", f"{_ROUTE}/{media_id}/append", files=files)
    state = _processing(client, client.call("POST", f"{_ROUTE}/{media_id}/finalize"))
    for _ in range(_MOST_LOOKS):
        if state.done:
            return media_id
        if state.state == "failed":
            raise PlatformError(
                Failure.PROCESSING, where, "X could not process the clip", "export it anew as MP4 (H.264)"
            )
        sleep(state.wait)
        state = _processing(client, client.call("GET", _ROUTE, {"command": "STATUS", "media_id": media_id}))
    raise PlatformError(Failure.MEDIA, where, "X has not processed the clip in time", "try again later, or shorten it")


def _begin(client: XClient, size: int) -> str:
    body: JsonObject = {"media_type": MIME, "media_category": "tweet_video", "total_bytes": size}
    where = client.where("POST", f"{_ROUTE}/initialize")
    media_id = understood(where, new_id, client.call("POST", f"{_ROUTE}/initialize", json=body))
    if not is_id(media_id):
        raise PlatformError(Failure.REFUSED, where, "what should be an id is none", "report it")
    return media_id


def _pieces(data: bytes) -> Iterator[bytes]:
    return (data[at : at + PIECE] for at in range(0, len(data), PIECE))


def _processing(client: XClient, answer: JsonObject) -> Processing:
    return understood(client.where("GET", _ROUTE), read_processing, answer)
