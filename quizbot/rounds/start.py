"""Starting a round when its time has come."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from quizbot.casebook import LoadedCase
from quizbot.core.case import Case
from quizbot.core.compose import quiz_posts
from quizbot.core.errors import QuizbotError
from quizbot.core.media import CleanMedia
from quizbot.rounds.bot import Bot
from quizbot.rounds.calendar import WeeklyTimes
from quizbot.rounds.living import dead_link
from quizbot.rounds.money import BudgetError, round_cost
from quizbot.rounds.plan import Thread, plan
from quizbot.rounds.queue import Candidate, Place
from quizbot.rounds.restoring import in_doubt
from quizbot.rounds.scan import candidates, queues
from quizbot.rounds.signed import cleared
from quizbot.rounds.states import State, move
from quizbot.store import Conflict, Media, Round, Session
from quizbot.store.accounts import account_row
from quizbot.store.rounds import last_start, media_of, posted_slugs, rounds_in, slot_taken

# After a time off, several things may be due at once; followers still get them one at a time.
GAP = timedelta(minutes=10)


def start_due(bot: Bot) -> bool:
    """Start at most one round that is due; returns whether one was started."""
    now = bot.now()
    found = candidates(bot)
    quizzes, others = queues(bot, found, now)
    account = bot.account_row()
    earliest = max(account.started_at, now - bot.policy.post_within)
    due = [
        *((f"pin:{place.slug}", place.pinned, [place]) for place in _due_pins([*quizzes, *others], bot, now)),
        ("quiz", _due_slot(bot, bot.policy.quiz_times, "quiz", earliest), _free(quizzes)),
        ("pearl", _due_slot(bot, bot.policy.pearl_times, "pearl", earliest), _free(others)),
    ]
    if not any(slot and places for _, slot, places in due) or not bot.may_post(account) or _one_is_on_its_way(bot, now):
        return False
    return any(
        _start_first(bot, lane, slot, [found[place.slug] for place in places]) for lane, slot, places in due if slot
    )


def _free(places: Sequence[Place]) -> list[Place]:
    return [place for place in places if place.problem is None and place.pinned is None]


def _due_pins(places: Sequence[Place], bot: Bot, now: datetime) -> list[Place]:
    earliest = now - bot.policy.post_within
    return [place for place in places if place.pinned is not None and earliest <= place.pinned <= now]


def _one_is_on_its_way(bot: Bot, now: datetime) -> bool:
    with bot.store.read() as session:
        return _too_soon(session, bot.account, now)


def _too_soon(session: Session, account: str, now: datetime) -> bool:
    """Whether another case was started within ten minutes, or could not be posted yet and still is to be."""
    last = last_start(session, account)
    if last is not None and now - GAP < last <= now + GAP:  # later than that: the clock has been put back since
        return True
    return any(row.halted is None for row in rounds_in(session, account, [State.POSTING]))


def _due_slot(bot: Bot, times: WeeklyTimes, lane: str, earliest: datetime) -> datetime | None:
    """The newest time of the calendar that has come, is not too long ago, and has no round yet."""
    slot = times.latest(bot.now())
    if slot is None or slot < earliest:
        return None
    with bot.store.read() as session:
        return None if slot_taken(session, bot.account, lane, slot) else slot


def _start_first(bot: Bot, lane: str, slot: datetime, places: list[tuple[LoadedCase, Candidate]]) -> bool:
    for loaded, candidate in places:
        if candidate.case is None:
            continue
        dead = dead_link(bot, candidate.case)
        if dead is not None:
            bot.log.warning("case not ready", case=loaded.slug, reason=dead)
            continue
        try:
            media = cleared(bot, loaded.slug, candidate.case, loaded.path)
        except QuizbotError as error:
            bot.log.warning("case not ready", case=loaded.slug, reason=str(error))
            continue
        return _create(bot, lane, slot, loaded.slug, candidate.case, media)
    return False


def _create(bot: Bot, lane: str, slot: datetime, slug: str, case: Case, media: list[CleanMedia]) -> bool:
    _require_budget(bot, case, slug)
    row = Round(
        id=secrets.token_hex(6),
        account=bot.account,
        case_id=slug,
        kind=case.kind,
        lane=lane,
        slot_at=slot,
        first_case=case.asks_again,
        state=move(State.QUEUED, State.POSTING),
        case_json=case.model_dump_json(),
        media=[one.digest for one in media],
        created_at=bot.now(),
    )
    try:
        with bot.store.write() as session:
            account_row(session, bot.account, row.created_at, lock=True)  # one start at a time, of however many bots
            if _too_soon(session, bot.account, row.created_at) or slug in posted_slugs(session, bot.account):
                return False
            session.add(row)
            session.flush()
            for one in media:
                if media_of(session, bot.account, one.digest) is None:
                    session.add(_media_row(bot.account, one))
            rows = plan(bot.account, row.id, case, quiz_posts(case), row.media, Thread())
            in_doubt(rows, account_row(session, bot.account, bot.now()).restored_from)
            session.add_all(rows)
    except Conflict:
        return False  # another process took this time of the calendar first
    bot.log.info("round started", round=row.id, case=slug, kind=str(case.kind), slot=slot.isoformat())
    return True


def _require_budget(bot: Bot, case: Case, slug: str) -> None:
    """A case is begun only if the month's budget holds its answer, too.

    Raises:
        BudgetError: it does not.
    """
    cost = round_cost(case, bot.policy.references, bot.policy.prices)
    if not bot.allows(cost):
        raise BudgetError(f"QUIZBOT_BUDGET_MONTH: {slug} needs US$ {cost:.3f}, which is not left ({bot.purse()})")


def _media_row(account: str, media: CleanMedia) -> Media:
    return Media(
        account=account,
        digest=media.digest,
        mime=media.mime,
        width=media.width,
        height=media.height,
        source_digest=media.source_digest,
        data=media.data,
    )
