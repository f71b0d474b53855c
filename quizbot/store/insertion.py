"""An insertion that can say what to do where another process was quicker, on either database."""

from typing import Any

from sqlalchemy import Table, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insertion(session: Session, model: type[SQLModel], **values: Any) -> Any:  # noqa: ANN401  # of either dialect
    """The statement that inserts a row; add ``on_conflict_do_nothing()`` or ``on_conflict_do_update(…)``."""
    make = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    table: Table = inspect(model).local_table
    return make(table).values(**values)
