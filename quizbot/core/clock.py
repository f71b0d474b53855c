"""The one clock that bot and sandbox share, so that a day can pass in seconds.

All instants are timezone-aware UTC ``datetime``s. No other module reads the time.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from quizbot.core.errors import UsageError

MOST_FACTOR = 1_000_000  # a day in a tenth of a second; nothing would keep up with more


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait for so many seconds of this clock's time."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait for so many seconds."""
        time.sleep(max(0.0, seconds))


@dataclass(frozen=True, slots=True)
class ScaledClock:
    """A clock that started at ``origin`` when the machine's stood at ``started``, and runs ``factor`` times as fast."""

    started: datetime
    origin: datetime
    factor: float

    def now(self) -> datetime:
        """The present instant of this clock, UTC."""
        return self.origin + (datetime.now(UTC) - self.started) * self.factor

    def sleep(self, seconds: float) -> None:
        """Wait for so many seconds of this clock, that is ``seconds / factor`` real ones."""
        time.sleep(max(0.0, seconds / self.factor))

    def __str__(self) -> str:
        return f"{self.origin.isoformat()}@{self.started.isoformat()}x{self.factor:g}"


@dataclass(slots=True)
class ManualClock:
    """A clock that stands still until it is moved; for tests and simulations."""

    at: datetime

    def now(self) -> datetime:
        """The instant it stands at."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Move on by so many seconds at once."""
        self.at += timedelta(seconds=seconds)


def parse_clock(text: str) -> Clock:
    """Read the clock setting.

    Args:
        text: empty for the machine's time, else ``ORIGIN@STARTEDxFACTOR``: two ISO 8601 instants with zone and a
            factor from 1 to 1,000,000, as ``str(ScaledClock)`` prints it.

    Raises:
        UsageError: it is neither.
    """
    if not text:
        return SystemClock()
    try:
        return _scaled(text)
    except ValueError as error:
        raise UsageError(
            "QUIZBOT_CLOCK", "is not ORIGIN@STARTEDxFACTOR", "leave it empty for the machine's time"
        ) from error


def _scaled(text: str) -> ScaledClock:
    origin_text, rest = text.split("@")
    started_text, factor_text = rest.rsplit("x", 1)
    origin, started = datetime.fromisoformat(origin_text), datetime.fromisoformat(started_text)
    factor = float(factor_text)
    if origin.tzinfo is None or started.tzinfo is None or not 1 <= factor <= MOST_FACTOR:
        raise ValueError(text)
    return ScaledClock(started.astimezone(UTC), origin.astimezone(UTC), factor)
