"""How long to wait before trying again. Pure."""

import zlib
from datetime import datetime, timedelta

from quizbot.platforms.protocol import PlatformError

_FIRST, LONGEST = timedelta(seconds=5), timedelta(minutes=15)


def backoff(attempts: int, salt: str = "") -> timedelta:
    """How long to wait after so many failed attempts: 5 s, doubled each time, at most 15 min; a part of it by chance.

    Args:
        attempts: failures so far.
        salt: who waits; half of the time depends on it, so that several bots do not come back at the same instant.
    """
    whole = min(LONGEST, _FIRST * (1 << min(attempts, 12)))
    chance = zlib.crc32(f"{salt}:{attempts}".encode()) / 2**32
    return whole * (0.5 + chance / 2)


def retry_at(error: PlatformError, now: datetime, attempts: int, salt: str = "") -> datetime:
    """When to try again: when the platform says, within a quarter of an hour; else by the backoff."""
    if error.retry_at is not None and now < error.retry_at:
        return min(error.retry_at, now + LONGEST) + timedelta(seconds=1)
    return now + backoff(attempts, salt)


def patience(since: datetime | None, now: datetime) -> timedelta:
    """How long to wait before reading again what could not be read since then: a tenth of that, 1 to 15 min."""
    waited = (now - since) / 10 if since is not None else timedelta(0)
    return max(timedelta(minutes=1), min(LONGEST, waited))
