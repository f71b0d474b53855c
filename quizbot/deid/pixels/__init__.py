"""Text and codes burned into a picture's pixels.

Several views, three small networks at low thresholds, a second look at what was not read, a third at what would hold,
and an allow-list: what is not clinical vocabulary for the kind of picture holds, so does a line that could not be read,
and what looks like an identifier refuses. ``read`` needs the extra ``deid``; ``classify`` is pure.
"""

from functools import cache
from typing import TYPE_CHECKING

from quizbot.deid.facts import Unavailable
from quizbot.deid.finding import Finding

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["VERSION", "read"]

VERSION: str
"""Of rules, vocabulary and models together: another version asks for another sign-off."""


def read(image: "Image.Image", *, deny: frozenset[str] = frozenset(), kind: str | None = None) -> tuple[Finding, ...]:
    """Everything in a picture that nobody has allowed: layers ``text`` and ``barcode``, boxes in its pixels.

    Args:
        image: RGB, upright, bare.
        deny: words that refuse wherever they are met, however misread, such as a DICOM header's.
        kind: what the picture is, if known: a section of ``vocabulary/overlay.txt`` such as ``ecg`` or ``ultrasound``.

    Raises:
        Unavailable: the extra ``deid`` or its models are missing.
    """
    try:
        from quizbot.deid.pixels import findings  # noqa: PLC0415  # OpenCV takes long to load, and is in an extra
    except ImportError as error:
        raise Unavailable("text in pixels", f"{error.name} is not installed") from error
    return tuple(findings.of(image, deny=deny, kind=kind))


@cache
def _version() -> str:
    from quizbot.deid.pixels import version  # noqa: PLC0415  # see above

    return version.of_all()


def __getattr__(name: str) -> str:
    if name == "VERSION":
        return _version()
    raise AttributeError(name)
