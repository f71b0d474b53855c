"""From a file to bare pixels, by way of the child process; the gate itself never decodes a stranger's bytes."""

from dataclasses import dataclass

from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quizbot.core.errors import one_line
from quizbot.deid.child.wire import FAILED, UNJAILED, Request, pack_request
from quizbot.deid.facts import Refused, Unavailable
from quizbot.deid.intake import DICOM, Source
from quizbot.deid.warm import LostError, MissingError, Told, warm

_SHORT = 300  # characters of a note; a child's notes are a line
_CLOSED = "cannot be decoded safely on this system"
_CLOSED_TODO = "use Linux on x86-64 or ARM64, for instance the Docker image: it can close the decoder in"


class _Facts(BaseModel):
    """What a child may say; it is not taken at its word further than this."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    refused: list[str] | None = Field(None, min_length=2, max_length=2)
    frames: int = Field(1, ge=1)
    notes: list[str] = Field([], max_length=50)
    asks: list[list[str]] = Field([], max_length=10)
    words: dict[str, list[str]] = {}
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture.

    Attributes:
        image: RGB, 8 bits a channel, upright, opaque, nothing attached.
        frames: how many pictures its file holds.
        notes: what was done to it.
        asks: choices that a person has to confirm: each its kind and what to do.
        words: of a DICOM header, by how they are to be taken; see ``quizbot.deid.denied``.
        whole: it is a JPEG whose every byte the picture needs.
        peak: the most memory that decoding took, in bytes.
    """

    image: Image.Image
    frames: int
    notes: tuple[str, ...]
    asks: tuple[tuple[str, str], ...]
    words: dict[str, list[str]]
    whole: bool
    peak: int


def decode(source: Source, *, frame: int | None = None, window: tuple[float, float] | str | None = None) -> Picture:
    """Decode a file's first picture, or the frame chosen of a DICOM file, in the window chosen.

    Raises:
        Unavailable: the extra that reads DICOM is not installed.
        Refused: it is too large, damaged, incomplete, or of a kind that has no plain reading; or nothing can be
            decoded safely here.
    """
    kind = "dicom" if source.kind is DICOM else "raster"
    request = Request(source.kind.format, source.data, frame, window)
    try:
        told = warm(kind).ask(pack_request(request))
    except MissingError:
        raise Unavailable(source.where, "is a DICOM file, and what reads those is not installed") from None
    except LostError as error:
        todo = "try again; if it stays so, export it again as PNG"
        raise Refused(source.where, f"was not decoded: {error}", todo) from error
    return _picture(source.where, told)


def _picture(where: str, told: Told) -> Picture:
    if told.code:
        raise _ended(where, told.code)
    try:
        facts = _Facts.model_validate_json(told.facts)
        asks = tuple((_line(kind), _line(todo)) for kind, todo in facts.asks)
    except (ValidationError, ValueError) as error:
        raise Refused(where, "was not decoded: the decoder's answer is none", "export it again as PNG") from error
    if facts.refused is not None or told.size == (0, 0):
        what, todo = facts.refused or ("has no pixels", "export it again")
        raise Refused(where, _line(what), _line(todo))
    image = Image.frombytes("RGB", told.size, told.pixels)
    notes = tuple(map(_line, facts.notes))
    return Picture(image, facts.frames, notes, asks, facts.words, facts.whole, told.peak)


def _ended(where: str, code: int) -> Refused:
    """A child that ended without an answer: it could not be closed in, was stopped at a limit, or crashed."""
    if code == UNJAILED:
        return Refused(where, _CLOSED, _CLOSED_TODO)
    if code == FAILED:
        return Refused(where, "needs too much memory to decode, or is damaged", "scale it down or export it again")
    return Refused(where, "took too long to decode, or made the decoder crash", "export it again as PNG")


def _line(text: str) -> str:
    return one_line(text[:_SHORT])
