"""The states of a round and its legal moves. ``halted`` and ``gone`` are flags beside the state, not states."""

from enum import StrEnum


class State(StrEnum):
    """Where a round stands."""

    QUEUED = "queued"
    POSTING = "posting"
    OPEN = "open"
    CLOSED = "closed"
    REVEALING = "revealing"
    REVEALED = "revealed"
    POSTED = "posted"  # the end of a pearl or link
    RETRACTING = "retracting"
    RETRACTED = "retracted"


MOVES: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.POSTING, State.RETRACTING}),
    State.POSTING: frozenset({State.OPEN, State.POSTED, State.RETRACTING}),
    State.OPEN: frozenset({State.CLOSED, State.RETRACTING}),
    State.CLOSED: frozenset({State.REVEALING, State.RETRACTING}),
    State.REVEALING: frozenset({State.REVEALED, State.RETRACTING}),
    State.REVEALED: frozenset({State.RETRACTING}),
    State.POSTED: frozenset({State.RETRACTING}),
    State.RETRACTING: frozenset({State.RETRACTED}),
    State.RETRACTED: frozenset({State.RETRACTING}),  # what was corrected may be corrected again, or have to go
}


UNFINISHED = (State.QUEUED, State.POSTING, State.OPEN, State.CLOSED, State.REVEALING, State.RETRACTING)
"""States that a round leaves by itself."""


def move(current: str, to: State) -> str:
    """The new state's name.

    Raises:
        ValueError: the move is not legal; a mistake in the program, never in the input.
    """
    if to not in MOVES[State(current)]:
        raise ValueError(f"a round cannot go from {current} to {to}")
    return str(to)
