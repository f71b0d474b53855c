"""The classes of cues, and the cues of one word.

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

from quizbot.grading.lexicon import Lexicon
from quizbot.grading.words import Word

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
_CONNECTIVES = frozenset("OVNHXCPU")


def single_cues(lexicon: Lexicon) -> dict[str, str]:
    """The cues and idioms of one word, with the kind of each."""
    idioms = dict.fromkeys(lexicon.idioms, "c")
    cues = {cue: letter for name, letter in CLASSES.items() for cue in lexicon.cues[name]}
    return {phrase: kind for phrase, kind in (idioms | cues).items() if " " not in phrase}


def as_cue(word: Word, kind: str) -> Word:
    """A word that is a cue: it may be part of a name too ("post"), unless it is a connective or an idiom."""
    if kind == "c":
        return Word(word.surface, (), kind, word.shown)
    return Word(word.surface, () if kind in _CONNECTIVES else word.atoms, kind)
