"""What people decide of the calendar: order, pins, pause. The bot follows it at its next look, within seconds."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from quizbot.casebook import LoadedCase
from quizbot.core.errors import InputError
from quizbot.rounds.bot import Bot
from quizbot.rounds.calendar import WeeklyTimes
from quizbot.rounds.queue import Candidate, Place
from quizbot.rounds.scan import candidates, queues
from quizbot.rounds.views import Planned, schedule
from quizbot.store import Store
from quizbot.store.accounts import account_row
from quizbot.store.queue import set_order, set_pin

_MOST_SLOTS = 200


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the calendar: quizzes, or pearls and links.

    Attributes:
        name: ``quiz`` or ``pearl``.
        free: cases in their order.
        pinned: cases with a time of their own.
        unready: cases that cannot be posted, with the reason.
        coming: the posts to come, with their times.
    """

    name: str
    free: tuple[Place, ...]
    pinned: tuple[Place, ...]
    unready: tuple[Place, ...]
    coming: tuple[Planned, ...]

    @property
    def order(self) -> list[str]:
        """The free cases by name."""
        return [place.slug for place in self.free]

    @property
    def seen(self) -> str:
        """A digest of the order: what is changed has to be what was looked at."""
        return hashlib.sha256("\n".join(self.order).encode()).hexdigest()[:16]

    def at(self, slug: str) -> datetime | None:
        """When a case is posted, as things stand."""
        return next((one.at for one in self.coming if one.slug == slug), None)


def lanes(bot: Bot) -> tuple[Lane, Lane]:
    """The calendar as it is now.

    Raises:
        InputError: the folder of case folders is missing.
    """
    return lanes_of(bot, candidates(bot))


def lanes_of(bot: Bot, found: dict[str, tuple[LoadedCase, Candidate]]) -> tuple[Lane, Lane]:
    """The calendar of some candidates."""
    now = bot.now()
    quizzes, others = queues(bot, found, now)
    return _lane("quiz", quizzes, bot.policy.quiz_times, now), _lane("pearl", others, bot.policy.pearl_times, now)


def _lane(name: str, places: Sequence[Place], times: WeeklyTimes, now: datetime) -> Lane:
    ready = [place for place in places if place.problem is None]
    return Lane(
        name,
        tuple(place for place in ready if place.pinned is None),
        tuple(place for place in ready if place.pinned is not None),
        tuple(place for place in places if place.problem is not None),
        tuple(schedule(places, times, now, name, _MOST_SLOTS)),
    )


def moved(order: Sequence[str], slug: str, to: str) -> list[str]:
    """An order with one case moved: ``top``, ``up``, ``down``, ``bottom``, or to a place, counted from 1. Pure.

    Raises:
        InputError: the case is not in the order, or there is no such move.
    """
    if slug not in order:
        raise InputError(slug, "is not in the queue any more", "load the page again")
    rest = [one for one in order if one != slug]
    at = list(order).index(slug)
    places = {"top": 0, "up": max(0, at - 1), "down": min(len(rest), at + 1), "bottom": len(rest)}
    places |= {str(place + 1): place for place in range(len(order))}
    if to not in places:
        raise InputError(to, "is no move", "use the buttons")
    rest.insert(places[to], slug)
    return rest


def move(bot: Bot, slug: str, to: str, seen: str, by: str) -> None:
    """Move a case in its lane's queue.

    Raises:
        InputError: the queue is not the one that was looked at, or the case is not in it.
    """
    lane = next((one for one in lanes(bot) if slug in one.order), None)
    if lane is None or lane.seen != seen:
        raise InputError(slug, "the queue has changed meanwhile", "look at it again")
    order = moved(lane.order, slug, to)
    with bot.store.write() as session:
        set_order(session, bot.account, order, by, bot.now())


def pin(bot: Bot, slug: str, at: datetime, by: str) -> None:
    """Pin a case to an instant.

    Raises:
        InputError: it is past, or the case is not waiting to be posted.
    """
    if at <= bot.now():
        raise InputError("the time", "has passed", "choose one to come")
    _require_waiting(bot, slug)
    with bot.store.write() as session:
        set_pin(session, bot.account, slug, at, by, bot.now())


def unpin(bot: Bot, slug: str, by: str) -> None:
    """Take a pin of the console away; a ``post_on`` of the file counts again.

    Raises:
        InputError: the case is not waiting to be posted.
    """
    _require_waiting(bot, slug)
    with bot.store.write() as session:
        set_pin(session, bot.account, slug, None, by, bot.now())


def _require_waiting(bot: Bot, slug: str) -> None:
    if not any(place.slug == slug for lane in lanes(bot) for place in (*lane.free, *lane.pinned, *lane.unready)):
        raise InputError(slug, "does not wait to be posted", "look at the calendar again")


def local_time(text: str, zone: ZoneInfo) -> datetime:
    """An instant from what a form sends, ``2026-10-05T12:00``, in a zone. Pure.

    Raises:
        InputError: it is none.
    """
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(ZoneInfo("UTC"))
    except (ValueError, OverflowError):
        raise InputError("the time", "is not a date and a time", "write it like 2026-10-05T12:00") from None


def pause(store: Store, account: str, now: datetime) -> None:
    """Post nothing until ``resume``; replies are still read."""
    with store.write() as session:
        account_row(session, account, now, lock=True).paused_at = now


def resume(store: Store, account: str, now: datetime) -> None:
    """Go on posting, after a pause or after the bot stopped by itself."""
    with store.write() as session:
        row = account_row(session, account, now, lock=True)
        row.paused_at = row.stopped_reason = row.stopped_until = None
