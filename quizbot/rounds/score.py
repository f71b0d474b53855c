"""Which reply counts, and what it is worth. Pure: everything can be recomputed from the stored replies.

The rules are those of docs/grading.md: a direct reply counts if X dates it before the close; the respondent's first
attempt counts (every verdict but ``no_guess`` is one, ``review`` holds the place); of an edited post the last version
before the close is graded; a deleted post is forgotten.
"""

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from quizbot.core.verdict import VerdictKind

POINTS = 10  # for a correct answer; a partial one gets its credit times that, rounded half up


@dataclass(frozen=True, slots=True)
class Graded:
    """A stored version of a reply with its verdict."""

    post_id: str
    root_id: str
    author_id: str
    posted_at: datetime
    kind: VerdictKind
    credit: float | None
    deleted: bool = False


class Scored(NamedTuple):
    """The reply of a respondent that counts. ``seconds``: from the quiz's post to the reply's first version."""

    author_id: str
    post_id: str
    kind: VerdictKind
    credit: float | None
    points: int
    seconds: float


def points(credit: float | None) -> int:
    """Points for a credit from 0 to 1, rounded half up (0.25 gives 3); none for no credit."""
    return math.floor((credit or 0.0) * POINTS + 0.5)


def attempt_of(versions: Iterable[Graded], opened_at: datetime, closes_at: datetime) -> Scored | None:
    """The attempt of one respondent: the first of the posts that is one, by its last version before the close.

    Args:
        versions: all stored versions of all replies of one author in the round.
        opened_at: when the quiz was posted.
        closes_at: replies dated from then on do not count.
    """
    counting = [r for r in versions if r.posted_at < closes_at and not r.deleted]
    tries = [(at, r) for at, r in _posts(counting) if r.kind is not VerdictKind.NO_GUESS]
    if not tries:
        return None
    at, reply = min(tries, key=lambda pair: (pair[0], int(pair[1].root_id)))
    seconds = max(0.0, (at - opened_at).total_seconds())
    return Scored(reply.author_id, reply.post_id, reply.kind, reply.credit, points(reply.credit), seconds)


def attempts(
    replies: Iterable[Graded], opened_at: datetime, closes_at: datetime, excluded: Collection[str]
) -> Iterator[Scored]:
    """The attempt of each respondent who made one.

    Args:
        replies: all stored versions of all replies of the round, those of an author next to each other.
        opened_at: when the quiz was posted.
        closes_at: replies dated from then on do not count.
        excluded: authors who do not take part: the bot itself, and who opted out.
    """
    for author, own in groupby(replies, key=lambda r: r.author_id):
        scored = None if author in excluded else attempt_of(own, opened_at, closes_at)
        if scored is not None:
            yield scored


def _posts(versions: list[Graded]) -> list[tuple[datetime, Graded]]:
    """Each post once: when its first version was made, and its last version."""
    versions.sort(key=lambda r: (r.root_id, r.posted_at, int(r.post_id)))
    groups = [list(group) for _, group in groupby(versions, key=lambda r: r.root_id)]
    return [(group[0].posted_at, group[-1]) for group in groups]
