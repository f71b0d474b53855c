"""What the operator decided, as plain data; the settings are turned into it at the edge."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from quizbot.core.prices import Prices
from quizbot.deid.standing import Consent
from quizbot.rounds.calendar import WeeklyTimes


@dataclass(frozen=True, slots=True)
class Policy:
    """The operator's choices that the life of a round depends on."""

    quiz_times: WeeklyTimes
    pearl_times: WeeklyTimes
    post_within: timedelta
    reveal_after: timedelta
    read_for: timedelta
    post_examples: bool
    references: int
    sweep: bool
    keep_text: timedelta
    require_consent: Consent = "written"  # the ground for pictures of patients
    prices: Prices = field(default_factory=Prices)
    budget: float | None = None  # US$ a month
    joined_only: bool = False  # boards list only those who chose to be on them


# The rhythm of reading: people answer in the first hours, so reading is dense then and sparse later.
_RHYTHM = (
    (timedelta(hours=1), timedelta(minutes=10)),
    (timedelta(hours=6), timedelta(minutes=20)),
    (timedelta(hours=24), timedelta(minutes=40)),
)
_RARE = timedelta(hours=3)
# X shows a post to readers some time after it was made; a reading that starts this long after the close has them.
INDEXING_LAG = timedelta(minutes=2)
# X shows some posts late and out of order. Readings stop this long before the present, so that each post is read once,
# when those around it are there too; a reading that overlapped the one before would be billed for each post again.
SETTLE = timedelta(minutes=15)
_SETTLE_LEAST = timedelta(seconds=30)
# X keeps the newest 800 mentions: reading comes before three quarters as many wait. What drops out of X's list is
# noticed and searched for, at five times the price; what is shown after its time to settle is not noticed. So where the
# two are at odds, settling gets what the list holds, but for what comes in the minute between two readings and for a
# reserve: up to 46 replies a minute the whole quarter of an hour, up to 68 ten minutes. A reply that X shows ten
# minutes late among more than 80 a minute was never on its list: only the sweep finds it.
MENTIONS_KEPT = 800
_WAITING_MOST = MENTIONS_KEPT * 3 // 4
_SETTLING_MOST = MENTIONS_KEPT * 15 // 16
_OFTENEST = timedelta(minutes=1)
# As long as nobody has answered a quiz, looking is free; the first reading that brings answers tells how quickly they
# come, and the sooner it is made, the fewer of them are read again when they have settled.
_AT_FIRST = timedelta(minutes=10)
# If X cannot be read for so long after the close, the answer is posted all the same; replies found later still count.
REVEAL_ANYWAY = timedelta(hours=1)


def settling(per_minute: float) -> timedelta:
    """How long replies are left to settle before they are read; less if so many come that X would drop some.

    Args:
        per_minute: replies a minute, lately.
    """
    if per_minute <= 0:
        return SETTLE
    return max(_SETTLE_LEAST, min(SETTLE, timedelta(minutes=_SETTLING_MOST / per_minute) - _OFTENEST))


def reading_interval(age: timedelta, per_minute: float = 0.0) -> timedelta:
    """How long to wait until the next reading, for a round of that age and that many replies a minute."""
    regular = next((interval for limit, interval in _RHYTHM if age < limit), _RARE)
    if per_minute <= 0:
        return regular
    room = timedelta(minutes=_WAITING_MOST / per_minute) - settling(per_minute)
    return max(_OFTENEST, min(regular, room))


def next_reading(
    now: datetime, opened_at: datetime, closes_at: datetime, per_minute: float = 0.0, *, answered: bool = True
) -> datetime:
    """When to read next: by the rhythm, and once right after the close, when X shows the last replies.

    Args:
        now: the end of this reading.
        opened_at: of the round.
        closes_at: of the round.
        per_minute: replies a minute, lately.
        answered: whether anybody has; a quiz that nobody has answered yet is looked at every minute at first.
    """
    waiting = not answered and now - opened_at < _AT_FIRST
    regular = now + (_OFTENEST if waiting else reading_interval(now - opened_at, per_minute))
    final = closes_at + INDEXING_LAG
    return final if now < final < regular else regular
