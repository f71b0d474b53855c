"""The gate: a file goes in, clean media comes out, or a refusal with its reason."""

import hashlib
from pathlib import Path

from PIL import Image

from quizbot.core.media import CleanMedia
from quizbot.deid.decode import Picture, decode
from quizbot.deid.encode import encode
from quizbot.deid.facts import ImageFacts, Refused
from quizbot.deid.intake import DICOM, JPEG, PNG, Source, take
from quizbot.deid.known import drawn_digests, pixel_digest
from quizbot.deid.proof import NotBareError, check_bare


def open_picture(path: Path) -> Image.Image:
    """The bare pixels of a picture file, with every check but whether the project drew it."""
    return _look(path)[1].image


def inspect(path: Path) -> ImageFacts:
    """See ``quizbot.deid.inspect``."""
    source, picture = _look(path)
    return ImageFacts(*picture.image.size, source.kind.mime, picture.frames)


def is_known(path: Path) -> bool:
    """See ``quizbot.deid.is_known``."""
    return _is_drawn(_look(path)[1])


def clean(path: Path, *, max_bytes: int) -> CleanMedia:
    """See ``quizbot.deid.clean``."""
    source, picture = _look(path)
    if not _is_drawn(picture):
        raise Refused(
            source.where,
            "is not a picture that this project drew, and the full privacy gate, which others need, is not part of "
            "this version",
            "use one that ships with the cases, or draw one with `python -m tools.ecg … --register`",
        )
    rebuilt = encode(picture.image, source.where, lossless=source.kind is not JPEG, max_bytes=max_bytes)
    return CleanMedia(
        data=rebuilt.data,
        mime=rebuilt.mime,
        width=rebuilt.size[0],
        height=rebuilt.size[1],
        digest=hashlib.sha256(rebuilt.data).hexdigest(),
        source_digest=hashlib.sha256(source.data).hexdigest(),
    )


def restore(data: bytes, mime: str, size: tuple[int, int], digest: str, source_digest: str) -> CleanMedia:
    """See ``quizbot.deid.restore``."""
    kind = next((kind for kind in (PNG, JPEG) if kind.mime == mime), None)
    if kind is None or hashlib.sha256(data).hexdigest() != digest:
        raise Refused(digest, "the stored picture is not the one that passed the gate", "restore a backup")
    try:
        check_bare(data, mime)
    except NotBareError as error:
        raise Refused(digest, f"the stored picture holds more than pixels: {error}", "restore a backup") from error
    picture = decode(Source(digest, data, kind))
    if picture.image.size != size or not _is_drawn(picture):
        raise Refused(digest, "the stored picture is none that this project drew", "restore a backup")
    return CleanMedia(data, mime, *size, digest, source_digest)


def _look(path: Path) -> tuple[Source, Picture]:
    source = take(path)
    if source.kind is DICOM:
        what = "is a DICOM file, which names its patient"
        raise Refused(source.where, what, "keep it outside the case folder and run `quizbot deid` on it")
    return source, decode(source)


def _is_drawn(picture: Picture) -> bool:
    return pixel_digest(picture.image) in drawn_digests()
