"""A dozen followers who reply like people: right, wrong, misspelt, chatter, two guesses, late. Pure.

What they say is made from the case's own answers, so that the demo runs with any case.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizbot.core.case import Answer


@dataclass(frozen=True, slots=True)
class Follower:
    """An account and its way of answering. ``moment``: when, as a share of the time the round is open."""

    handle: str
    name: str
    moment: float
    says: Callable[[Answer], str]


@dataclass(frozen=True, slots=True)
class Line:
    """A reply to be made."""

    handle: str
    name: str
    moment: float
    text: str


def misspelt(text: str) -> str:
    """The text with two letters of its longest word swapped."""
    word = max(text.split(), key=len)
    middle = len(word) // 2
    swapped = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return text.replace(word, swapped, 1)


def _nth(answers: Sequence[str], n: int, default: str) -> str:
    return answers[n % len(answers)] if answers else default


def _accepted(answer: Answer, n: int = 0) -> str:
    return _nth(answer.accept, n, answer.diagnosis)


def _wrong(answer: Answer, n: int = 0) -> str:
    return _nth([one.answer for one in answer.reject], n, "No idea")


def _partial(answer: Answer) -> str:
    return _nth([one.answer for one in answer.partial], 0, answer.diagnosis)


FOLLOWERS: tuple[Follower, ...] = (
    Follower("night_reg_jo", "Jo, on nights", 0.02, lambda a: f"{a.diagnosis}, seen it once and never again thanks"),
    Follower("medic_raf", "Raf", 0.05, lambda a: _accepted(a).lower()),
    Follower("typo_tess", "Tess", 0.08, lambda a: misspelt(a.diagnosis)),
    Follower("ana_gp", "Dra. Ana Ruiz", 0.12, lambda a: f"?{_accepted(a, 1)}"),
    Follower("sure_but_wrong", "Kofi", 0.15, lambda a: f"{_wrong(a)}. Next!"),
    Follower("second_look", "Second Look", 0.2, lambda a: f"{_wrong(a, 1)}… no wait, {a.diagnosis}"),
    Follower("halfway_hana", "Hana", 0.25, _partial),
    Follower("two_minds", "Of Two Minds", 0.3, lambda a: f"{a.diagnosis} or {_wrong(a)}"),
    Follower("grateful_gus", "Gus", 0.35, lambda _: "Great case, thanks for posting!"),
    Follower("asks_first", "Asks First", 0.4, lambda _: "Any old ECG to compare with?"),
    Follower("new_words", "New Words", 0.45, lambda _: "the wobbly bedsheet sign"),
    Follower("not_that", "Not That", 0.5, lambda a: f"Not {_wrong(a)}"),
    Follower("late_larry", "Late Larry", 1.25, lambda a: a.diagnosis),
)


def lines_for(answer: Answer) -> list[Line]:
    """What the followers reply to a case, in the order of time; a moment above 1 is after the close."""
    return sorted(
        (Line(one.handle, one.name, one.moment, one.says(answer)) for one in FOLLOWERS), key=lambda line: line.moment
    )
