"""``advance``: look up what is due, and do it.

The database is the truth and the scheduler an alarm clock: called twice, or after three days off, ``advance`` ends in
the same state. Every step is a short transaction, an effect that was written down before, or a reading.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from quizbot import grading
from quizbot.core.case import Case, Kind
from quizbot.core.compose import answer_posts
from quizbot.core.errors import InputError
from quizbot.platforms.protocol import PlatformError
from quizbot.rounds.between import listen
from quizbot.rounds.bot import Bot
from quizbot.rounds.collect import collect_due
from quizbot.rounds.forget import people
from quizbot.rounds.gone import answered, watch
from quizbot.rounds.grade import grade_new, rescore
from quizbot.rounds.late import in_words, lateness
from quizbot.rounds.living import living_cases
from quizbot.rounds.money import BudgetError
from quizbot.rounds.outbox import all_sent, as_far_as_it_goes, push
from quizbot.rounds.outbox import recover as recover_effects
from quizbot.rounds.plan import Action, Thread, plan
from quizbot.rounds.policy import INDEXING_LAG, REVEAL_ANYWAY
from quizbot.rounds.recheck import recheck
from quizbot.rounds.restoring import in_doubt
from quizbot.rounds.retracting import retract_due
from quizbot.rounds.rulings import apply_left_over
from quizbot.rounds.start import start_due
from quizbot.rounds.states import UNFINISHED, State, move
from quizbot.store import Conflict, OutboxRow, Round
from quizbot.store.accounts import account_row, respondent_row
from quizbot.store.attempts import last_scored, nameless
from quizbot.store.leases import give_back, take
from quizbot.store.replies import remove_texts, with_ungraded
from quizbot.store.rounds import locked_round, outbox_of, readable_rounds, rounds_in

_STEPS_MOST = 1000  # a bound on one call; what is left is done at the next
_HEARTBEAT_EVERY = timedelta(minutes=1)
_LOOK_UPS = 100  # users a call, X's limit
_HANDLES = "handles"
__all__ = ["advance", "recover"]


def recover(bot: Bot) -> None:
    """After a start: what another process was doing when it ended is settled, and a ruling it made is applied."""
    recover_effects(bot)
    apply_left_over(bot.store, bot.account, bot.now())


def advance(bot: Bot, ending: Callable[[], bool] = lambda: False) -> None:
    """Do everything that is due now.

    Args:
        bot: the bot.
        ending: whether to begin nothing more: asked before each step, of which a bot that was asleep has many to do.

    Raises:
        OutsideError: the database failed; nothing is half done.
    """
    try:
        _heartbeat(bot)
        for _ in range(_STEPS_MOST):
            if ending():
                return
            if not _step(bot):
                break
        listen(bot)
        _name_respondents(bot)
    except Conflict:
        bot.log.debug("another process was quicker")  # what it has not done is done at the next call


def _step(bot: Bot) -> bool:
    """One pass over all that may be due; returns whether it changed anything, so that more may be due now.

    What no round is in the state for is not looked for: a bot that is woken every few seconds mostly has nothing to do.
    Each step looks again for itself, with the rows locked where it writes.
    """
    with bot.store.read() as session:
        unfinished = rounds_in(session, bot.account, UNFINISHED)
    states = {row.state for row in unfinished}
    moved = State.RETRACTING in states and retract_due(bot)
    if states & {State.REVEALING, State.POSTING}:
        moved = _push_rounds(bot) or moved
    if collect_due(bot):
        _grade(bot)
    if any(_close_is_due(row, bot.now()) for row in unfinished):
        moved = _close(bot) or moved
    if State.CLOSED in states:
        moved = recheck(bot) or moved
    if states & {State.OPEN, State.CLOSED}:
        moved = watch(bot) or moved
    if State.CLOSED in states:
        moved = _reveal(bot) or moved
    return _start(bot) or moved


def _heartbeat(bot: Bot) -> None:
    """Say that the bot is awake, and remove the texts whose time is over; once a minute is enough for both."""
    now = bot.now()
    if bot.beat_at is not None and now - _HEARTBEAT_EVERY < bot.beat_at <= now:
        return
    with bot.store.write() as session:
        account_row(session, bot.account, now).heartbeat_at = now
        removed = remove_texts(session, bot.account, now - bot.policy.keep_text)
    bot.beat_at = now
    if removed:
        bot.store.empty_log()
        bot.log.info("texts removed", replies=removed)


def _start(bot: Bot) -> bool:
    try:
        started = start_due(bot)
    except (InputError, BudgetError) as error:
        bot.complain(str(error))
        return False
    bot.complain("")
    return started


def _push_rounds(bot: Bot) -> bool:
    """Answers owed go out before new quizzes, and those of one quiz before those of the next."""
    with bot.store.read() as session:
        rounds = [
            *rounds_in(session, bot.account, [State.REVEALING]),
            *rounds_in(session, bot.account, [State.POSTING]),
        ]
    moved = False
    for row in rounds:
        moved = _push_all(bot, row) or moved
    return moved


def _push_all(bot: Bot, row: Round) -> bool:
    moved = as_far_as_it_goes(lambda: push(bot, row))
    return _finish(bot, row) or moved


def _finish(bot: Bot, row: Round) -> bool:
    """When all effects of a stage are made, the round moves on."""
    with bot.store.write() as session:
        stored = locked_round(session, row.id)
        rows = outbox_of(session, row.id)
        if not all_sent(rows) or stored.halted or stored.state not in (State.POSTING, State.REVEALING):
            return False
        if stored.state == State.REVEALING and stored.gone_at is not None and not answered(rows):
            return False
        if stored.state == State.POSTING:
            _opened(bot, stored, next(r for r in rows if r.action == Action.POST))
        else:
            stored.state = move(stored.state, State.REVEALED)
            stored.revealed_at = bot.now()
    late = lateness(stored)
    bot.log.info("round " + stored.state, round=row.id, case=row.case_id, **({"late": in_words(late)} if late else {}))
    if stored.state == State.REVEALED:
        grade_new(bot.store, stored, bot.now())
        rescore(bot.store, stored, bot.now())
        _name_respondents(bot)
        bot.log.info("round scored", round=row.id, case=row.case_id)
    return True


def _opened(bot: Bot, row: Round, post: OutboxRow) -> None:
    row.quiz_post_id, row.opened_at = post.result_id, post.settled_at
    if not Kind(row.kind).is_quiz:
        row.state = move(row.state, State.POSTED)
        return
    row.state = move(row.state, State.OPEN)
    row.closes_at = (post.settled_at or bot.now()) + bot.policy.reveal_after


def _grade(bot: Bot) -> None:
    with bot.store.read() as session:
        rounds = readable_rounds(session, bot.account, bot.now() - bot.policy.read_for * 2)
        waiting = with_ungraded(session, [row.id for row in rounds], grading.VERSION)
    for row in rounds:
        if row.id in waiting and grade_new(bot.store, row, bot.now()):
            rescore(bot.store, row, bot.now())


def _close(bot: Bot) -> bool:
    now = bot.now()
    with bot.store.write() as session:
        account = account_row(session, bot.account, now, lock=True)
        rounds = rounds_in(session, bot.account, [State.OPEN], lock=True)
        due = [row for row in rounds if _close_is_due(row, now)]
        for row in due:
            row.state = move(row.state, State.CLOSED)
            account.next_poll_at = min(account.next_poll_at or now, (row.closes_at or now) + INDEXING_LAG)
    for row in due:
        bot.log.info("round closed", round=row.id, case=row.case_id)
    return bool(due)


def _close_is_due(row: Round, now: datetime) -> bool:
    return row.state == State.OPEN and row.closes_at is not None and row.closes_at <= now


def _reveal(bot: Bot) -> bool:
    """Write the answer down once the last reading is done, or X could not be read for too long."""
    living = living_cases(bot, lambda row: _answer_is_due(row, bot))
    now = bot.now()
    with bot.store.write() as session:
        due = [row for row in rounds_in(session, bot.account, [State.CLOSED], lock=True) if _answer_is_due(row, bot)]
        for row in due:
            rows = outbox_of(session, row.id)
            quiz = next(r for r in rows if r.action == Action.POST)
            case = living.get(row.id) or Case.model_validate_json(row.case_json)
            thread = Thread(rows[-1].seq + 1, quiz.seq)
            planned = plan(bot.account, row.id, case, answer_posts(case, bot.policy.references), (), thread)
            in_doubt(planned, account_row(session, bot.account, now).restored_from)
            session.add_all(planned)
            row.state = move(row.state, State.REVEALING)
    for row in due:
        bot.log.info("revealing", round=row.id, case=row.case_id, after_close=in_words(now - (row.closes_at or now)))
    return bool(due)


def _answer_is_due(row: Round, bot: Bot) -> bool:
    return row.gone_at is None and (row.checked_at is not None or _overdue(row, bot))


def _overdue(row: Round, bot: Bot) -> bool:
    """X could not be read for too long. A reply that was missing once has its second look first, however late it is."""
    since = max((at for at in (row.closes_at, row.reread_at) if at is not None), default=None)
    return since is not None and bot.now() >= since + REVEAL_ANYWAY


def _named_up_to(bot: Bot, now: datetime) -> datetime | None:
    """Rounds scored before then need no look; a clock that was put back since makes all of them need one."""
    known = bot.named_up_to
    return known if known is not None and known <= now else None


def _name_respondents(bot: Bot) -> None:
    """Look up the handles that a board needs: once for each respondent with points."""
    now = bot.now()
    if bot.look_up_after is not None and now < bot.look_up_after <= now + INDEXING_LAG:
        return
    with bot.store.read() as session:
        newest, known = last_scored(session, bot.account), _named_up_to(bot, now)
        if newest is None or (known == newest and newest < now):
            return  # no round was scored since all had their handles
        wanted = nameless(session, bot.account, _LOOK_UPS, known, joined_only=bot.policy.joined_only)
    if not wanted:
        bot.named_up_to = newest
    if not wanted or not bot.allows(len(wanted) * bot.policy.prices.user_read):
        return
    with bot.store.write() as session:
        if not take(session, bot.account, _HANDLES, bot.owner, now, now + INDEXING_LAG):
            return
    try:
        users = {user.id: user for user in bot.platform.users(wanted)}
    except PlatformError as error:
        bot.look_up_after = now + INDEXING_LAG
        bot.log.warning("handles not looked up", error=str(error))
        return
    with bot.store.write() as session:
        give_back(session, bot.account, _HANDLES, bot.owner)
        for user_id in people(session, bot.account, wanted, bot.memory):
            row = respondent_row(session, bot.account, user_id)
            row.looked_up_at = now
            if user_id in users:
                row.handle, row.name = users[user_id].handle, users[user_id].name
