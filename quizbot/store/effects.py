"""Moves of an outbox row, each a conditional update: of several processes one makes it, and knows that it did.

``planned → sending → sent | refused``, and ``sending → unknown → sent | planned`` where the end was lost. A row in
``sending`` has an owner and a lease; in ``unknown`` it has them while somebody settles it.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Session, col

from quizbot.store.tables import OutboxRow

_id, _state, _owner, _lease = col(OutboxRow.id), col(OutboxRow.state), col(OutboxRow.owner), col(OutboxRow.lease_until)


def _changed(session: Session, *where: ColumnElement[bool], **values: Any) -> int:  # noqa: ANN401  # columns of the row
    done = session.execute(update(OutboxRow).where(*where).values(**values))
    return int(done.rowcount)  # type: ignore[attr-defined]  # a cursor result at run time


def _dead(owner: str, now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """A claim of nobody, of this process itself, over, or from before the clock was put back."""
    return or_(_owner.is_(None), _owner == owner, _lease.is_(None), _lease <= now, _lease > now + 2 * lease)


def bury(session: Session, row_id: int, owner: str, now: datetime, lease: timedelta) -> bool:
    """Make a dead claim ``unknown``: what it was about to do may have been done. False if it lives."""
    end = {"state": "unknown", "owner": None, "lease_until": None, "absences": 0, "absent_at": None}
    return bool(_changed(session, _id == row_id, _state == "sending", _dead(owner, now, lease), **end))


def bury_all(session: Session, account: str) -> None:
    """The same for every claim, alive or not: for the only process of a database, when it starts."""
    account_is = col(OutboxRow.account) == account
    _changed(session, account_is, _state == "sending", state="unknown", absences=0, absent_at=None)
    _changed(session, account_is, _state == "unknown", owner=None, lease_until=None)


def claim_unknown(session: Session, row_id: int, owner: str, now: datetime, lease: timedelta) -> bool:
    """Take it upon oneself to settle a row; False if somebody else does, or has done."""
    return bool(
        _changed(
            session,
            _id == row_id,
            _state == "unknown",
            _dead(owner, now, lease),
            owner=owner,
            lease_until=now + lease,
        )
    )


def note(session: Session, row_id: int, owner: str, **values: Any) -> bool:  # noqa: ANN401  # columns of the row
    """Write down how one's own claim ended, and give it back; False if it was lost meanwhile."""
    mine = and_(_state.in_(["sending", "unknown"]), _owner == owner)
    return bool(_changed(session, _id == row_id, mine, **{"owner": None, "lease_until": None, **values}))


def note_sent(session: Session, row_id: int, owner: str, result_id: str, at: datetime) -> bool:
    """Write down that an effect took place, even if the claim was lost meanwhile, unless another is making it again.

    That other process is then told "duplicate", and finds this very post on the timeline.
    """
    free = or_(_owner == owner, _state.in_(["planned", "unknown"]))
    values = {"state": "sent", "result_id": result_id, "settled_at": at, "failure": None, "error": None}
    return bool(_changed(session, _id == row_id, _state != "sent", free, owner=None, lease_until=None, **values))
