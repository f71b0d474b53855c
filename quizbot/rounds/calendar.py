"""The calendar: weekly times such as ``mon,thu 12:00`` in a time zone, as instants.

Local times are wall-clock times: across a change to or from summer time a post stays at 12:00. A time that a change
skips moves forward by the change (02:30 becomes 03:30); of a time that happens twice, the first counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quizbot.core.errors import UsageError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class WeeklyTimes:
    """Times of the week in a zone: pairs of weekday (0 is Monday) and local time, sorted."""

    times: tuple[tuple[int, time], ...]
    zone: ZoneInfo

    def after(self, instant: datetime) -> Iterator[datetime]:
        """The instants (UTC) later than the given one, in order, without end; nothing if there are no times."""
        if not self.times:
            return
        day = instant.astimezone(self.zone).date() - timedelta(days=1)
        last = instant
        while True:
            for at in self._on(day):
                if at > last:
                    last = at
                    yield at
            day += timedelta(days=1)

    def latest(self, until: datetime) -> datetime | None:
        """The newest instant (UTC) not later than the given one; None if there are no times."""
        day = until.astimezone(self.zone).date() + timedelta(days=1)
        for back in range(10 if self.times else 0):
            due = [at for at in self._on(day - timedelta(days=back)) if at <= until]
            if due:
                return max(due)
        return None

    def _on(self, day: date) -> list[datetime]:
        return [self._instant(day, at) for weekday, at in self.times if weekday == day.weekday()]

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def parse_times(text: str, zone: ZoneInfo, setting: str) -> WeeklyTimes:
    """Read ``mon,thu 12:00``, ``mon-fri 8:00,17:30``, ``daily 12:00``; several with ``;``. Empty means never.

    Raises:
        UsageError: it is none of these.
    """
    found: set[tuple[int, time]] = set()
    for part in filter(None, (piece.strip().lower() for piece in text.split(";"))):
        days, _, times = part.partition(" ")
        try:
            found |= {(day, at) for day in _days(days) for at in _times(times)}
        except ValueError as error:
            raise UsageError(setting, f"{part!r} is no day and time", "write it like mon,thu 12:00") from error
    return WeeklyTimes(tuple(sorted(found)), zone)


def _days(text: str) -> list[int]:
    if text == "daily":
        return list(range(7))
    days: list[int] = []
    for piece in text.split(","):
        first, dash, last = piece.partition("-")
        start, end = DAYS.index(first), DAYS.index(last if dash else first)
        days += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
    return days


def _times(text: str) -> list[time]:
    times = [_TIME.fullmatch(piece.strip()) for piece in text.split(",")]
    if not all(times):
        raise ValueError(text)
    return [time(int(match[1]), int(match[2])) for match in times if match]
