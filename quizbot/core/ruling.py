"""What a person decided of a phrase that the grader could not place."""

from dataclasses import dataclass
from enum import StrEnum

from quizbot.core.verdict import VerdictKind


class Decision(StrEnum):
    """The four rulings."""

    ACCEPT = "accept"
    PARTIAL = "partial"
    REJECT = "reject"
    NO_GUESS = "no_guess"


OUTCOMES: dict[Decision, tuple[VerdictKind, float | None]] = {
    Decision.ACCEPT: (VerdictKind.CORRECT, 1.0),
    Decision.PARTIAL: (VerdictKind.PARTIAL, None),  # the ruling says how much
    Decision.REJECT: (VerdictKind.INCORRECT, 0.0),
    Decision.NO_GUESS: (VerdictKind.NO_GUESS, None),
}
"""What a decision makes of a reply: the verdict and its credit."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A ruling settles every reply of its case whose ``Verdict.phrase`` is the same.

    Attributes:
        phrase: the normalised phrase, as ``Verdict.phrase`` gives it.
        decision: which of the four.
        credit: for a partial, between 0 and 1; None otherwise.
        because: the reason shown to respondents, or None.
    """

    phrase: str
    decision: Decision
    credit: float | None = None
    because: str | None = None
