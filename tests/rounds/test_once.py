"""What one look of the bot did, in a line."""

import pytest

from quizbot.rounds.once import Look, told

BEFORE = Look({"1": ("gout", "open"), "2": ("pearl", "posted")}, 3)


@pytest.mark.parametrize(
    ("rounds", "replies", "said"),
    [
        ({}, 3, "nothing was due; `quizbot schedule` says what comes next, and why"),
        ({}, 4, "1 reply read"),
        ({}, 1, "nothing was due; `quizbot schedule` says what comes next, and why"),
        ({"1": ("gout", "closed")}, 9, "gout: open → closed; 6 replies read"),
        ({"3": ("asthma", "open")}, 3, "asthma: open"),
    ],
)
def test_what_changed_is_told_and_nothing_else(rounds, replies, said):
    assert told(BEFORE, Look({**BEFORE.rounds, **rounds}, replies)) == said
