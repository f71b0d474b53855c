"""The review queue: phrases that the grader could not place, and what people decide of them.

One ruling settles every reply with the same phrase, of all rounds of the case. Rulings are never deleted, only undone;
appeals, against a rejected or against an accepted reply, are rulings too. A ruling keeps the phrase, not the person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizbot import grading
from quizbot.core.errors import InputError
from quizbot.core.ruling import OUTCOMES, Decision, Ruling
from quizbot.core.verdict import VerdictKind
from quizbot.rounds.address import listener
from quizbot.rounds.counting import count_owed
from quizbot.rounds.grade import key_of, regrade, rescore
from quizbot.store import Round, RulingRow, Session, Store
from quizbot.store.replies import reply_of
from quizbot.store.review import (
    examples,
    phrase_verdicts,
    phrase_waits,
    ruling_of,
    rulings_in_force,
    rulings_of,
    waiting_phrases,
)
from quizbot.store.rounds import all_rounds, round_of, rounds_of_case
from quizbot.store.unscored import unscored

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the review queue.

    Attributes:
        case_id: the case folder's name.
        phrase: what nobody could place, normalised.
        count: replies that a ruling settles.
        since: when the first of them was posted.
        texts: some of the replies.
        reasons: why the grader could not tell, of the first of them.
    """

    case_id: str
    phrase: str
    count: int
    since: datetime
    texts: tuple[str, ...]
    reasons: tuple[str, ...]


def waiting(store: Store, account: str, case_id: str = "", most: int | None = None) -> list[Item]:
    """The review queue, of one case or of all, the most frequent phrases first; at most so many."""
    with store.read() as session:
        return [
            Item(of, phrase, count, since, tuple(t for t, _ in shown), tuple(shown[0][1] if shown else ()))
            for of, phrase, count, since in waiting_phrases(session, account, case_id, most)
            for shown in [examples(session, account, of, phrase, _EXAMPLES)]
        ]


def decided(store: Store, account: str) -> list[RulingRow]:
    """Every ruling, newest first, the undone ones too."""
    with store.read() as session:
        return list(rulings_of(session, account))


def rule(store: Store, account: str, case_id: str, ruling: Ruling, by: str, now: datetime) -> int:
    """Decide on a phrase: store who and when, grade the case's rounds anew, move the scores.

    Returns:
        The ruling's number, for undoing it.

    Raises:
        InputError: the case has had no round.
    """
    rounds = _rounds(store, account, case_id)
    row = _row(account, case_id, ruling, by, now)
    with store.write() as session:
        session.add(row)
    _regrade(store, rounds, now)
    return row.id or 0


def rule_waiting(
    store: Store, account: str, rulings: Sequence[tuple[str, Ruling]], by: str, now: datetime
) -> list[int | None]:
    """Decide on phrases of the queue, each with its case; every case concerned is graded anew once.

    A phrase that waits no more, since somebody else was quicker, is left as it is.

    Returns:
        The rulings' numbers, in the order given; None for a phrase that does not wait.
    """
    made: list[RulingRow | None] = []
    with store.write() as session:
        for case_id, ruling in rulings:
            waits = phrase_waits(session, account, case_id, ruling.phrase)
            made.append(_row(account, case_id, ruling, by, now) if waits else None)
        session.add_all([row for row in made if row is not None])
    for case_id in dict.fromkeys(row.case_id for row in made if row is not None):
        _regrade(store, _rounds(store, account, case_id), now)
    return [None if row is None else row.id for row in made]


def _row(account: str, case_id: str, ruling: Ruling, by: str, now: datetime) -> RulingRow:
    return RulingRow(
        account=account,
        case_id=case_id,
        phrase=ruling.phrase,
        decision=ruling.decision,
        credit=ruling.credit,
        because=ruling.because,
        ruled_by=by,
        ruled_at=now,
    )


def undo(store: Store, account: str, ruling_id: int, by: str, now: datetime) -> RulingRow:
    """Take a ruling back: its replies wait again, or follow an older ruling on the same phrase.

    Raises:
        InputError: there is no such ruling in force.
    """
    with store.write() as session:
        row = ruling_of(session, account, ruling_id)
        if row is None or row.undone_at is not None:
            raise InputError(f"ruling {ruling_id}", "is not in force", "see `quizbot review --decided`")
        row.undone_by, row.undone_at = by, now
    _regrade(store, _rounds(store, account, row.case_id), now)
    return row


def apply_left_over(store: Store, account: str, now: datetime) -> int:
    """Apply rulings whose command ended between the decision and the grading, and score what was graded and not scored.

    Returns:
        How many rounds that changed.
    """
    with store.read() as session:
        stale = [row for row in all_rounds(session, account) if row.opened_at and _differs(session, row)]
    _regrade(store, stale, now)
    with store.read() as session:
        owed = unscored(session, account)
    for row in owed:
        rescore(store, row, now)
    return len(stale) + len(owed) + count_owed(store, account)


def _differs(session: Session, row: Round) -> bool:
    """Whether a phrase of a round has another verdict than the rulings in force say."""
    ruled = {r.phrase: Decision(r.decision) for r in rulings_in_force(session, row.account, row.case_id)}
    return any(
        OUTCOMES[ruled[phrase]][0] != kind if phrase in ruled else kind != VerdictKind.REVIEW
        for phrase, kind in phrase_verdicts(session, row.id)
    )


def phrase_of_reply(store: Store, account: str, post_id: str) -> tuple[str, str]:
    """The case and the phrase that a ruling on a reply is about, whatever its verdict: for appeals.

    Raises:
        InputError: the reply is not stored, or its text is gone.
    """
    with store.read() as session:
        reply = reply_of(session, account, post_id)
        row = round_of(session, account, reply.round_id) if reply else None
    if reply is None or row is None:
        raise InputError(f"reply {post_id}", "is not stored", "give the post's id, as X shows it in its address")
    if reply.text is None:
        raise InputError(f"reply {post_id}", "its text was removed", "rule on its phrase with --phrase")
    return row.case_id, grading.phrase_of(key_of(store, row), listener(store, account)(reply.text))


def _rounds(store: Store, account: str, case_id: str) -> list[Round]:
    with store.read() as session:
        rounds = list(rounds_of_case(session, account, case_id))
    if not rounds:
        raise InputError(case_id, "this case has had no round", "see `quizbot status`")
    return rounds


def _regrade(store: Store, rounds: list[Round], now: datetime) -> None:
    for row in rounds:
        regrade(store, row, now)
