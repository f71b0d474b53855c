"""What things cost, and what may still be spent. Pure, but for the one query that adds up the month."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from quizbot.core.case import Case
from quizbot.core.compose import answer_posts, described, quiz_posts
from quizbot.core.prices import Prices
from quizbot.core.weight import links_in
from quizbot.rounds.plan import Action
from quizbot.rounds.policy import Policy
from quizbot.rounds.states import State
from quizbot.store import OutboxRow, Round, Session
from quizbot.store.accounts import billed
from quizbot.store.rounds import outbox_rows, rounds_in

UNFINISHED = ("planned", "sending", "unknown")
ANSWER_OWED = (State.POSTING, State.OPEN, State.CLOSED)


class BudgetError(Exception):
    """What is left of the month's budget is kept for what is owed."""


@dataclass(frozen=True, slots=True)
class Purse:
    """The month's money in US$. ``budget``: None for no limit; ``owed``: kept back for what was begun."""

    budget: float | None
    spent: float
    owed: float

    @property
    def left(self) -> float:
        """What may go into new rounds and into reading."""
        return math.inf if self.budget is None else self.budget - self.spent - self.owed

    def covers(self, cost: float) -> bool:
        """Whether something owed may still be paid: the budget itself is the limit then."""
        return self.budget is None or self.spent + cost <= self.budget + 1e-9

    def allows(self, cost: float) -> bool:
        """Whether something new may be paid, with what is owed kept back."""
        return self.left + 1e-9 >= cost

    def __str__(self) -> str:
        limit = "no budget set" if self.budget is None else f"of US$ {self.budget:.2f} this month"
        return f"US$ {self.spent:.2f} {limit}, US$ {self.owed:.2f} kept back for what is owed"


def post_kind(text: str) -> str:
    """The item of X's price list that publishing a text is."""
    return "post_create_link" if links_in(text) else "post_create"


def post_cost(text: str, prices: Prices) -> float:
    """Of publishing a text."""
    return prices.of(post_kind(text))


def effect_cost(row: OutboxRow, prices: Prices) -> float:
    """Of making one effect of the outbox."""
    match row.action:
        case Action.POST:
            return post_cost(row.text, prices)
        case Action.DESCRIBE:
            return prices.media_metadata
        case Action.DELETE:
            return prices.post_delete
        case _:
            return 0.0


def answer_cost(case: Case, references: int, prices: Prices) -> float:
    """Of a quiz's answer; nothing for other kinds."""
    return sum(post_cost(post.text, prices) for post in answer_posts(case, references))


def round_cost(case: Case, references: int, prices: Prices) -> float:
    """Of all posts of a case and its pictures' alt texts, without its replies."""
    opening = sum(post_cost(post.text, prices) for post in quiz_posts(case))
    return opening + described(case) * prices.media_metadata + answer_cost(case, references, prices)


def total(units: Mapping[str, int], prices: Prices) -> float:
    """Of so many units of each kind."""
    return sum(number * prices.of(kind) for kind, number in units.items())


def month_start(now: datetime) -> date:
    """The first day of the running month: X closes its bills in UTC."""
    return now.astimezone(UTC).date().replace(day=1)


def owed(rows: Iterable[OutboxRow], rounds: Iterable[Round], policy: Policy) -> float:
    """What was begun will still cost: effects not made yet, and the answers of quizzes that are out."""
    made = sum(effect_cost(row, policy.prices) for row in rows if row.state in UNFINISHED)
    return made + sum(
        answer_cost(Case.model_validate_json(row.case_json), policy.references, policy.prices)
        for row in rounds
        if row.gone_at is None and row.state in ANSWER_OWED
    )


def purse(session: Session, account: str, policy: Policy, now: datetime) -> Purse:
    """How the month stands."""
    spent = total(billed(session, account, since=month_start(now)), policy.prices)
    rows = outbox_rows(session, account, UNFINISHED)
    return Purse(policy.budget, spent, owed(rows, rounds_in(session, account, ANSWER_OWED), policy))
