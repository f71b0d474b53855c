"""The account's own row: what is remembered between two runs."""

from datetime import date, datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from quizbot.store.boards import drop_author, lock_boards
from quizbot.store.insertion import insertion as _insert
from quizbot.store.tables import Account, Attempt, CaseSeen, LedgerRow, ReplyRow, Respondent, Round
from quizbot.store.visits import Appeal


def account_row(session: Session, account: str, now: datetime, *, lock: bool = False) -> Account:
    """The account's row, made at its first use.

    Args:
        session: a writing one.
        account: the account's id.
        now: when it started, if it is new.
        lock: keep other processes from changing it until the transaction ends.
    """
    row = session.get(Account, account, with_for_update=lock or None)
    if row is None:
        session.execute(_insert(session, Account, id=account, started_at=now).on_conflict_do_nothing())
        row = session.get_one(Account, account, with_for_update=lock or None)
    return row


def account_if_known(session: Session, account: str) -> Account | None:
    """The account's row, if it was ever used."""
    return session.get(Account, account)


def only_account(session: Session) -> str | None:
    """The account of a database that serves one; the most recently started if there are several; None if empty."""
    return session.exec(select(Account.id).order_by(col(Account.started_at).desc()).limit(1)).first()


def accounts(session: Session) -> list[Account]:
    """Every account that this database has served."""
    return list(session.exec(select(Account).order_by(col(Account.id))).all())


def seen_cases(session: Session, account: str) -> dict[str, CaseSeen]:
    """What is written down of each case folder, by slug."""
    rows = session.exec(select(CaseSeen).where(CaseSeen.account == account)).all()
    return {row.slug: row for row in rows}


def note_cases(session: Session, account: str, problems: dict[str, str | None], now: datetime) -> list[str]:
    """Write down the folders found by a scan; returns the slugs whose problem is new."""
    known = seen_cases(session, account)
    fresh: list[str] = []
    for slug, problem in sorted(problems.items()):
        row = known.get(slug)
        if row is None:
            seen = {"account": account, "slug": slug, "first_seen_at": now, "problem": problem}
            session.execute(_insert(session, CaseSeen, **seen).on_conflict_do_nothing())
        elif row.problem == problem:
            continue
        else:
            row.problem = problem
            session.add(row)
        if problem:
            fresh.append(slug)
    return fresh


def waiting_cases(session: Session, account: str) -> dict[str, str]:
    """Why case folders cannot be posted, by slug, as the bot found when it last looked; posted ones left out."""
    posted = select(Round.case_id).where(Round.account == account)
    query = select(CaseSeen).where(
        CaseSeen.account == account, col(CaseSeen.problem).is_not(None), col(CaseSeen.slug).not_in(posted)
    )
    return {row.slug: row.problem or "" for row in session.exec(query.order_by(col(CaseSeen.slug))).all()}


def opted_out(session: Session, account: str) -> set[str]:
    """User ids of those who said stop."""
    query = select(Respondent.user_id).where(Respondent.account == account, col(Respondent.opted_out_at).is_not(None))
    return set(session.exec(query).all())


def respondent_row(session: Session, account: str, user_id: str) -> Respondent:
    """A respondent's row, made at its first use."""
    row = session.get(Respondent, (account, user_id))
    if row is None:
        session.execute(_insert(session, Respondent, account=account, user_id=user_id).on_conflict_do_nothing())
        row = session.get_one(Respondent, (account, user_id))
    return row


def opt_out(session: Session, account: str, user_id: str, now: datetime) -> None:
    """Take a person out of the game, of past rounds too: the replies no longer count, and their text goes at once."""
    lock_boards(session, account)
    row = respondent_row(session, account, user_id)
    if row.opted_out_at is not None:
        return
    row.opted_out_at = now
    drop_author(session, account, user_id)
    session.execute(delete(Attempt).where(col(Attempt.account) == account, col(Attempt.author_id) == user_id))
    session.execute(
        update(ReplyRow).where(col(ReplyRow.account) == account, col(ReplyRow.author_id) == user_id).values(text=None)
    )
    session.execute(delete(Appeal).where(col(Appeal.account) == account, col(Appeal.author_id) == user_id))


def bill(session: Session, account: str, day: date, kind: str, units: int) -> None:
    """Count billed resources; several processes may at once."""
    statement = _insert(session, LedgerRow, account=account, day=day, kind=kind, units=units)
    more = LedgerRow.units + statement.excluded.units
    session.execute(statement.on_conflict_do_update(index_elements=["account", "day", "kind"], set_={"units": more}))


def billed(session: Session, account: str, since: date = date.min) -> dict[str, int]:
    """Units billed from a day on, by kind."""
    totals: dict[str, int] = {}
    query = select(LedgerRow).where(LedgerRow.account == account, col(LedgerRow.day) >= since)
    for row in session.exec(query).all():
        totals[row.kind] = totals.get(row.kind, 0) + row.units
    return totals
