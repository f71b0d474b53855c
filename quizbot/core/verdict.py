"""What a grader says of a reply."""

from enum import StrEnum
from typing import NamedTuple


class VerdictKind(StrEnum):
    """The five verdicts; their meaning is explained to respondents in docs/grading.md."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    NO_GUESS = "no_guess"
    REVIEW = "review"


class Verdict(NamedTuple):
    """A verdict with its reasons.

    Attributes:
        kind: which of the five.
        credit: 1 for correct, between 0 and 1 for partial, 0 for incorrect, None for no_guess and review.
        matched: the case's listed answer that decided it, as the case writes it, or None.
        reasons: for people, in order: which words were taken as which guess, what they matched and by which rule.
        phrase: for a review, the normalised words nobody could place: replies with the same phrase are one item of
            the review queue and one ruling settles them all. A verdict that a ruling settled keeps the ruling's
            phrase, so that the ruling can be found and undone. None for every other verdict.
        diagnosis: for a wrong or partial guess, the normalised diagnosis that was read in it, for the anonymous
            distribution of answers; None if there is no such name.
    """

    kind: VerdictKind
    credit: float | None
    matched: str | None
    reasons: tuple[str, ...]
    phrase: str | None = None
    diagnosis: str | None = None
