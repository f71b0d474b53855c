"""Accounts of people: adding, changing, signing in. Passphrases are kept as argon2id hashes (RFC 9106).

After a few failures in a row the next try has to wait, longer each time. A try is counted before its passphrase is
looked at, so that many tries at once gain nothing.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from quizbot.core.case import HANDLE_PATTERN
from quizbot.core.errors import InputError, one_line
from quizbot.core.passphrase import normalised, weakness
from quizbot.core.person import INSTALLATION, Person, Role
from quizbot.store.engine import Conflict, Store
from quizbot.store.sessions import Owner, end_all
from quizbot.store.tables import PersonRow

if TYPE_CHECKING:
    from argon2 import PasswordHasher

CONSOLE_REALM = "console"
"""The part of the pages that these accounts open."""
FREE_FAILURES = 3  # slips of a finger
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")


class NotAuthenticated(InputError):  # noqa: N818  # it is an answer, and reads as one where it is caught
    """Name and passphrase do not belong together, the account is shut, or the next try has to wait."""


def add_person(
    store: Store,
    name: str,
    handle: str | None,
    roles: Iterable[Role],
    passphrase: str,
    now: datetime,
    also: Callable[[Session, Person], None] | None = None,
) -> Person:
    """Make an account; with ``also``, what belongs to it is written in the same transaction, or nothing is.

    Raises:
        InputError: the name or the handle is none or is taken, or the passphrase is weak; or what ``also`` raises.
    """
    if not _NAME.fullmatch(name):
        raise InputError(one_line(name[:40]), "is no name", "use 2 to 40 letters, digits, '.', '_' or '-'")
    if handle is not None and not re.fullmatch(HANDLE_PATTERN, handle):
        raise InputError("--handle", "is no handle", "write it like @an_educator")
    _refuse_weak(passphrase, name, handle)
    row = PersonRow(
        account=INSTALLATION,
        name=name.casefold(),
        shown_name=name,
        handle=handle.casefold() if handle else None,
        roles=sorted(set(roles)),
        passphrase=_hasher().hash(normalised(passphrase)),
        added_at=now,
        changed_at=now,
    )
    try:
        with store.write() as session:
            session.add(row)
            session.flush()
            if also is not None:
                also(session, _person(row))
    except Conflict:
        raise InputError(name, "this name or handle has an account already", "see `quizbot user list`") from None
    return _person(row)


def people(session: Session) -> Sequence[PersonRow]:
    """Every account, shut ones too, by name."""
    query = select(PersonRow).where(PersonRow.account == INSTALLATION).order_by(col(PersonRow.name))
    return session.exec(query).all()


def known_people(session: Session) -> dict[str, Person]:
    """Every account by its folded name."""
    return {row.name: _person(row) for row in people(session)}


def person_named(session: Session, name: str) -> Person | None:
    """An account by its name; None if there is none, or it is shut."""
    row = session.get(PersonRow, (INSTALLATION, name.strip().casefold()))
    return None if row is None or row.disabled_at is not None else _person(row)


def require_person(session: Session, name: str) -> Person:
    """An account by its name, shut or open.

    Raises:
        InputError: nobody has that name.
    """
    return _person(_row(session, name))


def set_disabled(store: Store, name: str, at: datetime | None) -> Person:
    """Shut an account, or open it again (None). What a shut account has signed does not count while it is shut.

    Whoever is signed in to the console by it is signed out.

    Raises:
        InputError: nobody has that name.
    """
    with store.write() as session:
        row = _row(session, name)
        row.disabled_at = at
        end_all(session, console_owner(row.shown_name))
    return _person(row)


def set_passphrase(store: Store, name: str, passphrase: str, now: datetime) -> None:
    """Give an account another passphrase; waits that failures have brought are over, and so are its sessions.

    Raises:
        InputError: nobody has that name, or the passphrase is weak.
    """
    with store.read() as session:
        row = _row(session, name)
    _refuse_weak(passphrase, row.shown_name, row.handle)
    hashed = _hasher().hash(normalised(passphrase))
    with store.write() as session:
        row = _row(session, name)
        row.passphrase, row.changed_at = hashed, now
        row.failures, row.blocked_until = 0, None
        end_all(session, console_owner(row.shown_name))


def console_owner(name: str) -> Owner:
    """Whose sessions in the console are a person's."""
    return Owner(INSTALLATION, CONSOLE_REALM, name)


def authenticate(store: Store, name: str, passphrase: str, now: datetime) -> Person:
    """Whose name and passphrase these are.

    Raises:
        NotAuthenticated: they do not belong together, the account is shut, or the next try has to wait.
    """
    row = _counted_try(store, name, now)
    # An unknown name costs the same time as a known one.
    right = _verifies(row.passphrase if row else _nobody(), passphrase)
    if row is None or not right or row.disabled_at is not None:
        raise NotAuthenticated("", "name and passphrase do not belong together", "try again")
    with store.write() as session:
        stored = _row(session, name)
        stored.failures, stored.blocked_until = 0, None
        if _hasher().check_needs_rehash(stored.passphrase):
            stored.passphrase = _hasher().hash(normalised(passphrase))
    return _person(row)


def wait_after(failures: int) -> timedelta:
    """How long the next try has to wait after so many failures in a row: nothing, then 5 s, doubled, at most 15 min."""
    if failures <= FREE_FAILURES:
        return timedelta()
    return min(_LONGEST_WAIT, _FIRST_WAIT * (1 << min(failures - FREE_FAILURES - 1, 12)))


def _counted_try(store: Store, name: str, now: datetime) -> PersonRow | None:
    with store.write() as session:
        key = (INSTALLATION, name.strip().casefold())
        row = session.get(PersonRow, key, with_for_update=True)
        if row is None:
            return None
        if row.blocked_until is not None and now < row.blocked_until:
            seconds = int((row.blocked_until - now).total_seconds()) + 1
            raise NotAuthenticated("", "too many failed tries in a row", f"wait {seconds} s, then try again")
        row.failures += 1
        wait = wait_after(row.failures)
        row.blocked_until = now + wait if wait else None
    return row


def _verifies(hashed: str, passphrase: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError  # noqa: PLC0415  # only where somebody signs in

    try:
        return _hasher().verify(hashed, normalised(passphrase))
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _hasher() -> "PasswordHasher":
    """argon2id with the library's defaults: RFC 9106's second recommended choice (3 passes over 64 MiB)."""
    from argon2 import PasswordHasher  # noqa: PLC0415  # only where somebody signs in

    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_hex(16))


def _refuse_weak(passphrase: str, name: str, handle: str | None) -> None:
    reason = weakness(passphrase, name, handle or "")
    if reason is not None:
        raise InputError("passphrase", reason, "choose another")


def _row(session: Session, name: str) -> PersonRow:
    row = session.get(PersonRow, (INSTALLATION, name.strip().casefold()))
    if row is None:
        raise InputError(one_line(name[:40]), "nobody has that name", "see `quizbot user list`")
    return row


def _person(row: PersonRow) -> Person:
    roles = frozenset(Role(role) for role in row.roles)
    return Person(row.shown_name, row.handle, roles, disabled=row.disabled_at is not None)
