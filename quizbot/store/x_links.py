"""The allow-list for signing in to the console with X: which account of X is which account of ``quizbot user``.

It never makes an account. An entry by handle holds for a week, and only until somebody of that handle has signed in:
from then on the id of X counts, for a handle can be given up and taken by somebody else.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from quizbot.core.case import HANDLE_PATTERN
from quizbot.core.errors import InputError, one_line
from quizbot.core.person import INSTALLATION, Person, Role
from quizbot.store.audit import Action, note
from quizbot.store.console_tables import XLinkRow
from quizbot.store.engine import Conflict, Store
from quizbot.store.people import add_person, console_owner, person_named, require_person
from quizbot.store.sessions import end_all

HANDLE_HOLDS = timedelta(days=7)
_USER_ID = re.compile(r"[0-9]{1,19}")
_BY = "(command line)"


def link(store: Store, name: str, x: str, now: datetime) -> XLinkRow:
    """Let an account of X sign in as somebody, in the place of the one before.

    Args:
        store: the database.
        name: of an account of ``quizbot user``.
        x: ``@handle``, or a user id of X.
        now: when.

    Raises:
        InputError: nobody has that name, ``x`` is neither, or it is somebody else's.
    """
    try:
        with store.write() as session:
            return link_in(session, require_person(session, name), x, now)
    except Conflict:
        raise _taken(x) from None


def link_in(session: Session, person: Person, x: str, now: datetime) -> XLinkRow:
    """As ``link``, within a transaction.

    Raises:
        InputError: ``x`` is neither a handle nor an id, or is somebody else's.
    """
    user_id, handle = _named(x)
    _drop(session, person)
    same = XLinkRow.user_id == user_id if user_id else XLinkRow.handle == handle
    if session.exec(select(XLinkRow).where(XLinkRow.account == INSTALLATION, same)).first() is not None:
        raise _taken(x)
    row = XLinkRow(account=INSTALLATION, name=person.name.casefold(), user_id=user_id, handle=handle, linked_at=now)
    session.add(row)
    note(session, INSTALLATION, now, _BY, Action.LINKED, person.name, user_id or handle or "")
    return row


def add_linked_person(
    store: Store, name: str, handle: str | None, roles: Iterable[Role], passphrase: str, now: datetime, x: str
) -> tuple[Person, XLinkRow]:
    """Make an account that an account of X may sign in as; both, or neither.

    Raises:
        InputError: as ``add_person`` and ``link``.
    """
    linked: list[XLinkRow] = []
    person = add_person(
        store, name, handle, roles, passphrase, now, lambda session, one: linked.append(link_in(session, one, x, now))
    )
    return person, linked[0]


def unlink(store: Store, name: str, now: datetime) -> Person:
    """Let nobody sign in as somebody with X any more; whoever did is signed out.

    Raises:
        InputError: nobody has that name, or no account of X is linked to it.
    """
    with store.write() as session:
        person = require_person(session, name)
        if session.get(XLinkRow, (INSTALLATION, person.name.casefold())) is None:
            raise InputError(person.name, "is not linked to an account of X", "see `quizbot user list`")
        _drop(session, person)
        note(session, INSTALLATION, now, _BY, Action.UNLINKED, person.name)
    return person


def links(session: Session) -> dict[str, XLinkRow]:
    """The allow-list, by folded name."""
    rows: Sequence[XLinkRow] = session.exec(select(XLinkRow).where(XLinkRow.account == INSTALLATION)).all()
    return {row.name: row for row in rows}


def person_of_x(session: Session, user_id: str, handle: str, now: datetime) -> Person | None:
    """Whose account an account of X opens; None if it is on no list, or theirs is shut.

    An entry by handle becomes one by id.
    """
    by_id = XLinkRow.user_id == user_id
    row = session.exec(select(XLinkRow).where(XLinkRow.account == INSTALLATION, by_id)).first()
    if row is None:
        row = _by_handle(session, handle.casefold(), now)
        if row is None:
            return None
        row.user_id = user_id
    return person_named(session, row.name)


def holds_until(row: XLinkRow) -> datetime | None:
    """Until when an entry by handle waits for its first sign-in; None if it is one by id."""
    return None if row.user_id else row.linked_at + HANDLE_HOLDS


def _by_handle(session: Session, handle: str, now: datetime) -> XLinkRow | None:
    query = select(XLinkRow).where(
        XLinkRow.account == INSTALLATION,
        XLinkRow.handle == handle,
        col(XLinkRow.user_id).is_(None),
        XLinkRow.linked_at > now - HANDLE_HOLDS,
    )
    return session.exec(query.with_for_update()).first()


def _taken(x: str) -> InputError:
    return InputError(one_line(x[:40]), "is linked to somebody else", "see `quizbot user list`")


def _named(x: str) -> tuple[str | None, str | None]:
    if _USER_ID.fullmatch(x):
        return x, None
    if re.fullmatch(HANDLE_PATTERN, x):
        return None, x.removeprefix("@").casefold()
    raise InputError(one_line(x[:40]), "is neither a handle nor a user id of X", "write it like @an_educator or 123456")


def _drop(session: Session, person: Person) -> None:
    session.exec(
        delete(XLinkRow).where(col(XLinkRow.account) == INSTALLATION, col(XLinkRow.name) == person.name.casefold())
    )
    session.flush()
    end_all(session, console_owner(person.name))
