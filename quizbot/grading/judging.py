"""Reading one reply from its text to its verdict."""

from collections.abc import Sequence
from itertools import repeat

from quizbot.core.ruling import OUTCOMES, Decision
from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.grading import explain
from quizbot.grading.cues import trim
from quizbot.grading.judge import judge
from quizbot.grading.key import Key, Listed, Worth
from quizbot.grading.leftover import phrase, settle
from quizbot.grading.mention import Mention
from quizbot.grading.mentions import find
from quizbot.grading.qualify import opposed
from quizbot.grading.sorting import Sorted, sort
from quizbot.grading.status import DEAD, LIVE, RANKED_LOW, marks_of
from quizbot.grading.text import letters
from quizbot.grading.words import Words

_MARKS = 10  # characters of punctuation around a bare answer
MAX_WORDS = 1_000  # a guess stands in the first words or nowhere


def read(key: Key, texts: Sequence[str]) -> list[Words]:
    """The words of replies."""
    return [words if len(words) <= MAX_WORDS else _first(words) for words in key.read(texts)]


def _first(words: Words) -> Words:
    some = words[:MAX_WORDS]
    trim(some)
    return Words(some)


def _parse(key: Key, text: str) -> tuple[Words, list[str], list[Mention]]:
    (words,) = read(key, [text])
    marks = marks_of(words)
    return words, marks, find(key, words, marks)


def grade(key: Key, text: str) -> Verdict:
    """Grade one reply; any text gets a verdict."""
    return literally(key, text) or grade_words(key, read(key, [text]))[0]


def literally(key: Key, text: str) -> Verdict | None:
    """The verdict on a reply that is one of the listed answers letter for letter."""
    if len(text) > key.longest + _MARKS or key.rulings or not _may_be_literal(key, text):
        return None
    item = key.literal.get(letters(text))
    return _letter_for_letter(item) if item else None


def _may_be_literal(key: Key, text: str) -> bool:
    """Whether a text may be a listed answer: one that begins with two other letters is none, unless with a link."""
    start = text[:2]
    plain = start.isalnum() and start.isascii()
    return not plain or start.lower() in key.openings or "/" in text or "www" in text


def grade_words(key: Key, replies: Sequence[Words]) -> list[Verdict]:
    """Grade replies that have been read, all of them one step at a time: see ``many``."""
    marks = list(map(marks_of, replies))
    found = list(map(find, repeat(key), replies, marks))
    meant = list(map(sort, replies, found))
    decided = map(_decide, repeat(key), replies, marks, meant)
    if not key.rulings:
        return [verdict for verdict, _ in decided]
    return [_ruled(key, words, *each) for words, each in zip(replies, decided, strict=True)]


def _letter_for_letter(item: Listed) -> Verdict:
    kind = {Worth.FULL: VerdictKind.CORRECT, Worth.PARTIAL: VerdictKind.PARTIAL, Worth.REJECT: VerdictKind.INCORRECT}
    why = explain.rejected(item) if item.worth is Worth.REJECT else explain.matched(item, exact=True, narrower=False)
    named = None if item.worth is Worth.FULL else item.text
    return Verdict(kind[item.worth], item.credit, item.text, (f'"{item.text}": {why}',), diagnosis=named)


def _decide(key: Key, words: Words, marks: list[str], found: Sorted) -> tuple[Verdict, list[Mention]]:
    if not found.live:
        return settle(key, words, marks, found), []
    verdict, guesses = judge(key, words, found.live, _spoken_for(words, marks, found))
    dropped = explain.dropped(words, found.dropped)
    if verdict.kind is VerdictKind.REVIEW:
        clash = opposed(key, words, marks, set())
        if not clash:
            named = phrase(words, _places(guesses))
            return Verdict(VerdictKind.REVIEW, None, None, verdict.reasons + dropped, named), guesses
        verdict = Verdict(VerdictKind.INCORRECT, 0.0, None, (*verdict.reasons, clash))
    return verdict._replace(reasons=verdict.reasons + dropped) if dropped else verdict, guesses


def _places(guesses: list[Mention]) -> tuple[int, ...]:
    """The places of the words of all guesses, in order."""
    return guesses[0].places if len(guesses) == 1 else tuple(sorted({p for g in guesses for p in g.places}))


def _spoken_for(words: Words, marks: list[str], found: Sorted) -> frozenset[int]:
    """The places of words that are denied, ranked lower and the like, or that a mention holds that does not count."""
    if not found.dropped and marks.count(LIVE) == len(marks):
        return frozenset()
    dropped = {p for m, _ in found.dropped for p in m.places}
    return frozenset(dropped | {i for i in range(len(words)) if marks[i] in DEAD or marks[i] in RANKED_LOW})


def _ruled(key: Key, words: Words, verdict: Verdict, guesses: list[Mention]) -> Verdict:
    """Apply a person's ruling on the phrase that was read, or on the reply's words as a whole."""
    names = (verdict.phrase, phrase(words, _places(guesses)), phrase(words))
    ruling = next((key.rulings[n] for n in names if n in key.rulings), None)
    if ruling is None:
        return verdict
    kind, credit = OUTCOMES[ruling.decision]
    credit = ruling.credit if ruling.decision is Decision.PARTIAL else credit
    reason = f'a person ruled on "{ruling.phrase}": {ruling.decision}' + (
        f": {ruling.because}" if ruling.because else ""
    )
    return Verdict(kind, credit, None, (reason,), phrase=ruling.phrase, diagnosis=verdict.diagnosis)


def phrase_of(key: Key, text: str) -> str:
    """The phrase a ruling on this reply would settle, whatever its verdict: for appeals."""
    words, marks, mentions = _parse(key, text)
    found = sort(words, mentions)
    verdict, guesses = _decide(key, words, marks, found)
    return verdict.phrase or phrase(words, _places(guesses))


def mentioned(key: Key, text: str) -> list[tuple[str, Listed]]:
    """The listed answers that a text names, however it means them, with the words that name them."""
    words, _, mentions = _parse(key, text)
    return [(explain.shown(words, m.places), m.target) for m in mentions if isinstance(m.target, Listed)]
