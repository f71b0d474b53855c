"""The record of sign-offs in the database: added to, read whole, never changed."""

from collections.abc import Callable, Sequence

from sqlmodel import Session, col, select

from quizbot.core.errors import OutsideError
from quizbot.core.person import INSTALLATION
from quizbot.store.engine import Conflict, Store
from quizbot.store.tables import SignOffRow

_TRIES = 20


def chain(session: Session) -> Sequence[SignOffRow]:
    """Every entry, oldest first."""
    query = select(SignOffRow).where(SignOffRow.account == INSTALLATION).order_by(col(SignOffRow.seq))
    return session.exec(query).all()


def append(store: Store, add: Callable[[Sequence[SignOffRow]], SignOffRow]) -> SignOffRow:
    """Add an entry. Of two writers at once one comes second, and builds its entry on the other's.

    Args:
        store: the database.
        add: makes the new row from those that are there; may be called several times, and may raise to add nothing.

    Raises:
        OutsideError: others were always quicker.
    """
    for _ in range(_TRIES):
        try:
            with store.write() as session:
                row = add(chain(session))
                session.add(row)
        except Conflict:
            continue
        return row
    raise OutsideError(store.where, "the record of sign-offs is being written by others all the time", "try again")
