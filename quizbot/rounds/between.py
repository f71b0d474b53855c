"""Between two quizzes: who says "stop" then is heard within hours, not when the next quiz opens.

An empty reading costs nothing and each mention is read once, so this costs what people write: US$ 0.001 a mention.
"""

from datetime import datetime, timedelta

from quizbot.platforms.protocol import Page, PlatformError
from quizbot.rounds.bot import Bot
from quizbot.rounds.collect import TASK, keep
from quizbot.rounds.money import BudgetError
from quizbot.rounds.policy import SETTLE
from quizbot.rounds.reading import Tally, Window, read_window
from quizbot.store import Account
from quizbot.store.accounts import account_row
from quizbot.store.leases import give_back, take
from quizbot.store.rounds import last_quiz_post, readable_rounds

EVERY = timedelta(hours=3)
RETRY = timedelta(minutes=15)
_LEASE = timedelta(minutes=10)


def listen(bot: Bot) -> bool:
    """Read what mentions the bot while no round is read; returns whether it was read."""
    now, account = bot.now(), bot.account_row()
    if not _is_due(bot, account, now):
        return False
    with bot.store.read() as session:
        busy = readable_rounds(session, bot.account, now - bot.policy.read_for)
        after = account.mentions_since or last_quiz_post(session, bot.account)
    if busy or after is None:
        return False
    with bot.store.write() as session:
        if not take(session, bot.account, TASK, bot.owner, now, now + _LEASE):
            return False
    try:
        return _read(bot, Window(now, after, None, now - SETTLE, now - SETTLE))
    finally:
        with bot.store.write() as session:
            give_back(session, bot.account, TASK, bot.owner)


def _is_due(bot: Bot, account: Account, now: datetime) -> bool:
    """Three hours after the last reading of any kind; a time in the future is of a clock that was put back since."""
    if bot.listen_after is not None and now < bot.listen_after <= now + RETRY:
        return False
    return account.polled_at is None or not account.polled_at <= now < account.polled_at + EVERY


def _read(bot: Bot, window: Window) -> bool:
    tally = Tally(window)

    def keep_page(page: Page) -> None:
        tally.add(page, keep(bot, {}, page))

    try:
        read_window(bot, window, keep_page)
    except (PlatformError, BudgetError) as error:
        bot.listen_after = window.now + RETRY
        bot.log.warning("mentions unreadable between quizzes", error=str(error))
        return False
    with bot.store.write() as session:
        account = account_row(session, bot.account, window.now, lock=True)
        account.polled_at = window.now
        account.mentions_since = tally.next_start(SETTLE) or account.mentions_since
    return True
