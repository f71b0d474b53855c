"""Correcting a wrong case: what is posted, and whether its replies are graded anew or its points do not count."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from quizbot.casebook import LoadedCase, load_case
from quizbot.core.case import Case
from quizbot.core.errors import InputError
from quizbot.rounds.retract import Why, corrected_case, correction_text, is_answered, take_back
from quizbot.store import Round, Store


def correct(  # what, by which case, when
    store: Store,
    row: Round,
    folder: Path,
    vet: Callable[[LoadedCase], str | None],
    now: datetime,
    text: str = "",
    *,
    void: bool = False,
) -> None:
    """Take a round back as wrong.

    Args:
        store: the database.
        row: the round.
        folder: its case folder, which holds the corrected answer unless the round is voided.
        vet: says why a loaded case cannot be posted, or None.
        now: when.
        text: the correction to post; empty for the bot's own words.
        void: whether the points do not count, instead of grading anew.

    Raises:
        InputError: there is nothing to grade anew, the folder has errors, or X would not take the text.
    """
    posted = Case.model_validate_json(row.case_json)
    regraded = posted.kind.is_quiz and not void
    if regraded and not is_answered(row):
        raise InputError(row.id, "its answer is not out, so there is nothing to grade anew", "void it with --void")
    corrected = None
    if regraded:
        loaded = load_case(folder)
        corrected = corrected_case(posted, loaded, vet(loaded))
    take_back(store, row, Why.WRONG, now, text=correction_text(text, row, corrected), case=corrected)
