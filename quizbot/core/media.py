"""The only form in which a picture may leave: bytes that the gate rebuilt."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CleanMedia:
    """A picture that passed the gate. Only ``quizbot.deid`` makes one; a test holds that.

    Attributes:
        data: the whole file, re-encoded from bare pixels.
        mime: ``image/png`` or ``image/jpeg``.
        width: in pixels, upright.
        height: in pixels, upright.
        digest: SHA-256 of ``data``, hexadecimal.
        source_digest: SHA-256 of the file it was made from, hexadecimal.
    """

    data: bytes
    mime: str
    width: int
    height: int
    digest: str
    source_digest: str
