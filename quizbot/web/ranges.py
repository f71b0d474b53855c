"""Answers that hold a part of a file: players ask for clips in ranges, and some play nothing that cannot be had so."""

import re
from collections.abc import Mapping

from fastapi import Request, Response

_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})", re.ASCII)


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


def ranged(request: Request, data: bytes, mime: str, headers: Mapping[str, str] = {}) -> Response:
    """A file, or the range of it that was asked for."""
    more = {**headers, "Accept-Ranges": "bytes"}
    asked = request.headers.get("range")
    if asked is None:
        return Response(data, media_type=mime, headers=more)
    part = span(asked, len(data))
    if part is None:
        return Response(status_code=416, headers=more | {"Content-Range": f"bytes */{len(data)}"})
    if part == (0, len(data)):
        return Response(data, media_type=mime, headers=more)
    start, end = part
    more["Content-Range"] = f"bytes {start}-{end - 1}/{len(data)}"
    return Response(data[start:end], 206, more, mime)
