"""What a person decided of a phrase that the grader could not place."""

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """The four rulings."""

    ACCEPT = "accept"
    PARTIAL = "partial"
    REJECT = "reject"
    NO_GUESS = "no_guess"


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
