"""Reading one reply from its text to its verdict."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from quizbot.core.ruling import OUTCOMES, Decision
from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.grading import explain
from quizbot.grading.judge import judge
from quizbot.grading.key import Key, Listed, Worth
from quizbot.grading.leftover import phrase, settle
from quizbot.grading.mention import Mention
from quizbot.grading.mentions import find
from quizbot.grading.qualify import opposed
from quizbot.grading.sorting import Sorted, sort
from quizbot.grading.status import DEAD, LIVE, RANKED_LOW, Statuses
from quizbot.grading.text import letters
from quizbot.grading.words import Word, Words

_TRAILING = frozenset({"!", ".", ",", "..."})  # a question mark says something, these do not
_MARKS = 10  # characters of punctuation around a bare answer
_MOST_ALIKE = 12  # words of a reply; longer ones are hardly ever the same as another
_NUMBER = Word("0", (), "n")
MAX_WORDS = 1_000  # a guess stands in the first words or nowhere


def _read(key: Key, text: str) -> Words:
    """The words of a reply without marks at the end that say nothing."""
    words = key.read(text)
    del words[MAX_WORDS:]
    while words and words[-1].surface in _TRAILING:
        words.pop()
    return Words(words)


def _parse(key: Key, text: str) -> tuple[Words, list[str], list[Mention]]:
    words = _read(key, text)
    marks = Statuses(words).marks
    return words, marks, find(key, words, marks)


def grade(key: Key, text: str) -> Verdict:
    """Grade one reply; any text gets a verdict."""
    return _literally(key, text) or _grade_words(key, _read(key, text))


def _literally(key: Key, text: str) -> Verdict | None:
    """The verdict on a reply that is one of the listed answers letter for letter."""
    if len(text) > key.longest + _MARKS or key.rulings:
        return None
    item = key.literal.get(letters(text))
    return _letter_for_letter(item) if item else None


def _grade_words(key: Key, words: Words) -> Verdict:
    marks = Statuses(words).marks
    found = sort(words, find(key, words, marks))
    verdict, places = _decide(key, words, marks, found)
    return _ruled(key, words, places, verdict) if key.rulings else verdict


def _normal(words: Words) -> tuple[Word, ...]:
    """What a verdict rests on: the words as they were read, numbers of two figures and more alike.

    The family words belong to it: "EA" may be short for something that "Ea" is not.
    """
    if "n" not in words.kinds:
        return tuple(words)
    return tuple([_NUMBER if w.kind == "n" and not w.atoms and len(w.surface) > 1 else w for w in words])


def _letter_for_letter(item: Listed) -> Verdict:
    kind = {Worth.FULL: VerdictKind.CORRECT, Worth.PARTIAL: VerdictKind.PARTIAL, Worth.REJECT: VerdictKind.INCORRECT}
    why = explain.rejected(item) if item.worth is Worth.REJECT else explain.matched(item, exact=True, narrower=False)
    named = None if item.worth is Worth.FULL else item.text
    return Verdict(kind[item.worth], item.credit, item.text, (f'"{item.text}": {why}',), diagnosis=named)


def _decide(key: Key, words: Words, marks: list[str], found: Sorted) -> tuple[Verdict, tuple[int, ...]]:
    if not found.live:
        return settle(key, words, marks, found), ()
    verdict, guesses = judge(key, words, found.live, _spoken_for(words, marks, found))
    if verdict.kind is VerdictKind.REVIEW and (clash := opposed(key, words, marks, set())):
        verdict = Verdict(VerdictKind.INCORRECT, 0.0, None, (*verdict.reasons, clash))
    places = guesses[0].places if len(guesses) == 1 else tuple(sorted({p for g in guesses for p in g.places}))
    reasons = verdict.reasons + explain.dropped(words, found.dropped)
    if verdict.kind is VerdictKind.REVIEW:
        return Verdict(VerdictKind.REVIEW, None, None, reasons, phrase(words, places)), places
    return replace(verdict, reasons=reasons) if found.dropped else verdict, places


def _spoken_for(words: Words, marks: list[str], found: Sorted) -> frozenset[int]:
    """The places of words that are denied, ranked lower and the like, or that a mention holds that does not count."""
    if not found.dropped and marks.count(LIVE) == len(marks):
        return frozenset()
    dropped = {p for m, _ in found.dropped for p in m.places}
    return frozenset(dropped | {i for i in range(len(words)) if marks[i] in DEAD or marks[i] in RANKED_LOW})


def _ruled(key: Key, words: Words, places: tuple[int, ...], verdict: Verdict) -> Verdict:
    """Apply a person's ruling on the phrase that was read, or on the reply's words as a whole."""
    names = (verdict.phrase, phrase(words, places), phrase(words))
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
    verdict, places = _decide(key, words, marks, found)
    return verdict.phrase or phrase(words, places)


def grade_many(key: Key, texts: Sequence[str]) -> list[Verdict]:
    """Grade replies, those that read the same once."""
    by_text: dict[str, Verdict] = {}
    by_words: dict[tuple[Word, ...], Verdict] = {}
    with _uncollected():
        for text in texts:
            if text not in by_text:
                by_text[text] = _literally(key, text) or _once(key, text, by_words)
    return [by_text[text] for text in texts]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles: grading makes none, and the search takes a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _once(key: Key, text: str, by_words: dict[tuple[Word, ...], Verdict]) -> Verdict:
    words = _read(key, text)
    if len(words) > _MOST_ALIKE:
        return _grade_words(key, words)
    normal = _normal(words)
    verdict = by_words.get(normal)
    if verdict is None:
        verdict = by_words[normal] = _grade_words(key, words)
    return verdict


def mentioned(key: Key, text: str) -> list[tuple[str, Listed]]:
    """The listed answers that a text names, however it means them, with the words that name them."""
    words, _, mentions = _parse(key, text)
    return [(explain.shown(words, m.places), m.target) for m in mentions if isinstance(m.target, Listed)]
