"""Grading stored replies and keeping the scores that follow from them."""

from collections.abc import Iterable

from quizbot import grading
from quizbot.core.case import Case
from quizbot.core.ruling import Decision, Ruling
from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.rounds.bot import Bot
from quizbot.rounds.score import Graded, attempts
from quizbot.store import Attempt, ReplyRow, Round, VerdictRow
from quizbot.store.accounts import opted_out
from quizbot.store.replies import replace_attempts, replies_with_verdicts, rulings_in_force, ungraded

BATCH = 500


def grade_new(bot: Bot, row: Round) -> int:
    """Grade the replies of a round that have no verdict of this grader yet; returns how many."""
    total = 0
    key = None
    while True:
        with bot.store.read() as session:
            batch = ungraded(session, bot.account, row.id, grading.VERSION, BATCH)
            rulings = rulings_in_force(session, bot.account, row.case_id)
        if not batch:
            return total
        key = key or grading.prepare(
            Case.model_validate_json(row.case_json),
            [Ruling(r.phrase, Decision(r.decision), r.credit, r.because) for r in rulings],
        )
        _store(bot, batch, grading.grade_many(key, [reply.text or "" for reply in batch]))
        total += len(batch)


def _store(bot: Bot, replies: Iterable[ReplyRow], verdicts: Iterable[Verdict]) -> None:
    now = bot.now()
    with bot.store.write() as session:
        for reply, verdict in zip(replies, verdicts, strict=True):
            session.merge(
                VerdictRow(
                    account=reply.account,
                    post_id=reply.post_id,
                    round_id=reply.round_id,
                    kind=verdict.kind,
                    credit=verdict.credit,
                    matched=verdict.matched,
                    reasons=list(verdict.reasons),
                    phrase=verdict.phrase,
                    diagnosis=verdict.diagnosis,
                    grader=grading.VERSION,
                    graded_at=now,
                )
            )


def rescore(bot: Bot, row: Round) -> int:
    """Recompute who has which points in a round; returns the number of attempts."""
    if row.opened_at is None or row.closes_at is None:
        return 0
    with bot.store.write() as session:
        graded = [_graded(reply, verdict) for reply, verdict in replies_with_verdicts(session, row.id)]
        scored = attempts(graded, row.opened_at, row.closes_at, opted_out(session, bot.account) | {bot.account})
        replace_attempts(
            session,
            row.id,
            [
                Attempt(
                    account=bot.account,
                    round_id=row.id,
                    author_id=one.author_id,
                    post_id=one.post_id,
                    kind=one.kind,
                    credit=one.credit,
                    points=one.points,
                    seconds=one.seconds,
                )
                for one in scored
            ],
        )
        session.get_one(Round, row.id).scored_at = bot.now()
    return len(scored)


def _graded(reply: ReplyRow, verdict: VerdictRow) -> Graded:
    return Graded(
        post_id=reply.post_id,
        root_id=reply.root_id,
        author_id=reply.author_id,
        posted_at=reply.posted_at,
        kind=VerdictKind(verdict.kind),
        credit=verdict.credit,
        deleted=reply.deleted_at is not None,
    )
