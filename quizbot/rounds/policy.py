"""What the operator decided, as plain data; the settings are turned into it at the edge."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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


# The rhythm of reading: people answer in the first hours, so reading is dense then and sparse later. An empty reading
# costs nothing on X, and X allows 300 in 15 minutes.
_RHYTHM = (
    (timedelta(hours=1), timedelta(minutes=2)),
    (timedelta(hours=6), timedelta(minutes=10)),
    (timedelta(hours=24), timedelta(minutes=30)),
)
_RARE = timedelta(hours=3)
# X shows a post to readers some time after it was made; a reading that starts this long after the close has them.
INDEXING_LAG = timedelta(minutes=2)
# Readings go back this far before the newest reply known, for those that X shows late and out of order.
OVERLAP = timedelta(minutes=15)
# If X cannot be read for so long after the close, the answer is posted all the same; replies found later still count.
REVEAL_ANYWAY = timedelta(hours=1)


def reading_interval(age: timedelta) -> timedelta:
    """How long to wait until the next reading, for a round of that age."""
    return next((interval for limit, interval in _RHYTHM if age < limit), _RARE)


def next_reading(now: datetime, opened_at: datetime, closes_at: datetime) -> datetime:
    """When to read next: by the rhythm, and once right before the close."""
    regular = now + reading_interval(now - opened_at)
    return closes_at if now < closes_at < regular else regular
