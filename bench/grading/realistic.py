"""Replies for the speed test: all distinct, and as long and as varied as the labelled ones.

A labelled reply is a frame. Its clauses are exchanged with those of other replies, and some words are written with a
slip, or give way to another word of English, of the lexicon or of another reply, so often that the number of different
words and of different pairs of neighbours grows with the text as it does in the labelled sets (Heaps' law, fitted to
them). Whoever repeats the labelled words in another order measures the grader's caches; ``likeness`` shows what is
measured here.
"""

import math
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from quizbot.grading.lexicon import load

_CLAUSE = re.compile(r"(?<=[.!?;,\n])\s+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ANY_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_KEYS = "abcdefghijklmnopqrstuvwxyz"
_TRIES = 40  # for a text of the wanted length
_RARE = 300  # the rank from which English words are drawn: the most frequent stand in the frames already


@dataclass(frozen=True)
class Rates:
    """How often a word gives way; fitted so that ``likeness`` holds."""

    slip: float = 0.04
    other: float = 0.24
    swap: float = 0.35
    clause: float = 0.35


@cache
def _english() -> tuple[str, ...]:
    rank = load().rank
    return tuple(word for word in sorted(rank, key=lambda w: rank[w]) if len(word) > 2)[_RARE:]  # noqa: PLR2004


@cache
def _clinical() -> tuple[str, ...]:
    lexicon = load()
    names = [name for d in lexicon.diagnoses for name in (d.name, *d.syn, *d.findings)]
    return tuple(sorted({word.lower() for name in names for word in _WORD.findall(name)}))


def slip(word: str, chooser: random.Random) -> str:
    """A word with one letter put in, left out, changed or exchanged with the next."""
    at, letter = chooser.randrange(len(word) - 1), chooser.choice(_KEYS)
    return chooser.choice(
        (
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def _other(chooser: random.Random) -> str:
    """A word of English, the frequent ones more often, or any word of the lexicon."""
    if chooser.random() < 0.5:  # noqa: PLR2004  # half of each
        return chooser.choice(_clinical())
    words = _english()
    return words[int(len(words) * chooser.random() ** 3)]


class Replies:
    """An endless source of distinct replies, made of labelled ones."""

    def __init__(self, texts: Sequence[str], seed: int, rates: Rates | None = None) -> None:
        self.chooser = random.Random(seed)  # noqa: S311  # repeatable, nothing secret
        self.texts = texts
        self.rates = rates or Rates()
        self.clauses = [clause for text in texts for clause in _CLAUSE.split(text)]
        self.words = [word for text in texts for word in _WORD.findall(text)]
        self.seen: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        while True:
            text = self._one(len(self.chooser.choice(self.texts)))
            if text not in self.seen:
                self.seen.add(text)
                yield text

    def _one(self, wanted: int) -> str:
        """A text within a tenth of the wanted length; the nearest one that was found, if none is."""
        nearest = ""
        for _ in range(_TRIES):
            text = self._draft()
            if abs(len(text) - wanted) < abs(len(nearest) - wanted):
                nearest = text
            if abs(len(nearest) - wanted) <= wanted // 10:
                break
        return nearest

    def _draft(self) -> str:
        chooser, rates = self.chooser, self.rates
        parts = _CLAUSE.split(chooser.choice(self.texts))
        parts = [chooser.choice(self.clauses) if chooser.random() < rates.clause else part for part in parts]
        return _WORD.sub(lambda match: self._word(match[0]), " ".join(parts))

    def _word(self, word: str) -> str:
        chance, rates = self.chooser.random(), self.rates
        if chance < rates.slip:
            return slip(word, self.chooser)
        if chance < rates.slip + rates.other:
            return _other(self.chooser)
        return self.chooser.choice(self.words) if chance < rates.slip + rates.other + rates.swap else word


@dataclass(frozen=True)
class Likeness:
    """How varied some texts are, beside what the labelled ones let expect of as many.

    Attributes:
        characters: the lengths below which 10, 50 and 90 % of the texts stay.
        words: different words.
        pairs: different pairs of neighbouring words.
    """

    characters: tuple[int, int, int]
    words: int
    pairs: int


def described(texts: Sequence[str]) -> Likeness:
    """Lengths and variety of texts."""
    sizes = sorted(map(len, texts))
    low, middle, high = (sizes[int(len(sizes) * share)] for share in (0.1, 0.5, 0.9))
    return Likeness((low, middle, high), len(_different(texts, _words)), len(_different(texts, _pairs)))


def expected(labelled: Sequence[str], count: int) -> Likeness:
    """The variety of ``count`` texts of the kind of the labelled ones, by Heaps' law fitted to a quarter and to all."""
    whole = described(labelled)
    mixed = list(labelled)
    random.Random(1).shuffle(mixed)  # noqa: S311  # repeatable, nothing secret
    part = described(mixed[: len(mixed) // 4])
    grow = count / len(labelled)
    words = whole.words * grow ** (math.log(whole.words / part.words) / math.log(4))
    pairs = whole.pairs * grow ** (math.log(whole.pairs / part.pairs) / math.log(4))
    return Likeness(whole.characters, round(words), round(pairs))


def _words(text: str) -> list[str]:
    return _ANY_WORD.findall(text.lower())


def _pairs(text: str) -> list[tuple[str, str]]:
    return list(pairwise(_words(text)))


def _different(texts: Sequence[str], pieces: Callable[[str], Sequence[object]]) -> set[object]:
    return {piece for text in texts for piece in pieces(text)}
