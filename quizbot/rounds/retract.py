"""Taking a case back: the operator's decision, written down in one transaction. ``retracting.py`` carries it out.

- ``wrong``: a correction is posted under what was posted; the round is voided, or graded anew by the corrected case.
- ``privacy``: the posts are deleted, then all that is stored of the case and of the replies to it.

From the moment of the decision nothing else of the round is posted, and of a private one nothing is shown.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter, ValidationError

from quizbot.casebook import LoadedCase
from quizbot.core.case import Case, Text
from quizbot.core.errors import InputError, one_line
from quizbot.core.weight import POST_LIMIT, cashtags_in, links_in, mentions_in, weighted_length
from quizbot.rounds.counting import recounted
from quizbot.rounds.plan import Action
from quizbot.rounds.states import State, move
from quizbot.store import OutboxRow, Round, Store
from quizbot.store.rounds import outbox_of, outbox_rows, round_of

CORRECTION = "correction"
_TEXT: TypeAdapter[str] = TypeAdapter(Text)


class Why(StrEnum):
    """Why a case is taken back."""

    WRONG = "wrong"
    PRIVACY = "privacy"


def is_answered(row: Round) -> bool:
    """Whether the answer of a quiz was out, so that people have points to lose."""
    return row.revealed_at is not None


def corrected_case(posted: Case, loaded: LoadedCase, problem: str | None) -> Case:
    """The case as it was posted, with the answer and all that belongs to it as the folder has them now. Pure.

    Raises:
        InputError: the folder has errors, or the answer that was posted.
    """
    if loaded.case is None or problem is not None:
        raise InputError(
            str(loaded.path), problem or "has errors", "see `quizbot check`, or void the round with --void"
        )
    if loaded.case.answer == posted.answer:
        todo = "correct it there first, or void the round with --void"
        raise InputError(str(loaded.path), "still has the answer that was posted", todo)
    taken = ("answer", "certainty", "proof", "pearl", "references")
    return posted.model_copy(update={name: getattr(loaded.case, name) for name in taken})


def correction_text(given: str, row: Round, corrected: Case | None) -> str:
    """The text of the correction: the operator's, or one that no other round's can be the same as. Pure.

    Raises:
        InputError: X would not take it.
    """
    at = row.opened_at or row.created_at
    ours = f"Correction to our case of {at.day} {at:%B %Y, %H:%M} UTC: "
    if corrected is not None and corrected.answer is not None:
        ours += f"the answer is {corrected.answer.diagnosis}. All replies are graded anew."
    else:
        ours += "it was wrong, and we take it back." + (" Its points do not count." if is_answered(row) else "")
    text = given or ours
    try:
        text = "\n".join(line.rstrip() for line in _TEXT.validate_python(text).splitlines())
    except ValidationError as error:
        raise InputError("--correction", one_line(error.errors()[0]["msg"]), "write it anew") from None
    problem = _refused_by_x(text)
    if problem:
        raise InputError("--correction", problem, "write one that X takes")
    return text


def _refused_by_x(text: str) -> str | None:
    weight = weighted_length(text)
    if weight > POST_LIMIT:
        return f"weighs {weight}, and X takes {POST_LIMIT}"
    if len(links_in(text)) > 1:
        return "holds more than one link"
    if len(cashtags_in(text)) > 1:
        return "holds more than one cashtag ($NAME)"
    if mentions_in(text):
        return "mentions an account (@NAME), and nobody is called to a correction"
    return None


def take_back(store: Store, row: Round, why: Why, now: datetime, *, text: str = "", case: Case | None = None) -> None:
    """Write down that a round is taken back; again for one that is being taken back changes nothing.

    Args:
        store: the database.
        row: the round, as it was found.
        why: wrong or privacy.
        now: when.
        text: for a wrong one, the correction as ``correction_text`` gives it.
        case: for a wrong one, the corrected case to grade by; None voids the round.

    Raises:
        InputError: it was taken back for privacy already, or X would refuse the text as a duplicate.
    """
    with store.write() as session, recounted(session, row.account, row.id) as stored:
        if stored.retraction == Why.PRIVACY and why is Why.WRONG:
            raise InputError(row.id, "was taken back for privacy; nothing is left to correct")
        if _is_under_way(stored, why):
            return
        rows = outbox_of(session, row.id)
        _require_new(outbox_rows(session, row.account, ["sent"]), text)
        stored.state = move(stored.state, State.RETRACTING) if stored.state != State.RETRACTING else stored.state
        stored.retraction, stored.retracted_at, stored.halted = why, now, None
        stored.correction = text or None
        stored.voided = case is None
        stored.case_json = stored.case_json if case is None else case.model_dump_json()
        give_up(stored, rows)


def _is_under_way(row: Round, why: Why) -> bool:
    taken = row.state == State.RETRACTING and row.retraction == why
    return taken or (row.state == State.RETRACTED and row.retraction == Why.PRIVACY)


def _require_new(sent: Sequence[OutboxRow], text: str) -> None:
    if text and any(r.action == Action.POST and r.text == text for r in sent):
        raise InputError("--correction", "this very text was posted before, and X refuses it twice", "reword it")


def give_up(row: Round, rows: Sequence[OutboxRow]) -> bool:
    """Whatever of a round's own effects is only planned is not made any more; returns whether there was any."""
    stale = [r for r in rows if r.state == "planned" and r.action != Action.DELETE and not _corrects(r, row, rows)]
    for effect in stale:
        effect.state, effect.error = "refused", "taken back before it was sent"
    return bool(stale)


def _corrects(effect: OutboxRow, row: Round, rows: Sequence[OutboxRow]) -> bool:
    first = correction_row(row, rows)
    return first is not None and effect.seq >= first.seq


def correction_row(row: Round, rows: Sequence[OutboxRow]) -> OutboxRow | None:
    """The newest row that corrects a round; posts in its place, should X refuse the reply, come after it."""
    if row.retraction != Why.WRONG:
        return None
    return next((r for r in reversed(rows) if r.role == CORRECTION and r.text == row.correction), None)


def find_round(store: Store, account: str, round_id: str) -> Round:
    """A round by its id.

    Raises:
        InputError: there is none.
    """
    with store.read() as session:
        row = round_of(session, account, round_id)
    if row is None:
        raise InputError(round_id, "there is no such round", "see `quizbot status`")
    return row
