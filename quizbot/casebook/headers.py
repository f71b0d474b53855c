"""The columns of a spreadsheet by their heads: which one holds a key, and which one a misspelt head means. Pure."""

from collections.abc import Iterable, Iterator
from functools import cache

from quizbot.casebook.finding import Key
from quizbot.casebook.sheet import columns, key_of
from quizbot.core.nearest import nearest

_LIKE = 0.6  # "diagnose" is 0.78 of "diagnosis", "notes" 0.4 of "proof"


def column_of(key: Key, names: Iterable[str]) -> str:
    """The column that a key stands in, headed as one of these names has it; empty if the key has none."""
    known = _known(key)
    wanted = key_of(known)
    return next((name.strip() for name in names if wanted is not None and key_of(name) == wanted), known)


def _known(key: Key) -> str:
    """The head of the column that holds a key, the key's list, or the first key of its group."""
    number = key[1] if len(key) > 1 and key[0] in ("images", "references") else None
    alike: Key = (key[0], 0, *key[2:]) if isinstance(number, int) else key
    name = next((name for name, of in _heads() if of[: len(alike)] == alike or alike[: len(of)] == of), "")
    return name.replace(" 1", f" {number + 1}", 1) if isinstance(number, int) else name


@cache
def _heads() -> tuple[tuple[str, Key], ...]:
    """Every head with its key; of the numbered ones the first."""
    return tuple((name, key) for name in columns(()) if (key := key_of(name)) is not None)


def unknown_columns(names: Iterable[str]) -> Iterator[str]:
    """Columns that hold nothing of a case."""
    return (name for name in names if name.strip() and name.strip().lower() != "case" and key_of(name) is None)


def nearest_column(name: str) -> str:
    """The column that a misspelt head most likely means; empty if it is like none."""
    folded = " ".join(name[:100].lower().replace("_", " ").replace("-", " ").split())
    return nearest(folded, columns(()), _LIKE)
