"""Reads a case.yaml into plain values with their line numbers.

Every plain scalar stays the text it is (``yes``, ``2:1``, ``2026-10-01``), null excepted: the model decides what a text
means, so that YAML's own guesses never change what somebody wrote. Anchors, aliases and tags are refused, and with the
bounds below no file can take more than its size in time or memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from quizbot.casebook.finding import Key, Level, Problem, shown
from quizbot.casebook.syntax import explain

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8  # the format has 4
MAX_VALUES = 3000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it was built in, about ten times as fast
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # YAML 1.1's line breaks, by which its marks count
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_GLUED_COMMENT = re.compile(r"[ \t]+#[^\s#]")


@dataclass(frozen=True, slots=True)
class Slip:
    """A problem with its line, counted from 1."""

    line: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Document:
    """What was read.

    Attributes:
        data: keys and values, each value a text, None, a dict or a list; None if the file could not be read.
        lines: the line of every key and list item.
        slips: what was wrong with the YAML itself.
    """

    data: dict[str, Any] | None
    lines: dict[Key, int]
    slips: tuple[Slip, ...]

    def line_of(self, key: Key) -> int:
        """The line of a key, or of the nearest one above it that is there."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)


class _UnreadableError(Exception):
    """The rest of the file cannot be read."""

    def __init__(self, line: int, message: str, key: Key = ()) -> None:
        self.slip = Slip(line, Problem(key, Level.ERROR, message))
        super().__init__(message)


def read(raw: bytes) -> Document:
    """Read the bytes of a case.yaml; whatever they are, the result is a Document."""
    builder = None
    try:
        text = _decoded(raw)
        builder = _Builder(_LINE_END.split(text))
        data = builder.document(yaml.parse(text, Loader=_LOADER))
        return Document(data, builder.lines, tuple(builder.slips))
    except _UnreadableError as unreadable:
        last = unreadable.slip
    except yaml.MarkedYAMLError as problem:
        line, message = explain(problem, _LINE_END.split(text))
        last = Slip(line, Problem((), Level.ERROR, message))
    except yaml.YAMLError as problem:
        last = Slip(1, Problem((), Level.ERROR, f"cannot be read as YAML: {shown(str(problem), 100)}"))
    return Document(None, {}, (*(builder.slips if builder else ()), last))


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _UnreadableError(1, f"is larger than {MAX_BYTES // 1024} KB; a case holds texts only")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise _UnreadableError(line, "is not in UTF-8; save it again in this encoding") from None
    odd = _UNPRINTABLE.search(text)
    if odd:
        line = len(_LINE_END.findall(text, 0, odd.start())) + 1
        raise _UnreadableError(line, f"holds a control character (U+{ord(odd[0]):04X}); delete it")
    return text


@dataclass
class _Builder:
    """Builds plain values from YAML's events. Its recursion is bounded by ``MAX_DEPTH``."""

    source: list[str]
    lines: dict[Key, int] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)
    values: int = 0

    def document(self, events: Iterator[Any]) -> dict[str, Any]:
        first = next(event for event in events if not isinstance(event, yaml.StreamStartEvent))
        if isinstance(first, yaml.StreamEndEvent):
            raise _UnreadableError(1, "is empty; `quizbot new` shows what belongs here")
        event = next(events)
        data = self._value(event, events, ())
        if not isinstance(data, dict):
            what = "is empty; `quizbot new` shows what belongs here"
            raise _UnreadableError(_line(event), "holds no keys; a key ends in a colon and a blank" if data else what)
        next(events)  # the end of the document
        more = next(events)
        if not isinstance(more, yaml.StreamEndEvent):
            raise _UnreadableError(_line(more), "a second document begins here (---); a case is one")
        return data

    def _value(self, event: Any, events: Iterator[Any], key: Key) -> Any:  # noqa: ANN401  # PyYAML has no base type
        self._refuse_cleverness(event, key)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, key)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, key)
        return self._mapping(event, events, key)

    def _refuse_cleverness(self, event: Any, key: Key) -> None:  # noqa: ANN401  # as above
        line = _line(event)
        self.values += 1
        if self.values > MAX_VALUES or len(key) > MAX_DEPTH:
            raise _UnreadableError(line, "holds more, or deeper, values than any case needs", key[:3])
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = f'"{sign}{shown(event.anchor)}" is YAML\'s {"alias" if sign == "*" else "anchor"}, not a text; '
            raise _UnreadableError(line, message + "put quotes around the whole text", key)
        if event.tag is not None:
            message = f'"{shown(event.tag)}" is read as a YAML tag; put quotes around a text that begins with "!"'
            raise _UnreadableError(line, message, key)

    def _scalar(self, event: Any, key: Key) -> str | None:  # noqa: ANN401  # as above
        if event.style:  # in quotes, or a block
            return str(event.value)
        rest = self._rest_of_line(event.end_mark)
        if _GLUED_COMMENT.match(rest):
            message = (
                f'"{shown(rest.strip(), 30)}" is a comment to YAML; if it belongs to the text, put quotes around all'
            )
            self.slips.append(Slip(event.end_mark.line + 1, Problem(key, Level.WARNING, message)))
        return None if event.value in _NULLS else str(event.value)

    def _rest_of_line(self, mark: Any) -> str:  # noqa: ANN401  # as above
        """What stands behind a mark; libyaml's may lie behind the last line."""
        return self.source[mark.line][mark.column :] if mark.line < len(self.source) else ""

    def _sequence(self, events: Iterator[Any], key: Key) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            place = (*key, len(items))
            self.lines.setdefault(place, _line(event))
            items.append(self._value(event, events, place))
        return items

    def _mapping(self, event: Any, events: Iterator[Any], key: Key) -> dict[str, Any]:  # noqa: ANN401  # as above
        self.lines.setdefault(key, _line(event))
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            self._refuse_cleverness(event, key)
            if not isinstance(event, yaml.ScalarEvent):
                raise _UnreadableError(_line(event), "a key must be a word; check the brackets", key)
            name = str(event.value)
            place = (*key, name)
            twice = name in found
            if twice:
                message = f"is there twice, first in line {self.lines[place]}; remove one"
                self.slips.append(Slip(_line(event), Problem(place, Level.ERROR, message)))
            self.lines.setdefault(place, _line(event))
            value = self._value(next(events), events, place)
            found.setdefault(name, value)
        return found


def _line(event: Any) -> int:  # noqa: ANN401  # as above
    return int(event.start_mark.line) + 1
