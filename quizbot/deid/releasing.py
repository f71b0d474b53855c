"""Stored bytes leave only as what passed: drawn by the project, or covered by a valid sign-off."""

from quizbot.core.media import CleanMedia
from quizbot.deid.bare import bare_picture, digest_of
from quizbot.deid.facts import Refused
from quizbot.deid.known import drawn_digests, pixel_digest
from quizbot.deid.standing import Grant
from quizbot.deid.video.bare import CAPTIONS_MIME, CLIP_MIME, bare_captions, bare_clip


def release(data: bytes, mime: str, size: tuple[int, int], grant: Grant | None, source_digest: str) -> CleanMedia:
    """See ``quizbot.deid.release``."""
    digest = digest_of(data)
    picture = bare_picture(data, mime, digest)
    pixels = pixel_digest(picture)
    if picture.size != size:
        raise Refused(digest, "the picture has not the size it was kept with", "restore a backup")
    signed = grant.pictures.get((digest, pixels)) if grant is not None else None
    if signed is None and pixels not in drawn_digests():
        raise Refused(
            digest, "the project did not draw this picture, and no valid sign-off covers it", "run `quizbot sign-off`"
        )
    return CleanMedia(data, mime, *size, digest, signed or source_digest)


def release_clip(data: bytes, grant: Grant | None) -> CleanMedia:
    """See ``quizbot.deid.release_clip``."""
    digest = digest_of(data)
    bare = bare_clip(data, digest)
    if grant is None or digest not in grant.clips:
        raise Refused(digest, "no valid sign-off covers this clip", "run `quizbot sign-off`")
    return CleanMedia(data, CLIP_MIME, *bare.size, digest, grant.clips[digest])


def release_captions(data: bytes, grant: Grant | None) -> CleanMedia:
    """See ``quizbot.deid.release_captions``."""
    digest = digest_of(data)
    bare_captions(data, digest)
    if grant is None or digest not in grant.captions:
        raise Refused(digest, "no valid sign-off covers these captions", "run `quizbot sign-off`")
    return CleanMedia(data, CAPTIONS_MIME, 0, 0, digest, "")


def poster(clip: CleanMedia) -> CleanMedia:
    """See ``quizbot.deid.poster``."""
    from quizbot.deid.video.still import still  # noqa: PLC0415  # ffmpeg

    made = still(clip.data, (clip.width, clip.height))
    return CleanMedia(made.data, made.mime, *made.size, digest_of(made.data), clip.digest)
