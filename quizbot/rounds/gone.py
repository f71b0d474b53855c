"""A quiz post that is no longer there, deleted by hand or by the platform: its round closes and says so."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from quizbot.platforms.protocol import PlatformError
from quizbot.rounds.bot import Bot
from quizbot.rounds.plan import Action
from quizbot.rounds.states import State, move
from quizbot.store import OutboxRow, Round
from quizbot.store.leases import give_back, take
from quizbot.store.rounds import locked_round, outbox_of, rounds_in

LOOK_EVERY = timedelta(hours=3)  # an owned read each
_LEASE = timedelta(minutes=5)
_POSTS = 10  # own posts that a look may bring; what the budget holds goes to the answers first
TASK = "standing"


def watch(bot: Bot) -> bool:
    """See whether the quizzes that are out still stand: every three hours, and before their answer.

    The own timeline is asked first, at a fifth of a look-up's price; only a post that it does not show is looked up,
    for timelines lag. Returns whether a round was found gone.
    """
    now = bot.now()
    with bot.store.read() as session:
        due = [r for r in rounds_in(session, bot.account, [State.OPEN, State.CLOSED]) if _is_due(r, now)]
    if not due or not bot.allows(_POSTS * bot.policy.prices.owned_read):
        return False
    with bot.store.write() as session:
        if not take(session, bot.account, TASK, bot.owner, now, now + _LEASE):
            return False
    try:
        shown = _shown(bot, due)
        missing = [r for r in due if r.quiz_post_id not in shown and not bot.platform.stands(r.quiz_post_id or "")]
    except PlatformError as error:
        bot.log.warning("own posts unreadable", failure=error.kind, error=str(error))
        _noted(bot, due, now - LOOK_EVERY / 2)
        return False
    _noted(bot, due, now)
    for row in missing:
        close_as_gone(bot, row.id)
    return bool(missing)


def _is_due(row: Round, now: datetime) -> bool:
    if row.quiz_post_id is None or row.gone_at is not None or row.opened_at is None:
        return False
    last = row.standing_at or row.opened_at
    before_answer = row.state == State.CLOSED and row.closes_at is not None and last < row.closes_at - LOOK_EVERY / 2
    return before_answer or now >= last + LOOK_EVERY


def _shown(bot: Bot, due: list[Round]) -> set[str]:
    """Ids of the own posts since the oldest of these quizzes, as far as they are needed."""
    wanted = {row.quiz_post_id or "" for row in due}
    found: set[str] = set()
    for page in bot.platform.own_posts(str(min(map(int, wanted)) - 1)):
        found |= {post.id for post in page.posts}
        if wanted <= found:
            break
    return found


def _noted(bot: Bot, due: list[Round], at: datetime) -> None:
    with bot.store.write() as session:
        for row in due:
            session.get_one(Round, row.id).standing_at = at
        give_back(session, bot.account, TASK, bot.owner)


def quiz_is_gone(bot: Bot, round_id: str) -> bool:
    """Whether the first post of a round is no longer there; closes the round if so."""
    with bot.store.read() as session:
        first = first_post(outbox_of(session, round_id))
    if first is None or first.result_id is None:
        return False
    try:
        stands = bot.platform.stands(first.result_id)
    except PlatformError as error:
        bot.log.warning("quiz post not looked up", round=round_id, error=str(error))
        return False
    if not stands:
        close_as_gone(bot, round_id)
    return not stands


def first_post(rows: Sequence[OutboxRow]) -> OutboxRow | None:
    """The post that began a round's thread."""
    return next((row for row in rows if row.action == Action.POST), None)


def close_as_gone(bot: Bot, round_id: str) -> None:
    """Nothing more is posted in a thread whose first post is gone; what was collected stays."""
    with bot.store.write() as session:
        row = locked_round(session, round_id)
        if row.gone_at is not None:
            return
        row.gone_at = bot.now()
        rows = outbox_of(session, round_id)
        unsent = [r for r in rows if r.state not in ("sent", "refused") and r.action != Action.DELETE]
        for effect in unsent:
            effect.state, effect.error = "refused", "the post it belongs to is gone"
        if row.state == State.OPEN:
            row.state = move(row.state, State.CLOSED)
    bot.log.error("quiz post gone", round=round_id, case=row.case_id, todo="see on X why; the round is closed")


def answered(rows: Sequence[OutboxRow]) -> bool:
    """Whether any post besides the first is out; a round that is gone before that is never revealed."""
    return any(r.action == Action.POST and r.state == "sent" for r in rows if r is not first_post(rows))
