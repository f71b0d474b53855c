"""What a single word is: its spelling settled, its kind known, its family's word found.

``Reader`` maps a raw token to the words it stands for and keeps them; a second reply with the same token costs one
dictionary lookup.
"""

import operator
import re
from collections.abc import Callable, Iterable
from functools import cached_property

from rapidfuzz.distance import OSA

from quizbot.grading.fold import MIN_SOUND, fold, inflected, sound, with_umlauts
from quizbot.grading.fuzzy import LONG, MOST_LETTERS, Speller, deletions
from quizbot.grading.text import camel
from quizbot.grading.vocabulary import COMMON, Vocabulary
from quizbot.grading.words import Word, mark
from quizbot.grading.wordsets import BONES, STOP, UNITS

EVERYDAY = 12_000  # an abbreviation that is a word this frequent ("all", "mat") needs capitals or a bare clause
MOST_INITIALS = 5
COMMON_SHORT = 1_000  # words more frequent than this, or than the next if longer, are words even in capitals
COMMON_LONG = 3_000
TWO_LETTER_WORDS = 60  # the rank down to which two letters are a word first ("it", "as"), a short form second
VOWELS = frozenset("aeiouy")
CACHE_LIMIT = 50_000
SHORTEST = 3  # letters of a word cut short that can still be told
_LONG_DRAWN = re.compile(r"(.)\1{2,}")
FAR_SOUND = 11  # letters of a cognate's key from which two may differ


class Reader(dict[str, tuple[Word, ...]]):
    """Raw token to words; ``extra`` are the words of a case's own answers, nearest of all for a misspelt word."""

    def __init__(self, vocabulary: Vocabulary, extra: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.extra = extra
        self.abbreviations: dict[str, tuple[str, ...]] = {}
        self.confusable: Callable[[tuple[str, ...], tuple[str, ...]], bool] = operator.ne
        self.slips = False  # whether any word so far misses an answer's word by a letter
        self._speller = Speller(w for w in extra if w.isalpha())
        self._joined: dict[str, tuple[str, ...]] = {}

    def joined(self, pairs: Iterable[tuple[str, ...]]) -> None:
        """Learn that words of an answer may be written as one ("lightbulb")."""
        for pair in pairs:
            self._joined.setdefault("".join(pair), pair)

    def __missing__(self, raw: str) -> tuple[Word, ...]:
        if len(self) > CACHE_LIMIT:
            self.clear()
        words = self[raw] = self._read(raw)
        return words

    def _read(self, raw: str) -> tuple[Word, ...]:
        if not raw[0].isalnum():
            return self._sign(raw)
        low = raw.lower().replace("'", "")
        if raw[-2:] in ("'d", "'D") and self._knows(low[:-1]):
            return self[raw[:-2]]  # "perf'd", "OD'd"
        if "-" in raw:
            return self._hyphened(raw)
        return (self._word(raw, low),) if low in self.extra or not (s := self._split(low)) else s

    def _sign(self, raw: str) -> tuple[Word, ...]:
        """What does not begin with a letter or a digit: an address, a tag, a fracture, a mark."""
        if raw == "#":
            return (Word(raw, ("fracture",), "a"),)
        if raw[0] == "#" and len(raw) > 1:
            return self._hashtag(raw[1:])
        return (Word(raw, (), "@" if raw[0] == "@" and len(raw) > 1 else mark(raw)),)

    def _split(self, low: str) -> tuple[Word, ...] | None:
        pair = self._joined.get(low)
        if pair:
            return tuple(self._word(part, part) for part in pair)
        return None

    def _hyphened(self, raw: str) -> tuple[Word, ...]:
        whole = raw.lower().replace("-", "").replace("'", "")
        if self._knows(whole) or whole in self.vocabulary.lexicon.rank:
            return self[raw.replace("-", "")]
        return tuple(word for part in raw.split("-") if part for word in self[part])

    def is_word(self, low: str) -> bool:
        """Whether it is a word of the answers or of a name in the lexicon."""
        return low in self.extra or bool(self.vocabulary.atom(low))

    def _knows(self, low: str) -> bool:
        return low in self.extra or low in self._joined or low in self.abbreviations or bool(self._known(low))

    def _known(self, low: str) -> str:
        return low if low in self.extra else self.vocabulary.atom(low) or ("x" if self._abbreviation(low) else "")

    def _abbreviation(self, low: str) -> tuple[str, ...]:
        own = self.abbreviations.get(low)
        if own is not None:
            return own
        readings = self.vocabulary.abbreviations.get(low, ())
        return readings[0] if len(readings) == 1 else (f"abbr:{low}",) if readings else ()

    def _word(self, raw: str, low: str) -> Word:
        if low in self.extra:
            return Word(low, self._atoms(low), self._kind(low))
        if low in STOP and not (raw.isupper() and len(raw) > 1 and self._abbreviation(low)):
            return Word(low, (), "s")
        atoms = self._abbreviation(low)
        if atoms and self._possible(raw, low):
            return Word(low, atoms, "a" if raw.isupper() or not self._everyday(low) else "g")
        atom = self.vocabulary.atom(low)
        if atom:
            kind = self.vocabulary.kind(low)
            slip = self._slip(low) if kind in "gb" else self._short(low) or self._twin(low, atom)
            return Word(low, (atom,), kind, slip=slip)
        return self._plain(raw, low)

    def _possible(self, raw: str, low: str) -> bool:
        """Whether a token that could be an abbreviation is one, and not a test, a drug or a particle."""
        if raw.isupper() and len(low) > 3 and low not in self.vocabulary.lexicon.management:  # noqa: PLR2004
            return True  # "LAST." in capitals is the short form, though "last" is a word of chatter
        if raw.isupper() and len(low) > 2 and low in self.vocabulary.lexicon.everyday_abbreviations:  # noqa: PLR2004
            return True
        mixed = len(low) == 2 and raw not in (low, low.upper())  # noqa: PLR2004  # "Ps" are P waves
        if (
            len(low) == 1
            or mixed
            or "'" in raw
            or low in self.vocabulary.lexicon.management
            or low in self.vocabulary.familiar
            or (raw.islower() and (low in self.vocabulary.lexicon.chat or low in UNITS))
        ):
            return low in self.abbreviations
        return True

    def _everyday(self, low: str) -> bool:
        """Whether it is an English word too: of two letters, only what is no plain consonant pair or short form."""
        rank = self.vocabulary.lexicon.rank.get(low, EVERYDAY)
        return rank < (EVERYDAY if len(low) > 2 and VOWELS.intersection(low) else TWO_LETTER_WORDS)  # noqa: PLR2004

    def _atoms(self, low: str) -> tuple[str, ...]:
        return self._abbreviation(low) or (self.vocabulary.atom(low) or fold(low),)

    def _kind(self, low: str) -> str:
        return self.vocabulary.kind(low)

    def _plain(self, raw: str, low: str) -> Word:
        lexicon = self.vocabulary.lexicon
        if low[0].isdigit():
            return Word(low, (), "n")
        if low in lexicon.management or low in lexicon.chat:
            return Word(low, (), "m" if low in lexicon.management else "c")
        if low in lexicon.medical or fold(low) in lexicon.medical:
            return Word(low, (fold(low),), "a")
        if self._initials(raw, low):
            return Word(low, (low,), "u")
        if low in lexicon.rank or low in self.vocabulary.familiar:
            return Word(low, (), "g", slip=self._slip(low))
        return self._misspelt(raw, low)

    def _misspelt(self, raw: str, low: str) -> Word:
        found = self._cognate(low) or self._nearest(low)
        if found:
            atoms = self._atoms(found)
            return Word(found, atoms, "a", raw)
        if inflected(low, self.vocabulary.lexicon.rank):
            return Word(low, (), "g")
        short = _LONG_DRAWN.sub(r"\1", low)
        return self._word(short, short) if short != low else Word(low, (fold(low),), "u", slip=self._slip(low))

    def _initials(self, raw: str, low: str) -> bool:
        """Whether capitals show that a rare word is meant as a short form ("AFL")."""
        rank = self.vocabulary.lexicon.rank.get(low, COMMON)
        short = len(low) <= 3  # noqa: PLR2004  # three letters are more often a short form than a word
        return raw.isupper() and 1 < len(low) <= MOST_INITIALS and rank > (COMMON_SHORT if short else COMMON_LONG)

    def _slip(self, low: str) -> str:
        if not self.extra:
            return ""
        near = self._speller.near(low)
        meant = near[0][1] if near and near[0][0] == 1 else self._begins(low)
        if not meant or meant[1:] == low or low[1:] == meant:  # "typical" is no slip of "atypical"
            return ""
        self.slips = True
        return self._atoms(meant)[0]

    def _short(self, low: str) -> str:
        meant = self._begins(low)
        self.slips = self.slips or bool(meant)
        return self._atoms(meant)[0] if meant else ""

    def _twin(self, low: str, atom: str) -> str:
        """An answer's long word that a medical word misses by a letter, without naming another diagnosis ("equine")."""
        near = self._speller.near(low) if self.extra and len(low) >= LONG else []
        meant = self._atoms(near[0][1]) if near and near[0][0] == 1 else ()
        if not meant or atom in meant or near[0][1][1:] == low or self.confusable(meant, (atom,)):
            return ""
        self.slips = True
        return meant[0]

    def _begins(self, low: str) -> str:
        """The one word of the answers that a token may be short for ("cap", "fem", "sag")."""
        if not SHORTEST <= len(low) < MIN_SOUND or not low.isalpha():
            return ""
        whole = {word for word in self.extra if word.startswith(low) and len(word) > len(low) + 2}
        return whole.pop() if len(whole) == 1 else ""

    def _cognate(self, low: str) -> str:
        keys = [key for key in (sound(low), sound(with_umlauts(low))) if key]
        for key in keys:
            word = self._sounds.get(key) or self.vocabulary.sounds.get(key, "")
            if word:
                return word
        return next((word for key in keys if (word := self._sounds_like(key))), "")

    @cached_property
    def _sounds(self) -> dict[str, str]:
        """The answers' words by the key that cognates share."""
        return {key: word for word in sorted(self.extra, reverse=True) if (key := sound(word))}

    def _sounds_like(self, key: str) -> str:
        """The answer's long word whose key is all but the same: "serotoninérgico" for "serotonergic"."""
        if len(key) < FAR_SOUND:
            return ""
        near = sorted(
            (OSA.distance(key, own), word)
            for own, word in self._sounds.items()
            if own[:5] == key[:5] and len(own) >= FAR_SOUND
        )
        return near[0][1] if near and near[0][0] <= 2 and (len(near) == 1 or near[1][0] > near[0][0]) else ""  # noqa: PLR2004

    def _nearest(self, low: str) -> str:
        if not low.isalpha() or len(low) > MOST_LETTERS:
            return ""
        keys = deletions(low)
        own = self._speller.near(low, keys)
        known = self.vocabulary.speller.near(low, keys)
        if own and (not known or own[0][0] < known[0][0] or self._alone(own[0][1], known, own[0][0])):
            return own[0][1]
        if known and not own and known[0][0] == 1 and (len(known) == 1 or known[1][0] > 1):
            return known[0][1]
        return ""

    def _alone(self, word: str, known: list[tuple[int, str]], edits: int) -> bool:
        """Whether no word as near would make another diagnosis of an answer that holds this one."""
        atom = self._atoms(word)
        rivals = [self._atoms(other) for distance, other in known if distance <= edits]
        return not any(rival != atom and self.confusable(atom, rival) for rival in rivals)

    def _hashtag(self, tag: str) -> tuple[Word, ...]:
        if tag.lower() in ("s", "nof"):
            return (Word("#", ("fracture",), "a"), *(self[tag] if len(tag) > 1 else ()))
        parts = camel(tag)
        if len(parts) == 1 and tag.lower() not in self.extra:
            pieces = self._segments(tag.lower())
            parts = list(pieces) if pieces else parts
        words = tuple(word for part in parts for word in self[part])
        if len(words) == 1 and words[0].kind in "ug":
            return (Word(tag.lower(), (), "c"),)
        bone = words and words[0].atoms and words[0].atoms[0] in BONES
        return (Word("#", ("fracture",), "a"), *words) if bone else words

    def _segments(self, low: str, depth: int = 4) -> tuple[str, ...]:
        if self._knows(low):
            return (low,)
        if depth == 1 or len(low) > 60:  # noqa: PLR2004  # longer than any tag that names a diagnosis
            return ()
        for cut in range(len(low) - 3, 2, -1):
            if self._knows(low[:cut]) and (rest := self._segments(low[cut:], depth - 1)):
                return (low[:cut], *rest)
        return ()
