"""The item analysis: how hard each quiz was, how well it told people apart, what many answered instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from quizbot.rounds.answers import LEAST_PEOPLE
from quizbot.rounds.board import season_of
from quizbot.rounds.estimates import Estimate, Sums, point_biserial, share
from quizbot.store import Store
from quizbot.store.items import (
    analysis_stamp,
    answer_counts,
    attempt_kinds,
    both_answered,
    rest_sums,
    wrong_answers,
)

OTHER_ROUNDS = 5  # of a respondent, at the least, for a rest score


@dataclass(frozen=True, slots=True)
class Item:
    """A quiz as a test item.

    Attributes:
        round_id: the round.
        case_id: the case folder's name.
        first: the case that asked its diagnosis first: another one if this asks it again, else the same.
        opened_at: when it was posted.
        n: attempts with a verdict.
        pending: attempts that wait for a ruling.
        right: the share with credit 1; None for fewer than 30.
        rest: the point-biserial correlation with the rest score; None for fewer than 30 who have one.
        with_rest: how many have one.
    """

    round_id: str
    case_id: str
    first: str
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
    """The items of a season.

    Attributes:
        name: such as ``2026Q4``.
        items: how many.
        n: attempts with a verdict, of the items that something is said of.
        right: the share correct of all of these together.
        rest: the median of their point-biserials; None where no item has one.
        suspicious: items whose key has to be read again.
    """

    name: str
    items: int
    n: int
    right: Estimate | None
    rest: float | None
    suspicious: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """An asking of a diagnosis after an earlier one.

    Attributes:
        item: the later asking.
        both: people who have a verdict in this one and in the one before.
        before: the share of them who were right then; None for fewer than 30.
        after: the share of them who were right now; None for fewer than 30.
    """

    item: Item
    both: int
    before: Estimate | None
    after: Estimate | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """A wrong answer that many gave. ``share``: of the attempts; ``listed``: whether the case says something to it."""

    diagnosis: str
    people: int
    share: float
    listed: bool


def items_stamp(store: Store, account: str) -> object:
    """Tells whether the analysis has to be computed anew: equal stamps, equal items."""
    with store.read() as session:
        return analysis_stamp(session, account)


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
        first=row.first_case or row.case_id,
        opened_at=row.opened_at,
        n=n,
        pending=int(row.pending),
        right=share(round(row.right), n),
        rest=point_biserial(added),
        with_rest=added.n,
    )


def askings(shown: Iterable[Item]) -> dict[str, list[Item]]:
    """The diagnoses that were asked more than once: by the case that asked first, its items, the oldest first. Pure."""
    by_first: dict[str, list[Item]] = {}
    for one in sorted(shown, key=lambda one: one.opened_at):
        by_first.setdefault(one.first, []).append(one)
    return {first: group for first, group in by_first.items() if len(group) > 1}


def repeats(store: Store, account: str, asked: Iterable[Item]) -> list[Repeat]:
    """Of a diagnosis' askings, the oldest first: how those who answered two in a row did in both."""
    pairs = list(pairwise(asked))
    with store.read() as session:
        found = [both_answered(session, account, one.round_id, two.round_id) for one, two in pairs]
    return [
        Repeat(later, people, share(before, people), share(after, people))
        for (_, later), (people, before, after) in zip(pairs, found, strict=True)
    ]


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
    told_apart = [one.rest.value for one in group if one.rest is not None]
    return Season(
        name,
        len(group),
        n,
        share(right, n),
        median(told_apart) if told_apart else None,
        sum(one.suspicious for one in group),
    )


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
