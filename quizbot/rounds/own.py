"""What a respondent sees of the own attempts, and what they may do about them. Nothing is told before the reveal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from quizbot.core import pseudonym
from quizbot.core.case import Case
from quizbot.core.errors import InputError
from quizbot.core.verdict import VerdictKind
from quizbot.rounds.grade import rescore
from quizbot.rounds.rulings import phrase_of_reply
from quizbot.rounds.shown import is_told, is_visible
from quizbot.store import Appeal, Attempt, Conflict, Respondent, Round, Store
from quizbot.store.accounts import opt_out
from quizbot.store.own import (
    call,
    choose_board,
    is_name_taken,
    opt_in,
    own_appeals,
    own_attempts,
    own_replies,
    respondent_if_known,
    rounds_by_id,
)

NOTE_LIMIT = 500  # characters of an appeal's note
_MOST = 500  # replies shown


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round that a person answered.

    Attributes:
        id: of the round.
        title: the diagnosis once it was told, else the prompt.
        answered_at: when the reply that counts was posted, or the newest if none counts.
        post_id: of that reply.
        told: whether the answer is out; before that, no verdict is shown.
        kind: the verdict; None before the answer is out, or if there is none.
        points: of the attempt; None if the reply is none.
        reasons: the grader's, or an educator's.
        appeal: the person's, if there is one.
        may_appeal: whether there can be one.
        voided: the round does not count.
    """

    id: str
    title: str
    answered_at: datetime
    post_id: str
    told: bool
    kind: VerdictKind | None
    points: int | None
    reasons: tuple[str, ...]
    appeal: Appeal | None
    may_appeal: bool
    voided: bool


def own_rounds(store: Store, account: str, user_id: str) -> list[OwnRound]:
    """The rounds that a person answered, newest first."""
    with store.read() as session:
        replies = own_replies(session, account, user_id, _MOST)
        rounds = rounds_by_id(session, account, {row.round_id for row in replies})
        attempts = own_attempts(session, account, user_id, rounds)
        appeals = own_appeals(session, account, user_id)
    by_round = groupby(sorted(replies, key=lambda one: one.round_id), key=lambda one: one.round_id)
    shown = [
        _own(rounds[round_id], list(rows), attempts.get(round_id), appeals)
        for round_id, rows in by_round
        if is_visible(rounds[round_id])
    ]
    return sorted(shown, key=lambda one: one.answered_at, reverse=True)


def _own(row: Round, replies: list[Any], attempt: Attempt | None, appeals: dict[str, Appeal]) -> OwnRound:
    counting = next((one for one in replies if attempt and one.post_id == attempt.post_id), None)
    reply = counting or max(replies, key=lambda one: one.posted_at)
    told, case = is_told(row), Case.model_validate_json(row.case_json)
    kind = VerdictKind(reply.kind) if told and reply.kind else None
    appeal = appeals.get(reply.post_id)
    waiting = kind in (None, VerdictKind.REVIEW)
    return OwnRound(
        id=row.id,
        title=case.answer.diagnosis if told and case.answer else case.prompt,
        answered_at=reply.posted_at,
        post_id=reply.post_id,
        told=told,
        kind=kind,
        points=attempt.points if told and attempt else None,
        reasons=tuple(reply.reasons or ()) if told else (),
        appeal=appeal,
        may_appeal=not waiting and appeal is None and reply.has_text and not row.voided,
        voided=row.voided,
    )


def own_record(store: Store, account: str, user_id: str) -> Respondent | None:
    """Name, pseudonym and choices that are kept of a person."""
    with store.read() as session:
        return respondent_if_known(session, account, user_id)


def points_of(rounds: Iterable[OwnRound]) -> int:
    """All points of some rounds that count."""
    return sum(one.points or 0 for one in rounds if not one.voided)


def file_appeal(store: Store, account: str, user_id: str, post_id: str, note: str, now: datetime) -> None:
    """Write down a person's appeal against the verdict on an own reply, for the educators.

    Raises:
        InputError: it is no reply of theirs, its answer is not out, its text is gone, or there is an appeal already.
    """
    mine = next((one for one in own_rounds(store, account, user_id) if one.post_id == post_id), None)
    if mine is None or not mine.told:
        raise InputError("", "This is no reply of yours that counts and whose answer is out")
    if not mine.may_appeal or mine.kind is None:
        raise InputError("", "There can be no appeal about this reply (any more)")
    case_id, phrase = phrase_of_reply(store, account, post_id)
    appeal = Appeal(
        account=account,
        post_id=post_id,
        round_id=mine.id,
        case_id=case_id,
        phrase=phrase,
        author_id=user_id,
        verdict=mine.kind,
        note=note.strip()[:NOTE_LIMIT] or None,
        filed_at=now,
    )
    try:
        with store.write() as session:
            session.add(appeal)
    except Conflict:
        raise InputError("", "You appealed about this reply already") from None


def rename(store: Store, account: str, user_id: str, wanted: str) -> None:
    """Call a person by a pseudonym on the boards; an empty one gives the handle back.

    Raises:
        InputError: it is none, or somebody has it.
    """
    name = pseudonym.normalised(wanted)
    reason = pseudonym.refusal(name) if name else None
    if reason:
        raise InputError("", reason)
    with store.write() as session:
        known = respondent_if_known(session, account, user_id)
        if name and known is not None and known.name_barred_at is not None:
            raise InputError("", "Whoever runs the quiz took your name away. Your handle is shown.")
        if name and is_name_taken(session, account, user_id, name):
            raise InputError("", "Somebody is called so already. Choose another.")
        call(session, account, user_id, name or None)


def show_on_board(store: Store, account: str, user_id: str, *, on: bool, handle: str, now: datetime) -> None:
    """Put a person on the boards, by the handle that they signed in with, or leave them off."""
    with store.write() as session:
        choose_board(session, account, user_id, on=on, handle=handle, now=now)


def stop(store: Store, account: str, user_id: str, now: datetime) -> None:
    """Take a person out of the game, as a reply "stop" does."""
    with store.write() as session:
        opt_out(session, account, user_id, now)
    store.empty_log()


def take_part_again(store: Store, account: str, user_id: str, now: datetime) -> None:
    """Undo a stop: the verdicts that were kept count again."""
    with store.write() as session:
        opt_in(session, account, user_id)
        ids = {row.round_id for row in own_replies(session, account, user_id, _MOST)}
        rounds = rounds_by_id(session, account, ids)
    for row in rounds.values():
        rescore(store, row, now)
