"""Which tokens a case's own words may change: those that share a trace with one of them.

What most tokens are, any case says alike. It is worked out once, with the traces by which a case that may say otherwise
is told: the token itself, and its ends with its length (a slip parts them). A case keeps the traces of its few words as
one set, so a single question dismisses most tokens.
"""

from collections.abc import Iterable
from sys import intern

from quizbot.grading.fuzzy import SHORT

OWN = ("*",)  # the trace of what each case reads for itself: misspelt words


def of_token(low: str, *, slips: bool) -> tuple[str, ...]:
    """The traces of a token; ``slips``: whether it may miss an answer's word by a letter."""
    return (low, *_ends(low, len(low))) if slips else (low,)


def of_answers(words: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """The traces of the words of a case's answers; ``others`` are tokens that it reads in its own way."""
    words = tuple(words)
    ends = [
        end
        for word in words
        if word.isalpha()
        for size in (len(word) - 1, len(word), len(word) + 1)
        for end in _ends(word, size)
    ]
    return frozenset([*OWN, *words, *others, *ends])


def _ends(word: str, size: int) -> tuple[str, ...]:
    """What a word shares with each of so many letters, four or more, that one slip parts from it (see ``NearFew``)."""
    # One object for all tokens that share an end: these are met at every token, and a processor's cache is small.
    ends = (intern(f"{word[:2]}.{size}"), intern(f".{word[-2:]}{size}"))
    return ends if size != SHORT else (*ends, intern(f"{word[0]}.{word[-1]}"))
