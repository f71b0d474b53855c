"""Cohorts: people who learn together, joined by a code; their mean, and what an educator credits the time by.

Members see their own numbers and the mean, and the mean only where at least three are in it: of two, each would know
the other's. The educators see each member by the handle that they joined with.
"""

import csv
import io
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from quizbot.casebook.sheet import safe
from quizbot.core.errors import InputError, one_line
from quizbot.store import Cohort, Conflict, Store
from quizbot.store.cohorts import (
    add_member,
    change_cohort,
    cohort_by,
    cohorts,
    cohorts_of,
    counted_since,
    member_results,
    members,
    remove_member,
)

LEAST_PEOPLE = 3
CRITERIA = (
    ("Participation is monitored", "Rounds answered, of the rounds that were held in the time."),
    ("There is an evaluation", "Every answer is graded against a key with references: 10 points, a part, or none."),
    ("A member of the faculty oversees it", "Named above; cases are written and released by named educators."),
    ("The activity itself is evaluated", "Item analysis, appeals, and dates by which each case is read again."),
)
"""The four criteria of the ACGME for individualised interactive instruction, and what meets them here."""
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another
_CODE_LENGTH = 8
_NAME_LIMIT = 80  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """What a member did."""

    user_id: str
    handle: str
    joined_at: datetime
    attempts: int
    points: int


@dataclass(frozen=True, slots=True)
class Report:
    """A cohort since it was made. ``rounds``: those that were held; ``mean``: points of a member, None below three."""

    cohort: Cohort
    rounds: int
    lines: tuple[Line, ...]
    made_at: datetime

    @property
    def mean(self) -> float | None:
        """The mean points of all members; None where they are too few to be told."""
        people = len(self.lines)
        return sum(line.points for line in self.lines) / people if people >= LEAST_PEOPLE else None


def add_cohort(store: Store, account: str, name: str, supervisor: str | None, by: str, now: datetime) -> Cohort:
    """Make a cohort with a code of its own.

    Raises:
        InputError: the name is none, or taken.
    """
    row = Cohort(
        id=secrets.token_hex(8),
        account=account,
        name=_shown(name),
        code=_new_code(),
        supervisor=_overseer(supervisor),
        made_by=by,
        made_at=now,
    )
    with _own_name(row.name), store.write() as session:
        session.add(row)
    return row


def cohort_with(store: Store, account: str, cohort_id: str) -> Cohort | None:
    """A cohort by its id."""
    with store.read() as session:
        return cohort_by(session, account, cohort_id=cohort_id)


def rename(store: Store, cohort: Cohort, name: str, supervisor: str | None) -> None:
    """Call a cohort otherwise, or name another who oversees it.

    Raises:
        InputError: the name is none, or taken.
    """
    shown = _shown(name)
    with _own_name(shown):
        change_cohort(store, cohort.id, name=shown, supervisor=_overseer(supervisor))


def close(store: Store, cohort: Cohort, now: datetime | None) -> None:
    """Let nobody join any more; None: let people join again. Who is in it stays."""
    change_cohort(store, cohort.id, closed_at=now)


def renew_code(store: Store, cohort: Cohort) -> None:
    """Give a cohort another code; the old one lets nobody in any more. Who is in it stays."""
    change_cohort(store, cohort.id, code=_new_code())


def shown_code(code: str) -> str:
    """A code as people read it out: in two halves."""
    return f"{code[:4]}-{code[4:]}"


def _new_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))


def _shown(name: str) -> str:
    shown = one_line(name)[:_NAME_LIMIT].strip()
    if not shown:
        raise InputError("cohort", "has no name", "give one, such as 'Emergency medicine 2026'")
    return shown


def _overseer(supervisor: str | None) -> str | None:
    return one_line(supervisor)[:_NAME_LIMIT].strip() or None if supervisor else None


@contextmanager
def _own_name(shown: str) -> Iterator[None]:
    try:
        yield
    except Conflict:
        raise InputError(shown, "there is a cohort of this name", "see `quizbot cohort list`") from None


def all_cohorts(store: Store, account: str) -> list[tuple[Cohort, int]]:
    """Every cohort with its number of members."""
    with store.read() as session:
        return list(cohorts(session, account))


def named(store: Store, account: str, name: str) -> Cohort:
    """A cohort by its name.

    Raises:
        InputError: there is none.
    """
    with store.read() as session:
        found = cohort_by(session, account, name=name)
    if found is None:
        raise InputError(one_line(name), "there is no such cohort", "see `quizbot cohort list`")
    return found


def join(store: Store, account: str, user_id: str, handle: str, code: str, now: datetime) -> Cohort:
    """Join by a code, written in any way.

    Raises:
        InputError: it is no code of a cohort that can be joined.
    """
    plain = re.sub(r"[\s-]", "", code[:100]).upper()
    with store.write() as session:
        found = cohort_by(session, account, code=plain)
        if found is None or found.closed_at is not None:
            raise InputError("", "This is no code of a cohort. Ask who gave it to you.")
        add_member(session, found, user_id, handle, now)
    return found


def leave(store: Store, account: str, user_id: str, cohort_id: str) -> None:
    """Leave a cohort."""
    with store.write() as session:
        remove_member(session, account, cohort_id, user_id)


def own_cohorts(store: Store, account: str, user_id: str) -> list[Cohort]:
    """The cohorts that a person is in."""
    with store.read() as session:
        return [cohort for cohort, _ in cohorts_of(session, account, user_id)]


def report(store: Store, cohort: Cohort, now: datetime) -> Report:
    """What the members did since the cohort was made."""
    with store.read() as session:
        results = member_results(session, cohort.account, cohort.id, cohort.made_at)
        done = {row.user_id: (row.attempts, int(row.points)) for row in results}
        lines = tuple(
            Line(one.user_id, one.handle, one.joined_at, *done.get(one.user_id, (0, 0)))
            for one in members(session, cohort.id)
        )
        held = counted_since(session, cohort.account, cohort.made_at)
    return Report(cohort, held, lines, now)


def only(whole: Report, user_id: str) -> Report:
    """The same report with one member alone: what a person may take away."""
    return replace(whole, lines=tuple(line for line in whole.lines if line.user_id == user_id))


def as_csv(shown: Report) -> str:
    """A report as CSV (RFC 4180)."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["cohort", "handle", "joined", "rounds_held", "rounds_answered", "points", "supervisor"])
    for line in shown.lines:
        values = (line.joined_at.date().isoformat(), shown.rounds, line.attempts, line.points)
        rows.writerow([safe(shown.cohort.name), line.handle, *values, safe(shown.cohort.supervisor or "")])
    return out.getvalue()
