"""(A) names that no list knows, told by what stands around them: my patient jayden, goes by Bubba, zainab's chart."""

import re

from quizbot.deid.finding import Decision
from quizbot.deid.vocabulary import fold
from quizbot.deid.words.lists import entries, is_abbreviation, is_clinical, is_nation, may_be_given
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
_OWNED = (
    r"chart|notes?|ecg|ekg|film|scan|x-?ray|bloods|labs|results?|family|mother|mum|mom|father|dad|wife|husband|parents|case|story"
    r"|symptoms|heart|echo|biopsy|photo\w*|picture|consent|doctor|gp|nurse|discharge|file|record"
)


def _unknown(match: re.Match[str]) -> bool:
    """A word that is no ordinary, clinical or national one, and no short form."""
    word = fold(match["id"])
    return len(word) >= _SHORTEST and not any(map(is_known, (word, *word.split("-"))))


_ANYBODY = frozenset(
    "patient child infant baby adult man woman boy girl today what it here let that who there he she neonate doctor nurse"
    " everyone everybody somebody nobody world life nature tomorrow".split()
)


def _owner(match: re.Match[str]) -> bool:
    """Tui's left eye: an ordinary word that owns what a person owns."""
    word = fold(match["id"])
    return word not in _ANYBODY and not (is_clinical(word) or is_nation(word) or names_a_thing(match.string, match.end("id")))


def _weak(match: re.Match[str]) -> bool:
    """A small word that may be somebody's name besides what it means: hyacinth, joy."""
    return may_be_given(fold(match["id"])) and match["id"] not in ("will", "may", "an", "do", "so", "man", "young", "best")


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
    _rule(rf"(?:^|[.!?;:,]\s){_SMALL}(?=,\s\d{{1,3}},?\s)", _weak),
    _rule(rf"\b(?:auntie|aunty|aunt|uncle|granny|nana|nan|grandma|grandpa|grandad|cousin|mr|mrs|ms|miss|dr|mme|nurse|sister|brother|mum|baby|little|wee|old|poor)\s{_SMALL}(?=,|\.|$|'s|\s(?:says|said|is|was|has|had|told|came|who|and|fell|got|swears|thinks|noticed|brought|called|from)\b)", _weak),
    _rule(rf"\b{_SMALL}(?='s\s(?:{_OWNED})\b)", _unknown),
    _rule(rf"\b(?:goes|went|known|answers|going)\s(?:by|to)\s(?:the\s(?:nick)?name\s(?:of\s)?)?{_CAPITAL}", _name_like),
    _rule(rf"\b(?:calls?|called|call|calling|nicknamed|christened)\s(?:him|her|them|the\s(?:boy|girl|baby|child|man|woman|patient))\s{_CAPITAL}", _name_like),
    _rule(rf"\b(?:nickname|first\sname|last\sname|surname|maiden\sname|real\sname|name)(?:\s(?:is|was|of)|:)\s{_CAPITAL}", _name_like),
    _rule(r"\b(?-i:[Pp]t|[Pp]atient|[Bb]aby|[Cc]hild|[Ii]nitials)\.?:?\s(?P<id>(?-i:[A-Z]){2,3})(?=,?\s\(?\d{1,3}\s?-?\s?(?:y|m\b|f\b))", lambda _match: True),
)  # fmt: skip
