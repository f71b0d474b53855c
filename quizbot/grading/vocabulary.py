"""The words known to the lexicon, and how much each of them says."""

from collections.abc import Iterable
from functools import cached_property

from quizbot.grading.cue_words import single_cues
from quizbot.grading.fold import fold, sound
from quizbot.grading.fuzzy import Speller
from quizbot.grading.general import COMMON, General
from quizbot.grading.lexicon import Lexicon

FAMILIAR = 5_000  # a word of the lexicon rarer than this is more than chatter in a short clause
SCALES = {
    "type": "",
    "tipo": "",
    "stanford": "",
    "stanford type": "",
    "mobitz": "mobitz ",
    "mobitz type": "mobitz ",
    "grade": "",
    "class": "",
    "stage": "",
    "weber": "weber ",
    "debakey": "debakey ",
    "salter harris": "salter harris ",
    "le fort": "lefort ",
    "lefort": "lefort ",
    "hepatitis": "hepatitis ",
    "hep": "hepatitis ",
    "hemophilia": "hemophilia ",
    "haemophilia": "hemophilia ",
    "influenza": "influenza ",
    "flu": "influenza ",
    "vitamin": "vitamin ",
    "garden": "garden ",
    "chiari": "chiari ",
    "bado": "bado ",
    "hawkins": "hawkins ",
    "rockwood": "rockwood ",
    "hinchey": "hinchey ",
    "le fort type": "lefort ",
    "gustilo": "gustilo ",
    "schatzker": "schatzker ",
    "mason": "mason ",
}  # words that a number or a letter follows, and what is kept of them


class Vocabulary:
    """The words known to the lexicon, with the ways to reach them from another spelling."""

    def __init__(self, lexicon: Lexicon, words: Iterable[str]) -> None:
        self.lexicon = lexicon
        self.words = frozenset(words)
        self.abbreviations: dict[str, tuple[tuple[str, ...], ...]] = {}
        phrases = (*lexicon.phrases, *(cue for cues in lexicon.cues.values() for cue in cues), *SCALES)
        self.familiar = frozenset(w for phrase in phrases for w in phrase.split())
        self.cues = single_cues(lexicon)
        self.general = General(self)

    # The two ways to a misspelt word take a good part of a second to prepare, and many callers never meet one.
    @cached_property
    def sounds(self) -> dict[str, str]:
        """Cognates' keys to words."""
        families = self.lexicon.families
        words = (w for w in sorted(self.words | families.keys(), reverse=True) if " " not in w)
        return {key: families.get(word, word) for word in words if (key := sound(word))}

    @cached_property
    def speller(self) -> Speller:
        """Known words near an unknown one."""
        return Speller(w for w in self.words | self.lexicon.families.keys() if w.isalpha())

    def abbreviation(self, low: str) -> tuple[str, ...]:
        """What a short form stands for; if it has several readings, a word for all of them; () if it is none."""
        readings = self.abbreviations.get(low)
        if not readings:
            return ()
        return readings[0] if len(readings) == 1 else (f"abbr:{low}",)

    def atom(self, word: str) -> str:
        """The family word of a known word, or ""."""
        families = self.lexicon.families
        if word in families:
            return families[word]
        folded = fold(word)
        return families.get(folded) or (folded if folded in self.words else "")

    def atoms(self, word: str) -> tuple[str, ...]:
        """The family words of a word, known or not."""
        return self.abbreviation(word) or (self.atom(word) or fold(word),)

    def kind(self, word: str) -> str:
        """The kind of a known word, by what it says to a reader outside a diagnosis."""
        lexicon = self.lexicon
        if word[0].isdigit():
            return "n"
        if len(word) == 1:
            return "g"
        if word in lexicon.management:
            return "m"
        if word in lexicon.medical or fold(word) in lexicon.medical:
            return "a"
        if word in lexicon.chat:
            return "c"
        rank = lexicon.rank.get(word)
        return "a" if rank is None or rank > COMMON else "b" if rank > FAMILIAR else "g"
