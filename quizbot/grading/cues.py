"""Cue words and set phrases, spotted in one pass of an Aho-Corasick automaton over whole words.

Cues of one word have been marked by the reader (see ``cue_words``); here a longer phrase replaces them.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import ahocorasick

from quizbot.grading.cue_words import CLASSES
from quizbot.grading.lexicon import Lexicon
from quizbot.grading.reader import Reader
from quizbot.grading.text import plain
from quizbot.grading.vocabulary import SCALES
from quizbot.grading.words import GAP, Word, Words
from quizbot.grading.wordsets import SHORTENED, STOP

_NUMERALS = {"1": ("1", "i", "one"), "2": ("2", "ii", "two"), "3": ("3", "iii", "three"), "4": ("4", "iv", "four")}
_TRAILING = frozenset({"!", ".", ",", "..."})  # a question mark says something, these do not; no phrase holds one
_LETTERS = {letter: (letter,) for letter in "abcde"}


def _scales() -> dict[str, str]:
    """ "type ii" and "Mobitz 2" as one word after their scale: the number is part of the name."""
    steps = {**_NUMERALS, **_LETTERS, "5": ("5", "v", "five")}
    return {
        f"{scale} {spelling}": f"{kept}type{step}"
        for scale, kept in SCALES.items()
        for step, spellings in steps.items()
        for spelling in spellings
    }


# Where a phrase ends in the line, and its characters, its words and what it stands for.
_Hit = tuple[int, tuple[int, int, str | tuple[Word, ...]]]


def _longest(hits: list[_Hit]) -> Iterator[_Hit]:
    """From the left, of the phrases that begin at a word the longest, and none within or across another.

    The automaton's own ``iter_long`` will not do: it overlooks a phrase within a longer one that the text breaks off.
    """
    by_start = {hit[0] - hit[1][0]: hit for hit in hits}  # hits come by their ends: a longer one replaces a shorter
    done = -1
    for start in sorted(by_start):
        if start >= done:
            yield by_start[start]
            done = by_start[start][0]


class Spotter:
    """Replaces set phrases by the words they stand for and marks cues."""

    def __init__(self, lexicon: Lexicon, reader: Reader) -> None:
        self._automaton = ahocorasick.Automaton()
        self._alone: set[str] = set()  # phrases of one word
        self._openings: set[tuple[str, str]] = set()  # the first two words of the others
        # A set phrase gives way to a cue of the same words, a scale to a phrase of the file.
        for phrase, target in {**_scales(), **lexicon.phrases}.items():
            if phrase not in reader.vocabulary.cues:
                self._add(phrase, tuple(self._target(reader, w) for w in target.split()))
        for idiom in lexicon.idioms:
            if " " in idiom:
                self._add(idiom, (Word(idiom, (), "c"),))
        for plan in sorted(p for p in lexicon.management if " " in p):
            atoms = tuple(a for w in plan.split() for a in self._target(reader, w).atoms)
            self._add(plan, (Word(plan, atoms, "m"),))
        for name, letter in CLASSES.items():
            for cue in lexicon.cues[name]:
                if " " in cue:
                    self._add(cue, letter)
        self._automaton.make_automaton()

    @staticmethod
    def _target(reader: Reader, word: str) -> Word:
        if word in STOP:
            return Word(word, (), "s")
        atom = reader.vocabulary.atom(word)
        return Word(word, (atom or word,), reader.vocabulary.kind(word))

    def _add(self, phrase: str, value: str | tuple[Word, ...]) -> None:
        parts = phrase.split()
        if len(parts) == 1:
            self._alone.add(phrase)
        else:
            self._openings.add((parts[0], parts[1]))
        spelt = f" {GAP.join(parts)} "
        self._automaton.add_word(spelt, (len(spelt), len(parts), value))

    def mark(self, words: list[Word]) -> Words:
        """The words with phrases rewritten and cues marked by their class."""
        read = _without_short_stops(Words(words))
        if self._alone.isdisjoint(read.surfaces) and self._openings.isdisjoint(pairwise(read.surfaces)):
            return read  # as four in five do, in two thirds of the time that the automaton takes to find nothing
        line = f" {GAP.join(read.surfaces)} "
        hits = list(self._automaton.iter(line))
        return Words(self._apply(read, line, hits)) if hits else read

    @staticmethod
    def _apply(words: list[Word], line: str, hits: list[_Hit]) -> list[Word]:
        out: list[Word] = []
        done = at = 0
        for end, (_, count, value) in _longest(hits) if len(hits) > 1 else hits:
            stop = done + line.count(GAP, at, end) + 1
            start = stop - count
            out += words[done:start]
            if isinstance(value, str):
                out.append(Word(" ".join([w.surface for w in words[start:stop]]), (), value))
            else:
                out += _rewritten(words[start:stop], value)
            done, at = stop, end + 1
        out += words[done:]
        return out


def _rewritten(replaced: list[Word], value: tuple[Word, ...]) -> tuple[Word, ...]:
    shown = " ".join([w.shown or w.surface for w in replaced])
    return tuple(Word(w.surface, w.atoms, w.kind, shown if i == 0 else "\u200b") for i, w in enumerate(value))


def _without_short_stops(words: Words) -> Words:
    """ "Post. shoulder dislocation" is one phrase."""
    if "." not in words.kinds or "." not in words.surfaces or SHORTENED.isdisjoint(words.surfaces):
        return words
    befores = ("", *words.surfaces)
    return Words([w for w, before in zip(words, befores, strict=False) if w.surface != "." or before not in SHORTENED])


def trim(words: list[Word]) -> None:
    """Drop marks at the end that say nothing."""
    while words and words[-1].surface in _TRAILING:
        words.pop()


def read(reader: Reader, spotter: Spotter, text: str) -> Words:
    """A text as marked words."""
    return read_all(reader, spotter, [text])[0]


def read_all(reader: Reader, spotter: Spotter, texts: Sequence[str]) -> list[Words]:
    """Texts as marked words, without marks at the end that say nothing."""
    read = reader.read_all([plain(text) for text in texts])
    for words in read:
        trim(words)
    return list(map(spotter.mark, read))
