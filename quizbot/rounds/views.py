"""What people see of the rounds: status, schedule, points. Reading only; plain data for commands and pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from quizbot.core.case import Case
from quizbot.rounds.calendar import WeeklyTimes
from quizbot.rounds.late import in_words, lateness
from quizbot.rounds.queue import Place
from quizbot.rounds.states import State
from quizbot.store import Account, OutboxRow, Round, Store
from quizbot.store.accounts import account_if_known
from quizbot.store.pages import shown_names, with_points
from quizbot.store.replies import verdict_counts
from quizbot.store.rounds import all_rounds, outbox_of, round_of


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as the operator sees it. ``next_step``: what happens next, in words."""

    round: Round
    case: Case
    verdicts: dict[str, int]
    waiting: OutboxRow | None
    next_step: str

    @property
    def replies(self) -> int:
        """Versions of replies graded so far."""
        return sum(self.verdicts.values())


@dataclass(frozen=True, slots=True)
class Planned:
    """A coming post: when, and which case; ``slug`` None where the queue has run out."""

    at: datetime
    lane: str
    slug: str | None
    why: str


def account_view(store: Store, account: str, now: datetime) -> Account:
    """The account's row; of one that was never used, as it would be made now: looking writes nothing."""
    with store.read() as session:
        return account_if_known(session, account) or Account(id=account, started_at=now)


def round_views(store: Store, account: str) -> list[RoundView]:
    """Every round, newest first."""
    with store.read() as session:
        rows = all_rounds(session, account)
        return [_view(row, outbox_of(session, row.id), verdict_counts(session, row.id)) for row in reversed(rows)]


def find_round(store: Store, account: str, round_id: str) -> RoundView | None:
    """A round by its id."""
    with store.read() as session:
        row = round_of(session, account, round_id)
        return None if row is None else _view(row, outbox_of(session, row.id), verdict_counts(session, row.id))


def _view(row: Round, rows: Sequence[OutboxRow], verdicts: dict[str, int]) -> RoundView:
    waiting = next((r for r in rows if r.state not in ("sent", "refused")), None)
    return RoundView(row, Case.model_validate_json(row.case_json), verdicts, waiting, _next_step(row, waiting))


def _next_step(row: Round, waiting: OutboxRow | None) -> str:
    if row.halted:
        return f"halted: {row.halted}; settle it, then `quizbot resume {row.id}`"
    if waiting is not None and waiting.state == "unknown":
        why = f" ({waiting.error})" if waiting.error else ""
        return f"not known whether the {waiting.role} post is out{why}; the bot reads its own timeline to find out"
    if row.retraction:
        return _taken_back(row, waiting)
    if waiting is not None and waiting.error:
        return f"{waiting.action} of the {waiting.role} tried again: {waiting.error}"
    return "; ".join(filter(None, [_where_it_stands(row), row.unread]))


def _where_it_stands(row: Round) -> str:
    late = lateness(row)
    match State(row.state):
        case _ if row.gone_at is not None:
            return (
                f"gone: X no longer shows its post (found {row.gone_at:%Y-%m-%d %H:%M} UTC), so nothing more is posted"
            )
        case State.OPEN:
            return f"closes {row.closes_at:%Y-%m-%d %H:%M} UTC"
        case State.CLOSED:
            return "last reading of replies, then the answer"
        case State.POSTING | State.REVEALING:
            return "posts are on their way"
        case _:
            return f"done; the answer came {in_words(late)} late" if late else "done"


def _taken_back(row: Round, waiting: OutboxRow | None) -> str:
    points = "its points do not count" if row.voided else "its points were counted anew"
    if row.state == State.RETRACTED:
        return "taken back for privacy" if row.retraction == "privacy" else f"corrected; {points}"
    if waiting is None:
        return "being taken back"
    return f"being taken back: {waiting.action} of the {waiting.role} " + (waiting.error or "is on its way")


def schedule(places: Sequence[Place], times: WeeklyTimes, now: datetime, lane: str, most: int = 10) -> list[Planned]:
    """The coming posts of a lane: pinned cases at their time, the queue at the calendar's; at most so many."""
    free = [place for place in places if place.problem is None and place.pinned is None]
    slots = list(islice(times.after(now), max(len(free), 1)))
    coming = [Planned(at, lane, place.slug, place.why) for at, place in zip(slots, free, strict=False)]
    pins = [
        Planned(place.pinned, lane, place.slug, place.why) for place in places if place.pinned and place.pinned > now
    ]
    if not free and slots:
        coming = [Planned(slots[0], lane, None, "no case is ready for this time")]
    return sorted([*coming, *pins], key=lambda one: one.at)[:most]


def people_with_points(
    store: Store, round_id: str, account: str, *, joined_only: bool
) -> list[tuple[str, int, timedelta]]:
    """What people are called with their points in a round, best and quickest first; nobody without points."""
    with store.read() as session:
        rows = with_points(session, account, round_id, joined_only=joined_only)
        names = shown_names(session, account, [author for author, _, _ in rows], joined_only=joined_only)
    return [(names[author] or "?", points, timedelta(seconds=s)) for author, points, s in rows if author in names]
