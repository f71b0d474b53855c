"""The gate: a file goes in, clean media comes out, or a refusal with its reason."""

import hashlib
from pathlib import Path

from PIL import Image

from quizbot.core.media import CleanMedia
from quizbot.deid.decode import Picture, decode
from quizbot.deid.encode import encode
from quizbot.deid.examination import Examination, Options, Output, Status
from quizbot.deid.facts import ImageFacts, Refused
from quizbot.deid.intake import JPEG, Source, take
from quizbot.deid.known import drawn_digests, pixel_digest

MAX_BYTES = 5 * 1024 * 1024


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
        width=rebuilt.width,
        height=rebuilt.height,
        digest=hashlib.sha256(rebuilt.data).hexdigest(),
        source_digest=hashlib.sha256(source.data).hexdigest(),
    )


def examine(path: Path, options: Options) -> Examination:
    """See ``quizbot.deid.examine``. Until the layers are here, what the project did not draw is refused."""
    del options
    media = clean(path, max_bytes=MAX_BYTES)
    picture = open_picture(path)
    return Examination(
        Status.CLEAN,
        (),
        picture=picture,
        output=Output(media.data, media.mime, (media.width, media.height)),
        source_digest=media.source_digest,
        pixel_digest=pixel_digest(picture),
        digest=media.digest,
        original_size=picture.size,
        drawn=True,
    )


def _look(path: Path) -> tuple[Source, Picture]:
    source = take(path)
    return source, decode(source)


def _is_drawn(picture: Picture) -> bool:
    return pixel_digest(picture.image) in drawn_digests()
