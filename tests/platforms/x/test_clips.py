"""A clip goes to the sandbox X in pieces, is waited for, gets its captions and can be posted, in both dialects."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from quizbot.core.clock import ManualClock
from quizbot.core.media import CleanMedia
from quizbot.platforms.protocol import Draft, Failure, PlatformError, Upload
from quizbot.platforms.sandbox import Dialect as Spoken
from quizbot.platforms.sandbox import SandboxOptions, SandboxServer
from quizbot.platforms.sandbox.pictures import PROCESSING_MS
from quizbot.platforms.x import Dialect, XKeys, XPlatform, clips
from quizbot.platforms.x.client import XClient

START = datetime(2026, 11, 23, 12, tzinfo=UTC)


def mp4(size: int = 1000) -> bytes:
    """What the sandbox takes for a clip: the heads that it looks at, and as many bytes as asked for."""
    head = b"\x00\x00\x00\x18ftypisom" + b"avc1" + b"tkhd" + bytes(76) + struct.pack(">II", 640 << 16, 360 << 16)
    return head + bytes(size - len(head))


def media(data: bytes, mime: str = "video/mp4") -> CleanMedia:
    return CleanMedia(data, mime, 640, 360, sha256(data).hexdigest(), "")


@pytest.fixture(params=Spoken)
def dialect(request) -> Spoken:
    return request.param


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def sandbox(dialect, clock) -> Iterator[SandboxServer]:
    with SandboxServer(SandboxOptions(dialect=dialect), clock) as server:
        yield server


def keys_of(sandbox: SandboxServer) -> XKeys:
    keys = sandbox.keys
    return XKeys(keys.consumer_key, keys.consumer_secret, keys.access_token, keys.access_token_secret)


@pytest.fixture
def client(sandbox) -> Iterator[XClient]:
    made = XClient(keys_of(sandbox), sandbox.url, 30)
    yield made
    made.session.close()


@pytest.fixture
def platform(sandbox, dialect) -> Iterator[XPlatform]:
    with XPlatform(keys_of(sandbox), sandbox.url, 30, dialect=Dialect(dialect.value)) as made:
        yield made


@pytest.fixture
def bring(platform, clock):
    """Brings a clip, and waits as the outbox would; returns its id and how often it had to wait."""

    def whole(clip: CleanMedia, most: int = 20) -> tuple[str, int]:
        found = platform.upload(clip)
        for waited in range(most):
            if not found.wait:
                return found.id, waited
            clock.sleep(found.wait)
            found = platform.processed(found.id)
        raise AssertionError("it is never done")

    return whole


@pytest.mark.parametrize("size", [1000, clips.PIECE, clips.PIECE + 1, 2 * clips.PIECE + 5])
def test_a_clip_arrives_whole_is_waited_for_and_posted(sandbox, dialect, bring, size):
    media_id, waited = bring(media(mp4(size)))
    assert waited >= PROCESSING_MS / 1000  # X says: ask again in a second
    with XPlatform(keys_of(sandbox), sandbox.url, 30, dialect=Dialect(dialect.value)) as platform:
        platform.post(Draft("Look at this.", media_ids=(media_id,)))
    (kept,) = sandbox.control.media()
    assert (kept["sha256"], kept["mime"]) == (sha256(mp4(size)).hexdigest(), "video/mp4")


def test_before_it_is_processed_it_cannot_be_posted_and_never_beside_another(sandbox, dialect, client, bring):
    one, _ = bring(media(mp4()))
    other, _ = bring(media(mp4(2000)))
    with XPlatform(keys_of(sandbox), sandbox.url, 30, dialect=Dialect(dialect.value)) as platform:
        with pytest.raises(PlatformError):
            platform.post(Draft("Both.", media_ids=(one, other)))
        fresh = client.call("POST", "/2/media/upload/initialize", json=_begin(1000))["data"]["id"]
        client.call("POST", f"/2/media/upload/{fresh}/append", files=_piece(mp4()))
        client.call("POST", f"/2/media/upload/{fresh}/finalize")
        with pytest.raises(PlatformError):
            platform.post(Draft("Too soon.", media_ids=(fresh,)))


def _begin(size: int) -> dict[str, object]:
    return {"media_type": "video/mp4", "media_category": "tweet_video", "total_bytes": size}


def _piece(data: bytes, index: str = "0") -> dict[str, object]:
    return {"media": ("piece", data, "application/octet-stream"), "segment_index": (None, index)}


def test_what_x_cannot_process_is_a_failure_of_its_own(bring):
    with pytest.raises(PlatformError, match="could not process") as refused:
        bring(media(b"no clip at all" * 100))
    assert refused.value.kind is Failure.PROCESSING
    assert refused.value.permanent
    assert not refused.value.ambiguous


def test_what_is_no_clip_or_too_large_is_never_sent(client, monkeypatch):
    monkeypatch.setattr(client, "call", lambda *_, **__: pytest.fail("it was sent"))
    monkeypatch.setattr(clips, "MOST_BYTES", 999)
    for wrong in (media(b"x", "image/png"), media(b""), media(mp4(1000))):
        with pytest.raises(PlatformError):
            clips.bring(client, wrong)
    with pytest.raises(PlatformError):
        clips.caption(client, "1", media(b"x", "image/png"))


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ({"state": "in_progress"}, 1),
        ({"state": "pending", "check_after_secs": 7}, 7),
        ({"state": "in_progress", "check_after_secs": 10**6}, 30),
        ({"state": "a word that X never told of"}, 1),
        ({"state": "succeeded"}, 0),
    ],
)
def test_it_is_asked_again_when_x_says_within_reason(platform, monkeypatch, told, wait):
    monkeypatch.setattr(platform._client, "call", lambda *_: {"data": {"id": "1", "processing_info": told}})
    assert platform.processed("1") == Upload("1", wait)


SUBRIP = b"1\n00:00:00,000 --> 00:00:01,000\nThe pleura slides.\n\n"


def test_captions_are_tied_to_their_clip_and_cannot_be_posted(sandbox, dialect, client, bring):
    clip, _ = bring(media(mp4()))
    words = clips.caption(client, clip, media(SUBRIP, "text/srt"))
    kept = {one["id"]: one for one in sandbox.control.media()}
    assert (kept[clip]["captions"], kept[words]["sha256"]) == (words, sha256(SUBRIP).hexdigest())
    with XPlatform(keys_of(sandbox), sandbox.url, 30, dialect=Dialect(dialect.value)) as platform:
        with pytest.raises(PlatformError):
            platform.post(Draft("Words.", media_ids=(words,)))
        again = platform.caption(clip, media(SUBRIP, "text/srt"))
        platform.describe(clip, "", graphic=True)
    kept = {one["id"]: one for one in sandbox.control.media()}
    assert (kept[clip]["captions"], kept[clip]["alt"], kept[clip]["warnings"]) == (again, "", ["other"])


def test_captions_of_nothing_or_that_are_none_are_refused(client, bring):
    clip, _ = bring(media(mp4()))
    for target, data in (("12345", SUBRIP), (clip, b"WEBVTT\n\nno SubRip")):
        with pytest.raises(PlatformError) as refused:
            clips.caption(client, target, media(data, "text/srt"))
        assert refused.value.kind is Failure.MEDIA


@pytest.mark.parametrize(
    ("size", "pieces"), [(2000, [b"x" * 1000]), (1000, [b"x" * 1000, b"y"]), (1000, []), (1001, [b"x" * 1000])]
)
def test_an_upload_that_is_not_whole_cannot_be_ended(client, size, pieces):
    number = client.call("POST", "/2/media/upload/initialize", json=_begin(size))["data"]["id"]
    for index, piece in enumerate(pieces):
        client.call("POST", f"/2/media/upload/{number}/append", files=_piece(piece, str(index)))
    with pytest.raises(PlatformError):
        client.call("POST", f"/2/media/upload/{number}/finalize")


@pytest.mark.parametrize("index", ["-1", "1000", "x", ""])
def test_a_piece_has_a_number(client, index):
    number = client.call("POST", "/2/media/upload/initialize", json=_begin(10))["data"]["id"]
    with pytest.raises(PlatformError):
        client.call("POST", f"/2/media/upload/{number}/append", files=_piece(b"x", index))


def test_there_is_a_limit_and_one_kind(client):
    for wrong in (_begin(2**30), _begin(0), _begin(10) | {"media_category": "tweet_gif"}):
        with pytest.raises(PlatformError):
            client.call("POST", "/2/media/upload/initialize", json=wrong)
