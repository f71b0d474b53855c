"""Appeals, as educators decide them: the verdict stands, or a ruling changes it for all who said the same."""

from dataclasses import dataclass
from datetime import datetime

from quizbot.core.errors import InputError
from quizbot.core.ruling import Ruling
from quizbot.rounds.rulings import rule
from quizbot.store import Appeal, Store
from quizbot.store.protests import appeal_of, close_appeals, open_appeals
from quizbot.store.replies import reply_of

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Protest:
    """An appeal with the reply it is about; ``text`` is None once it was removed."""

    appeal: Appeal
    text: str | None


def protests(store: Store, account: str) -> list[Protest]:
    """The appeals that wait, the oldest first."""
    with store.read() as session:
        rows = open_appeals(session, account, _SHOWN)
        replies = [reply_of(session, account, row.post_id) for row in rows]
    return [Protest(row, reply.text if reply else None) for row, reply in zip(rows, replies, strict=True)]


def decide(  # on what, how, who, when
    store: Store, account: str, post_id: str, ruling: Ruling | None, answer: str, by: str, now: datetime
) -> Appeal:
    """Decide an appeal, and with it every other one about the same phrase of the case.

    Args:
        store: the database.
        account: whose.
        post_id: the reply that the appeal is about.
        ruling: what to change, its phrase left as it is in the appeal; None: the verdict stands.
        answer: the educator's reason, shown to the respondent.
        by: who decides.
        now: when.

    Raises:
        InputError: no such appeal waits.
    """
    with store.read() as session:
        found = appeal_of(session, account, post_id)
    if found is None or found.closed_at is not None:
        raise InputError(f"appeal {post_id}", "does not wait any more", "load the page again")
    if ruling is not None:
        made = Ruling(found.phrase, ruling.decision, ruling.credit, ruling.because)
        rule(store, account, found.case_id, made, by, now)
    with store.write() as session:
        close_appeals(session, account, found.case_id, found.phrase, by, now, answer or None)
    return found
