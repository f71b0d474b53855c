"""The item analysis: how hard each quiz was, how well it told people apart, what many answered instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from quizbot.rounds.answers import LEAST_PEOPLE
from quizbot.rounds.board import season_of
from quizbot.rounds.estimates import Estimate, Sums, point_biserial, share
from quizbot.store import Store
from quizbot.store.items import answer_counts, attempt_kinds, rest_sums, wrong_answers

OTHER_ROUNDS = 5  # of a respondent, at the least, for a rest score


@dataclass(frozen=True, slots=True)
class Item:
    """A quiz as a test item.

    Attributes:
        round_id: the round.
        case_id: the case folder's name.
        opened_at: when it was posted.
        n: attempts with a verdict.
        pending: attempts that wait for a ruling.
        right: the share with credit 1; None for fewer than 30.
        rest: the point-biserial correlation with the rest score; None for fewer than 30 who have one.
        with_rest: how many have one.
    """

    round_id: str
    case_id: str
    opened_at: datetime
    n: int
    pending: int
    right: Estimate | None
    rest: Estimate | None
    with_rest: int

    @property
    def suspicious(self) -> bool:
        """Whether those who know more answered it right less often: the key has to be read again."""
        return self.rest is not None and self.rest.value < 0


@dataclass(frozen=True, slots=True)
class Season:
    """The items of a season. ``right``: of all their attempts together."""

    name: str
    items: int
    n: int
    right: Estimate | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """A wrong answer that many gave. ``share``: of the attempts; ``listed``: whether the case says something to it."""

    diagnosis: str
    people: int
    share: float
    listed: bool


def items(store: Store, account: str) -> list[Item]:
    """Every quiz whose points count, the newest first."""
    with store.read() as session:
        counts = answer_counts(session, account)
        sums = rest_sums(session, account, OTHER_ROUNDS)
    return [_item(row, sums.get(row.round_id)) for row in reversed(counts)]


def _item(row: Any, sums: Any | None) -> Item:  # noqa: ANN401  # rows of the two queries
    n = int(row.decided)
    added = Sums(int(sums.n), sums.x, sums.y, sums.xy, sums.yy) if sums is not None else Sums(0, 0, 0, 0, 0)
    return Item(
        round_id=row.round_id,
        case_id=row.case_id,
        opened_at=row.opened_at,
        n=n,
        pending=int(row.pending),
        right=share(round(row.right), n),
        rest=point_biserial(added),
        with_rest=added.n,
    )


def seasons(shown: Iterable[Item], length: str) -> list[Season]:
    """The items season by season, the oldest first. Pure."""
    ordered = sorted(shown, key=lambda one: one.opened_at)
    groups = groupby(ordered, key=lambda one: season_of(one.opened_at, length))
    return [_season(name, list(group)) for name, group in groups]


def _season(name: str, group: list[Item]) -> Season:
    """Items too small to say anything of by themselves are left out of the sum, too."""
    told = [one for one in group if one.right is not None]
    right = sum(round(one.right.value * one.n) for one in told if one.right)
    n = sum(one.n for one in told)
    return Season(name, len(group), n, share(right, n))


def confusions(store: Store, account: str, item: Item) -> list[Confusion]:
    """Wrong answers that at least three people gave, the most frequent first; nothing below 30 attempts."""
    if item.right is None:
        return []
    with store.read() as session:
        rows = wrong_answers(session, account, item.round_id, LEAST_PEOPLE)
    return [Confusion(row.diagnosis, row.people, row.people / item.n, row.listed is not None) for row in rows]


def kinds(store: Store, account: str, round_id: str) -> dict[str, int]:
    """How many attempts of a round have each verdict."""
    with store.read() as session:
        return attempt_kinds(session, account, round_id)
