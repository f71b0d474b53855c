"""What a token is to a reader who knows the lexicon and no case, worked out once for all cases.

Of the words of a thousand replies to one case most are met again in the replies to the next; what a case's own answers
change (see ``reader``) is little beside it.
"""

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from quizbot.grading.fold import fold, inflected, sound, with_umlauts
from quizbot.grading.fuzzy import letters
from quizbot.grading.words import Word, of_sign
from quizbot.grading.wordsets import STOP, UNITS

if TYPE_CHECKING:
    from quizbot.grading.vocabulary import Vocabulary

COMMON = 14_000  # a word this frequent in English says nothing medical unless medical.txt lists it
OFTEN = 12_000  # an abbreviation that is a word this frequent ("all", "mat") needs capitals or a bare clause
MOST_INITIALS = 5
COMMON_SHORT = 1_000  # words more frequent than this, or than the next if longer, are words even in capitals
COMMON_LONG = 3_000
TWO_LETTER_WORDS = 60  # the rank down to which two letters are a word first ("it", "as"), a short form second
VOWELS = frozenset("aeiouy")
MOST_KEPT = 100_000  # tokens; among more the memory is emptied and begins anew
LONGEST = 60  # characters of a token that may come again
LONG_DRAWN = re.compile(r"(.)\1{2,}")

# What a case may add to a token: nothing; a slip for an everyday or a known word; another reading for an unknown one;
# another for each part of a word with a hyphen; a reading of its own.
FIXED, EVERYDAY, KNOWN, UNKNOWN, HYPHENED, OWN = range(6)


class Unknown(NamedTuple):
    """What can be told of an unknown word: its keys as a cognate, known words a slip away, if it is a form of one.

    ``letters`` are its letters as bits: see ``fuzzy.letters``.
    """

    sounds: tuple[str, ...]
    near: tuple[str, ...]
    inflected: bool
    letters: int

    @property
    def only_near(self) -> str:
        """The only known word a slip away, or ""."""
        return self.near[0] if len(self.near) == 1 else ""


class _Unknowns(dict[str, Unknown]):
    def __init__(self, vocabulary: "Vocabulary") -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, low: str) -> Unknown:
        if len(self) > MOST_KEPT:
            self.clear()
        vocabulary = self._vocabulary
        keys = tuple([key for key in map(sound, dict.fromkeys((low, with_umlauts(low)))) if key])
        near = tuple([word for _, word in vocabulary.speller.near(low, 1)]) if low.isalpha() else ()
        found = self[low] = Unknown(keys, near, inflected(low, vocabulary.lexicon.rank), letters(low))
        return found


_NO_WORD = Word("", (), "")  # of what only a case can read


def lowered(raw: str) -> str:
    """A token as it is looked up."""
    low = raw if raw.islower() else raw.lower()  # no second object where one does
    return low.replace("'", "") if "'" in low else low


class General(dict[str, Word]):
    """A token to the word that any case reads in it that has nothing to add.

    What a case may add stands beside it and not in one object with it: of objects that outlive the reply they were
    made for, Python's search for cycles visits every one. Threads share it: one may find a word whose way another has
    just forgotten, and reads it anew.

    Attributes:
        ways: what a case may add, by token.
        unknown: by word.
    """

    def __init__(self, vocabulary: "Vocabulary") -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.ways: dict[str, int] = {}
        self.unknown = _Unknowns(vocabulary)

    def __missing__(self, raw: str) -> Word:
        if len(self) > MOST_KEPT:
            self.forget()
        word, way = self._afresh(raw)
        if len(raw) <= LONGEST:
            self.ways[raw] = way
            self[raw] = word
        return word

    def told(self, raw: str) -> tuple[Word, int]:
        """A token's word and what a case may add."""
        word, way = self[raw], self.ways.get(raw)
        return self._afresh(raw) if way is None else (word, way)

    def _afresh(self, raw: str) -> tuple[Word, int]:
        return self.read(raw, lowered(raw)) if raw.isalnum() else self._joined(raw)

    def _joined(self, raw: str) -> tuple[Word, int]:
        """What holds other characters than letters and digits: a mark, a tag, words that are written as one."""
        if not raw[0].isalnum():
            return (_NO_WORD, OWN) if raw[0] == "#" and len(raw) > 1 else (of_sign(raw), FIXED)
        if raw[-2:] in ("'d", "'D"):
            return _NO_WORD, OWN
        return (_NO_WORD, HYPHENED) if "-" in raw else self.read(raw, lowered(raw))

    def parts(self, raw: str) -> list[str]:
        """The tokens to read in place of a word with hyphens."""
        vocabulary, low = self.vocabulary, lowered(raw).replace("-", "")
        if vocabulary.atom(low) or vocabulary.abbreviation(low) or low in vocabulary.lexicon.rank:
            return [raw.replace("-", "")]
        return [part for part in raw.split("-") if part]

    def forget(self) -> None:
        """Drop what has been read: the words known have changed, or somebody measures the first reading."""
        self.clear()
        self.ways.clear()
        self.unknown.clear()
        self.__dict__.pop("_named", None)

    def read(self, raw: str, low: str, own: tuple[str, ...] = ()) -> tuple[Word, int]:
        """A token's word, and what a case may add; ``own``: what its abbreviation of these letters stands for."""
        named = self._named
        everyday = low in self.vocabulary.lexicon.rank and low not in named and not raw.isupper()
        if everyday and not own and fold(low) not in named:
            return Word(low, (), "g"), EVERYDAY  # a word of English and nothing else, which most are
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

    @cached_property
    def _named(self) -> frozenset[str]:
        """What is more than a word of English."""
        vocabulary, lexicon = self.vocabulary, self.vocabulary.lexicon
        words = vocabulary.words.union(vocabulary.abbreviations, lexicon.families, STOP)
        return words | lexicon.management | lexicon.chat | lexicon.medical

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

    def _plain(self, raw: str, low: str) -> tuple[Word, int]:
        lexicon = self.vocabulary.lexicon
        if low[0].isdigit():
            return Word(low, (), "n"), FIXED
        if low in lexicon.management or low in lexicon.chat:
            return Word(low, (), "m" if low in lexicon.management else "c"), FIXED
        if not lexicon.medical.isdisjoint((low, fold(low))) or (low in lexicon.distinct and low not in lexicon.rank):
            return Word(low, (fold(low),), "a"), FIXED
        if raw.isupper() and self._initials(low):
            return Word(low, (low,), "u"), FIXED
        if low in lexicon.rank or low in self.vocabulary.familiar:
            return Word(low, (), "g"), EVERYDAY
        return self._unknown(raw, low)

    def _unknown(self, raw: str, low: str) -> tuple[Word, int]:
        """A word that may be misspelt; a case's own words are looked at before those of the lexicon."""
        unknown = self.unknown[low]
        found = self._cognate(unknown.sounds) or unknown.only_near
        if found:
            return Word(found, self.vocabulary.atoms(found), "a", raw), UNKNOWN
        if unknown.inflected:
            return Word(low, (), "g"), UNKNOWN
        return Word(low, (fold(low),), "u"), OWN if LONG_DRAWN.search(low) else UNKNOWN

    def _cognate(self, keys: tuple[str, ...]) -> str:
        return next((word for key in keys if (word := self.vocabulary.sounds.get(key))), "")

    def _initials(self, low: str) -> bool:
        """Whether a rare word in capitals is meant as a short form ("AFL")."""
        if not 1 < len(low) <= MOST_INITIALS:
            return False
        short = len(low) <= 3  # noqa: PLR2004  # three letters are more often a short form than a word
        return self.vocabulary.lexicon.rank.get(low, COMMON) > (COMMON_SHORT if short else COMMON_LONG)
