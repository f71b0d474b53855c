from itertools import pairwise

import pytest

from quizbot.rounds.states import MOVES, State, move


def test_every_state_has_its_moves_and_every_unfinished_one_can_be_retracted():
    assert set(MOVES) == set(State)
    for state in set(State) - {State.RETRACTING, State.RETRACTED}:
        assert State.RETRACTING in MOVES[state]


def test_a_quiz_goes_from_queued_to_revealed_and_only_so():
    way = [State.QUEUED, State.POSTING, State.OPEN, State.CLOSED, State.REVEALING, State.REVEALED]
    for here, there in pairwise(way):
        assert move(here, there) == there
        if here is not State.CLOSED:  # back from revealing: the quiz post is gone
            with pytest.raises(ValueError, match="cannot go"):
                move(there, here)
