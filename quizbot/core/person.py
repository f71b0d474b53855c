"""The people who work on cases: what every room may know of an account."""

from dataclasses import dataclass
from enum import StrEnum

INSTALLATION = ""
"""The account that people and records of sign-off belong to: all accounts of an installation share them."""


class Role(StrEnum):
    """What an account may do. Nothing follows from one role for another: who does both has both."""

    AUTHOR = "author"  # writes cases
    REVIEWER = "reviewer"  # releases cases of others
    OPERATOR = "operator"  # runs the bot


@dataclass(frozen=True, slots=True)
class Person:
    """An account.

    Attributes:
        name: what they sign in with; unique without regard to case.
        handle: their handle on X, such as ``@an_educator``: by it they are known as a case's author.
        roles: what they may do.
        disabled: whether the account is shut; what it has signed then no longer counts.
    """

    name: str
    handle: str | None
    roles: frozenset[Role]
    disabled: bool = False

    def wrote(self, author: str) -> bool:
        """Whether a case's ``author`` is this person, by handle or, for want of one, by name."""
        claimed = author.casefold()
        return claimed in {(self.handle or "").casefold(), f"@{self.name}".casefold()}
