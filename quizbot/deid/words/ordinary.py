"""Words that nobody looks up: ordinary, clinical or national ones, short forms, and what is built of them.

A small word that is none of these is as good a hint of a name ("pt thandeka") as a capital is, and rarer in clinical
texts than one thinks: one sentence in seventy of the tests' harmless ones has such a word, most of them terms made with
a prefix, which ``_PREFIXES`` takes off.
"""

import re

from quizbot.deid.vocabulary import entries, is_medical
from quizbot.deid.words.lists import (
    is_abbreviation,
    is_clinical,
    is_common_surname,
    is_english,
    is_eponym,
    is_nation,
    may_be_given,
)

_BRITISH = re.compile(r"is(e[sd]?|ing|ation)$")
_SPELT = (("haem", "hem"), ("oed", "ed"), ("oes", "es"), ("aes", "es"), ("paed", "ped"), ("our", "or"), ("tre", "ter"))
_PREFIXES = (
    "inter|intra|extra|para|peri|supra|infra|super|trans|pseudo|poly|multi|mono|semi|neo|neuro|cardio|vaso|broncho|osteo"
    "|immuno|haemo|hemo|hydro|thermo|photo|radio|electro|retro|antero|postero|ultra|mid|up|down|over|out|under|fore|co|bi|tri"
)
_PREFIX = re.compile(rf"(?:{_PREFIXES})(?=.{{4,}})")
_PART = 4  # letters: shorter words would make a compound of any name
_LONGEST = 40  # letters of a compound
_AGENT = re.compile(r"(?:er|ers|or|ors|less|ness|like|able|ish|wise|ward|wards|y)$")


def is_known(word: str) -> bool:
    """Whether a folded word is in any list that names nobody, in American or British spelling."""
    return any(_listed(form) for form in _spellings(word))


def is_plain(word: str) -> bool:
    """The same for a small word, which may also be made of a prefix and a word, or be a term's adjective."""
    plain = word.replace("'", "")
    forms = (plain, *_bare(plain))
    return any(is_known(form) or is_eponym(form) or is_medical(form) or _is_term(form) for form in forms)


def _is_term(word: str) -> bool:
    return any(form in entries("terms") for form in (*_spellings(word), word.removesuffix("s")))


def is_compound(word: str) -> bool:
    """Whether folded letters without blanks are two words or more, none of which is somebody's: emergencymedicine."""
    return len(word) <= _LONGEST and any(
        _whole(word[:at]) and (_whole(word[at:]) or is_compound(word[at:]))
        for at in range(_PART, len(word) - _PART + 1)
    )


def _whole(word: str) -> bool:
    return is_known(word) and not _is_name(word)


def _is_name(word: str) -> bool:
    return may_be_given(word) or is_common_surname(word)


def _bare(word: str) -> list[str]:
    """A word without its prefix, and without the ending that makes a noun an adjective or a doer."""
    bare = [_PREFIX.sub("", word, count=1)] if _PREFIX.match(word) else []
    for form in (word, *bare):
        stem = _AGENT.sub("", form)
        if stem != form and len(stem) >= _PART:
            bare += [stem, f"{stem}e"]
    return bare


def _spellings(word: str) -> list[str]:
    forms = [word, _BRITISH.sub(r"iz\1", word)]
    return forms + [word.replace(british, american) for british, american in _SPELT if british in word]


def _listed(word: str) -> bool:
    return is_english(word) or is_clinical(word) or is_abbreviation(word) or is_nation(word)
