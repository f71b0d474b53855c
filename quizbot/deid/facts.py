"""What the gate says: the facts of a picture it could read, or its refusal."""

from dataclasses import dataclass

from quizbot.core.errors import InputError

INSTALL = "pip install 'quizbot[deid]'"
"""What a missing layer of the gate asks for."""


class Refused(InputError):  # noqa: N818  # it is the gate's answer, and reads as one where it is caught
    """The gate does not let this file pass; its text says why and what can be done."""


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """A picture that could be read.

    Attributes:
        width: in pixels, upright.
        height: in pixels, upright.
        mime: of the file itself, such as ``image/tiff``.
        frames: how many pictures the file holds; only the first is used.
    """

    width: int
    height: int
    mime: str
    frames: int


class Unavailable(Refused):
    """A layer of the gate cannot work here: an extra or a model is missing. The message holds the line that installs it."""
