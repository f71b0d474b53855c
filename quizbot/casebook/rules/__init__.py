"""What the format demands of a case beyond what each value has to be by itself."""

from collections.abc import Iterable, Iterator, Set

from quizbot.casebook.finding import Problem
from quizbot.casebook.rules import answer, kind, people, posts
from quizbot.core.case import Case

RULES = (*kind.RULES, *answer.RULES, *people.RULES, *posts.RULES)
"""Every rule with the top-level keys it reads."""


def problems(case: Case, unsound: Set[str] = frozenset()) -> Iterator[Problem]:
    """All that the rules find.

    Args:
        case: the case; under the unsound keys it may hold anything.
        unsound: keys whose values could not be understood: the rules that read them are left out.
    """
    for keys, rule in RULES:
        if not keys & unsound:
            found: Iterable[Problem] = rule(case)
            yield from found
