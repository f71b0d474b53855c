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
    different = list(dict.fromkeys(texts))
    by_text: dict[str, Verdict] = {}
    by_words: dict[Normal, Verdict] = {}
    with _uncollected():
        for start in range(0, len(different), CHUNK):
            by_text.update(_graded(key, different[start : start + CHUNK], by_words))
    return [by_text[text] for text in texts]


def _graded(key: Key, texts: Sequence[str], by_words: dict[Normal, Verdict]) -> dict[str, Verdict]:
    """The verdicts on different texts; ``by_words`` are those on what has been read before, and learns the new ones."""
    verdicts = {text: verdict for text in texts if (verdict := literally(key, text))}
    others = [text for text in texts if text not in verdicts]
    replies = dict(zip(others, read(key, others), strict=True))
    normal = {text: _normal(text, words) for text, words in replies.items()}
    firsts = {like: text for text, like in reversed(normal.items()) if like not in by_words}
    by_words.update(zip(firsts, grade_words(key, [replies[text] for text in firsts.values()]), strict=True))
    return verdicts | {text: by_words[like] for text, like in normal.items()}


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
