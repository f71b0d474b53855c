"""After a restore nothing is posted a second time, and what happened since the backup is found again."""

from datetime import timedelta

import pytest

from quizbot.rounds.engine import advance, recover
from quizbot.rounds.restoring import restore
from quizbot.store.accounts import account_row
from quizbot.store.backup import back_up
from tests.rounds.test_rights import leap
from tests.rounds.world import T0


@pytest.mark.parametrize("known", ["nothing", "the quiz"])
def test_posts_and_replies_since_the_backup_are_found_again(world, tmp_path, known):
    if known == "the quiz":
        world.go(minutes=1)
    else:
        world.clock.at = T0 - timedelta(minutes=5)
        advance(world.bot)
    back_up(world.store, tmp_path / "copy.db")
    world.clock.at = T0 + timedelta(minutes=2)
    advance(world.bot)
    world.reply("ann", "Wellens")
    leap(world, 60)
    restore(world.store, tmp_path / "copy.db", world.bot.memory, world.clock.at, overwrite=True)
    recover(world.bot)
    leap(world, 90)
    assert len(world.own_posts()) == 1
    with world.store.write() as session:
        account_row(session, world.sandbox.bot_id, T0).paused_at = None
    leap(world, 120)
    leap(world, 24 * 60 + 3)
    leap(world, 25 * 60)
    assert [post["text"].split()[0] for post in world.own_posts()] == ["61-year-old", "Answer:"]
    assert [view.round.state for view in world.views()] == ["revealed"]
    assert world.points() == {"ann": 10}
