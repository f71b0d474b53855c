"""Insertions that can say what to do where another process was quicker, on either database, of one row or of many.

Many rows go through the table, not the model: that would leave out what is None, and make a statement of each run of
rows with the same columns left, of verdicts nearly one a row.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Table, bindparam, insert, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from quizbot.store.chunks import batches


def insertion(session: Session, model: type[SQLModel], **values: Any) -> Any:  # noqa: ANN401  # of either dialect
    """The statement that inserts a row; add ``on_conflict_do_nothing()`` or ``on_conflict_do_update(…)``."""
    make = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return make(_table(model)).values(**values)


def insert_rows(session: Session, model: type[SQLModel], rows: Iterable[dict[str, Any]]) -> int:
    """Insert rows that all have the same columns, some at a time; returns how many."""
    count = 0
    for some in batches(rows):
        session.execute(insert(_table(model)), some)
        count += len(some)
    return count


def put_rows(session: Session, model: type[SQLModel], rows: Iterable[dict[str, Any]], key: Collection[str]) -> None:
    """Insert rows that all have the same columns, in the place of older ones with the same ``key``; some at a time."""
    for some in batches(rows):
        statement = insertion(session, model, **{name: bindparam(name) for name in some[0]})
        changed = {name: statement.excluded[name] for name in some[0] if name not in key}
        session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed), some)


def _table(model: type[SQLModel]) -> Table:
    table: Table = inspect(model).local_table
    return table
