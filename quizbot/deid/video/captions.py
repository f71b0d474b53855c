"""Captions: WebVTT or SubRip in, plain SubRip out: times and words, nothing else."""

import html
import re
from dataclasses import dataclass

from quizbot.deid.facts import Refused

MOST_BYTES = 256 * 1024
_MOST_CUES = 500
_TIMES = re.compile(r"(?:(\d{1,2}):)?(\d\d):(\d\d)[.,](\d{3})[ \t]+-->[ \t]+(?:(\d{1,2}):)?(\d\d):(\d\d)[.,](\d{3})")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption: from when to when, in milliseconds, and its words."""

    start: int
    end: int
    text: str


def read_captions(data: bytes, where: str) -> tuple[Cue, ...]:
    """Read captions; marks, positions, comments and styles are left behind.

    Raises:
        Refused: they are no captions, too large, or a time is none.
    """
    try:
        text = data[: MOST_BYTES + 1].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise Refused(where, "is not UTF-8", "save it again in this encoding") from None
    cues = [cue for block in re.split(r"\n[ \t]*\n", text) if (cue := _cue(block, where)) is not None]
    if len(data) > MOST_BYTES or not cues or len(cues) > _MOST_CUES:
        raise Refused(
            where, f"holds no captions, or more than {_MOST_CUES}", "save them as WebVTT (.vtt) or SubRip (.srt)"
        )
    return tuple(cues)


def _cue(block: str, where: str) -> Cue | None:
    lines = block.strip().split("\n")
    at = next((n for n, line in enumerate(lines) if "-->" in line), None)
    if at is None:
        return None  # a heading, a note or a style
    found = _TIMES.match(lines[at].strip())
    if found is None:
        raise Refused(where, "has a time that is none", "write it like 00:01.000 --> 00:04.000")
    start, end = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:])
    words = html.unescape(_TAG.sub("", "\n".join(line.strip() for line in lines[at + 1 :] if line.strip())))
    if end <= start:
        raise Refused(where, "has a caption that ends before it begins", "correct its times")
    return Cue(start, end, words) if words else None


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def as_subrip(cues: tuple[Cue, ...]) -> str:
    """Captions as a SubRip file, which X takes."""
    return "".join(
        f"{n}\n{_time(cue.start)} --> {_time(cue.end)}\n{cue.text}\n\n" for n, cue in enumerate(cues, start=1)
    )


def _time(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{rest:03}"


def as_webvtt(cues: tuple[Cue, ...]) -> str:
    """Captions as browsers take them."""
    shown = (f"{_time(one.start)} --> {_time(one.end)}".replace(",", ".") + f"\n{_plain(one.text)}\n\n" for one in cues)
    return "WEBVTT\n\n" + "".join(shown)


def _plain(text: str) -> str:
    """WebVTT would read tags, references and arrows in the words."""
    return html.escape(text, quote=False)
