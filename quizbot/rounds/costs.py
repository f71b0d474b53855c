"""What the bot has cost, case by case, and what the queue will cost. Reading only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizbot.core.case import Case
from quizbot.rounds.money import Purse, effect_cost, month_start, purse, round_cost, total
from quizbot.rounds.policy import Policy
from quizbot.store import Round, Session, Store
from quizbot.store.accounts import billed
from quizbot.store.replies import count_replies
from quizbot.store.rounds import all_rounds, outbox_of

_TYPICAL_READS = 1.1  # billed reads a reply: each is read once, a few of them twice


@dataclass(frozen=True, slots=True)
class Line:
    """One round's cost in US$: its posts and alt texts as they were made, its replies at the price of a reading."""

    round_id: str
    case_id: str
    posts: float
    replies: int
    reading: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.posts + self.reading


@dataclass(frozen=True, slots=True)
class Spent:
    """The account's money: the month by item (units and US$), every round, and what belongs to no single round."""

    purse: Purse
    items: tuple[tuple[str, int, float], ...]
    rounds: tuple[Line, ...]
    other: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a queued case is likely to cost in US$."""

    case_id: str
    posts: float
    reading: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.posts + self.reading


def spent(store: Store, account: str, policy: Policy, now: datetime) -> Spent:
    """What was spent. Counted by the bot from what X returned: an upper bound, for X bills a post once a day."""
    with store.read() as session:
        month = billed(session, account, since=month_start(now))
        ever = total(billed(session, account), policy.prices)
        lines = tuple(_line(session, row, policy) for row in all_rounds(session, account))
        items = tuple((kind, units, units * policy.prices.of(kind)) for kind, units in sorted(month.items()))
        rest = max(0.0, ever - sum(line.total for line in lines))
        return Spent(purse(session, account, policy, now), items, lines, rest)


def _line(session: Session, row: Round, policy: Policy) -> Line:
    made = sum(effect_cost(one, policy.prices) for one in outbox_of(session, row.id) if one.state == "sent")
    replies = count_replies(session, [row.id])
    return Line(row.id, row.case_id, made, replies, replies * policy.prices.owned_read)


def forecast(cases: Iterable[tuple[str, Case]], so_far: Spent, policy: Policy, users_read: int) -> list[Forecast]:
    """What cases will cost: their posts, and readings and look-ups as in the rounds so far. Pure.

    Args:
        cases: slug and case, in the order of the queue.
        so_far: what the rounds up to now cost.
        policy: prices and references.
        users_read: how many users were ever looked up.
    """
    quizzes = [line for line in so_far.rounds if line.replies]
    replies = sum(line.replies for line in quizzes) / len(quizzes) if quizzes else 0.0
    looked_up = users_read / len(quizzes) if quizzes else 0.0
    reading = replies * _TYPICAL_READS * policy.prices.owned_read + looked_up * policy.prices.user_read
    return [
        Forecast(slug, round_cost(case, policy.references, policy.prices), reading if case.kind.is_quiz else 0.0)
        for slug, case in cases
    ]


def users_read(store: Store, account: str) -> int:
    """How many users were ever looked up."""
    with store.read() as session:
        return billed(session, account).get("user_read", 0)


def sum_of(lines: Sequence[Forecast]) -> float:
    """US$ of all of them."""
    return sum(line.total for line in lines)
