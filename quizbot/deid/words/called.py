"""(A) names that no list knows, told by what stands around them: my patient jayden, goes by Bubba, zainab's chart."""

import re

from quizbot.deid.finding import Decision
from quizbot.deid.vocabulary import entries, fold
from quizbot.deid.words.lists import (
    is_abbreviation,
    is_clinical,
    is_common_surname,
    is_english,
    is_eponym,
    is_given,
    is_nation,
    is_surname,
    may_be_given,
)
from quizbot.deid.words.ordinary import is_known
from quizbot.deid.words.phrases import names_a_thing
from quizbot.deid.words.rule import Guard, Rule, compiled

_TODO = "leave the name out, or say who it is by role"
_SHORTEST = 3  # letters
_KIN = (
    r"husband|wife|partner|spouse|son|daughter|mother|mum|mom|mummy|dad|daddy|father|brother|sister|twin|uncle|aunt(?:ie|y)?"
    r"|cousin|niece|nephew|gran(?:d\w+)?|granny|nana|boyfriend|girlfriend|fianc[eé]e?|friend|neighbou?r|carer|colleague|roommate"
)
_AGE = r"(?:is\s|was\s|aged?\s|\()?(?:an?\s)?\d{1,3}(?:\b(?![.,]\d)(?!\s?(?:%|mm|cm|mg|ml|kg|bpm|ms\b|/|days?|hours?|weeks?|months?))|\s?[ymf]\b)"
_PERSONAL = r"says|said|told|tells|lives|lived|works|worked|came|woke|thinks|feels|felt|noticed|complains|complained|fell|loves|hates|wants|went"
_MET = (
    r"discussed\swith|spoke\s(?:to|with)|talked\s(?:to|with)|hand(?:ed)?\sover\s(?:to|by|from)|seen\s(?:by|with)|reviewed\s(?:by|with)|referred\sby|asked\sby|reported\sby"
    r"|operated\sby|taught\sby|supervised\sby|agreed\swith|checked\swith|thanks\sto|thank\syou|credit\sto|courtesy\sof|kudos\sto|we\s(?:saw|met|love|miss)|i\s(?:saw|met|called|rang)|rang|phoned"
    r"|cared\sfor\sby|looked\safter\sby|brought\s(?:in\s)?by|found\sby|accompanied\sby|married\sto|divorced\sfrom|lives\swith|living\swith|tribute\sto|in\smemory\sof|remember(?:ing)?|rip|love\sfrom|signed\sby|written\sby|photo\sby|picture\sby|drawn\sby|sent\sby|shared\sby|submitted\sby|posted\sby|told\sby"
)
_THEN = r"overnight|again|yesterday|today|tonight|on\s(?:the|call)|in\s(?:the|clinic|resus|theatre)|at\s(?:the|handover)|for\s(?:the|this|his|her|letting|sharing|sending|permission)|who|and|about|before|after|this|last|from|over|his|her"
_OWNED = (
    r"chart|notes?|ecg|ekg|film|scan|x-?ray|bloods|labs|results?|family|mother|mum|mom|father|dad|wife|husband|parents|case|story"
    r"|symptoms|heart|echo|biopsy|photo\w*|picture|consent|doctor|gp|nurse|discharge|file|record"
)


def _unknown(match: re.Match[str]) -> bool:
    """A word that is no ordinary, clinical or national one, and no short form."""
    word = fold(match["id"])
    return len(word) >= _SHORTEST and not any(map(is_known, (word, *word.split("-"))))


def _someone(match: re.Match[str]) -> bool:
    """After a title anything that is no ordinary word, and what is a name besides."""
    word = fold(match["id"])
    strange = not (is_known(word) or word in entries("terms"))
    return strange or _weak(match) or ((is_surname(word) or is_eponym(word)) and not is_english(word))


def _met(match: re.Match[str]) -> bool:
    """After "discussed with" even an eponym is somebody: Wright, not Wernicke's, nor a team or a term."""
    word = fold(match["id"].split()[0])
    named = may_be_given(word) or is_surname(word)
    return named and not (is_nation(word) or names_a_thing(match.string, match.end("id")) or word in _STAFF)


def _filed(match: re.Match[str]) -> bool:
    """FITZPATRICK, Aidan: as files have it."""
    last, first = map(fold, (match["last"], match["first"]))
    named = is_surname(last) or not is_known(last)
    return named and not is_abbreviation(last) and (may_be_given(first) or not is_known(first))


def _in_full(match: re.Match[str]) -> bool:
    """Martin Mill: a given name and an ordinary word, both with capitals."""
    first, last = map(fold, (match["first"], match["last"]))
    term = is_clinical(last) or is_nation(last) or is_abbreviation(last) or last in entries("labels")
    return is_given(first) and not (term or is_english(first) or names_a_thing(match.string, match.end("last")))


_STAFF = frozenset(
    [
        "cardiology",
        "surgery",
        "radiology",
        "haem",
        "micro",
        "ortho",
        "neuro",
        "paeds",
        "obs",
        "gynae",
        "medicine",
        "police",
        "family",
        "parents",
        "day",
        "hand",
        "dean",
    ]
)
_ANYBODY = frozenset(
    [
        "patient",
        "child",
        "infant",
        "baby",
        "adult",
        "man",
        "woman",
        "boy",
        "girl",
        "today",
        "what",
        "it",
        "here",
        "let",
        "that",
        "who",
        "there",
        "he",
        "she",
        "neonate",
        "doctor",
        "nurse",
        "everyone",
        "everybody",
        "somebody",
        "nobody",
        "world",
        "life",
        "nature",
        "tomorrow",
    ]
)


def _owner(match: re.Match[str]) -> bool:
    """Tui's left eye: an ordinary word that owns what a person owns."""
    word = fold(match["id"])
    if word in _ANYBODY or is_nation(word) or names_a_thing(match.string, match.end("id")):
        return False
    return not is_clinical(word) or may_be_given(word) or is_surname(word)


_WORDS_FIRST = frozenset(
    [
        "will",
        "may",
        "an",
        "do",
        "so",
        "man",
        "young",
        "best",
        "in",
        "no",
        "long",
        "sun",
        "star",
        "care",
        "day",
        "case",
        "hand",
        "head",
        "foot",
        "bone",
        "heart",
        "love",
        "true",
        "more",
        "early",
        "good",
        "small",
        "cook",
        "see",
        "be",
        "black",
        "white",
        "brown",
        "green",
        "gray",
        "grey",
        "major",
        "senior",
        "blood",
        "lung",
        "back",
        "short",
        "wise",
        "sharp",
        "hope",
        "grace",
        "patience",
        "page",
        "pace",
        "block",
        "rash",
        "burns",
        "frost",
        "stone",
        "hill",
        "wood",
        "banks",
        "moss",
        "marsh",
        "waters",
        "rivers",
        "church",
        "chambers",
        "ward",
        "banks",
        "may",
        "guy",
        "teen",
        "child",
        "baby",
        "van",
        "do",
        "person",
        "patient",
        "people",
        "woman",
        "mother",
        "father",
        "nurse",
        "king",
        "the",
        "she",
        "her",
        "his",
        "any",
        "can",
        "but",
        "see",
        "an",
        "art",
        "mark",
    ]
)


def _weak(match: re.Match[str]) -> bool:
    """A small word that may be somebody's name besides what it means: hyacinth, joy."""
    word = fold(match["id"])
    return (may_be_given(word) or is_common_surname(word)) and word not in _WORDS_FIRST


def _name_like(match: re.Match[str]) -> bool:
    """The same for a capital word, where ordinary words count too ("Skip", "Bubba"), but terms do not."""
    word = fold(match["id"])
    term = is_clinical(word) or is_abbreviation(word) or is_nation(word) or names_a_thing(match.string, match.end("id"))
    return not term or (may_be_given(word) and word not in entries("eponyms"))


def _rule(pattern: str, guard: Guard) -> Rule:
    return Rule("name", "A", compiled(pattern), Decision.HOLD, guard=guard, todo=_TODO)


_SMALL = r"(?P<id>(?-i:[a-zà-ÿ][a-zà-ÿ\-]+))\b"
_CAPITAL = r"[\"'“‘]?(?P<id>(?-i:[A-ZÀ-Þ])[\w'\-]+(?:\s(?-i:[A-ZÀ-Þ])[\w'\-]+)*)"

RULES = (
    _rule(rf"\b(?:\w+'s|my|our|his|her|their|the|this|dear|poor|little|old|young|big)\s(?:{_KIN}|patient|pt|client|lad|lady|baby|toddler),?\s(?:(?:is\s)?(?:called|named)\s)?{_SMALL}", _unknown),
    _rule(rf"\b(?:(?:this|it|that)\s(?:is|was)|meet|i'm|i\sam|named?|called|call(?:s|ing)?\s(?:him|her|them)|name\s(?:is|was)|dear|hi|hello|thanks|by|sr|sister|nurse|our\s(?:sho|reg|registrar|consultant|resident|intern|nurse|boss)),?\s{_SMALL}", _unknown),
    _rule(rf"(?:^|[.!?;:,]\s){_SMALL}(?=,?\s{_AGE})", _unknown),
    _rule(rf"(?:^|[.!?;:,]\s){_SMALL}(?=\s(?:{_PERSONAL})\b)", _unknown),
    _rule(rf"(?:^|[.!?]\s)(?P<id>(?-i:[A-ZÀ-Þ])[\w\-]+)(?='s\s(?:left|right|both|{_OWNED}|{_KIN}|eyes?|legs?|arms?|hands?|feet|foot|face|skin|chest|belly|tummy|back|head|breath\w*|fever|pain|rash|cough|blood|pulse|heart|lungs?|liver|potassium|sodium|troponin|consent|words?|name|age)\b)", _owner),
    _rule(rf"(?:^|[.!?;:,]\s){_SMALL}(?=\s(?:{_PERSONAL}|presented|presents|collapsed|has\s(?:a|an|had|been)|was\s(?:a|seen|febrile|admitted|brought|well|found)|is\s(?:a|an|well|ill|\d))\b|'s\s(?:{_OWNED})\b)", _weak),
    _rule(rf"\b(?:{_MET})\s{_SMALL}(?=\s*(?:$|[.,;:!?)]|(?:{_THEN})\b))", _weak),
    _rule(rf"\b(?:{_MET})\s(?P<id>(?-i:[A-ZÀ-Þ])(?-i:[\w'\-]*[a-zß-ÿ])(?:\s(?-i:[A-ZÀ-Þ])[\w'\-]+)*)(?=\s*(?:$|[.,;:!?)]|(?:{_THEN})\b))", _met),
    _rule(r"\b(?P<id>(?P<last>(?-i:[A-ZÀ-Þ][A-ZÀ-Þ'\-]{2,})),\s(?P<first>(?-i:[A-ZÀ-Þ][a-zß-ÿ]+)))\b", _filed),
    _rule(r"\b(?P<id>(?P<first>(?-i:[A-ZÀ-Þ][a-zß-ÿ]{2,}))\s(?P<last>(?-i:[A-ZÀ-Þ][a-zß-ÿ]{2,})))\b", _in_full),
    _rule(r"\b(?:the|our|this|whole|entire)\s(?P<id>(?-i:[A-ZÀ-Þ])[\w'\-]+)s?\s(?:family|families|household|twins|brothers|sisters|boys|girls|siblings|kids|children|baby|wedding|funeral|estate)\b", _met),
    _rule(rf"\bthe\s{_SMALL}\s(?:family|household|twins|brothers|sisters|boys|girls|siblings|kids)\b", _weak),
    _rule(r"\b(?:pt|patient|mr|mrs|ms|miss|dr|nurse)\s(?P<id>(?-i:[a-zà-ÿğışöüçñ]{2,}))\b(?=\s(?:was|is|has|had|came|said|says|asked|wants|went|fell|cannot|can't|could|presented|collapsed)\b)", _someone),
    _rule(rf"(?:^|[.!?;:,]\s){_SMALL}(?=,\s\d{{1,3}},?\s)", _weak),
    _rule(rf"\b(?:auntie|aunty|aunt|uncle|granny|nana|nan|grandma|grandpa|grandad|cousin|mr|mrs|ms|miss|dr|mme|nurse|sister|brother|mum|baby|little|wee|old|poor)\s{_SMALL}(?=,|\.|$|'s|\s(?:says|said|is|was|has|had|told|came|who|and|fell|got|swears|thinks|noticed|brought|called|from)\b)", _weak),
    _rule(rf"\b{_SMALL}(?='s\s(?:{_OWNED})\b)", _unknown),
    _rule(rf"\b(?:goes|went|known|answers|going)\s(?:by|to)\s(?:the\s(?:nick)?name\s(?:of\s)?)?{_CAPITAL}", _name_like),
    _rule(rf"\b(?:calls?|called|call|calling|nicknamed|christened)\s(?:him|her|them|the\s(?:boy|girl|baby|child|man|woman|patient))\s{_CAPITAL}", _name_like),
    _rule(rf"\b(?:nickname|first\sname|last\sname|surname|maiden\sname|real\sname|name)(?:\s(?:is|was|of)|:)\s{_CAPITAL}", _name_like),
    _rule(r"\b(?-i:[Pp]t|[Pp]atient|[Bb]aby|[Cc]hild|[Ii]nitials)\.?:?\s(?P<id>(?-i:[A-Z]){2,3})(?=,?\s\(?\d{1,3}\s?-?\s?(?:y|m\b|f\b))", lambda _match: True),
)  # fmt: skip
