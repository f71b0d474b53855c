"""Reading JSON that may have any shape: what is looked for is there with the right type, or ``ShapeError``."""

import json
import re
from typing import TypeVar

JsonObject = dict[str, object]
T = TypeVar("T")

_ID = re.compile(r"[0-9]{1,19}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class ShapeError(ValueError):
    """An answer has not the shape that X documents. Its text names the key, never the value."""


def decode(body: bytes) -> JsonObject:
    """Read a JSON object.

    Raises:
        ShapeError: it is no JSON, or JSON but no object, or nested beyond reason.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise ShapeError("no JSON") from None
    if not isinstance(value, dict):
        raise ShapeError("no JSON object")
    return value


def optional(record: JsonObject, key: str, kind: type[T]) -> T | None:
    """The value of a key; None if it is absent or null.

    Raises:
        ShapeError: it is of another type.
    """
    value = record.get(key)
    if value is None or isinstance(value, kind):
        return value
    raise ShapeError(f"{key} is no {kind.__name__}")


def required(record: JsonObject, key: str, kind: type[T]) -> T:
    """The value of a key.

    Raises:
        ShapeError: it is absent, null or of another type.
    """
    value = optional(record, key, kind)
    if value is None:
        raise ShapeError(f"{key} is missing")
    return value


def records(record: JsonObject, key: str) -> list[JsonObject]:
    """A list of objects; empty if the key is absent or null.

    Raises:
        ShapeError: it is no list, or holds something else than objects.
    """
    items = optional(record, key, list) or []
    if not all(isinstance(item, dict) for item in items):
        raise ShapeError(f"{key} holds something else than objects")
    return items


def is_id(text: str) -> bool:
    """Whether a text is an id as X writes them: 1 to 19 decimal digits."""
    return _ID.fullmatch(text) is not None


def identifier(record: JsonObject, key: str) -> str:
    """The value of a key that holds an id.

    Raises:
        ShapeError: it is absent, or no string of 1 to 19 digits.
    """
    value = required(record, key, str)
    if not is_id(value):
        raise ShapeError(f"{key} is no id")
    return value


def storable(text: str) -> str:
    """Replace what JSON can write but UTF-8 or PostgreSQL cannot hold: lone surrogates and NUL."""
    return _UNSTORABLE.sub("�", text)
