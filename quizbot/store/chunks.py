"""What keeps a query small: some columns instead of rows, some ids at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel

_Row = TypeVar("_Row")
BATCH = 2_000  # rows read or written at a time
_CHUNK = 500  # ids a query, below every database's limit of parameters


def batches(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Some rows after the other, ``BATCH`` at a time."""
    rest = iter(rows)
    while some := list(islice(rest, BATCH)):
        yield some


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """Some ids after the other, as many as a query may hold."""
    rest = iter(ids)
    while some := list(islice(rest, _CHUNK)):
        yield some


def columns(table: type[SQLModel], *names: str) -> list[ColumnElement[Any]]:
    """Some columns of a table: a query of these is quicker than one of whole rows."""
    return [getattr(table, name) for name in names]
