"""What people decided of the cases' places in the calendar."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from quizbot.store.console_tables import QueueRow


def places(session: Session, account: str) -> dict[str, QueueRow]:
    """The decisions, by case."""
    return {row.slug: row for row in session.exec(select(QueueRow).where(QueueRow.account == account)).all()}


def set_order(session: Session, account: str, slugs: Sequence[str], by: str, now: datetime) -> None:
    """Give cases the order in which they are named; others come after them by age.

    Args:
        session: a writing one.
        account: whose queue.
        slugs: the whole order.
        by: who decides.
        now: when.
    """
    known = places(session, account)
    for rank, slug in enumerate(slugs, start=1):
        row = known.get(slug)
        if row is None:
            session.add(QueueRow(account=account, slug=slug, rank=rank, changed_by=by, changed_at=now))
        elif row.rank != rank:
            row.rank, row.changed_by, row.changed_at = rank, by, now


def set_pin(session: Session, account: str, slug: str, at: datetime | None, by: str, now: datetime) -> None:
    """Pin a case to an instant, whatever its own ``post_on`` says; None: it is the file's business again."""
    row = session.get(QueueRow, (account, slug), with_for_update=True)
    if row is None:
        session.add(QueueRow(account=account, slug=slug, pinned_at=at, changed_by=by, changed_at=now))
    else:
        row.pinned_at, row.changed_by, row.changed_at = at, by, now
