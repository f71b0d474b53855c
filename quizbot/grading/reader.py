"""What a single word is: its spelling settled, its kind known, its family's word found.

``Reader`` keeps what a token stands for; a second reply with the same token costs one dictionary lookup.
"""

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import chain, islice

from rapidfuzz.distance import OSA

from quizbot.grading.cue_words import as_cue
from quizbot.grading.fold import MIN_SOUND, fold, sound
from quizbot.grading.fuzzy import LONG, MOST_LETTERS, Halves, NearFew
from quizbot.grading.general import (
    EVERYDAY,
    FIXED,
    HYPHENED,
    KNOWN,
    LONG_DRAWN,
    LONGEST,
    OWN,
    UNKNOWN,
    Unknown,
    lowered,
)
from quizbot.grading.text import camel, tokens
from quizbot.grading.vocabulary import Vocabulary
from quizbot.grading.words import Word, of_sign
from quizbot.grading.wordsets import BONES, PREFIXES

CACHE_LIMIT = 50_000
SHORTEST = 3  # letters of a word cut short that can still be told
_NO_HALVES: Halves = (1, {}, {})
FAR_SOUND = 11  # letters of a cognate's key from which two may differ


class Reader:
    """Tokens to words; ``extra`` are the words of a case's own answers, nearest of all for a misspelt word."""

    def __init__(self, vocabulary: Vocabulary, extra: frozenset[str] = frozenset()) -> None:
        self.vocabulary = vocabulary
        self.extra = extra
        self.abbreviations: dict[str, tuple[str, ...]] = {}
        self.confusable: Callable[[tuple[str, ...], tuple[str, ...]], bool] = operator.ne
        self.slips = False  # whether any word so far misses an answer's word by a letter
        self._general = vocabulary.general
        self._speller = NearFew(w for w in extra if w.isalpha())
        self._joined: dict[str, tuple[str, ...]] = {}
        self._halves = self._speller.halves
        self._kept: dict[str, Word] = {}
        self._kept_apart: dict[str, tuple[Word, ...]] = {}  # what stands for several words, or for none

    def joined(self, pairs: Iterable[tuple[str, ...]]) -> None:
        """Learn that words of an answer may be written as one ("lightbulb")."""
        for pair in pairs:
            self._joined.setdefault("".join(pair), pair)
        self.clear()

    def clear(self) -> None:
        """Drop what has been read: the answers' words or short forms have changed."""
        self._forget()
        for learnt in ("_listed", "_meant"):
            self.__dict__.pop(learnt, None)

    def _forget(self) -> None:
        self._kept.clear()
        self._kept_apart.clear()

    def __len__(self) -> int:
        """How many tokens are kept."""
        return len(self._kept) + len(self._kept_apart)

    def __contains__(self, token: str) -> bool:
        """Whether a token is kept."""
        return token in self._kept or token in self._kept_apart

    @cached_property
    def _listed(self) -> frozenset[str]:
        """What the answers hold, and what this case writes for it."""
        return self.extra.union(self._joined, self.abbreviations)

    @cached_property
    def _meant(self) -> frozenset[str]:
        """What of itself may be a cue, or may stand for one of the answers' words."""
        return self._listed.union(self._beginnings, self._speller.exchanged, self.vocabulary.cues)

    def read_all(self, texts: Iterable[str]) -> list[list[Word]]:
        """The words of plain texts; what is met for the first time in any of them is learnt before they are read."""
        found = [self._tokens(text) for text in texts]
        if not self._learn(set(chain.from_iterable(found))):
            return list(map(self._spread, found))
        word_of, apart = self._kept.__getitem__, self._kept_apart.keys()
        return [list(map(word_of, each)) if apart.isdisjoint(each) else self._spread(each) for each in found]

    def _tokens(self, text: str) -> list[str]:
        found = tokens(text)
        return found if PREFIXES.isdisjoint(found) else self._whole(found)

    def _whole(self, raw: list[str]) -> list[str]:
        """The tokens with a prefix that stands alone joined to its word, if that is known ("peri lunate")."""
        out: list[str] = []
        for token in raw:
            if out and out[-1] in PREFIXES and token.isalpha() and self._is_word(out[-1] + token):
                out[-1] += token
            else:
                out.append(token)
        return out

    def _learn(self, tokens: set[str]) -> bool:
        """Read the tokens that are new here, and tell whether all are kept now.

        Most say in this case what they say in any, and are told in a glance.
        """
        new = tokens.difference(self._kept).difference(self._kept_apart)
        if len(self) + len(new) > CACHE_LIMIT:
            self._forget()
            new = tokens
        kept, general, way_of = self._kept, self._general, self._general.ways.get
        meant, halves = self._meant, self._halves
        all_kept = len(new) <= CACHE_LIMIT
        for raw in islice(new, CACHE_LIMIT):
            if len(raw) > LONGEST:
                all_kept = False
                continue
            word = general[raw]
            low, way = word.surface, way_of(raw, OWN)
            if way <= KNOWN and low not in meant:
                half, starts, ends = halves.get(len(low), _NO_HALVES)
                if low[:half] not in starts and low[-half:] not in ends:
                    kept[raw] = word  # no slip of an answer's word, for it has not half of one
                    continue
            elif way == UNKNOWN and low not in meant and self._is_strange(raw, word):
                kept[raw] = word
                continue
            self._keep(raw)
        return all_kept

    def _is_strange(self, raw: str, word: Word) -> bool:
        """Whether a word that no vocabulary holds is none of this case's either, nor misspelt for one."""
        low = lowered(raw)
        return low not in self._listed and not self._is_near(low, word)

    def _keep(self, raw: str) -> None:
        words = self._marked(raw)
        if len(words) == 1:
            self._kept[raw] = words[0]
        else:
            self._kept_apart[raw] = words

    def _spread(self, tokens: Iterable[str]) -> list[Word]:
        """The words of tokens of which some stand for several, or are too many or too long to be kept."""
        return list(chain.from_iterable(map(self.words, tokens)))

    def words(self, token: str) -> tuple[Word, ...]:
        """The words that a token stands for, cues among them as such."""
        word = self._kept.get(token)
        if word is not None:
            return (word,)
        words = self._kept_apart.get(token)
        return self._marked(token) if words is None else words

    def _marked(self, raw: str) -> tuple[Word, ...]:
        cues = self.vocabulary.cues
        return tuple([as_cue(w, cues[w.surface]) if w.surface in cues else w for w in self._words(raw)])

    def _words(self, raw: str) -> tuple[Word, ...]:
        """What any case reads in a token, unless this one has something to add."""
        word, way = self._general.told(raw)
        low = lowered(raw).replace("-", "") if way == HYPHENED else lowered(raw)
        if way == OWN or low in self._listed:
            return self._read(raw)
        if way == HYPHENED:
            return tuple(chain.from_iterable(map(self._words, self._general.parts(raw))))
        if way == UNKNOWN:
            return (self._misspelt(raw, low) if self._is_near(low, word) else word,)
        if way == FIXED:
            return (word,)
        near = self._speller.nearest(low)
        if not near and low not in self._beginnings:
            return (word,)
        slip = self._slip(low, near) if way == EVERYDAY else self._short(low) or self._twin(low, near, word)
        return (word._replace(slip=slip) if slip else word,)

    def _is_near(self, low: str, word: Word) -> bool:
        """Whether an unknown word may be misspelt for one of the answers' words."""
        unknown = self._general.unknown[low]
        return (
            bool(self._speller.near(low, unknown.letters) or self._begins(low))
            or not self._sounds.keys().isdisjoint(unknown.sounds)
            or any(map(self._sounds_like, unknown.sounds))
            or word.surface in self.abbreviations
        )

    def _read(self, raw: str) -> tuple[Word, ...]:
        if not raw[0].isalnum():
            return self._hashtag(raw[1:]) if raw[0] == "#" and len(raw) > 1 else (of_sign(raw),)
        low = raw.lower().replace("'", "")
        if raw[-2:] in ("'d", "'D") and self._knows(low[:-1]):
            return self._words(raw[:-2])  # "perf'd", "OD'd"
        if "-" in raw:
            return self._hyphened(raw)
        return (self._word(raw, low),) if low in self.extra or not (s := self._split(low)) else s

    def _split(self, low: str) -> tuple[Word, ...] | None:
        pair = self._joined.get(low)
        if pair:
            return tuple(self._word(part, part) for part in pair)
        return None

    def _hyphened(self, raw: str) -> tuple[Word, ...]:
        whole = raw.lower().replace("-", "").replace("'", "")
        if self._knows(whole) or whole in self.vocabulary.lexicon.rank:
            return self._words(raw.replace("-", ""))
        return tuple(word for part in raw.split("-") if part for word in self._words(part))

    def _is_word(self, low: str) -> bool:
        """Whether it is a word of the answers or of a name in the lexicon."""
        return low in self.extra or bool(self.vocabulary.atom(low))

    def _knows(self, low: str) -> bool:
        return low in self.extra or low in self._joined or low in self.abbreviations or bool(self._known(low))

    def _known(self, low: str) -> str:
        return low if low in self.extra else self.vocabulary.atom(low) or ("x" if self._abbreviation(low) else "")

    def _abbreviation(self, low: str) -> tuple[str, ...]:
        return self.abbreviations.get(low) or self.vocabulary.abbreviation(low)

    def _word(self, raw: str, low: str) -> Word:
        if low in self.extra:
            return Word(low, self._atoms(low), self.vocabulary.kind(low))
        own = self.abbreviations.get(low, ())
        word, way = self._general.read(raw, low, own)
        if way == FIXED:
            return word
        if way in (UNKNOWN, OWN):
            return self._misspelt(raw, low)
        near = self._speller.nearest(low)
        slip = self._slip(low, near) if way == EVERYDAY else self._short(low) or self._twin(low, near, word)
        return word._replace(slip=slip) if slip else word

    def _atoms(self, low: str) -> tuple[str, ...]:
        return self.abbreviations.get(low) or self.vocabulary.atoms(low)

    def _misspelt(self, raw: str, low: str) -> Word:
        unknown = self._general.unknown[low]
        found = self._cognate(unknown.sounds) or self._nearest(low, unknown)
        if found:
            return Word(found, self._atoms(found), "a", raw)
        if unknown.inflected:
            return Word(low, (), "g")
        if LONG_DRAWN.search(low):
            short = LONG_DRAWN.sub(r"\1", low)
            return self._word(short, short)
        return Word(low, (fold(low),), "u", slip=self._slip(low, self._speller.nearest(low)))

    def _slip(self, low: str, near: str) -> str:
        """An answer's word that a token misses by a letter (``near``), or that it may be short for."""
        meant = near or self._begins(low)
        if not meant or meant[1:] == low or low[1:] == meant:  # "typical" is no slip of "atypical"
            return ""
        if self._distinct(low, meant):
            return ""
        self.slips = True
        return self._atoms(meant)[0]

    def _short(self, low: str) -> str:
        meant = self._begins(low)
        self.slips = self.slips or bool(meant)
        return self._atoms(meant)[0] if meant else ""

    def _twin(self, low: str, near: str, word: Word) -> str:
        """An answer's long word that a medical word misses by a letter, without naming another diagnosis ("equine")."""
        if not near or len(low) < LONG or self._distinct(low, near):
            return ""
        meant, atom = self._atoms(near), word.atoms[0]
        if atom in meant or near[1:] == low or self.confusable(meant, (atom,)):
            return ""
        self.slips = True
        return meant[0]

    def _distinct(self, low: str, meant: str) -> bool:
        """Whether both are words of medicine that are taken for one another: then neither is a slip of the other."""
        distinct = self.vocabulary.lexicon.distinct
        return low in distinct and meant in distinct

    def _begins(self, low: str) -> str:
        """The one word of the answers that a token may be short for ("cap", "fem", "sag")."""
        return self._beginnings.get(low, "") if low.isalpha() else ""

    @cached_property
    def _beginnings(self) -> dict[str, str]:
        """What the answers' words begin with; what several begin with says nothing."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.extra:
            for size in range(SHORTEST, min(MIN_SOUND, len(word) - 2)):
                found[word[:size]].append(word)
        return {start: words[0] for start, words in found.items() if len(words) == 1}

    def _cognate(self, keys: tuple[str, ...]) -> str:
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

    def _nearest(self, low: str, unknown: Unknown) -> str:
        """The answers' word that a misspelt one may be, or else the only known word a slip away."""
        if not low.isalpha() or len(low) > MOST_LETTERS:
            return ""
        own = self._speller.near(low, unknown.letters)
        if not own:
            return unknown.only_near
        edits, word = own[0]
        rivals = unknown.near if edits == 1 else [other for _, other in self.vocabulary.speller.near(low)]
        return word if self._alone(word, rivals) else ""

    def _alone(self, word: str, near: Iterable[str]) -> bool:
        """Whether no word as near would make another diagnosis of an answer that holds this one."""
        atom = self._atoms(word)
        rivals = map(self._atoms, near)
        return not any(rival != atom and self.confusable(atom, rival) for rival in rivals)

    def _hashtag(self, tag: str) -> tuple[Word, ...]:
        if tag.lower() in ("s", "nof"):
            return (Word("#", ("fracture",), "a"), *(self._words(tag) if len(tag) > 1 else ()))
        parts = camel(tag)
        if len(parts) == 1 and tag.lower() not in self.extra:
            pieces = self._segments(tag.lower())
            parts = list(pieces) if pieces else parts
        words = tuple(word for part in parts for word in self._words(part))
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
