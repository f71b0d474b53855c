"""What the gate says: the facts of a picture it could read, or its refusal."""

from dataclasses import dataclass

from quizbot.core.errors import InputError
from quizbot.core.extras import install


class Refused(InputError):  # noqa: N818  # it is the gate's answer, and reads as one where it is caught
    """The gate does not let this file pass; its text says why and what can be done."""


INSTALL = install("deid")
"""The line that installs what the gate needs beyond the base install."""


class Unavailable(Refused):
    """A library or a model that the gate needs is not there; its text holds the line that installs it."""

    def __init__(self, where: str, what: str, todo: str = f"install it: {INSTALL}") -> None:
        super().__init__(where, what, todo)


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
