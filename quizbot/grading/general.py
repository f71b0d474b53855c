"""What a piece of text without blanks is to a reader who knows the lexicon and no case, worked out once for all cases.

Of the words of a thousand replies to one case most are met again in the replies to the next; what a case's own answers
change (see ``reader``) is little beside it.
"""

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from quizbot.grading.fold import fold, inflected, sound, with_umlauts
from quizbot.grading.text import tokens
from quizbot.grading.traces import OWN, of_token
from quizbot.grading.words import Word, of_sign
from quizbot.grading.wordsets import PREFIXES, STOP, UNITS

if TYPE_CHECKING:
    from quizbot.grading.vocabulary import Vocabulary

COMMON = 14_000  # a word this frequent in English says nothing medical unless medical.txt lists it
OFTEN = 12_000  # an abbreviation that is a word this frequent ("all", "mat") needs capitals or a bare clause
MOST_INITIALS = 5
COMMON_SHORT = 1_000  # words more frequent than this, or than the next if longer, are words even in capitals
COMMON_LONG = 3_000
TWO_LETTER_WORDS = 60  # the rank down to which two letters are a word first ("it", "as"), a short form second
VOWELS = frozenset("aeiouy")
MOST_KEPT = 100_000  # pieces; among more the memory is emptied and begins anew
LONGEST = 60  # characters of a piece that may come again

# What a case may add to a word: nothing; a slip for an everyday or a known word; everything for an unknown one.
FIXED, EVERYDAY, KNOWN, MISSPELT = range(4)
_UNREAD = Word("", (), "u")

Read = tuple[Word, int]


class Unknown(NamedTuple):
    """What can be told of an unknown word: its keys as a cognate, known words a slip away, if it is a form of one."""

    sounds: tuple[str, ...]
    near: tuple[str, ...]
    inflected: bool


class _Unknowns(dict[str, Unknown]):
    def __init__(self, vocabulary: "Vocabulary") -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, low: str) -> Unknown:
        if len(self) > MOST_KEPT:
            self.clear()
        vocabulary = self._vocabulary
        keys = tuple(key for key in map(sound, dict.fromkeys((low, with_umlauts(low)))) if key)
        near = tuple([word for _, word in vocabulary.speller.near(low, 1)]) if low.isalpha() else ()
        found = self[low] = Unknown(keys, near, inflected(low, vocabulary.lexicon.rank))
        return found


class Piece(NamedTuple):
    """What stands between two blanks: its words to a case that bears none of its traces, these.

    Attributes:
        word, way: of a single word, this and what a case may add to it.
    """

    words: tuple[Word, ...]
    traces: tuple[str, ...]
    word: Word = _UNREAD
    way: int = MISSPELT


_EACH_ITS_OWN = Piece((), OWN)


class General(dict[str, Piece]):
    """A piece of text without blanks to what is known of it without a case.

    Attributes:
        unknown: by word.
        prefixed: pieces that hold a prefix which may belong to the next one ("peri lunate").
    """

    def __init__(self, vocabulary: "Vocabulary") -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.unknown = _Unknowns(vocabulary)
        self.prefixed = set(PREFIXES)

    def __missing__(self, raw: str) -> Piece:
        if len(self) > MOST_KEPT:
            self.forget()
        found = self._word(raw) if raw.isalnum() else self._mixed(raw)
        if len(raw) <= LONGEST:
            self[raw] = found
        return found

    def _word(self, raw: str) -> Piece:
        low = raw if raw.islower() else raw.lower()  # no second object where one does
        word, way = self.read(raw, low)
        return Piece((word,), OWN if way == MISSPELT else of_token(low, slips=way != FIXED), word, way)

    def _mixed(self, raw: str) -> Piece:
        """What holds other characters: of words with a hyphen or an apostrophe and of tags each case makes its own."""
        parts = tokens(raw)
        if parts == [raw]:
            sign = not raw[0].isalnum() and (raw[0] != "#" or len(raw) == 1)
            return Piece((of_sign(raw),), ()) if sign else _EACH_ITS_OWN
        if not PREFIXES.isdisjoint(parts) and len(raw) <= LONGEST:
            self.prefixed.add(raw)
        pieces = [self[part] for part in parts]
        words = chain.from_iterable([piece.words for piece in pieces])
        return Piece(tuple(words), tuple(chain.from_iterable([piece.traces for piece in pieces])))

    def forget(self) -> None:
        """Drop what has been read: the words known have changed, or somebody measures the first reading."""
        self.clear()
        self.unknown.clear()
        self.prefixed = set(PREFIXES)

    def read(self, raw: str, low: str, own: tuple[str, ...] = ()) -> Read:
        """A token's word; ``own``: what the case's abbreviation of these letters stands for."""
        atoms = own or self.vocabulary.abbreviation(low)
        if low in STOP and not (atoms and raw.isupper() and len(raw) > 1):
            return Word(low, (), "s"), FIXED
        if atoms and self._possible(raw, low, listed=bool(own)):
            return Word(low, atoms, "a" if raw.isupper() or not self._everyday(low) else "g"), FIXED
        atom = self.vocabulary.atom(low)
        if atom:
            kind = self.vocabulary.kind(low)
            return Word(low, (atom,), kind), EVERYDAY if kind in "gb" else KNOWN
        return self._plain(raw, low)

    def _possible(self, raw: str, low: str, *, listed: bool) -> bool:
        """Whether a token that could be an abbreviation is one, and not a test, a drug or a particle."""
        lexicon = self.vocabulary.lexicon
        if raw.isupper() and len(low) > 3 and low not in lexicon.management:  # noqa: PLR2004
            return True  # "LAST." in capitals is the short form, though "last" is a word of chatter
        if raw.isupper() and len(low) > 2 and low in lexicon.everyday_abbreviations:  # noqa: PLR2004
            return True
        mixed = len(low) == 2 and raw not in (low, low.upper())  # noqa: PLR2004  # "Ps" are P waves
        if (
            len(low) == 1
            or mixed
            or "'" in raw
            or low in lexicon.management
            or low in self.vocabulary.familiar
            or (raw.islower() and (low in lexicon.chat or low in UNITS))
        ):
            return listed
        return True

    def _everyday(self, low: str) -> bool:
        """Whether it is an English word too: of two letters, only what is no plain consonant pair or short form."""
        rank = self.vocabulary.lexicon.rank.get(low, OFTEN)
        return rank < (OFTEN if len(low) > 2 and VOWELS.intersection(low) else TWO_LETTER_WORDS)  # noqa: PLR2004

    def _plain(self, raw: str, low: str) -> Read:
        lexicon = self.vocabulary.lexicon
        if low[0].isdigit():
            return Word(low, (), "n"), FIXED
        if low in lexicon.management or low in lexicon.chat:
            return Word(low, (), "m" if low in lexicon.management else "c"), FIXED
        if not lexicon.medical.isdisjoint((low, fold(low))) or (low in lexicon.distinct and low not in lexicon.rank):
            return Word(low, (fold(low),), "a"), FIXED
        if self._initials(raw, low):
            return Word(low, (low,), "u"), FIXED
        if low in lexicon.rank or low in self.vocabulary.familiar:
            return Word(low, (), "g"), EVERYDAY
        return _UNREAD, MISSPELT

    def _initials(self, raw: str, low: str) -> bool:
        """Whether capitals show that a rare word is meant as a short form ("AFL")."""
        if not (raw.isupper() and 1 < len(low) <= MOST_INITIALS):
            return False
        short = len(low) <= 3  # noqa: PLR2004  # three letters are more often a short form than a word
        return self.vocabulary.lexicon.rank.get(low, COMMON) > (COMMON_SHORT if short else COMMON_LONG)
