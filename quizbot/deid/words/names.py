"""(A) names: of the patient, relatives, staff, anybody."""

import re
from collections.abc import Iterator
from itertools import pairwise

from quizbot.deid.finding import Decision
from quizbot.deid.vocabulary import entries, fold
from quizbot.deid.words.lists import (
    is_clinical,
    is_common_surname,
    is_english,
    is_eponym,
    is_given,
    is_nation,
    is_surname,
    may_be_given,
)
from quizbot.deid.words.marked import Hit
from quizbot.deid.words.phrases import names_a_thing
from quizbot.deid.words.rule import Rule, apply, compiled
from quizbot.deid.words.tokens import Word

_TODO = "leave the name out, or say who it is by role"
_SMALL_TITLES = frozenset(["mr", "mrs", "ms", "dr", "prof"])
_JOINERS = re.compile(r"(?:\.|,|:|;)?\s{0,2}[\"'(\[]?(?:(?:is|was|are|to|is\scalled|named|called)\s+)?[\"'(\[]?")
_DEGREES = re.compile(
    r",?\s?(?:MD|M\.D\.|DO|RN|PhD|Ph\.D\.|FRCS|FRCP|FRCR|MRCP|MRCS|MBBS|MBChB|PA-C|NP|FACEP|FACP|FACC|DNP|BSN|CRNA|DDS|DVM|Esq)\b"
)
_PERSON_VERB = re.compile(
    r"(?:'s)?(?:,?\s(?:was|is|has|had|came|presented|presents|fell|collapsed|says|said|told|tells|reports|reported|denies|denied|complains|complained|went|woke|died"
    r"|lives|lived|works|worked|took|underwent|developed|noticed|arrived|returned|felt|and\s(?:his|her))\b|,?\s\(?(?:an?\s|aged?\s)?\d{1,3}\b(?:\s?(?:y|m|f)|,|\)|-year)"
    r"|,\s(?:an?|the|our|my|his|her|who)\s)"
)
_MAC = re.compile(r"(?:Mc|Mac|O'|Fitz|De|Di|Le|La|Van|Von|Da|Du|D')[A-Z][a-z]+")


def _initialled(match: re.Match[str]) -> bool:
    """A surname after an initial; E. Coli and C. Difficile are none."""
    surname = fold(match["id"].split(".")[-1].strip())
    if is_clinical(surname):
        return is_common_surname(surname) and not names_a_thing(match.string, match.end())
    return is_surname(surname)


_INITIALS = (
    Rule("name", "A", compiled(r"(?<![\w.])(?P<id>[a-z]\.\s?[a-z]\.(?:\s?[a-z]\.)?)(?=\s?,?\s(?:is\s|was\s)?(?:an?\s)?\d{1,3}(?:\b|\s?[ymf])|,)"), Decision.HOLD,
         guard=lambda m: m["id"].replace(" ", "").lower() not in ("i.e.", "e.g.", "a.m.", "p.m.", "u.s.", "u.k.", "i.v.", "p.o."), todo=_TODO),
    Rule("name", "A", re.compile(r"(?:^|[.;:\n]\s)(?P<id>[A-Z]{2,3})(?=,?\s(?:is\s|was\s)?(?:an?\s)?\d{1,3}[\s-]?(?:y|M\b|F\b))"), Decision.HOLD, todo=_TODO),
    Rule("name", "A", re.compile(r"\b(?:[Pp]atient|[Pp]t|[Cc]hild|[Bb]aby|[Ii]nitials)(?:\sinitials)?[:\s]+(?P<id>[A-Z]\.?\s?[A-Z]\.?(?:\s?[A-Z]\.?)?)(?=[\s,.)]|$)(?!\s?\d)"), Decision.HOLD,
         guard=lambda m: re.sub(r"\W", "", m["id"]).lower() not in entries("abbreviations"), todo=_TODO),
    Rule("name", "A", re.compile(r"\b[Ii]nitials?(?:\s(?:are|were|is|of|on|read|reading))*[:\s]+[\"']?(?P<id>[A-Za-z](?:\.?\s?-?[A-Z]\.?){1,3})(?!\w)"), Decision.HOLD, todo=_TODO),
    Rule("name", "A", re.compile(r"(?<![\w.])(?P<id>[A-Z]\.\s?(?:O'|Mc|Mac|de\s|D')?[A-Z]\.(?:\s?[A-Z]\.)?)(?=,\s\(?\d|\s\(\d)"), Decision.HOLD, todo=_TODO),
    Rule("name", "A", re.compile(r"(?<![\w.])(?P<id>(?:[A-Z]\.\s?){1,2}[A-Z][a-z]{2,})"),
         guard=_initialled, todo=_TODO),
    Rule("name", "A", re.compile(r"(?<![\w])(?P<id>[A-Za-z](?:[\s.\-_*][A-Za-z]){3,})(?![\w])"), Decision.HOLD, todo=_TODO),
    Rule("name", "A", re.compile(r"\b(?P<id>(?=[A-Za-z]*[013457@$])(?:[A-Za-z]+[013457@$]+){1,3}[A-Za-z]*)(?!\w)"), Decision.HOLD,
         guard=lambda m: _unleet(m["id"]), todo=_TODO),
)  # fmt: skip


def _unleet(word: str) -> bool:
    """J0hn is John."""
    plain = word.lower().translate(str.maketrans("013457@$", "oieastas"))
    return len(plain) > 3 and (is_given(plain) or is_common_surname(plain)) and not is_clinical(plain)  # noqa: PLR2004  # "T0m" is too short to tell


def names(text: str, found: list[Word]) -> list[Hit]:
    """Names in a plain text whose words are given."""
    return [
        *apply(_INITIALS, text),
        *_titled(text, found),
        *_full(text, found),
        *_signed(text, found),
        *_subjects(text, found),
    ]


def _hit(start: int, end: int, decision: Decision = Decision.REFUSE) -> Hit:
    return Hit(start, end, "name", "A", decision, "", _TODO)


def _follows(text: str, first: Word, second: Word) -> bool:
    return bool(re.fullmatch(r"(?:\s|-|\.\s|,\s)(?:[A-Z]\.?\s)?", text[first.end : second.start]))


def _is_title(word: Word) -> bool:
    return word.folded in entries("titles") and not (word.shouted and len(word.text) <= 2)  # noqa: PLR2004  # MS and DR are diseases


def _is_unit(text: str, word: Word) -> bool:
    """ "QRS 140 ms. The axis": milliseconds, not a title."""
    return word.text == "ms" and bool(re.search(r"\d\s?$", text[max(0, word.start - 3) : word.start]))


def _titled(text: str, found: list[Word]) -> Iterator[Hit]:
    """Somebody after a title, a role or a word of kinship."""
    for at, (word, following) in enumerate(pairwise(found)):
        if not _JOINERS.fullmatch(text[word.end : following.start].removeprefix("'s")):
            continue
        if (_is_title(word) and not _is_unit(text, word) and _fits_title(word, following)) or (
            word.folded in entries("roles") and _fits_role(text, word, following)
        ):
            yield _hit(following.start, _last(text, found, at + 1).end)
        elif (
            word.folded in entries("people")
            and following.capital
            and is_common_surname(following.folded)
            and _is_alone(text, following)
        ):
            yield _hit(following.start, following.end, Decision.HOLD)


def _is_alone(text: str, word: Word) -> bool:
    return not (word.opens or word.shouted or names_a_thing(text, word.end) or text[word.end : word.end + 1] == "-")


def _fits_title(title: Word, word: Word) -> bool:
    if word.capital:
        if title.folded in _SMALL_TITLES:
            return word.folded not in ("google", "who")
        return not (word.folded in entries("clinical") and not is_surname(word.folded)) and word.folded not in (
            "google",
            "practitioner",
        )
    if title.folded not in _SMALL_TITLES:
        return is_given(word.folded)
    return is_common_surname(word.folded) or (
        len(word.text) > 1 and not is_english(word.folded) and not is_clinical(word.folded)
    )


def _fits_role(text: str, role: Word, word: Word) -> bool:
    if not word.capital:
        small = is_given(word.folded) and not is_english(word.folded)
        return small and (not is_clinical(word.folded) or is_eponym(word.folded))
    if role.folded in ("by", "cc", "re", "hi", "hello", "dear", "thanks", "thank", "regarding", "to") and not (
        is_given(word.folded) or is_surname(word.folded)
    ):
        return False
    if word.shouted or is_nation(word.folded) or names_a_thing(text, word.end) or word.opens:
        return word.shouted and is_given(word.folded)
    if may_be_given(word.folded):
        return True
    return not is_clinical(word.folded) and (is_surname(word.folded) or not is_english(word.folded))


def _last(text: str, found: list[Word], first: int) -> Word:
    """The last of the capitalised words that go on with a name."""
    last = found[first]
    for word in found[first + 1 : first + 4]:
        if not (word.capital and _follows(text, last, word)) or "," in text[last.end : word.start]:
            break
        if is_english(word.folded) and not (is_surname(word.folded) or may_be_given(word.folded)):
            break
        last = word
    return last


def _full(text: str, found: list[Word]) -> Iterator[Hit]:
    """A given name with a surname, either way round, capitals or not."""
    for at, (first, second) in enumerate(pairwise(found)):
        if not _follows(text, first, second) or names_a_thing(text, second.end) or _is_compound(text, first, second):
            continue
        if _is_pair(first, second) or (
            "," in text[first.end : second.start]
            and first.shouted == second.shouted
            and first.capital
            and second.capital
            and is_surname(first.folded)
            and is_given(second.folded)
            and not is_clinical(first.folded)
        ):
            yield _hit(first.start, _last(text, found, at + 1).end)


def _is_compound(text: str, first: Word, second: Word) -> bool:
    """Mallory-Weiss."""
    return text[first.end] == "-" and is_eponym(first.folded) and is_eponym(second.folded)


def _is_pair(first: Word, second: Word) -> bool:
    if first.capital and second.capital:
        return (_given(first) and _family(second)) or (
            is_given(second.folded)
            and _family(first)
            and not is_clinical(first.folded)
            and not is_english(first.folded)
            and not is_nation(first.folded)
        )
    small = not first.capital and not second.capital
    return (
        small
        and is_given(first.folded)
        and not is_clinical(first.folded)
        and is_surname(second.folded)
        and not _ordinary(second.folded)
    )


def _ordinary(word: str) -> bool:
    """Whether a small word is a word first, a surname second."""
    return (
        (is_english(word) and not is_common_surname(word))
        or word in entries("given-weak")
        or word in entries("surnames-weak")
    )


def _given(word: Word) -> bool:
    if is_english(word.folded) or is_nation(word.folded):
        return (may_be_given(word.folded) and not word.opens) or is_given(word.folded)
    return may_be_given(word.folded)


def _family(word: Word) -> bool:
    if is_clinical(word.folded) and word.folded not in entries("eponyms"):
        return False
    if is_english(word.folded):
        return is_common_surname(word.folded) or is_given(word.folded)
    return is_surname(word.folded) or may_be_given(word.folded) or bool(_MAC.fullmatch(word.text))


def _signed(text: str, found: list[Word]) -> Iterator[Hit]:
    """A name before a degree."""
    for word in found:
        degree = _DEGREES.match(text, word.end)
        if (
            degree
            and word.capital
            and not word.shouted
            and not (is_english(word.folded) and not is_common_surname(word.folded))
        ):
            yield _hit(word.start, word.end)


def _subjects(text: str, found: list[Word]) -> Iterator[Hit]:
    """A name that could be a word, where the verb or the age after it is a person's."""
    for word in found:
        if not word.capital or word.shouted or len(word.text) < 3:  # noqa: PLR2004  # "He", "My"
            continue
        namely = (
            may_be_given(word.folded)
            or is_common_surname(word.folded)
            or (is_clinical(word.folded) and is_surname(word.folded))
        )
        if namely and not _thing_said(text, word) and _PERSON_VERB.match(text, word.end):
            yield _hit(word.start, word.end, Decision.HOLD)


def _thing_said(text: str, word: Word) -> bool:
    """ "Will was", "May present": what usually follows the word itself; and eponyms as subjects of a lesson."""
    if word.folded in entries("subjects-weak"):
        return not re.match(r"\s(?:was|is|has|had|came|fell)\b|,\s\d", text[word.end : word.end + 8])
    if is_clinical(word.folded) or is_nation(word.folded):
        return not re.match(
            r",?\s(?:is|was)?\s?\(?(?:an?\s|aged?\s)?\d{2,3}(?:\s?y|\s?[MF]\b|,|-y)|\s(?:had|presented|collapsed|developed|underwent|denies|reports|came|fell|said|says|told|lives|works)\b",
            text[word.end : word.end + 18],
        )
    return False
