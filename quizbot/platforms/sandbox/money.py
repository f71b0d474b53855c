"""What calls cost, and the ledger of what was billed.

The prices are X's pay-per-use list of 2026, in thousandths of a US$ ("mills"). A resource that is read is billed once
per UTC day and price; an empty or failed call is free.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from quizbot.platforms.sandbox.database import Tx, get_meta, set_meta


class Item(StrEnum):
    """A line of the price list."""

    POST_READ = "post_read"
    OWNED_READ = "owned_read"
    USER_READ = "user_read"
    POST_CREATE = "post_create"
    POST_CREATE_LINK = "post_create_link"
    MEDIA_METADATA = "media_metadata"
    POST_DELETE = "post_delete"


PRICES_MILLS = {
    Item.POST_READ: 5,
    Item.OWNED_READ: 1,
    Item.USER_READ: 10,
    Item.POST_CREATE: 15,
    Item.POST_CREATE_LINK: 200,
    Item.MEDIA_METADATA: 5,
    Item.POST_DELETE: 10,
}
MILLS = 1000  # mills in a US$
_ONCE_A_DAY = frozenset({Item.POST_READ, Item.OWNED_READ, Item.USER_READ})


@dataclass(frozen=True, slots=True)
class Bill:
    """One resource that a call returned or made."""

    item: Item
    resource_id: str


class CreditsGoneError(Exception):
    """The credits do not cover the call."""


class CapReachedError(Exception):
    """The call would pass the spending limit."""


@dataclass(frozen=True, slots=True)
class Balance:
    """In mills: what is left (None: never refused), what was spent, and the spending limit if there is one."""

    left: int | None
    spent: int
    cap: int | None


def to_mills(dollars: float) -> int:
    """US$ as mills, rounded."""
    return round(dollars * MILLS)


def balance(tx: Tx) -> Balance:
    """How the account stands."""
    left, cap = get_meta(tx, "credit_mills"), get_meta(tx, "cap_mills")
    spent = int(get_meta(tx, "spent_mills") or 0)
    return Balance(int(left) if left else None, spent, int(cap) if cap else None)


def set_credit(tx: Tx, dollars: float | None) -> None:
    """Give the account so much from now on; None: calls are billed but never refused."""
    set_meta(tx, "credit_mills", "" if dollars is None else str(to_mills(dollars)))


def set_cap(tx: Tx, dollars: float | None) -> None:
    """Limit what may be spent in all; None: no limit."""
    set_meta(tx, "cap_mills", "" if dollars is None else str(to_mills(dollars)))


def check_open(now: Balance) -> None:
    """Refuse every call once nothing is left.

    Raises:
        CreditsGoneError: the credits are used up.
        CapReachedError: the spending limit is reached.
    """
    if now.cap is not None and now.spent >= now.cap:
        raise CapReachedError
    if now.left is not None and now.left <= 0:
        raise CreditsGoneError


def charge(tx: Tx, bills: Iterable[Bill], now_ms: int) -> int:
    """Write the bills down and take the money; returns the mills charged.

    Raises:
        CreditsGoneError: more than is left; the caller undoes the whole call.
        CapReachedError: more than may be spent, likewise.
    """
    day = datetime.fromtimestamp(now_ms / 1000, UTC).date().isoformat()
    cost = sum(_enter(tx, bill, day, now_ms) for bill in bills)
    now = balance(tx)
    if now.cap is not None and now.spent + cost > now.cap:
        raise CapReachedError
    if now.left is not None:
        if cost > now.left:
            raise CreditsGoneError
        set_meta(tx, "credit_mills", str(now.left - cost))
    set_meta(tx, "spent_mills", str(now.spent + cost))
    return cost


def _enter(tx: Tx, bill: Bill, day: str, now_ms: int) -> int:
    """One entry; returns what it adds to the bill."""
    price = PRICES_MILLS[bill.item]
    first = tx.execute(
        """INSERT INTO ledger (day, item, resource_id, mills, first_ms) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (day, item, resource_id) DO UPDATE SET returned = returned + 1
           RETURNING returned""",
        (day, bill.item, bill.resource_id, price, now_ms),
    ).fetchone()["returned"]
    if first == 1:
        return price
    if bill.item in _ONCE_A_DAY:
        return 0
    tx.execute(
        "UPDATE ledger SET mills = mills + ? WHERE day = ? AND item = ? AND resource_id = ?",
        (price, day, bill.item, bill.resource_id),
    )
    return price


def entries(tx: Tx) -> list[dict[str, object]]:
    """The ledger, oldest first: day, item, resource_id, mills, returned."""
    rows = tx.execute("SELECT day, item, resource_id, mills, returned FROM ledger ORDER BY entry")
    return [dict(row) for row in rows]


def totals(tx: Tx) -> dict[str, dict[str, int]]:
    """By item: how many resources were billed, how often they were returned, and the mills."""
    rows = tx.execute(
        """SELECT item, count(*) AS resources, sum(returned) AS returned, sum(mills) AS mills
           FROM ledger GROUP BY item ORDER BY item"""
    )
    return {row["item"]: {k: row[k] for k in ("resources", "returned", "mills")} for row in rows}
