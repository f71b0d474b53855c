"""(R) the only one, the first, the last, the youngest, one of four: how many there are tells who it is.

A number of *cases of a disease* in a pearl may be harmless; whether it tells who the patient is, a person says.
"""

import re

from quizbot.deid.finding import Decision
from quizbot.deid.words.rule import Guard, Rule, after, before, compiled

_TODO = "leave out what singles the person out"
_PERSON = (
    r"(?:wo)?m[ae]n|persons?|people|patients?|child(?:ren)?|kids?|boys?|girls?|bab(?:y|ies)|infants?|newborns?|teenagers?|adults?|twins?|triplets?|siblings?|brothers?|sisters?|sons?|daughters?|mothers?|fathers?"
    r"|survivors?|recipients?|donors?|carriers?|members?|residents?|inhabitants?|citizens?|speakers?|veterans?|winners?|holders?|champions?|players?|climbers?|swimmers?|sailors?|pilots?|soldiers?|athletes?|runners?|riders?|drivers?|divers?"
    r"|surgeons?|doctors?|gps?|dentists?|nurses?|vets?|midwi(?:fe|ves)|teachers?|priests?|farmers?|fishermen|fisherman|shopkeepers?|student|graduates?|professors?|judges?|mps?|grand\s?masters?|mayors?|employees?|workers?|passengers?|witness(?:es)?|heirs?|famil(?:y|ies)|individuals?|humans?|male|female|african|european|asian|black|deaf|blind"
)
_SCOPE = r"world\w*|country|nation|state|county|region|province|city|town|village|island|hospital|unit|ward|department|school|university|class|family|team|club|company|history|literature|literature|area|district|practice|continent|uk|us|usa|europe|africa|asia|kingdom|land|parish|record|records"
_MANY = r"\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a\sdozen|a\shandful(?:\sof)?|twenty|thirty|forty|fifty|a\sfew"
_SUPERLATIVE = r"(?:young|old|tall|short|heavi|small|tini|light|fast|strong|rich|larg|bigg|slow|poor|fatt|thinn|earli|long)est(?:[\s\-](?:lived|living|serving|surviving|reigning|ever|known))?"


def _unique(pattern: str, guard: Guard = lambda _match: True) -> Rule:
    return Rule("unique", "R", compiled(pattern), Decision.HOLD, guard=guard, todo=_TODO)


def _no_rhythm(match: re.Match[str]) -> bool:
    """A ventricular triplet, a triplet repeat, triplet therapy, a triplet of beats: none is a child."""
    rest = re.match(r"s?[\s\-](?:repeat|expansion|of|therapy|regimen|beats?|pregnanc|gestation|h)", after(match, 12))
    return not (rest or re.search(r"(?:ventricular|pvc|beat|nucleotide|cag|in)\s$", before(match, 14)))


RULES = (
    _unique(r"\b(?:only|sole|last|first)\s(?:surviving|living|remaining|known|documented|recorded|survivors?)\s(?!hours?|days?|normal|dose|well)\w+"),
    _unique(rf"\b(?:the|his|her|their|our|its|my|an?|[a-z]+'s)\s(?:{_MANY}\s)?(?:only|sole|last|lone)\s(?:[\w\-]+\s){{0,2}}?(?:{_PERSON}|known|living|surviving|remaining|survivor)\b(?!\s(?:sign|clue|symptom|cause|finding))",
            guard=lambda m: not re.match(r"(?:an?|his|her|their)\s(?:only|last)\s(?:child|son|daughter|brother|sister|baby|children)", m[0].lower())),
    _unique(rf"\b(?:first|only|last|sole|second|third|youngest|oldest)\s(?:ever\s|known\s|living\s|black\s|female\s|male\s|blind\s|deaf\s)*(?:{_PERSON})\s(?:(?:ever|alive|here|there|anywhere|worldwide)\b|(?:on|in|of|from)\s(?:the|this|our|an?|its|all)\s(?:[\w\-]+\s)?(?:{_SCOPE})\b|(?:to|who|whose|with\sthis|known|born|left|living)\b)"),
    _unique(rf"\b(?:the\s)?{_SUPERLATIVE}\s(?:[\w\-]+\s){{0,3}}?(?:(?:{_PERSON})\b(?!\s(?:age\sgroup|should|need))|(?:in|of|on)\s(?:the|our|this|its|any)\s(?:[\w\-]+\s)?(?:{_SCOPE})\b|ever\b(?!\s(?:qrs|qt|pr)))"),
    _unique(r"\b(?:[\w]+'s|the|our)\s(?:first|only|oldest|youngest|last|latest|biggest|largest|smallest)\s(?:(?:ever|successful|double|bilateral|paediatric|pediatric|face|heart|hand|lung|liver|uterus|penis|womb|robotic|artificial|known|recorded|reported|documented|confirmed)[\s\-]?)+(?:transplants?|case|recipient|implant|operation|birth|baby|infection|death|patient|survivor|\w+ation)\b"),
    _unique(rf"\b(?:the|its|their|our)\s(?:only|sole|last|first|oldest)\s(?:[\w\-]+\s){{1,3}}?(?:in|on|for|of)\s(?:the|this|our|his|her|their)\s(?:[\w\-]+\s)?(?:{_SCOPE}|valley|hamlet|islands?|fleet|army|navy|court|port|peninsula|mountains?|profession)\b"),
    _unique(r"\b(?:family|household|brood|commune|kindred)\sof\s(?:seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|\d{2})\b"),
    _unique(r"\b(?:nation|country|world|state|county|city|town|village|hospital|island|region|continent|europe|africa|america|britain|england|india|school|club)'s\s(?:first|only|oldest|youngest|last|biggest|largest|smallest|tallest|heaviest|richest|most|best|worst|longest)\b"),
    _unique(rf"\b(?:one\sof|among|only|fewer\sthan|less\sthan|under|just|about|some|barely|the|number|patient\s(?:number|no\.?)|case\s(?:number|no\.?))\s(?:only\s|just\s|the\s|about\s|fewer\sthan\s)?(?:{_MANY})\s(?:(?:known|reported|recorded|documented|living|such|surviving|identified|affected|published|described)\s)*(?:cases?|patients?|people|persons?|individuals?|famil(?:y|ies)|children|humans?|survivors?|births?|kindreds?|pedigrees?|(?:in|on)\s(?:the|this|our|all)\s(?:[\w\-]+\s)?(?:{_SCOPE}))\s?(?:(?:in|on|of)\s(?:the|this|our|all)\s(?:[\w\-]+\s)?(?:{_SCOPE})|ever|worldwide|known|alive|reported|described|recorded|documented|on\srecord|with\sth(?:is|e)\b|to\shave|so\sfar|globally|anywhere)?",
            guard=lambda m: bool(re.search(rf"ever|worldwide|known|alive|reported|described|recorded|documented|published|globally|living|anywhere|so\sfar|(?:in|on)\s(?:the|this|our|all)\s(?:\w+\s)?(?:{_SCOPE})", m[0].lower()))),
    _unique(r"\b(?:known|reported|described|recorded|documented)\sin\s(?:only\s|just\s|fewer\sthan\s|under\s)?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|a\shandful\sof|a\sfew)\s(?:people|patients|families|children|persons|individuals|other)\b"),
    _unique(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th))\s(?:[\w\-]+\s){0,3}?(?:in|of)\s(?:the|this|our)\s(?:whole\s|entire\s)?(?:world|country|nation|state|continent|county|literature|history|kingdom|city|province|hospital)\b"),
    _unique(r"\b(?:nobody|no\sone|no\sother\s\w+|never\sbefore|no\sprevious\s\w+)\s(?:else\s)?(?:in|on|here|has|had|seen|ever|reported)\s(?:the\s(?:world|country|town|village|state)|(?:ever\s|seen\s|survived|reported|had\sit|lived))"),
    _unique(r"\b(?:a|the|identical|non-?identical|surviving|firstborn|first-born|eldest|youngest|oldest|known|one\sof|her|his|their|set\sof)\s(?:\w+\s)?(?P<id>triplets?)\b", guard=_no_rhythm),
    _unique(r"\b(?:quadruplets?|quintuplets?|sextuplets?|septuplets?|octuplets?|quads|quins|conjoined(?:\stwins?)?|siamese\stwins?|craniopagus|(?:father|mother|parent|one)\sof\s(?:nine|ten|eleven|twelve|thirteen|fourteen|fifteen|1\d|2\d)(?!\s(?:patients|cases|children\sin|the))|seventh\s(?:son|daughter)|identical\squadruplets?)\b"),
    _unique(r"\b(?:(?:eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|1\d|2\d)\s(?:\w+\s)?(?:siblings|brothers|sisters|sons|daughters|children|kids|wives|husbands|grandchildren)|(?:ninth|tenth|eleventh|twelfth)\s(?:child|son|daughter|baby|pregnancy)\sof)\b", guard=lambda m: not re.match(r"\s(?:were|had|with|in\s(?:the|a)\s(?:study|trial|series|group|cohort)|aged|received)", after(m, 30))),
    _unique(r"\b(?:he|she|who|they|which\she|and)\s(?:had\s|has\s|once\s|later\s|also\s|himself\s|herself\s|famously\s)*(?:invented|founded|co-?founded|composed|patented|designed\sthe|discovered\sthe|wrote\s(?:the|a|an|his|her)\s(?:\w+\s)?(?:book|novel|song|hymn|anthem|textbook|play|script|symphony|guidelines?)|painted\sthe|played\s(?:for|in|at)\s(?-i:[A-Z]|the|a|his|her)|sang\s(?:for|in|at)|swam\s(?:the|across|from)|climbed|rowed|sailed\s(?:round|around|across|alone|solo)|flew\s(?:the|solo|around|round|alone)|walked\s(?:across|around|from|on\sthe\smoon)|ran\sfor\s(?:office|president|mayor|parliament)|cycled\s(?:across|round|around|from)|crossed\sthe|conquered|discovered\san?|holds\sthe|held\sthe\s(?:world|record|title)|broke\sthe\s(?!skin|bone|leg|ankle)\w+|won\s(?:the|an?|two|three|gold|silver|bronze)|starred|modelled|modeled|acted\sin|danced\s(?:with|in|at|for)|conducted\sthe|commanded|ruled|reigned|ministered\sto|preached\sin|testified|escaped\sfrom|defected|whistle-?blew|rescued\s\w+|saved\s(?:two|three|four|a|the|his|her|\d+))\b",
            guard=lambda m: not re.search(r"climbed$", m[0].lower()) or not re.match(r"\s(?:to\s\d|from\s\d|over|up\sto|stairs|the\sstairs|out|off|into|a\sladder|the\sladder)", after(m, 16))),
    _unique(r"\b(?:unique|unrepeated|novel|private|never[\s\-](?:before[\s\-])?(?:seen|reported|described))\s(?:mutation|variant|case|family|genotype|karyotype|deletion|translocation)\s(?:in|of|to)\s(?:this|the|one|his|her|our)\s(?:family|patient|man|woman|boy|girl|village|world|kindred)\b"),
    _unique(r"\b(?:syndrome|disease|mutation|variant|operation|technique|sign)\s(?:is\s|was\s)?(?:(?:now\s)?named|called)\s(?:after|for)\s(?:him|her|them|the\s(?:patient|family|boy|girl|child))\b|\bnamed\safter\s(?:the\spatient|him|her|this\s\w+)\b|\bindex\s(?:patient|case)\s(?:of|in|for)\s(?:the|this)\b|\bpatient\szero\b"),
)  # fmt: skip
