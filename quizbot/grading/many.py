"""Grading many replies to one case: equal ones once, and some hundred at a time.

All replies of a chunk take one step together, then the next one. A processor keeps what it does again and again close
by, the code too: reply by reply, each step pushes out the next one's.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from quizbot.core.verdict import Verdict
from quizbot.grading.judging import grade_words, literally, read
from quizbot.grading.key import Key
from quizbot.grading.words import Word, Words

CHUNK = 300  # replies; the words of more need not be in memory at once
_MOST_ALIKE = 12  # words of a reply; longer ones are hardly ever the same as another
_NUMBER = Word("0", (), "n")

Normal = tuple[Word, ...] | str


def grade_many(key: Key, texts: Sequence[str]) -> list[Verdict]:
    """Grade replies, those that read the same once."""
    with _uncollected():
        by_text = _all_graded(key, list(dict.fromkeys(texts)))  # the words are gone before the search begins again
    return list(map(by_text.__getitem__, texts))


def _all_graded(key: Key, texts: Sequence[str]) -> dict[str, Verdict]:
    """The verdicts on different texts."""
    by_text: dict[str, Verdict] = {}
    by_words: dict[Normal, Verdict] = {}
    for start in range(0, len(texts), CHUNK):
        _grade_some(key, texts[start : start + CHUNK], by_text, by_words)
    return by_text


def _grade_some(key: Key, texts: Sequence[str], by_text: dict[str, Verdict], by_words: dict[Normal, Verdict]) -> None:
    """Add the verdicts on different texts to those by text, and to those on what has been read before by its words."""
    by_text.update((text, verdict) for text in texts if (verdict := literally(key, text)))
    others = [text for text in texts if text not in by_text]
    replies = read(key, others)
    normal = list(map(_normal, others, replies))
    firsts = zip(reversed(normal), reversed(replies), strict=True)  # of those that read the same the first one remains
    new = {like: words for like, words in firsts if like not in by_words}
    by_words.update(zip(new, grade_words(key, list(new.values())), strict=True))
    by_text.update(zip(others, map(by_words.__getitem__, normal), strict=True))


def _normal(text: str, words: Words) -> Normal:
    """What a verdict rests on: the words as they were read, numbers of two figures and more alike.

    The family words belong to it: "EA" may be short for something that "Ea" is not.
    """
    if len(words) > _MOST_ALIKE:
        return text
    if "n" not in words.kinds:
        return tuple(words)
    return tuple([_NUMBER if w.kind == "n" and not w.atoms and len(w.surface) > 1 else w for w in words])


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
