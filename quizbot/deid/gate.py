"""The gate: a file goes in, clean media comes out, or a refusal with its reason."""

import hashlib
from pathlib import Path

from PIL import Image

from quizbot.core.media import CleanMedia
from quizbot.deid.decode import Picture, decode
from quizbot.deid.encode import encode
from quizbot.deid.facts import ImageFacts, Refused
from quizbot.deid.intake import DICOM, JPEG, Source, take
from quizbot.deid.known import drawn_digests, pixel_digest


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
            "is not on the list of pictures that this project drew, so that no machine lets it pass",
            "run `quizbot deid` on it and have its case signed off, or draw one with `quizbot draw --register`",
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


def _look(path: Path) -> tuple[Source, Picture]:
    source = take(path)
    if source.kind is DICOM:
        what = "is a DICOM file, which names its patient"
        raise Refused(source.where, what, "keep it outside the case folder and run `quizbot deid` on it")
    return source, decode(source)


def _is_drawn(picture: Picture) -> bool:
    return pixel_digest(picture.image) in drawn_digests()
