"""A rule: a pattern, which identifier it means, and whether a person may let it pass."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from quizbot.deid.finding import Decision
from quizbot.deid.words.marked import Hit

Guard = Callable[[re.Match[str]], bool]
Rewrite = Callable[[re.Match[str]], str | None]


def _always(_match: re.Match[str]) -> bool:
    return True


def leave_out(_match: re.Match[str]) -> str | None:
    """The rewriting of most identifiers: nothing in their place."""
    return ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of one identifier.

    Attributes:
        kind: the finding's kind.
        letter: its letter in 45 CFR 164.514(b)(2)(i).
        pattern: what it looks like; the group ``id``, if there is one, is the identifier itself.
        decision: hold or refuse.
        guard: whether a match is one; for what a pattern cannot say.
        rewrite: what to write instead.
        todo: what to do, in the imperative.
    """

    kind: str
    letter: str
    pattern: re.Pattern[str]
    decision: Decision = Decision.REFUSE
    guard: Guard = _always
    rewrite: Rewrite = leave_out
    todo: str = "leave it out"

    def hits(self, text: str) -> Iterator[Hit]:
        """Where the text holds it."""
        for match in self.pattern.finditer(text):
            if self.guard(match):
                start, end = match.span("id") if "id" in self.pattern.groupindex else match.span()
                yield Hit(start, end, self.kind, self.letter, self.decision, self.rewrite(match), self.todo)


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that does not care for capitals; blanks and comments in it mean nothing."""
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def apply(rules: Iterable[Rule], text: str) -> list[Hit]:
    """Every hit of every rule."""
    return [hit for rule in rules for hit in rule.hits(text)]


def before(match: re.Match[str], length: int) -> str:
    """The text just before a match, in small letters."""
    return match.string[max(0, match.start() - length) : match.start()].lower()


def after(match: re.Match[str], length: int) -> str:
    """The text just after a match, in small letters."""
    return match.string[match.end() : match.end() + length].lower()


def sentence(match: re.Match[str]) -> str:
    """The sentence, or the 200 letters either side, that a match stands in; in small letters."""
    text, start, end = match.string, match.start(), match.end()
    left = max((text.rfind(mark, max(0, start - 200), start) for mark in (". ", "! ", "? ", "\n")), default=-1)
    rights = [at for mark in (". ", "! ", "? ", "\n") if (at := text.find(mark, end, end + 200)) >= 0]
    return text[max(left + 1, start - 200) : min(rights, default=end + 200)].lower()
