"""What a line of text looks like, if it looks like something that identifies: patterns, after 45 CFR 164.514(b)(2)."""

import re

from quizbot.deid.pixels.slips import as_digits, as_letters, same, skeleton
from quizbot.deid.vocabulary import fold, identifying, is_name, labels

_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|"
    "november|december|januar|februar|marz|mai|juni|juli|oktober|dezember|janv|fevr|avril|juin|juil|aout|enero|febrero|"
    "marzo|abril|mayo|junio|julio|agosto|octubre|diciembre|gennaio|febbraio|maggio|giugno|luglio|settembre|ottobre|dicembre"
)
_MONTH = re.compile(_MONTHS)
_SEP = r"\s*[-/.,\\]\s*"
_DATES = (
    re.compile(rf"(?<!\d)(?:\d{{4}}|\d{{1,2}})({_SEP})\d{{1,2}}\1(?:\d{{4}}|\d{{2}})(?!\d)"),
    re.compile(rf"(?<!\d)\d{{1,2}}{_SEP}(?:19|20)\d\d(?!\d)"),
    re.compile(r"(?<![\d.])[0-3]\d\.[01]\d\.(?!\d)"),
    re.compile(r"(?<![\d.])[0-3]?\d([./-])[01]?\d\1\d{3}(?![\d.])"),  # a digit of the year was not read
    re.compile(rf"\d\W*(?:{_MONTHS})(?![a-z])"),
    re.compile(rf"(?<![a-z])(?:{_MONTHS})\W*\d"),
    re.compile(rf"(?<![a-z])(?:{_MONTHS})\W?[lizo|]{{1,2}}\W+\d{{2,4}}(?!\d)"),  # "Octl-56": a day read as letters
)
_DECIMALS = re.compile(r"\d+[.,]\d+")
_WINDOW = re.compile(r"\b(?:w|l|c|ww|wl|wc|wd)[:=\s]*-?\d{1,4}\b")  # a grey-scale window may be 2000 wide
_GLUED_WINDOW = re.compile(r"\bw[wl]?\d{2,4}w?[lc]-?\d{1,4}\b")  # its letters are no misread digits
_DATED = re.compile(r"(?<![\w.])\d{1,2}[-/.,][a-z]{2,4}[-/.,]\d{1,4}(?!\d)")  # "12-an-86": a month that was not read
_TIME = re.compile(r"(?<!\d)[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d)")
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.])")
_PADDED = re.compile(r"(?<![\w.,:/-])0\d{2,3}(?![\w.,:/-])")  # devices pad ages ("094") and numbers of records so
_LONG_NUMBER = re.compile(r"\d{5,}")
_GROUPED = re.compile(r"\d+(?:[-/ ]\d+)+")
_HYPHENED = re.compile(r"\d+(?:-\d+)+")
_DOTTED = re.compile(
    r"\d{3}-\d{3}\.\d{4}|\d{2,3}\.\d{2,3}[-.]\d{4}"
)  # a telephone's number, its hyphen read as a dot, or a figure lost
_CONTACT = re.compile(
    r"\S@\S|www\.|https?:|\.(?:com|org|net|edu|gov|co|nhs|de|fr|uk|es|it)\b|\(\d{3}\)|\+\s?\d{2}"
    r"|\bmobile\W*\d{3}"  # a telephone, not a machine
    r"|^\W*(?:ax|obile|hone)\W*\d{3}"  # at a box's edge a label loses its first letter
)
_YEARS_OLD = r"(?:-?\s*(?:y/?o?|yrs?|years?|y[a-z]{1,3}rs?|ans|anos|anni|jahre?|j)\b|-?\s*(?:year|yr)s?)"
_AGE = (
    re.compile(rf"(?<![\d.])0?(\d{{2,3}}){_YEARS_OLD}"),
    re.compile(r"(?<![a-z])(?:a[gcq69]e|a[gq69]c)[d:.|\s]*0?(\d{2,3})(?!\d)|\balter[:\s]*0?(\d{2,3})(?!\d)"),
    re.compile(r"^\W*ge[:.\s]*0?(\d{2,3})(?!\d)"),  # "Age" without its first letter
    re.compile(r"(?<![\d.])0?(\d{2,3})\s?y\s?[/1il|][o0]?(?![a-z])"),  # "107 y10": the stroke of "y/o" misread
    re.compile(r"(?<![\d.])0?(\d{2,3})\s*/\s*[mf]\W*$"),  # behind the end of a label: "x:100/F"
    re.compile(r"^\W*[mf][/\s]*0?(\d{2,3})\W*$|^\W*0?(\d{2,3})\s*[/\s]*[mf]\W*$"),
    re.compile(r"^\W*0?(\d{2,3})\s*[yxv]\s*/\s*[mfep]\W*$"),  # "101Y/F", its letters misread
    re.compile(r"(?<![\w.])0?(\d{2,3})[mf]\b|\b[mf]/?0?(\d{2,3})(?![\w.])"),
)
_SPOILT_AGE = re.compile(
    r"(?<=\d)[\dodlizsb|]{1,2}(?=y(?:\b|o\b|rs?\b))|(?<=\bage[:.\s])\s*[\dli|][\do]{1,2}(?![^\W_])"
)
_GRAYS = re.compile(r"(?<!\d)\d\d?GY\b")  # "105Y" or "10 Gy" in capitals
_AGE_ALONE = re.compile(r"^\W*(?:age|aged|alter)(?:\s*[/(]\s*(?:sex|gender)\)?)?\W*$")
_OLD_MISREAD = re.compile(
    r"^\W*(?:[mf][\W_]*)?0?(?:9\d|1[01]\d)\s?[vujk]\W*$|^\W*a[gq96]e?[:.\s]*0?(?:9\d|1[01]\d)\W*$"
    r"|^\W*0?(?:9\d|1[01]\d)\s?y[a-z]*\W*$"
)  # "104V", "M 106V", "Ag 104", "98 yean"
_RATIO = re.compile(r"\D?\d{2,3}/\d{2,3}\D?")  # a blood pressure, QT and QTc
_LONG = 5  # digits that may be a date's or a record's number whose points were misread: "156.20", "156:20"
_INITIALS = re.compile(r"^(?:[A-Z]\.\s?){2,3}$|^[A-Z0]\.\s?[A-Z][a-z]{2,}$")  # "0.Stone": a nought for an O
_BIRTH = re.compile(r"\b(?:d[.,\s]?[o0q][.,\s]?b\b|bd\s*:)")  # "D.0.B", "BD:"
_TITLED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Miss|Prof|Herr|Frau)\.?\s+[A-Z]|\b(?:DR|MR|MRS|PROF)\.\s+[A-Z]{3}")
_NAME_FORM = re.compile(r"[A-Za-z]{2,}\s*(?:\^|,)\s*[A-Za-z]|\b(?:[A-Z][a-z]+)\s[A-Z]\.\s[A-Z]")
_OLD = 90  # years: an age from here on identifies (45 CFR 164.514(b)(2)(i)(C))
# Digits of a grouped number from which it is a telephone's or a record's: "45 102 133" may be three axes.
_HYPHENED_DIGITS, _GROUPED_DIGITS, _SPACED_DIGITS = 6, 7, 9
_LONG_GROUP = 4


def looks_like(line: str) -> str | None:
    """The kind of identifier that a line is whatever words stand around it, or None."""
    folded = fold(line)
    if _CONTACT.search(folded):
        return "contact"
    if is_date(folded):
        return "date"
    if (age := oldest(folded)) is not None and age >= _OLD:
        return "age"
    if _is_number(folded):
        return "number"
    if _TITLED.search(line):
        return "name"
    return "label" if _is_label(line) or _BIRTH.search(folded) else None


def is_date(folded: str) -> bool:
    """Whether a date stands in a folded line; digits misread as letters count, and a month's letters as digits."""
    texts = (folded, _digits_restored(folded), _months_restored(folded))
    return any(pattern.search(text) for text in texts for pattern in _DATES)


def is_moment(line: str) -> bool:
    """Whether a time of day or a bare year stands in a line: no identifier alone, but none of a picture's business."""
    return bool(_TIME.search(line) or _DATED.search(fold(line)) or _YEAR.search(_WINDOW.sub(" ", fold(line))))


def oldest(folded: str) -> int | None:
    """The highest age in a folded line, years."""
    spoilt = _SPOILT_AGE.sub(lambda found: as_digits(found[0]), folded)  # "1OsY", "AGE: LOO"
    texts = {folded, _digits_restored(folded), spoilt}
    ages = [int(next(filter(None, match.groups()))) for text in texts for p in _AGE for match in p.finditer(text)]
    return max(ages, default=None)


def is_padded(line: str) -> bool:
    """Whether a whole number with leading zeros stands in a line."""
    return bool(_PADDED.search(line))


def is_unread_age(line: str) -> bool:
    """Whether a line announces an age and none was read behind it, or may be one whose last digit was misread."""
    return bool(_AGE_ALONE.match(fold(line)) or _OLD_MISREAD.match(fold(line)) or _GRAYS.search(line))


def is_bare_number(line: str) -> bool:
    """Whether a line is nothing but figures, one of five digits or more however they are divided; a ratio may be."""
    if any(c.isalpha() for c in line):
        return False
    return any(_digits(word) >= _LONG and not _RATIO.fullmatch(word) for word in line.split())


def is_initials(line: str) -> bool:
    """Whether a line is nothing but a person's initials, or one and a word: "J. S.", "J. Stone"."""
    return bool(_INITIALS.match(line.strip()))


def likely(line: str, unknown: list[str]) -> str | None:
    """What a line with words outside the vocabulary looks like: a name, an institution, an address, a contact."""
    words = re.findall(r"[a-z]+", fold(line))
    for section in ("institution", "contact", "address"):
        if _mentions(words, section):
            return section
    strange = [word for word in unknown if len(word) > 1 and word.isalpha()]
    if _mentions(words, "person") and strange:
        return "name"
    if any(is_name(word) for word in strange) or len(strange) > 1 or (strange and _NAME_FORM.search(line)):
        return "name"
    return None


def _mentions(words: list[str], section: str) -> bool:
    whole, stems = identifying(section)
    return any(word in whole or any(stem in word for stem in stems) for word in words)


def _digits_restored(folded: str) -> str:
    """The line with letters turned to digits in words that are digits for the most part."""
    return "".join(as_digits(word) if _mostly_digits(word) else word for word in re.split(r"(\W)", folded))


def _months_restored(folded: str) -> str:
    """The line with the digits in a month turned to letters: "12-0ct-25", "N0v 3"."""
    words = ((word, as_letters(word)) for word in re.split(r"(\W)", folded))
    return "".join(letters if _MONTH.fullmatch(letters) else word for word, letters in words)


def _mostly_digits(word: str) -> bool:
    """More digits than letters; of two characters, one: "9O" may be 90."""
    digits = _digits(word)
    return 2 * digits > len(word) or (digits, len(word)) == (1, 2)


def _is_number(folded: str) -> bool:
    restored = _digits_restored(_GLUED_WINDOW.sub(" ", folded))
    if _LONG_NUMBER.search(restored) or _DOTTED.search(restored):
        return True
    whole = _DECIMALS.sub(" ", restored)
    if any(_digits(found[0]) >= _HYPHENED_DIGITS for found in _HYPHENED.finditer(whole)):
        return True
    return any(_is_grouped_number(found[0]) for found in _GROUPED.finditer(whole))


def _is_grouped_number(text: str) -> bool:
    longest = max(len(group) for group in re.findall(r"\d+", text))
    return _digits(text) >= (_GROUPED_DIGITS if longest >= _LONG_GROUP else _SPACED_DIGITS)


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _is_label(line: str) -> bool:
    """A word that announces an identifier, with a colon, a number or another word behind it, or alone."""
    head = re.match(r"\W*([A-Za-z.\s]{2,20}?)\s*(?:[:#=]|no\b|nr\b|num|\d|$)", line)
    words = re.findall(r"[A-Za-z]+", line)
    candidates = {skeleton(head[1], pairs=False)} if head else set()
    candidates |= {skeleton("".join(words[:n]), pairs=False) for n in (1, 2)} if words and len(words[0]) > 2 else set()  # noqa: PLR2004
    return any(same(candidate, skeleton(label, pairs=False)) for candidate in candidates for label in labels())
