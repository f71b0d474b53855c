"""Answers that hold a part of a file: players ask for clips in ranges, and some play nothing that cannot be had so."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fastapi import Request, Response

MOST_AT_ONCE = 4 * 1024 * 1024  # bytes of a range: players ask for "the rest", and then for the rest of that
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class File:
    """A file of so many bytes; ``read`` gives those from one place up to another."""

    size: int
    read: Callable[[int, int], bytes]


def in_memory(data: bytes) -> File:
    """A file whose bytes are at hand."""
    return File(len(data), lambda start, end: data[start:end])


def span(asked: str, size: int) -> tuple[int, int] | None:
    """The first byte of a range and the one after its last, by RFC 9110, 14.1.2; None: there are no such bytes.

    Args:
        asked: the value of a ``Range`` header; what cannot be understood stands for the whole.
        size: of the file, in bytes.
    """
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found[0] == "bytes=-":
        return 0, size
    first, last = found[1], found[2]
    if not first:
        return (max(0, size - int(last)), size) if int(last) else None
    start, end = int(first), min(int(last) + 1, size) if last else size
    return (start, end) if start < end else None


def ranged(request: Request, file: File, mime: str, headers: Mapping[str, str] = {}) -> Response:
    """A file, or the range of it that was asked for; of a long range its beginning."""
    more = {**headers, "Accept-Ranges": "bytes"}
    asked = request.headers.get("range")
    part = span(asked, file.size) if asked is not None else (0, file.size)
    if part is None:
        return Response(status_code=416, headers=more | {"Content-Range": f"bytes */{file.size}"})
    start, end = part
    end = end if asked is None else min(end, start + MOST_AT_ONCE)
    if (start, end) == (0, file.size):
        return Response(file.read(start, end), media_type=mime, headers=more)
    more["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    return Response(file.read(start, end), 206, more, mime)
