"""Who may what. Pure: the one table that the routes, the navigation and the tests go by.

What a role may do is written out for each right; nothing follows from one for another, and who has two roles has the
rights of both. A right without roles would be nobody's.
"""

from collections.abc import Mapping
from enum import StrEnum

from quizbot.core.person import Person, Role


class Right(StrEnum):
    """Something that a person may do in the console."""

    ENTER = "enter"  # the overview, and signing out
    RULE = "rule"  # the review queue, appeals, undoing
    READ_CASES = "read cases"  # folders, checks, previews, trying replies out: these hold the answers
    SIGN_OFF = "sign off"
    SEE_CALENDAR = "see the calendar"
    PLAN = "plan"  # order, pins
    PAUSE = "pause"  # posting as a whole
    SEE_ROUNDS = "see rounds"
    MEND = "mend"  # resume a halted round
    RETRACT = "retract"
    SEE_MONEY = "see money"
    ANALYSE = "analyse"  # item analysis
    LEAD_COHORTS = "lead cohorts"  # their codes, and their members' figures by handle
    CLEAR_NAMES = "clear names"  # pseudonyms that must not stand on a page
    READ_LOG = "read the log"


_EDUCATORS = frozenset({Role.AUTHOR, Role.REVIEWER})
_ALL = frozenset(Role)

TABLE: Mapping[Right, frozenset[Role]] = {
    Right.ENTER: _ALL,
    Right.RULE: _EDUCATORS,
    Right.READ_CASES: _EDUCATORS,
    Right.SIGN_OFF: frozenset({Role.REVIEWER}),
    Right.SEE_CALENDAR: _ALL,
    Right.PLAN: frozenset({Role.REVIEWER, Role.OPERATOR}),
    Right.PAUSE: frozenset({Role.OPERATOR}),
    Right.SEE_ROUNDS: _ALL,
    Right.MEND: frozenset({Role.OPERATOR}),
    Right.RETRACT: frozenset({Role.OPERATOR}),
    Right.SEE_MONEY: frozenset({Role.OPERATOR}),
    Right.ANALYSE: _EDUCATORS,
    Right.LEAD_COHORTS: frozenset({Role.REVIEWER, Role.OPERATOR}),
    Right.CLEAR_NAMES: frozenset({Role.REVIEWER, Role.OPERATOR}),
    Right.READ_LOG: frozenset({Role.OPERATOR}),
}


def may(person: Person, right: Right) -> bool:
    """Whether a person may do something; nobody whose account is shut may do anything."""
    return not person.disabled and bool(person.roles & TABLE[right])


def rights_of(person: Person) -> frozenset[Right]:
    """All that a person may do."""
    return frozenset(right for right in Right if may(person, right))
