"""What a check finds in a case, and where."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from quizbot.core.errors import one_line

Key = tuple[str | int, ...]
"""The way to a value in case.yaml, such as ``("answer", "accept", 2)``; items count from 0."""

GIVES_AWAY = "gives the answer away"
"""In every finding about a text that is posted before the reveal and names the answer."""

_PART_SHOWN = 60  # characters; a key may be anything that somebody typed


class Level(StrEnum):
    """How bad it is: an error keeps the case from being posted."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a case's content, before it is known which file it came from.

    Attributes:
        key: the way to the value; ``()`` for the whole.
        level: error or warning.
        message: what was found and what to do, one line.
    """

    key: Key
    level: Level
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its place.

    Attributes:
        file: path of the file, as the user named it.
        line: counted from 1; 1 if it concerns the file as a whole.
        key: such as ``answer.accept[2]``; empty if it concerns no key.
        level: error or warning.
        message: what was found and what to do, one printable line.
    """

    file: str
    line: int
    key: str
    level: Level
    message: str

    def __str__(self) -> str:
        key = f"{self.key}: " if self.key else ""
        return one_line(f"{self.file}:{self.line}: {self.level}: {key}{self.message}")

    def record(self) -> dict[str, object]:
        """As ``check --json`` prints it."""
        return {
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "level": str(self.level),
            "message": self.message,
        }


def error(message: str, *key: str | int) -> Problem:
    """An error at a key."""
    return Problem(key, Level.ERROR, message)


def warning(message: str, *key: str | int) -> Problem:
    """A warning at a key."""
    return Problem(key, Level.WARNING, message)


def place_text(path: Path) -> str:
    """A path fit to be printed: a folder's name may hold anything."""
    return "".join(c if c.isprintable() else "\ufffd" for c in str(path))


def key_text(key: Key) -> str:
    """A key as people write it: ``answer.accept[2]``."""
    text = ""
    for part in key:
        text += f"[{part}]" if isinstance(part, int) else f".{shown(part, _PART_SHOWN)}"
    return text.removeprefix(".")


def shown(value: str, most: int = 40) -> str:
    """A piece of somebody's text, fit for a message: one printable line of at most ``most`` characters."""
    text = one_line(value[: 4 * most])
    return text if len(text) <= most else text[: most - 1] + "…"
