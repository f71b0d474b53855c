"""What came later than it should have, and by how much. Pure."""

from datetime import timedelta

from quizbot.rounds.policy import REVEAL_ANYWAY
from quizbot.rounds.states import State
from quizbot.store import Round

_WORTH_SAYING = REVEAL_ANYWAY + timedelta(minutes=15)


def lateness(row: Round) -> timedelta | None:
    """How late a round's answer came after its close, if that is worth saying; None for one that was on time.

    Up to an hour may pass while the last replies are being read.
    """
    if row.state != State.REVEALED or row.revealed_at is None or row.closes_at is None:
        return None
    late = row.revealed_at - row.closes_at
    return late if late > _WORTH_SAYING else None


def in_words(span: timedelta) -> str:
    """``3 d 2 h``, ``2 h 5 min`` or ``12 min``."""
    minutes = int(span.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"
