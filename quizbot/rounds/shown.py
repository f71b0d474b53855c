"""What of a round may be shown to everybody, and when. Pure: decided by the round's own row."""

from datetime import datetime
from typing import Protocol

from quizbot.core.case import Kind
from quizbot.rounds.retract import Why
from quizbot.rounds.states import State

SHOWN = frozenset(set(State) - {State.QUEUED, State.POSTING})


class Shown(Protocol):
    """The columns of a round that decide."""

    @property
    def kind(self) -> str: ...  # noqa: D102  # of quizbot.store.Round, as the others
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def retraction(self) -> str | None: ...  # noqa: D102
    @property
    def quiz_post_id(self) -> str | None: ...  # noqa: D102
    @property
    def revealed_at(self) -> datetime | None: ...  # noqa: D102


def is_visible(row: Shown) -> bool:
    """Whether there is a page of it: it was posted, and not taken back for privacy."""
    if row.retraction == Why.PRIVACY or State(row.state) not in SHOWN:
        return False
    return row.retraction is None or row.quiz_post_id is not None


def is_told(row: Shown) -> bool:
    """Whether its answer may be shown: it was posted, whatever came after."""
    return row.state == State.REVEALED or (row.retraction == Why.WRONG and row.revealed_at is not None)


def is_archived(row: Shown) -> bool:
    """Whether it stands in the archive: a revealed quiz, or a pearl or link that was posted."""
    corrected = row.retraction == Why.WRONG and not Kind(row.kind).is_quiz
    return is_visible(row) and (row.state == State.POSTED or is_told(row) or corrected)
