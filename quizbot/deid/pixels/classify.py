"""From a line of text to what the gate says about it. Pure: the same line gives the same answer.

An allow-list, not a detector of identifiers: what is not clinical vocabulary holds, whatever it is. Patterns only
decide whether a person may let it pass.
"""

from dataclasses import dataclass

from quizbot.deid.finding import Decision
from quizbot.deid.pixels import identifiers
from quizbot.deid.pixels.allowed import unknown_words
from quizbot.deid.pixels.denied import is_denied
from quizbot.deid.vocabulary import fold

UNKNOWN = "unknown-text"
"""What holds for its words alone, and looks like no identifier."""

_REDACT = "redact it"
_LOOK = "look at it; redact it unless it identifies nobody"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a line means to the gate: see ``Finding``."""

    kind: str
    decision: Decision
    todo: str


def sense(line: str, *, deny: frozenset[str] = frozenset(), kind: str | None = None, sure: float = 1.0) -> Sense | None:
    """What the gate says about a line; None if all of it is allowed on that kind of picture.

    Args:
        line: as it was read.
        deny: words that no picture may show, however misread.
        kind: of picture: a section of the vocabulary's ``overlay.txt``, or None.
        sure: how sure the reading is, 0 to 1.
    """
    if deny and is_denied(line, deny):
        return Sense("denied", Decision.REFUSE, _REDACT)
    if sort := identifiers.looks_like(line):
        return Sense(sort, Decision.REFUSE, _REDACT)
    unknown = unknown_words(line, kind, sure=sure)
    if unknown and (sort := identifiers.likely(line, unknown)):
        return Sense(sort, Decision.REFUSE, _REDACT)
    return _held(line, unknown)


def _held(line: str, unknown: list[str]) -> Sense | None:
    if identifiers.oldest(fold(line)) is not None or identifiers.is_unread_age(line):
        return Sense("age", Decision.HOLD, _LOOK)
    if identifiers.is_padded(line) or identifiers.is_bare_number(line):
        return Sense("number", Decision.HOLD, _LOOK)
    if identifiers.is_initials(line):
        return Sense("name", Decision.HOLD, _LOOK)
    if identifiers.is_moment(line):
        return Sense("time", Decision.HOLD, _LOOK)
    foreign = any(c.isalpha() and ord(c) > 0x24F and not fold(c).isascii() for c in line)  # noqa: PLR2004  # end of Latin
    return Sense(UNKNOWN, Decision.HOLD, _LOOK) if unknown or foreign else None
