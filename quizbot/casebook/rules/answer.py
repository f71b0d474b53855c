"""The answer key against itself, and against what is posted before the reveal."""

from collections.abc import Iterator

from quizbot.casebook.finding import GIVES_AWAY, Key, Problem, error, key_text, warning
from quizbot.casebook.sameness import Words, holds, words
from quizbot.core.case import Answer, Case

_TAG_PART = 5  # letters: a shorter name inside a hashtag is chance (#FOAMed holds "me")


def names(answer: Answer) -> Iterator[tuple[Key, str]]:
    """The names that get full credit, with their keys."""
    yield ("answer", "diagnosis"), answer.diagnosis
    for n, text in enumerate(answer.accept):
        yield ("answer", "accept", n), text


def others(answer: Answer) -> Iterator[tuple[Key, str]]:
    """The partial and rejected answers, with their keys."""
    for n, partial in enumerate(answer.partial):
        yield ("answer", "partial", n, "answer"), partial.answer
    for n, reject in enumerate(answer.reject):
        yield ("answer", "reject", n, "answer"), reject.answer


def consistent_key(case: Case) -> Iterator[Problem]:
    """Every listed answer says something, and no two lists, nor two places of one, say the same."""
    first: dict[Words, Key] = {}
    for key, text in (*names(case.answer), *others(case.answer)) if case.answer else ():
        said = words(text)
        if not said:
            yield error("holds no letter and no digit, so no reply can be it", *key)
        elif said in first:
            yield _twice(key, first[said])
        else:
            first[said] = key


def _twice(key: Key, before: Key) -> Problem:
    """In one list it is only superfluous; in two, or with another credit, the key contradicts itself."""
    where = key_text(before)
    full = ("diagnosis", "accept")
    harmless = (before[1] in full and key[1] in full) or before[1] == key[1] == "reject"
    if harmless:
        return warning(f"says the same as {where}; take it out", *key)
    return error(f"says the same as {where}, which counts otherwise; take one of them out", *key)


def nothing_given_away(case: Case) -> Iterator[Problem]:
    """What is posted before the reveal does not name the answer."""
    if case.answer is None:
        return
    answers = [(text, words(text)) for _, text in names(case.answer)]
    for key, text in _posted_before(case):
        said = words(text)
        told = next((name for name, phrase in answers if holds(said, phrase)), None)
        if told is not None:
            yield error(f'{GIVES_AWAY}: it holds "{told}"', *key)
    for n, tag in enumerate(case.hashtags):
        told = next((name for name, phrase in answers if _tag_tells(tag, "".join(phrase))), None)
        if told is not None:
            yield error(f'{GIVES_AWAY}: it holds "{told}"', "hashtags", n)


def _posted_before(case: Case) -> Iterator[tuple[Key, str]]:
    yield ("prompt",), case.prompt
    for n, image in enumerate(case.images):
        yield ("images", n, "alt"), image.alt


def _tag_tells(tag: str, name: str) -> bool:
    folded = "".join(words(tag))
    return bool(name) and (folded == name or (len(name) >= _TAG_PART and name in folded))


RULES = (
    (frozenset({"answer"}), consistent_key),
    (frozenset({"answer", "prompt", "images", "hashtags"}), nothing_given_away),
)
