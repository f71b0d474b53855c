"""Grading stored replies and keeping the scores that follow from them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from quizbot import grading
from quizbot.core.case import Case
from quizbot.core.ruling import OUTCOMES, Decision, Ruling
from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.rounds.address import listener
from quizbot.rounds.counting import recounted
from quizbot.rounds.score import Graded, attempts
from quizbot.store import Round, Session, Store
from quizbot.store.accounts import opted_out
from quizbot.store.attempts import replace_attempts
from quizbot.store.chunks import BATCH
from quizbot.store.forgotten import guard
from quizbot.store.replies import page_of_replies, put_verdicts, replies_with_verdicts, standing, ungraded
from quizbot.store.review import rulings_in_force

_REMEMBERED = 20_000  # texts whose verdicts are kept while a round is graded
_SHORT = 280  # characters of a text worth keeping: longer ones hardly repeat


def key_of(store: Store, row: Round) -> grading.Key:
    """The key of a round: its case as it was posted, and the rulings in force."""
    return grading.prepare(
        Case.model_validate_json(row.case_json), list(in_force(store, row.account, row.case_id).values())
    )


def in_force(store: Store, account: str, case_id: str) -> dict[str, Ruling]:
    """The rulings on a case that count, by phrase."""
    with store.read() as session:
        rows = rulings_in_force(session, account, case_id)
    return {r.phrase: Ruling(r.phrase, Decision(r.decision), r.credit, r.because) for r in rows}


def grade_new(store: Store, row: Round, now: datetime) -> int:
    """Grade the replies of a round that have no verdict of this grader yet; returns how many."""
    with store.read() as session:
        batch = ungraded(session, row.id, grading.VERSION, BATCH)
    if not batch:
        return 0
    total, key, heard = 0, key_of(store, row), listener(store, row.account)
    while batch:
        verdicts = grading.grade_many(key, [heard(reply.text or "") for reply in batch])
        _put(store, row.account, [_record(r, v, now) for r, v in zip(batch, verdicts, strict=True)])
        total += len(batch)
        with store.read() as session:
            batch = ungraded(session, row.id, grading.VERSION, BATCH) if len(batch) == BATCH else []
    return total


def regrade(
    store: Store,
    row: Round,
    now: datetime,
    told: Callable[[int], None] = lambda _count: None,
    since: datetime | None = None,
) -> int:
    """Grade all replies of a round anew and score it, in memory bounded by a batch.

    What is done stays done if it is interrupted. Replies whose text was removed keep their verdict, unless a ruling in
    force, or one undone, is about their phrase.

    Args:
        store: the database.
        row: the round.
        now: when the verdicts are dated.
        told: called with the number of replies done since its last call.
        since: leave out what this grader has graded from this instant on; None leaves out nothing.

    Returns:
        The number of replies whose text was gone, so that nothing but rulings could be applied.
    """
    verdicts_of, rulings = Remembering(key_of(store, row)), in_force(store, row.account, row.case_id)
    heard = listener(store, row.account)
    after, gone = ("", ""), 0
    while True:
        with store.read() as session:
            page = page_of_replies(session, row.id, after, BATCH)
        if not page:
            break
        due = [reply for reply in page if not _is_done(reply, since)]
        kept = [reply for reply in due if reply.text is not None]
        records = [_record(r, v, now) for r, v in zip(kept, verdicts_of([heard(r.text) for r in kept]), strict=True)]
        textless = [reply for reply in due if reply.text is None and reply.deleted_at is None]
        records += [_record(r, _ruled(rulings.get(r.phrase), r.phrase), now) for r in textless if r.phrase is not None]
        _put(store, row.account, records)
        after, gone = (page[-1].author_id, page[-1].post_id), gone + len(textless)
        told(len(page))
    rescore(store, row, now)
    return gone


def _is_done(reply: Any, since: datetime | None) -> bool:  # noqa: ANN401  # a row of page_of_replies
    return since is not None and reply.grader == grading.VERSION and reply.graded_at >= since


class Remembering:
    """Grades texts by one key, equal ones once; what it remembers is bounded in number and in length."""

    def __init__(self, key: grading.Key) -> None:
        self.key = key
        self.seen: dict[str, Verdict] = {}

    def __call__(self, texts: Sequence[str]) -> list[Verdict]:
        """The verdict of each text."""
        if len(self.seen) > _REMEMBERED:
            self.seen = {}
        fresh = [text for text in dict.fromkeys(texts) if text not in self.seen]
        found = self.seen | dict(zip(fresh, grading.grade_many(self.key, fresh), strict=True))
        self.seen = {text: verdict for text, verdict in found.items() if len(text) <= _SHORT}
        return [found[text] for text in texts]


def _put(store: Store, account: str, records: list[dict[str, Any]]) -> None:
    """Write verdicts down, but for replies that were erased while they were graded."""
    with store.write() as session:
        guard(session)
        there = standing(session, account, [record["post_id"] for record in records])
        put_verdicts(session, [record for record in records if record["post_id"] in there])


def _ruled(ruling: Ruling | None, phrase: str) -> Verdict:
    """The verdict of a reply of which only the phrase was kept."""
    if ruling is None:
        return Verdict(VerdictKind.REVIEW, None, None, (f'"{phrase}" waits for a ruling; the text is gone',), phrase)
    kind, credit = OUTCOMES[ruling.decision]
    reason = f'a person ruled on "{phrase}": {ruling.decision}'
    return Verdict(kind, ruling.credit if credit is None else credit, None, (reason,), phrase)


def _record(reply: Any, verdict: Verdict, now: datetime) -> dict[str, Any]:  # noqa: ANN401  # a row with these columns
    return {
        "account": reply.account,
        "post_id": reply.post_id,
        "round_id": reply.round_id,
        "kind": verdict.kind,
        "credit": verdict.credit,
        "matched": verdict.matched,
        "reasons": list(verdict.reasons),
        "phrase": verdict.phrase,
        "diagnosis": verdict.diagnosis,
        "grader": grading.VERSION,
        "graded_at": now,
    }


def rescore(store: Store, row: Round, now: datetime) -> int:
    """Recompute who has which points in a round; returns the number of attempts."""
    if row.opened_at is None or row.closes_at is None:
        return 0
    with store.write() as session:
        guard(session)
        return _rescore(session, row, (row.opened_at, row.closes_at), now)


def _rescore(session: Session, row: Round, span: tuple[datetime, datetime], now: datetime) -> int:
    with recounted(session, row.account, row.id) as stored:
        away = opted_out(session, row.account) | {row.account}
        graded = (_graded(reply) for reply in replies_with_verdicts(session, row.id))
        scored = [one._asdict() for one in attempts(graded, *span, away)]
        scored = [] if stored.voided else scored
        count = replace_attempts(session, row.id, _with_place(scored, row))
        stored.scored_at = now
    return count


def _with_place(scored: Sequence[dict[str, Any]], row: Round) -> Iterable[dict[str, Any]]:
    return ({"account": row.account, "round_id": row.id, **one} for one in scored)


def _graded(reply: Any) -> Graded:  # noqa: ANN401  # a row of replies_with_verdicts
    return Graded(
        post_id=reply.post_id,
        root_id=reply.root_id,
        author_id=reply.author_id,
        posted_at=reply.posted_at,
        kind=VerdictKind(reply.kind),
        credit=reply.credit,
        deleted=reply.deleted_at is not None,
    )
