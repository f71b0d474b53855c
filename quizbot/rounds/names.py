"""Pseudonyms that must not stand on a page: an operator takes them away, and it is written down that it was done."""

from datetime import datetime

from quizbot.core import pseudonym
from quizbot.core.errors import InputError
from quizbot.rounds.forget import find_user
from quizbot.store import Store
from quizbot.store.accounts import respondent_row
from quizbot.store.audit import Action, note
from quizbot.store.own import ids_by_pseudonym, respondent_if_known


def find_named(store: Store, account: str, named: str) -> str:
    """The id of a person, named by the pseudonym, or as ``find_user`` has it.

    Raises:
        InputError: nobody like that is known.
    """
    with store.read() as session:
        found = ids_by_pseudonym(session, account, pseudonym.normalised(named))
    return found[0] if len(found) == 1 else find_user(store, account, named)


def clear_pseudonym(
    store: Store, account: str, user_id: str, by: str, now: datetime, *, bar: bool = False, why: str = ""
) -> str | None:
    """Take a person's pseudonym away: the boards show the handle again.

    The record of what was done holds neither the name nor the person, who may ask to be erased: it cannot be changed.

    Args:
        store: the database.
        account: whose boards.
        user_id: the person.
        by: who does it, as the record names them.
        now: when.
        bar: let the person choose none again.
        why: a line for the record.

    Returns:
        The pseudonym that was taken away; None if there was none, and a name can only be barred.

    Raises:
        InputError: there is none, and nothing to be done.
    """
    with store.write() as session:
        known = respondent_if_known(session, account, user_id)
        if not bar and (known is None or known.pseudonym is None):
            raise InputError(user_id, "has no pseudonym", "add --bar to let the person choose none")
        row = known or respondent_row(session, account, user_id)
        taken, row.pseudonym = row.pseudonym, None
        row.name_barred_at = now if bar else row.name_barred_at
        how = "; no other may be chosen" if bar else ""
        note(session, account, now, by, Action.NAME_CLEARED, detail=f"{why}{how}".lstrip("; "))
    return taken
