"""The alarm clock: wakes ``advance`` and nothing more."""

import threading
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

from quizbot.core.errors import OutsideError
from quizbot.rounds.bot import Bot
from quizbot.rounds.engine import advance, recover

WAKE_EVERY = 5.0  # real seconds between two looks at what is due
WAKE_EVERY_COMPRESSED = 0.2


def run_until(bot: Bot, stop: threading.Event, wake_every: float, after: Callable[[], None] | None = None) -> None:
    """Advance again and again until told to stop; a failing database is waited for, not died of.

    Args:
        bot: the bot.
        stop: set it to end; the step at hand is finished first.
        wake_every: real seconds between two calls.
        after: called after each advance.
    """
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(
        lambda: _advance(bot, stop, after), "interval", seconds=wake_every, max_instances=1, coalesce=True, id="advance"
    )
    recover(bot)
    _advance(bot, stop, after)
    scheduler.start()
    try:
        stop.wait()
    finally:
        scheduler.shutdown(wait=True)


def _advance(bot: Bot, stop: threading.Event, after: Callable[[], None] | None) -> None:
    try:
        advance(bot, stop.is_set)
    except OutsideError as error:
        if str(error) != bot.trouble:
            bot.log.error("could not go on", error=str(error))
        bot.trouble = str(error)
    else:
        if bot.trouble:
            bot.log.info("goes on again", after=bot.trouble)
        bot.trouble = ""
    if after is not None:
        after()
