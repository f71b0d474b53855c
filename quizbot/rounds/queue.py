"""The queue: which case comes next, and why. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from quizbot.core.case import Case, Kind
from quizbot.rounds.again import Asked, not_yet


@dataclass(frozen=True, slots=True)
class Wish:
    """What people decided of a case's place. ``rank``: from 1; ``pinned``: whatever its own ``post_on`` says."""

    rank: int | None = None
    pinned: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case folder as the queue sees it. ``problem``: why it cannot be posted, or None."""

    slug: str
    case: Case | None
    problem: str | None
    wish: Wish = Wish()

    @property
    def pinned(self) -> datetime | None:
        """When it is to be posted whatever the calendar says."""
        return self.wish.pinned or (self.case.post_on if self.case else None)


@dataclass(frozen=True, slots=True)
class Place:
    """A case's place in the queue. ``why`` says in words how it got there; ``problem`` why it has none."""

    slug: str
    kind: Kind | None
    why: str
    pinned: datetime | None = None
    problem: str | None = None


def unready(case: Case, *, post_examples: bool) -> str | None:
    """Why a case that passes its checks is still not posted by ``run``; None if it may be."""
    if case.is_example and not post_examples:
        return "is a starter example; set QUIZBOT_POST_EXAMPLES=1 to post those too"
    if case.kind.is_quiz and case.reviewed is None:
        return "has no `reviewed`; let a second person read it and note it there"
    if case.kind.is_quiz and case.certainty is None:
        return "has no `certainty`; say how certain the diagnosis is"
    return None


def missed(case: Case, earliest: datetime, wish: Wish = Wish()) -> str | None:
    """Why a pinned case is not posted any more: its time has passed, as a time of the calendar does."""
    at = wish.pinned or case.post_on
    if at is None or at >= earliest:
        return None
    if wish.pinned is not None:
        return f"the time it was pinned to, {at:%Y-%m-%d %H:%M} UTC, has passed without it; pin it anew or unpin it"
    return f"its post_on, {at:%Y-%m-%d %H:%M} UTC, has passed without it; give it another or take it out"


def order(
    candidates: Sequence[Candidate], first_seen: Mapping[str, datetime], posted: Collection[str], *, quiz: bool
) -> list[Place]:
    """The queue of quizzes, or of pearls and links: pinned, ranked by people, due to be asked again, then by age.

    Args:
        candidates: every case folder; broken ones come back last, with their problem.
        first_seen: when each folder was first seen; folders seen together go by name.
        posted: slugs that had their round.
        quiz: whether to order the quizzes or the rest.
    """
    waiting = [c for c in candidates if c.slug not in posted and (c.case is None or c.case.kind.is_quiz == quiz)]
    ready = [c for c in waiting if c.problem is None and c.case is not None]
    pinned = sorted((c for c in ready if c.pinned), key=_pin)
    free = sorted((c for c in ready if not c.pinned), key=lambda c: (*_rank(c), first_seen[c.slug], c.slug))
    broken = [c for c in waiting if c.problem is not None and (c.case is not None or quiz)]
    return [
        *(Place(c.slug, c.case.kind, _pinned_by(c), c.pinned) for c in pinned if c.case),
        *(Place(c.slug, c.case.kind, _why(c, first_seen[c.slug], n)) for n, c in enumerate(free, 1) if c.case),
        *(Place(c.slug, c.case.kind if c.case else None, "not ready", problem=c.problem) for c in broken),
    ]


def spaced(candidates: Sequence[Candidate], asked: Mapping[str, Asked], now: datetime) -> list[Candidate]:
    """The same, those that ask a diagnosis again held back until it is due."""
    held: list[Candidate] = []
    for one in candidates:
        early = one.case and one.case.asks_again and not one.problem and not_yet(one.case.asks_again, asked, now)
        held.append(replace(one, problem=early) if early else one)
    return held


def _pin(candidate: Candidate) -> tuple[datetime, str]:
    assert candidate.pinned is not None  # noqa: S101  # the caller filtered
    return candidate.pinned, candidate.slug


def _rank(candidate: Candidate) -> tuple[bool, int, bool]:
    """Cases that nobody ranked come after those that somebody did; among them those that ask again come first."""
    return candidate.wish.rank is None, candidate.wish.rank or 0, not _again(candidate)


def _again(candidate: Candidate) -> str | None:
    return candidate.case.asks_again if candidate.case else None


def _pinned_by(candidate: Candidate) -> str:
    return "pinned in the console" if candidate.wish.pinned else "pinned by post_on"


def _why(candidate: Candidate, first_seen: datetime, place: int) -> str:
    if candidate.wish.rank is not None:
        return f"number {place} of the queue: put there in the console"
    if _again(candidate):
        return f"number {place} of the queue: asks {_again(candidate)} again: due"
    return f"number {place} of the queue: folder first seen {first_seen:%Y-%m-%d %H:%M} UTC, then by name"
