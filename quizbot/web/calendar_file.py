"""An iCalendar file (RFC 5545), as plain text. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_OCTETS = 75  # a line's most, without its end (RFC 5545, 3.1)
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens. ``key``: the same for the same event in every version of the file."""

    key: str
    at: datetime
    title: str
    url: str
    length: timedelta = timedelta(minutes=15)


def calendar_file(events: Iterable[Event], now: datetime) -> str:
    """The calendar that holds these events."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//quizbot//schedule//EN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:quizbot",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for event in events:
        lines += _event(event, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(event.key)}@quizbot",
        f"DTSTAMP:{_stamp(now.replace(minute=0, second=0))}",  # of the hour, so that the file's ETag holds that long
        f"DTSTART:{_stamp(event.at)}",
        f"DTEND:{_stamp(event.at + event.length)}",
        f"SUMMARY:{_text(event.title)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    return "".join(_ESCAPES.get(c, c) for c in value if c >= " " or c == "\n")


def _folded(line: str) -> str:
    """A long line in pieces of at most 75 octets, none of which cuts a letter; all but the first begin with a blank."""
    pieces, piece, room = [], "", _OCTETS
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", _OCTETS - 1
        piece, room = piece + letter, room - size
    return "\r\n ".join([*pieces, piece])
