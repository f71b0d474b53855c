"""Finding the replies that their authors deleted or protected: the own mentions are read once more before the reveal.

A reply that is not among them is looked for a second time, two minutes later at the earliest, for timelines err;
missing twice, it is forgotten. X's price for this is that of one reading (US$ 0.001 a reply), looking each reply up
would cost five times that. Of a reply whose text is gone nothing is checked.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from quizbot.platforms.protocol import PlatformError, Post
from quizbot.rounds.bot import Bot
from quizbot.rounds.collect import keep
from quizbot.rounds.grade import rescore
from quizbot.rounds.policy import INDEXING_LAG, MENTIONS_KEPT
from quizbot.rounds.states import State
from quizbot.store import ReplyRow, Round, Session
from quizbot.store.leases import give_back, take
from quizbot.store.replies import checkable, forget_posts, mark_missing
from quizbot.store.rounds import locked_round, rounds_in

APART = timedelta(minutes=2)  # between the two readings that a reply has to be missing in
RETRY = timedelta(minutes=1)
TASK = "recheck"


def recheck(bot: Bot) -> bool:
    """Look for deleted replies in each closed round that was read to its end; returns whether anything changed."""
    now = bot.now()
    if bot.recheck_after is not None and now < bot.recheck_after:
        return False
    with bot.store.read() as session:
        rounds = [r for r in rounds_in(session, bot.account, [State.CLOSED]) if r.checked_at is None and _is_read(r)]
    if not rounds or not _taken(bot, now):
        return False
    try:
        return any([_recheck(bot, row, now) for row in rounds])  # noqa: C419  # every one of them
    finally:
        with bot.store.write() as session:
            give_back(session, bot.account, TASK, bot.owner)


def _taken(bot: Bot, now: datetime) -> bool:
    """Several bots on one database do not all pay for the same reading."""
    with bot.store.write() as session:
        return take(session, bot.account, TASK, bot.owner, now, now + APART)


def _is_read(row: Round) -> bool:
    return bool(row.last_read_at and row.closes_at and row.last_read_at >= row.closes_at + INDEXING_LAG)


def _recheck(bot: Bot, row: Round, now: datetime) -> bool:
    with bot.store.read() as session:
        replies = checkable(session, row.id)
    missing = [reply for reply in replies if reply.missing_at is not None]
    if not replies or (row.reread_at is not None and not missing):
        return _checked(bot, row, now, [])
    if row.reread_at is not None and now < row.reread_at + APART:
        return False
    wanted = missing if row.reread_at is not None else replies
    if not bot.allows(min(len(wanted), MENTIONS_KEPT) * bot.policy.prices.owned_read):
        return False
    try:
        absent = _absent(bot, row, wanted)
    except PlatformError as error:
        bot.recheck_after = now + RETRY
        bot.log.warning("replies not read again", round=row.id, failure=error.kind, error=str(error))
        return False
    return _first(bot, row, now, absent) if row.reread_at is None else _checked(bot, row, now, absent)


def _absent(bot: Bot, row: Round, wanted: Sequence[ReplyRow]) -> list[str]:
    """Which replies X does not show any more; the reading goes back as far as the oldest of them."""
    since = min(int(reply.root_id) for reply in wanted) - 1
    posts: list[Post] = []
    for page in bot.platform.mentions(str(since)):
        keep(bot, {row.quiz_post_id or "": row}, page)
        posts += page.posts
    return absent(wanted, posts)


def absent(replies: Sequence[ReplyRow], posts: Sequence[Post]) -> list[str]:
    """Ids of the replies that a reading did not show, neither as they are nor as an edited version. Pure.

    Where the reading came up against X's limit, nothing is said of what is older than the oldest post shown.
    """
    shown = {post_id for post in posts for post_id in (post.id, *post.edits)}
    oldest = min((int(post.id) for post in posts), default=0) if len(posts) >= MENTIONS_KEPT else 0
    return [
        reply.post_id
        for reply in replies
        if int(reply.root_id) >= oldest and not {reply.post_id, reply.root_id} & shown
    ]


def _first(bot: Bot, row: Round, now: datetime, absent_ids: list[str]) -> bool:
    return _noted(bot, row, "reread_at", now, lambda session: mark_missing(session, bot.account, absent_ids, now))


def _checked(bot: Bot, row: Round, now: datetime, absent_ids: list[str]) -> bool:
    if not _noted(bot, row, "checked_at", now, lambda session: forget_posts(session, bot.account, absent_ids, now)):
        return False
    if absent_ids:
        rescore(bot.store, row, now)
        bot.store.empty_log()
        bot.log.info("deleted replies forgotten", round=row.id, replies=len(absent_ids))
    return True


def _noted(bot: Bot, row: Round, step: str, now: datetime, change: Callable[[Session], None]) -> bool:
    """Write down that a step of the search was made, with what it found; False if another process was quicker."""
    with bot.store.write() as session:
        stored = locked_round(session, row.id)
        if getattr(stored, step) is not None:
            return False
        setattr(stored, step, now)
        change(session)
    return True
