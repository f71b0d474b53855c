"""Grading many replies to one case: equal ones once, and some hundred at a time.

All replies of a chunk take one step together, then the next one. A processor keeps what it does again and again close
by, the code too: reply by reply, each step pushes out the next one's.
"""

from collections.abc import Sequence
from typing import NamedTuple

from quizbot.core.verdict import Verdict
from quizbot.grading.judging import grade_words, literally, read
from quizbot.grading.key import Key
from quizbot.grading.memory import uncollected
from quizbot.grading.words import Word, Words

CHUNK = 300  # replies; the words of more need not be in memory at once
_MOST_ALIKE = 12  # words of a reply; longer ones are hardly ever the same as another
_NUMBER = Word("0", (), "n")

Normal = tuple[Word, ...] | str


def grade_many(key: Key, texts: Sequence[str]) -> list[Verdict]:
    """Grade replies, those that read the same once."""
    with uncollected():
        by_text = _all_graded(key, list(dict.fromkeys(texts)))  # the words are gone before the search begins again
    return list(map(by_text.__getitem__, texts))


def _all_graded(key: Key, texts: Sequence[str]) -> dict[str, Verdict]:
    """The verdicts on different texts."""
    by_text: dict[str, Verdict] = {}
    numbers: dict[Normal, int] = {}
    verdicts: list[Verdict] = []
    for start in range(0, len(texts), CHUNK):
        some = texts[start : start + CHUNK]
        by_text.update((text, verdict) for text in some if (verdict := literally(key, text)))
        others = [text for text in some if text not in by_text]
        told = _numbered(numbers, others, read(key, others))
        verdicts += grade_words(key, told.new)
        by_text.update(zip(others, map(verdicts.__getitem__, told.numbers), strict=True))
    return by_text


class _Numbered(NamedTuple):
    """Replies by numbers, the same for those that read the same, and the first one of each new number, in order."""

    numbers: list[int]
    new: list[Words]


def _numbered(numbers: dict[Normal, int], texts: Sequence[str], replies: Sequence[Words]) -> _Numbered:
    """Number replies; ``numbers``, of what has been read so far, learns the new ones."""
    known = len(numbers)
    # What a reply reads as takes long to hash, so each is looked up once.
    given = [numbers.setdefault(like, len(numbers)) for like in map(_normal, texts, replies)]
    firsts = dict(zip(reversed(given), reversed(replies), strict=True))
    return _Numbered(given, [firsts[number] for number in range(known, len(numbers))])


def _normal(text: str, words: Words) -> Normal:
    """What a verdict rests on: the words as they were read, numbers of two figures and more alike.

    The family words belong to it: "EA" may be short for something that "Ea" is not.
    """
    if len(words) > _MOST_ALIKE:
        return text
    if "n" not in words.kinds:
        return tuple(words)
    return tuple([_NUMBER if w.kind == "n" and not w.atoms and len(w.surface) > 1 else w for w in words])
