"""What the word lists say about a word.

They are text files in ``quizbot/deid/vocabulary``, read once, when first asked for; each says in its first lines where
it comes from.
"""

import re
from functools import lru_cache

from quizbot.deid.vocabulary import entries, is_proper

_SUFFIXES = re.compile(
    r".{3,}(?:itis|osis|oses|emia|aemia|emic|aemic|ectomy|otomy|ostomy|pathy|pathic|graphy|graphic|gram|grams|scopy"
    r"|plasty|algia|uria|uric|penia|penic|megaly|plegia|plegic|paresis|rrhoea|rrhea|rrhage|rrhagic|genic|lysis|lytic"
    r"|stenosis|cele|ectasis|ectasia|oma|omas|omata|virus|viral|coccus|coccal|bacter|cillin|mycin|azole|vir|statin"
    r"|olol|pril|sartan|dipine|zepam|zolam|gliptin|gliflozin|xaban|parin|prazole|setron|triptan|floxacin|cycline"
    r"|caine|curium|curonium|mab|nib|tide|ase|philia|philic|phagia|phasia|pnoea|pnea|tropic|trophic|ulopathy|itic"
    r"|metry|metric|oid|oidal|iasis|emesis|thorax|cardia|cardial|cardium|derma|dermal|ology|ologist|ological)"
)
_REMEMBERED = 16384  # look-ups: texts repeat their words
_BUILT = 8  # letters: shorter words with such endings may be anything (Paloma)
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))
_PREFIXES = (
    "un",
    "non",
    "re",
    "pre",
    "post",
    "sub",
    "over",
    "under",
    "anti",
    "hyper",
    "hypo",
    "micro",
    "macro",
    "peri",
)


def _stems(word: str) -> list[str]:
    stems = [word.removesuffix(end) + new for end, new in _ENDINGS if word.endswith(end) and len(word) > len(end) + 2]
    return stems + [word.removeprefix(p) for p in _PREFIXES if word.startswith(p) and len(word) > len(p) + 3]


@lru_cache(_REMEMBERED)
def _known(word: str, *names: str) -> bool:
    return any(form in entries(name) for form in (word, *_stems(word)) for name in names)


def is_english(word: str) -> bool:
    """Whether a folded word is an ordinary English one."""
    return _known(word, "english")


def is_clinical(word: str) -> bool:
    """Whether a folded word is a clinical term, an eponym, a drug, or built like one."""
    if _known(word, "clinical", "clinical-hand") or word in entries("eponyms"):
        return True
    return len(word) >= _BUILT and bool(_SUFFIXES.fullmatch(word)) and not is_proper(word)


def is_eponym(word: str) -> bool:
    """Whether a folded name stands for a disease, a sign or an organism."""
    return word in entries("eponyms")


def is_abbreviation(word: str) -> bool:
    """Whether a folded short form is a clinical one."""
    return word in entries("abbreviations") or word.removesuffix("s") in entries("abbreviations")


def is_nation(word: str) -> bool:
    """Whether a folded word names a country, a state, a people or a language."""
    return word in entries("nations") or word.removesuffix("s") in entries("nations")


def is_given(word: str) -> bool:
    """Whether a folded word is somebody's given name, and hardly ever anything else."""
    return word in entries("given") and word not in entries("given-weak")


def may_be_given(word: str) -> bool:
    """Whether somebody may be called so."""
    return word in entries("given") or word in entries("given-weak")


def is_surname(word: str) -> bool:
    """Whether a folded word is among the commoner surnames."""
    return word in entries("surnames")


def is_common_surname(word: str) -> bool:
    """Whether a folded word is a surname so common that even an ordinary word reads as one."""
    return word in entries("surnames-common")


def is_place(phrase: str) -> bool:
    """Whether folded words, joined by blanks, name a town."""
    return phrase in entries("places")
