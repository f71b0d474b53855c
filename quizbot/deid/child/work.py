"""What the two kinds of decoding have in common: their result, and how anything that goes wrong becomes an answer."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image

from quizbot.deid.child.wire import Answer, Request
from quizbot.deid.facts import Refused


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture: RGB, 8 bits a channel, upright, opaque, in sRGB.

    Attributes:
        image: the pixels; whatever else clings to it is left behind.
        frames: how many pictures the file holds.
        notes: what was done to it, for a person to read; never words of the file itself.
        asks: choices that the educator has to confirm, each its kind and what to do.
        whole: it is a JPEG whose every byte the picture needs, so that it could stay as it is.
        words: of a DICOM header, by how they are to be taken (see ``quizbot.deid.dicom.words``).
    """

    image: Image.Image
    frames: int = 1
    notes: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()
    words: dict[str, list[str]] = field(default_factory=dict)
    whole: bool = False


class Work(Protocol):
    """A module that the child serves."""

    def prepare(self) -> None:
        """Load all that decoding needs: later there are no files to load from.

        Raises:
            ImportError: something is not installed.
        """

    def answer(self, request: Request) -> Answer:
        """Decode a file."""


def answered(decode: Callable[[Request], Decoded], request: Request) -> Answer:
    """Decode, and put the result or the refusal in the form in which it is told."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # remarks on odd metadata, which is dropped anyway
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _told(decode(request))
    except Refused as refused:
        return _refusal(refused.what, refused.todo)
    except MemoryError:
        return _refusal("needs too much memory to decode", "scale it down")
    except Exception:  # noqa: BLE001  # a decoder raises anything on hostile bytes, struct.error and SyntaxError among it
        return _refusal("is damaged or cut off", "export it again")


def _told(decoded: Decoded) -> Answer:
    facts: dict[str, object] = {
        "frames": decoded.frames,
        "notes": list(decoded.notes),
        "asks": [list(ask) for ask in decoded.asks],
        "words": decoded.words,
        "whole": decoded.whole,
    }
    return Answer(decoded.image.size, decoded.image.tobytes(), facts)


def _refusal(what: str, todo: str) -> Answer:
    return Answer((0, 0), b"", {"refused": [what, todo]})
