"""Stored bytes leave only as what passed: drawn by the project, or covered by a valid sign-off."""

from quizbot.core.media import CleanMedia
from quizbot.deid.bare import bare_picture, digest_of
from quizbot.deid.facts import Refused
from quizbot.deid.known import drawn_digests, pixel_digest
from quizbot.deid.standing import Grant


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
