"""The account's own row: what is remembered between two runs."""

from datetime import date, datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from quizbot.store.tables import Account, Attempt, CaseSeen, LedgerRow, ReplyRow, Respondent


def account_row(session: Session, account: str, now: datetime) -> Account:
    """The account's row, made at its first use."""
    row = session.get(Account, account)
    if row is None:
        row = Account(id=account, started_at=now)
        session.add(row)
        session.flush()
    return row


def only_account(session: Session) -> str | None:
    """The account of a database that serves one; the most recently started if there are several; None if empty."""
    return session.exec(select(Account.id).order_by(col(Account.started_at).desc()).limit(1)).first()


def accounts(session: Session) -> list[Account]:
    """Every account that this database has served."""
    return list(session.exec(select(Account).order_by(col(Account.id))).all())


def first_seen(session: Session, account: str) -> dict[str, datetime]:
    """When each case folder was first seen, by slug."""
    rows = session.exec(select(CaseSeen).where(CaseSeen.account == account)).all()
    return {row.slug: row.first_seen_at for row in rows}


def note_cases(session: Session, account: str, problems: dict[str, str | None], now: datetime) -> list[str]:
    """Write down the folders found by a scan; returns the slugs whose problem is new."""
    known = {row.slug: row for row in session.exec(select(CaseSeen).where(CaseSeen.account == account)).all()}
    fresh: list[str] = []
    for slug, problem in problems.items():
        row = known.get(slug)
        if row is None:
            session.add(CaseSeen(account=account, slug=slug, first_seen_at=now, problem=problem))
        elif row.problem == problem:
            continue
        else:
            row.problem = problem
            session.add(row)
        if problem:
            fresh.append(slug)
    return fresh


def opted_out(session: Session, account: str) -> set[str]:
    """User ids of those who said stop."""
    query = select(Respondent.user_id).where(Respondent.account == account, col(Respondent.opted_out_at).is_not(None))
    return set(session.exec(query).all())


def respondent_row(session: Session, account: str, user_id: str) -> Respondent:
    """A respondent's row, made at its first use."""
    row = session.get(Respondent, (account, user_id))
    if row is None:
        row = Respondent(account=account, user_id=user_id)
        session.add(row)
        session.flush()
    return row


def opt_out(session: Session, account: str, user_id: str, now: datetime) -> None:
    """Take a person out of the game, of past rounds too: the replies no longer count, and their text goes at once."""
    row = respondent_row(session, account, user_id)
    if row.opted_out_at is not None:
        return
    row.opted_out_at = now
    session.execute(delete(Attempt).where(col(Attempt.account) == account, col(Attempt.author_id) == user_id))
    session.execute(
        update(ReplyRow).where(col(ReplyRow.account) == account, col(ReplyRow.author_id) == user_id).values(text=None)
    )


def bill(session: Session, account: str, day: date, kind: str, units: int) -> None:
    """Count billed resources."""
    changed = session.execute(
        update(LedgerRow)
        .where(col(LedgerRow.account) == account, col(LedgerRow.day) == day, col(LedgerRow.kind) == kind)
        .values(units=LedgerRow.units + units)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]  # a cursor result at run time
        session.add(LedgerRow(account=account, day=day, kind=kind, units=units))


def billed(session: Session, account: str) -> dict[str, int]:
    """Units billed so far, by kind."""
    totals: dict[str, int] = {}
    for row in session.exec(select(LedgerRow).where(LedgerRow.account == account)).all():
        totals[row.kind] = totals.get(row.kind, 0) + row.units
    return totals
