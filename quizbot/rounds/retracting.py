"""Carrying out what was taken back, step by step; interrupted anywhere, it goes on at the next call.

Posts go first: those with pictures before the others, then the newest first, none waiting for another whose fate is
still unknown. What is stored goes when no post is left.
"""

from collections.abc import Sequence

from quizbot.core.case import Case
from quizbot.rounds.bot import Bot
from quizbot.rounds.counting import recounted
from quizbot.rounds.gone import first_post
from quizbot.rounds.grade import regrade, rescore
from quizbot.rounds.outbox import FINAL, as_far_as_it_goes, push
from quizbot.rounds.plan import Action
from quizbot.rounds.reply_refused import PLAIN
from quizbot.rounds.retract import CORRECTION, Why, correction_row, give_up, is_answered
from quizbot.rounds.states import State, move
from quizbot.store import OutboxRow, Round
from quizbot.store.rounds import locked_round, outbox_of, rounds_in, wipe_round

RETRACTION = "retraction"


def retract_due(bot: Bot) -> bool:
    """Go on with every round that is being taken back; returns whether anything changed."""
    with bot.store.read() as session:
        rounds = rounds_in(session, bot.account, [State.RETRACTING])
    moved = False
    for row in rounds:
        moved = go_on(bot, row) or moved
    return moved


def go_on(bot: Bot, row: Round) -> bool:
    """Make all that can be made now of one retraction; returns whether anything changed."""
    moved = as_far_as_it_goes(lambda: _plan(bot, row) or push(bot, row))
    return _finish(bot, row) or moved


def _plan(bot: Bot, row: Round) -> bool:
    """Give up what is not sent yet, and write down what has to be made instead; returns whether anything changed."""
    with bot.store.write() as session:
        stored = locked_round(session, row.id)
        if stored.state != State.RETRACTING:
            return False
        rows = outbox_of(session, row.id)
        changed = give_up(stored, rows)
        first = first_post(rows)
        if first is not None and first.state == "sent" and stored.quiz_post_id is None:
            stored.quiz_post_id, stored.opened_at = first.result_id, first.settled_at
        fresh = planned(stored, rows)
        session.add_all(fresh)
    return changed or bool(fresh)


def planned(row: Round, rows: Sequence[OutboxRow]) -> list[OutboxRow]:
    """The rows that a retraction still lacks. Pure."""
    return _deletions(row, rows) if row.retraction == Why.PRIVACY else _correction(row, rows)


def _deletions(row: Round, rows: Sequence[OutboxRow]) -> list[OutboxRow]:
    known = {r.target_id for r in rows if r.action == Action.DELETE}
    pictured = {(r.role, r.part) for r in rows if r.action == Action.UPLOAD}
    posts = [r for r in rows if r.action == Action.POST and r.state == "sent" and r.result_id not in known]
    posts.sort(key=lambda r: ((r.role, r.part) not in pictured, -r.seq))
    start = rows[-1].seq + 1 if rows else 0
    return [
        OutboxRow(
            account=row.account, round_id=row.id, seq=start + n, role=RETRACTION, part=post.seq,
            action=Action.DELETE, target_id=post.result_id,
        )
        for n, post in enumerate(posts)
    ]  # fmt: skip


def _correction(row: Round, rows: Sequence[OutboxRow]) -> list[OutboxRow]:
    """The correction answers the newest post of the thread; it is a post of its own where the thread is gone."""
    sent = [r for r in rows if r.action == Action.POST and r.state == "sent"]
    open_ends = any(r.state in ("sending", "unknown") for r in rows)
    last = correction_row(row, rows)
    given_up = (
        last is not None and last.state == "refused" and not any(r.role == PLAIN and r.seq > last.seq for r in rows)
    )
    if not row.correction or not sent or open_ends or (last is not None and not given_up):
        return []
    return [
        OutboxRow(
            account=row.account, round_id=row.id, seq=rows[-1].seq + 1, role=PLAIN if given_up else CORRECTION,
            part=1, action=Action.POST, text=row.correction,
            reply_to_seq=None if given_up or row.gone_at else _newest_in_thread(sent).seq,
        )
    ]  # fmt: skip


def _newest_in_thread(sent: Sequence[OutboxRow]) -> OutboxRow:
    """The answer, if it is out; else the question."""
    return next((r for r in sent if r.role == "answer"), sent[0])


def _finish(bot: Bot, row: Round) -> bool:
    """When the posts are as they should be, so is all that is stored."""
    with bot.store.read() as session:
        stored, rows = session.get_one(Round, row.id), outbox_of(session, row.id)
    unmade = planned(stored, rows) or any(r.state not in FINAL for r in rows)
    if stored.state != State.RETRACTING or stored.halted or unmade:
        return False
    if stored.retraction == Why.WRONG and (stored.voided or is_answered(stored)):  # scored, maybe not yet answered
        _count_anew(bot, stored)
    with bot.store.write() as session, recounted(session, row.account, row.id) as stored:
        if stored.state != State.RETRACTING:
            return False
        if stored.retraction == Why.PRIVACY:
            wipe_round(session, stored, _stub(Case.model_validate_json(stored.case_json)).model_dump_json())
        stored.state = move(stored.state, State.RETRACTED)
    bot.store.empty_log()
    bot.log.warning("round taken back", round=row.id, case=row.case_id, why=stored.retraction)
    return True


def _count_anew(bot: Bot, row: Round) -> None:
    if row.voided:
        rescore(bot.store, row, bot.now())
    else:
        regrade(bot.store, row, bot.now())


def _stub(case: Case) -> Case:
    """What is left of a case: its kind, and who answers for it."""
    return Case(kind=case.kind, prompt="taken back", author=case.author, consent=case.consent)
