"""X puts the bot's own handle before every reply to it: an address, not the name of somebody who guesses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.rounds.address import unaddressed
from quizbot.store.accounts import account_row


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@em_bot calling it Wellens", "calling it Wellens"),
        ("@EM_Bot: Wellens", "Wellens"),
        ("  @em_bot, Wellens", "Wellens"),
        ("@em_bot @drx says PE", "@drx says PE"),
        ("@em_bot2 says PE", "@em_bot2 says PE"),
        ("Wellens, @em_bot", "Wellens, @em_bot"),
        ("@em_bot", ""),
    ],
)
def test_the_own_handle_goes_from_the_front_and_nothing_else(text, said):
    assert unaddressed("em_bot")(text) == said


@given(st.text(), st.none() | st.text(alphabet="abz_09", min_size=1, max_size=15))
def test_what_is_heard_is_the_end_of_what_was_said(text, handle):
    heard = unaddressed(handle)(text)
    assert text.endswith(heard)
    if handle is None or f"@{handle}" not in text.lower():
        assert heard == text


@pytest.mark.parametrize("text", ["calling it Wellens", "thinking it's Wellens", "I will say Wellens"])
def test_a_guess_behind_the_bots_handle_is_the_respondents_own(world, text):
    world.go(minutes=1)
    handle = next(one["handle"] for one in world.sandbox.control.users() if one["id"] == world.sandbox.bot_id)
    with world.store.write() as session:
        account_row(session, world.sandbox.bot_id, world.clock.at).handle = handle  # as `run` does when it starts
    world.reply("ann", f"@{handle} {text}")
    world.reply("ben", f"@{handle} @drx says Wellens")
    world.go(hours=30)
    assert {name: points for name, points in world.points().items() if points} == {"ann": 10}
