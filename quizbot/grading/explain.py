"""The sentences that reasons are made of."""

from collections.abc import Sequence

from quizbot.grading.key import Listed, Worth
from quizbot.grading.mention import Mention
from quizbot.grading.words import Words

LESS = "it says less than the diagnosis, in words of the diagnosis (rule 11)"
AMBIGUOUS = "the abbreviation stands for several things that fit here (rule 13)"
FINDING = "a finding that the case does not list (rule 14)"
ASKED = "it may be asked rather than offered (rules 3 and 4)"
CLASS = "an organ system or a bare category (rule 11)"
BROADER = "a class that contains the diagnosis (rule 11)"
NARROWER = "a form of the diagnosis, and more detail is still correct (rule 9)"
RELATED = "it adds to the diagnosis something that may change it (rule 10)"
SISTER = "narrower than an answer with part of the credit, and not plainly the same (rules 9 and 11)"
UNLISTED = "a diagnosis this case does not list (rule 15)"
DETAIL = "what is named beside it does not undo it (rules 9 and 16)"
OTHER_SIDE = "something else is offered beside it that the grader does not know (rule 7)"
HINT = "words of the diagnosis follow, and it is not plain how they are meant"
TWO_LOOSE = "two diagnoses, and it is not plain how the second is meant (rule 7)"
NOTHING = "it names no diagnosis of its own"
UNKNOWN = "words that the grader cannot place (rule 15)"
_QUOTED = 60  # characters of a reply repeated in a reason
_MOST = 12  # reasons of one sort that anybody reads


def shown(words: Words, places: tuple[int, ...]) -> str:
    """The words as the respondent wrote them."""
    shown = [word.shown or word.surface for p in places if (word := words[p]).shown != "\u200b"]
    return " ".join(shown)[:_QUOTED]


def few(reasons: tuple[str, ...]) -> tuple[str, ...]:
    """The first reasons of one sort, and how many more there are: a long list is not told item by item."""
    more = len(reasons) - _MOST
    return (*reasons[:_MOST], f"and {more} more") if more > 0 else reasons


def reading(words: Words, places: tuple[int, ...], name: str, why: str) -> str:
    """Which words were taken as what, and what that is worth."""
    return f'"{shown(words, places)}" was read as {name}: {why}'


def matched(item: Listed, *, exact: bool, narrower: bool) -> str:
    """Why a listed answer earned its credit."""
    if narrower:
        return NARROWER
    how = "" if exact else "another name of it; "
    if item.worth is Worth.FULL:
        return f"{how}it is an answer with full credit"
    return f"{how}the case lists it for {item.credit:g}" + (f": {item.because}" if item.because else "")


def rejected(item: Listed) -> str:
    """Why a listed answer is wrong."""
    return "the case lists it as wrong" + (f": {item.because}" if item.because else "")


def split(credit: float) -> str:
    """The reason for half a credit."""
    return f"two without a preference are worth half: {credit:g} (rule 7)"


def shotgun(count: int) -> str:
    """The reason for nothing at all."""
    return f"{count} diagnoses without a preference (rule 8)"


def dropped(words: Words, mentions: Sequence[tuple[Mention, str]]) -> tuple[str, ...]:
    """Why mentions do not count."""
    if not mentions:
        return ()
    return few(tuple([f'"{shown(words, m.places)}" does not count: {why}' for m, why in mentions]))
