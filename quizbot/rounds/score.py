"""Which reply counts, and what it is worth. Pure: everything can be recomputed from the stored replies.

The rules are those of docs/grading.md: a direct reply counts if X dates it before the close; the respondent's first
attempt counts (every verdict but ``no_guess`` is one, ``review`` holds the place); of an edited post the last version
before the close is graded; a deleted post is forgotten.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

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


@dataclass(frozen=True, slots=True)
class Scored:
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


def attempts(
    replies: Iterable[Graded], opened_at: datetime, closes_at: datetime, excluded: Collection[str]
) -> list[Scored]:
    """The attempt of each respondent, in the order they were made.

    Args:
        replies: all stored versions of all replies of the round.
        opened_at: when the quiz was posted.
        closes_at: replies dated from then on do not count.
        excluded: authors who do not take part: the bot itself, and who opted out.
    """
    versions = [r for r in replies if r.posted_at < closes_at and not r.deleted and r.author_id not in excluded]
    placed = sorted(_posts(versions), key=lambda pair: (pair[0], int(pair[1].root_id)))
    first: dict[str, Scored] = {}
    for at, reply in placed:
        if reply.kind is not VerdictKind.NO_GUESS and reply.author_id not in first:
            seconds = max(0.0, (at - opened_at).total_seconds())
            first[reply.author_id] = Scored(
                reply.author_id, reply.post_id, reply.kind, reply.credit, points(reply.credit), seconds
            )
    return list(first.values())


def _posts(versions: list[Graded]) -> list[tuple[datetime, Graded]]:
    """Each post once: when its first version was made, and its last version."""
    versions.sort(key=lambda r: (r.root_id, r.posted_at, int(r.post_id)))
    groups = [list(group) for _, group in groupby(versions, key=lambda r: r.root_id)]
    return [(group[0].posted_at, group[-1]) for group in groups]
