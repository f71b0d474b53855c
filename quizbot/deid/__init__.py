"""The gate that every image passes before it may leave.

A file is taken in (``intake``) and decoded to bare pixels by a process that is closed in (``decode``, ``child``,
``dicom``). What is to be covered is filled (``redact``), the picture is rebuilt from the pixels alone (``encode``) and
proved to hold nothing else (``proof``). Then the layers look at what the world would see (``layers``): for text, bar
codes and faces. Anything that fails, takes too long or is not installed refuses the picture.
"""

from pathlib import Path

from quizbot.core.media import CleanMedia
from quizbot.deid.examination import MAX_POSTED_BYTES, Examination, Options, Output, Status
from quizbot.deid.facts import ImageFacts, Refused, Unavailable
from quizbot.deid.standing import Grant
from quizbot.deid.video.bare import CAPTIONS_MIME, CLIP_MIME

__all__ = [
    "CAPTIONS_MIME",
    "CLIP_MIME",
    "MAX_POSTED_BYTES",
    "Examination",
    "Grant",
    "ImageFacts",
    "Options",
    "Output",
    "Refused",
    "Status",
    "Unavailable",
    "clean",
    "examine",
    "inspect",
    "is_known",
    "poster",
    "release",
    "release_captions",
    "release_clip",
]

_AS_IT_IS = Options()

# Pillow takes longer to load than all else that `quizbot --help` needs, hence the imports inside the functions.


def examine(path: Path, *, options: Options = _AS_IT_IS) -> Examination:
    """Put one file through the whole gate. Nothing is written, and nothing is raised for what the file holds.

    Args:
        path: a PNG, JPEG, WebP, TIFF or DICOM file.
        options: what the educator says about it.
    """
    from quizbot.deid import whole  # noqa: PLC0415  # see above

    return whole.examine(path, options)


def inspect(path: Path) -> ImageFacts:
    """Read a picture with every check but whether the project drew it.

    Raises:
        Refused: it is no picture that could ever pass.
    """
    from quizbot.deid import gate  # noqa: PLC0415  # see above

    return gate.inspect(path)


def is_known(path: Path) -> bool:
    """Whether the project drew this picture, by the digest of its pixels.

    Raises:
        Refused: it is no picture that could ever pass.
    """
    from quizbot.deid import gate  # noqa: PLC0415  # see above

    return gate.is_known(path)


def clean(path: Path, *, max_bytes: int = MAX_POSTED_BYTES) -> CleanMedia:
    """Let a picture pass: the same pixels, upright, in sRGB, in a file rebuilt from nothing else.

    The same file gives the same bytes. What X does not take is scaled down to at most 4096 pixels on a side and
    ``max_bytes``, as JPEG if a PNG would be larger.

    Raises:
        Refused: it must not leave; the message says why and what can be done.
    """
    from quizbot.deid import gate  # noqa: PLC0415  # see above

    return gate.clean(path, max_bytes=max_bytes)


def release(data: bytes, mime: str, size: tuple[int, int], grant: Grant | None, source_digest: str = "") -> CleanMedia:
    """A picture that may leave, from its stored bytes; ``size`` is (width, height) in pixels.

    The store is not taken at its word: the bytes hold nothing but pixels, and these are either those of a picture that
    the project drew, or covered by ``grant``, in exactly this file. A drawn one that ``clean`` had to scale or to
    compress as JPEG (none that is drawn now) does not come back.

    Raises:
        Refused: they are neither.
    """
    from quizbot.deid import releasing  # noqa: PLC0415  # see above

    return releasing.release(data, mime, size, grant, source_digest)


def release_clip(data: bytes, grant: Grant | None) -> CleanMedia:
    """A clip that may leave, from its stored bytes, or those of its file.

    Raises:
        Refused: it holds more than pictures and sound, or ``grant`` does not cover exactly this file.
    """
    from quizbot.deid import releasing  # noqa: PLC0415  # see above

    return releasing.release_clip(data, grant)


def release_captions(data: bytes, grant: Grant | None) -> CleanMedia:
    """Captions that may leave, from their stored bytes, or those of their file.

    Raises:
        Refused: they hold more than times and words, or ``grant`` does not cover exactly this file.
    """
    from quizbot.deid import releasing  # noqa: PLC0415  # see above

    return releasing.release_captions(data, grant)


def poster(clip: CleanMedia) -> CleanMedia:
    """A frame of a clip that may leave, as a picture: what pages show until somebody plays it.

    Raises:
        Refused: ffmpeg is not installed, or fails.
    """
    from quizbot.deid import releasing  # noqa: PLC0415  # see above

    return releasing.poster(clip)
