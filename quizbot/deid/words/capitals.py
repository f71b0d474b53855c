"""The net under the rules: a capital word that is no clinical one, and opens no sentence as an ordinary one, holds."""

import re
import unicodedata
from collections.abc import Iterator

from quizbot.deid.finding import Decision
from quizbot.deid.vocabulary import entries, is_medical
from quizbot.deid.words.lists import (
    is_abbreviation,
    is_clinical,
    is_common_surname,
    is_english,
    is_given,
    is_nation,
    is_surname,
    may_be_given,
)
from quizbot.deid.words.marked import Hit
from quizbot.deid.words.ordinary import is_compound, is_plain
from quizbot.deid.words.phrases import names_a_thing
from quizbot.deid.words.tokens import Word

_TODO = "say it without the name, or have a second person confirm that it is a term"
_NAME_TODO = "leave the name out, or say who it is by role"
_ROMAN = re.compile(r"[IVX]{1,5}[abAB]?")
_SHORT_MIXED = 8  # letters: SpO, PaCO, HbA, mmHg, eGFR, NaHCO
_GREEK = 4  # letters of the longest term in Greek ones
_KNOWN_SCRIPTS = frozenset({"LATIN", "GREEK", "MICRO", "MODIFIER", "FEMININE", "MASCULINE"})
_STRANGE = 4  # letters: of three there are too many short forms
_SHORT_FORM = 3  # letters: Hb, Dx, Mg, Pts
_GENE = 6  # letters: JAK2, SCN5A, ADAMTS13
_HUMPS = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])")
_CONTRACTED = re.compile(r"(?:n't|'(?:re|ll|ve|m|d|em))$")


def unknown_words(text: str, found: list[Word]) -> Iterator[Hit]:
    """Capitalised words nobody knows, names written small, and words in other alphabets."""
    for word in found:
        hit = _alien(word) or (_capital(text, word) if word.capital else _small(text, word))
        if hit:
            yield hit


def _hold(word: Word, kind: str, letter: str, decision: Decision = Decision.HOLD) -> Hit:
    return Hit(word.start, word.end, kind, letter, decision, "" if letter else None, _NAME_TODO if letter else _TODO)


def _alien(word: Word) -> Hit | None:
    """A word of another alphabet, longer than the Greek letters of clinical texts."""
    scripts = [unicodedata.name(letter, "").split(" ")[0] for letter in word.text if letter.isalpha()]
    greek = len(word.text) > _GREEK and scripts[0] == scripts[-1] == "GREEK"
    if greek or not set(scripts) <= _KNOWN_SCRIPTS:
        return _hold(word, "unknown-script", "")
    return None


def _small(text: str, word: Word) -> Hit | None:
    """john: a name is one in small letters too; so may be a word that nobody knows."""
    if len(word.text) < _SHORT_FORM or is_clinical(word.folded):
        return None
    if not is_given(word.folded):
        return _hold(word, "unknown-word", "") if _is_strange(text, word) else None
    ordinary = (
        is_english(word.folded) and not is_common_surname(word.folded) and word.folded not in entries("given-small")
    )
    return None if ordinary or names_a_thing(text, word.end) else _hold(word, "name", "A")


def _is_strange(text: str, word: Word) -> bool:
    """A small word that is in no list, nor made of words that are: a name, a town, or a slip to be mended."""
    if len(word.text) < _STRANGE or is_plain(word.folded):
        return False
    return not (text[word.start - 1 : word.start] == "#" and is_compound(word.folded))


def _capital(text: str, word: Word) -> Hit | None:
    if _passes(text, word):
        return None
    if word.shouted or (word.text[:-1].isupper() and word.text.endswith("s")):
        return _shouted(word)
    term = is_clinical(word.folded) or names_a_thing(text, word.end)
    if is_given(word.folded) and not term:
        return _called(word)
    if term or _is_mixed_term(word) or _is_run_together(word):
        return None
    if is_english(word.folded):
        return _ordinary(word)
    named = is_surname(word.folded) or may_be_given(word.folded)
    return _hold(word, "name", "A") if named else _hold(word, "unknown-word", "")


def _passes(text: str, word: Word) -> bool:
    """What is no name whatever stands around it: single letters, nations, genes, "Don't", Hb."""
    if len(word.text) == 1 or is_nation(word.folded) or _is_code(text, word) or _CONTRACTED.search(word.folded):
        return True
    if not is_abbreviation(word.folded):
        return False
    if len(word.text) > _SHORT_FORM:
        return not (may_be_given(word.folded) or is_surname(word.folded))
    return not _is_spelt_as_a_name(word) or word.folded in entries("short-forms")


def _is_spelt_as_a_name(word: Word) -> bool:
    """Bao, Tui: one capital and small letters, which short forms seldom are."""
    return word.text[1:].islower() and not is_english(word.folded)


def _called(word: Word) -> Hit | None:
    """A given name, which may also be an ordinary word."""
    if not is_english(word.folded):
        return _hold(word, "name", "A", Decision.REFUSE)
    return None if word.opens else _hold(word, "name", "A")


def _shouted(word: Word) -> Hit | None:
    """A short form, or a word in capitals."""
    plain = word.folded.replace("'", "")
    singular = plain.removesuffix("s") if word.text.endswith("s") else plain
    if is_abbreviation(plain) or _ROMAN.fullmatch(word.text) or is_clinical(plain) or is_clinical(singular):
        return None
    if is_given(plain) or (is_surname(plain) and not is_english(plain)):
        return _hold(word, "name", "A")
    return None if is_english(plain) else _hold(word, "unknown-word", "")


def _is_code(text: str, word: Word) -> bool:
    """Letters with figures at once before or after them, in one short word: a gene, a lead, a scale."""
    near = text[max(0, word.start - 1) : word.start] + text[word.end : word.end + 1]
    return word.shouted and len(word.text) <= _GENE and any(c.isdigit() for c in near)


def _is_mixed_term(word: Word) -> bool:
    """SpO, PaCO, HbA, NaCl: capitals within; but not McBride."""
    inner = sum(c.isupper() for c in word.text[1:])
    return (
        inner > 0
        and len(word.text) <= _SHORT_MIXED
        and not re.match(r"(?:Mc|Mac|O'|De|Di|La|Le|Fitz|Van|Von|D')[A-Z][a-z]", word.text)
    )


def _is_run_together(word: Word) -> bool:
    """EmergencyMedicine: ordinary and clinical words, none of which names anybody."""
    parts = [part.lower() for part in _HUMPS.findall(word.text)]
    plain = all(is_english(part) or is_clinical(part) for part in parts)
    return len(parts) > 1 and plain and not any(may_be_given(part) or is_common_surname(part) for part in parts)


def _ordinary(word: Word) -> Hit | None:
    """An ordinary word with a capital: at a sentence's start and in headings mere spelling, else maybe a name."""
    if word.opens or word.titled or word.folded in entries("labels"):
        return None
    if may_be_given(word.folded) or is_common_surname(word.folded):
        return _hold(word, "name", "A")
    return None if is_medical(word.folded) or len(word.text) <= _SHORT_FORM else _hold(word, "unknown-word", "")
