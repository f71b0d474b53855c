"""The words between the gate and its decoding child: lengths first, then bytes; nothing is evaluated.

Request: magic, length of the options, length of the file; options as JSON; the file.
Answer: magic, width, height, length of the facts, length of the pixels; facts as JSON; RGB pixels, row by row.
A refusal is an answer of no size whose facts hold ``refused``.
"""

import json
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass

REQUEST = struct.Struct(">4sIQ")
ANSWER = struct.Struct(">4sIIIQ")
ASK, TELL = b"QBa1", b"QBt1"
_PIECE = 1 << 20

# What the server says of itself and of its forks.
READY, MISSING = b"\x01", b"\x00"
ENDED = struct.Struct(">iQ")
"""How a fork ended: its exit code, or a signal's number below 0; and the most memory it held, in bytes."""
UNJAILED, FAILED = 81, 82


class BrokenWireError(Exception):
    """The other side ended, or said something that is no part of the protocol."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the child is to decode.

    Attributes:
        format: ``PNG``, ``JPEG``, ``WEBP``, ``TIFF`` or ``DICOM``.
        data: the file's bytes.
        frame: of a DICOM file, counted from 1; None if nobody chose.
        window: of a DICOM file: centre and width, or a name; None if nobody chose.
    """

    format: str
    data: bytes
    frame: int | None = None
    window: tuple[float, float] | str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child made of it: the size and RGB pixels, and what it has to say as JSON-able facts."""

    size: tuple[int, int]
    pixels: bytes
    facts: dict[str, object]


def pack_request(request: Request) -> Iterator[bytes]:
    """A request as bytes, in pieces."""
    options = {"format": request.format, "frame": request.frame, "window": request.window}
    text = json.dumps(options).encode()
    yield REQUEST.pack(ASK, len(text), len(request.data)) + text
    yield request.data


def read_request(handle: int) -> Request:
    """Read a request from a descriptor.

    Raises:
        BrokenWireError: it is none.
    """
    magic, options, size = REQUEST.unpack(_exactly(handle, REQUEST.size))
    if magic != ASK:
        raise BrokenWireError("no request")
    said = json.loads(_exactly(handle, options))
    window = said["window"]
    return Request(
        said["format"],
        bytes(_exactly(handle, size)),
        said["frame"],
        (float(window[0]), float(window[1])) if isinstance(window, list) else window,
    )


def write_answer(handle: int, answer: Answer) -> None:
    """Write an answer to a descriptor, all of it."""
    facts = json.dumps(answer.facts).encode()
    head = ANSWER.pack(TELL, *answer.size, len(facts), len(answer.pixels))
    for piece in (head, facts, answer.pixels):
        _all(handle, piece)


def _exactly(handle: int, size: int) -> bytearray:
    data = bytearray()
    while len(data) < size:
        piece = os.read(handle, min(_PIECE, size - len(data)))
        if not piece:
            raise BrokenWireError("the gate hung up")
        data += piece
    return data


def _all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest[:_PIECE]) :]
