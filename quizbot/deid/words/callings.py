"""(R) a calling so rare that it tells who it is: "a trapeze artist", "the town crier", "bullfighter, gored".

What anybody in a case may be (patient, teacher, welder, runner) is not in the list; what is there holds, and a person
says whether a commoner word would do.
"""

import re
from collections.abc import Iterator

from quizbot.deid.finding import Decision
from quizbot.deid.vocabulary import entries
from quizbot.deid.words.lists import is_clinical, is_english
from quizbot.deid.words.marked import Hit
from quizbot.deid.words.phrases import names_a_thing
from quizbot.deid.words.tokens import Word

_TODO = "say what they do in a commoner word (worker, athlete, musician), or leave it out"
_OWNED = re.compile(
    r"'s?\s(?!wife|husband|son|daughter|mother|father|widow|sister|brother|leg|arm|hand|heart|cough|rash)"
)
_TRADE = re.compile(r"(\w{3,}?)s?(?:wo)?man")
_THING = re.compile(
    r"-\w|\s(?:bias|bleed|lesion|artery|vessel|cell|cells|bodies|node|role|effect|dose|word|sign|knee)\b"
)


def callings(text: str, found: list[Word]) -> Iterator[Hit]:
    """Callings in a plain text whose words are given."""
    for word in found:
        if _is_rare(word) and not _names_a_thing(text, word):
            yield Hit(word.start, word.end, "unique", "R", Decision.HOLD, None, _TODO)


def _is_rare(word: Word) -> bool:
    small = not word.capital or (word.opens and not word.shouted)
    return small and any(form in entries("persons") or _is_somebody(form) for form in _singular(word.folded))


def _is_somebody(word: str) -> bool:
    """Stuntman, oarswoman: what ends so is a person, though no list has it."""
    trade = _TRADE.fullmatch(word)
    return trade is not None and word not in entries("everyday") and is_english(trade[1]) and not is_clinical(word)


def _singular(word: str) -> tuple[str, ...]:
    if word.endswith("men"):
        return (word, f"{word[:-3]}man")
    return (word, word.removesuffix("s"), word.removesuffix("es"))


def _names_a_thing(text: str, word: Word) -> bool:
    """The hatter's shakes, the sentinel bleed: a term, not somebody."""
    rest = text[word.end : word.end + 24]
    return names_a_thing(text, word.end) or bool(_OWNED.match(rest) or _THING.match(rest))
