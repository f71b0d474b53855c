"""Cue words and set phrases, spotted in one pass over a reply's words: of those that begin at a word the longest.

The classes of cues, by the letter that stands for them in ``Word.kind``:

====  =============  ==========================================================================
N     negation       what follows is denied ("not", "rule out")
X     post_negation  what comes before is denied ("unlikely", "doesn't do this")
H     neutral        sounds like a negation and is none ("no doubt", "if that's not")
O V   or, versus     alternatives
B     both           undecided between what follows
P U   over, under    a preference between what stands before and after
F L   favour, lower  what is preferred, and what is ranked below it
C     correction     what came before is replaced
T     at_first       a first thought, given up if another follows
S     others         somebody else's guess
Q     asking         a question
K     context        history, risk, something to look for
W     detail         cause, complication, accompaniment
A     conjunction    and
Z     contrast       ends the reach of a negation
====  =============  ==========================================================================
"""

from typing import NamedTuple

from quizbot.grading.lexicon import Lexicon
from quizbot.grading.reader import Reader
from quizbot.grading.text import plain
from quizbot.grading.vocabulary import SCALES
from quizbot.grading.words import Word
from quizbot.grading.wordsets import SHORTENED, STOP

CLASSES = {
    "negation": "N",
    "post_negation": "X",
    "neutral": "H",
    "or": "O",
    "versus": "V",
    "both": "B",
    "over": "P",
    "under": "U",
    "favour": "F",
    "lower": "L",
    "correction": "C",
    "at_first": "T",
    "others": "S",
    "asking": "Q",
    "context": "K",
    "detail": "W",
    "conjunction": "A",
    "contrast": "Z",
}
_NUMERALS = {"1": ("1", "i", "one"), "2": ("2", "ii", "two"), "3": ("3", "iii", "three"), "4": ("4", "iv", "four")}
_CLOSED = frozenset("OVNHXCPU")  # cues that are never part of a name
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


class _Phrase(NamedTuple):
    """What stands in the place of a phrase: these words, or for a single word that may be part of a name its kind."""

    words: tuple[Word, ...]
    kind: str = ""


class _Node(dict[str, "_Node"]):
    """The words that may follow in a phrase; ``phrase`` is what ends here, if one does."""

    __slots__ = ("phrase",)

    def __init__(self) -> None:
        super().__init__()
        self.phrase: _Phrase | None = None

    def under(self, words: list[str]) -> "_Node":
        """Where these words lead, made if need be."""
        node = self
        for word in words:
            node = node.setdefault(word, _Node())
        return node


class Spotter:
    """Replaces set phrases by the words they stand for and marks cues."""

    def __init__(self, lexicon: Lexicon, reader: Reader) -> None:
        self._root = _Node()
        self._reach = 1  # words of the longest phrase
        # A set phrase gives way to a cue of the same words, a scale to a phrase of the file.
        for phrase, target in {**_scales(), **lexicon.phrases}.items():
            self._add(phrase, tuple(self._target(reader, w) for w in target.split()))
        for idiom in lexicon.idioms:
            self._add(idiom, (Word(idiom, (), "c"),))
        for plan in sorted(p for p in lexicon.management if " " in p):
            atoms = tuple(a for w in plan.split() for a in self._target(reader, w).atoms)
            self._add(plan, (Word(plan, atoms, "m"),))
        for name, letter in CLASSES.items():
            for cue in lexicon.cues[name]:
                self._add_cue(cue, letter)

    @staticmethod
    def _target(reader: Reader, word: str) -> Word:
        if word in STOP:
            return Word(word, (), "s")
        atom = reader.vocabulary.atom(word)
        return Word(word, (atom or word,), reader.vocabulary.kind(word))

    def _add(self, phrase: str, value: tuple[Word, ...]) -> None:
        parts = phrase.split()
        self._put(parts, _Phrase(_written(value, " ".join(parts))))

    def _put(self, parts: list[str], phrase: _Phrase) -> None:
        self._root.under(parts).phrase = phrase
        self._reach = max(self._reach, len(parts))

    def _add_cue(self, cue: str, letter: str) -> None:
        """A cue may be part of a name too ("post", "acute on chronic"); a connective never is."""
        parts = cue.split()
        kind = letter if len(parts) == 1 and letter not in _CLOSED else ""
        self._put(parts, _Phrase((Word(" ".join(parts), (), letter),), kind))

    def mark(self, words: list[Word]) -> list[Word]:
        """The words with phrases rewritten and cues marked by their class."""
        root, said = self._root, [word.surface for word in words]
        out: list[Word] = []
        done, last = 0, len(said) - 1
        for start in [index for index, surface in enumerate(said) if surface in root]:
            node = root[said[start]]
            if start < done or not (node.phrase or (start < last and said[start + 1] in node)):
                continue
            phrase, stop = _longest(node, said[start + 1 : start + self._reach])
            if phrase:
                out += words[done:start]
                done = start + stop
                out += _standing_for(words[start:done], phrase)
            elif start + stop > last:
                break  # a phrase that the text breaks off: what stands in it is no phrase of its own
        if not done:
            return words
        out += words[done:]
        return out


def _longest(node: _Node, following: list[str]) -> tuple[_Phrase | None, int]:
    """The longest phrase from a first word on, and how many words it has; without one, how many it might have had."""
    found, count = node.phrase, 1
    for at, surface in enumerate(following, 2):
        further = node.get(surface)
        if further is None:
            return found, count if found else at - 1
        node = further
        if node.phrase:
            found, count = node.phrase, at
    return found, count if found else len(following) + 1


def _standing_for(replaced: list[Word], phrase: _Phrase) -> tuple[Word, ...]:
    if phrase.kind:
        only = replaced[0]
        return (Word(only.surface, only.atoms, phrase.kind),) if only.atoms else phrase.words
    if phrase.words[0].shown and any(w.shown for w in replaced):
        return _written(phrase.words, " ".join([w.shown or w.surface for w in replaced]))
    return phrase.words


def _written(words: tuple[Word, ...], shown: str) -> tuple[Word, ...]:
    """The words with what they were written as."""
    return tuple(w._replace(shown=shown if i == 0 else "\u200b") for i, w in enumerate(words))


def _without_short_stops(words: list[Word]) -> list[Word]:
    """ "Post. shoulder dislocation" is one phrase."""
    return [w for i, w in enumerate(words) if w.surface != "." or not i or words[i - 1].surface not in SHORTENED]


def read(reader: Reader, spotter: Spotter, text: str) -> list[Word]:
    """A text as marked words."""
    words = reader.words_of(plain(text))
    if "." in text:
        words = _without_short_stops(words)
    return spotter.mark(words) if words else words
