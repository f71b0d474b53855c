"""(C): all elements of dates but the year: days, months, weekdays, feasts, times, and days told from today.

The vignette's own clock ("two faints this week", "woke this morning") says nothing of the calendar and passes; a day
tied to when somebody was seen, admitted or operated on does not.
"""

import re

from quizbot.deid.finding import Decision
from quizbot.deid.words.calendar import (
    DAYS,
    FOREIGN_DAYS,
    FOREIGN_MONTHS,
    HOLIDAYS,
    MONTHS,
    ORDINALS,
    SEASONS,
    SHORT_DAYS,
    SURE_MONTHS,
)
from quizbot.deid.words.rule import Rule, after, before, compiled, sentence

_TODO = "leave the date out; at most say the year"
_DAY_TODO = "leave the day out, or say how long before it was seen"
_MAX_DAY, _MAX_MONTH = 31, 12
_LEFT = r"(?<![\w/.\-])"
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)"
_ON = r"(?:on|since|from|until|till|by|before|after|date[d:]?|dos:?|doa:?|dod:?|dob:?|seen|admitted|discharged|died)"
_EVENT = re.compile(
    r"\b(?:seen|saw|see|admi\w+|discharg\w+|die[sd]?|death|clinic|ed|er|a&e|ward|shift|arriv\w+|came|come|brought|presented"
    r"|presenting|attend\w+|hospital|theatre|surg\w+|operat\w+|deliver\w+|born|transfer\w+|referred|icu|rounds?|on[ -]call"
    r"|diagnosed|met|consult\w*|patient|case|intubated|scann?ed|scan|colleague|here|our|we|i)\b"
)


def _day_and_month(match: re.Match[str]) -> bool:
    """Whether three numbers can be a date in some order."""
    parts = [int(part) for part in re.findall(r"\d+", match[0])]
    years = [part for part in parts if part > _MAX_DAY or part == 0]
    small = [part for part in parts if 1 <= part <= _MAX_DAY]
    return (
        len(years) <= len(parts) - 2
        and len(small) + len(years) == len(parts)
        and any(part <= _MAX_MONTH for part in small)
    )


def _is_calendar_month(match: re.Match[str]) -> bool:
    """May and March, and short forms that are words, only with a capital."""
    month = match["month"]
    doubtful = month.lower() in ("may", "march", "mar", "dec", "sep", "jan", "jun", "oct", "nov", "august", "aug")
    return not doubtful or month[0].isupper()


def _may_follows(match: re.Match[str]) -> bool:
    """Lead 2 may show: a number before the verb is no day of May."""
    if match["month"].lower() not in ("may", "mar", "march", "dec", "jan", "sep", "sun"):
        return True
    return (
        match["month"][0].isupper()
        or bool(match["year"])
        or bool(re.search(r"\d(?:st|nd|rd|th)", match[0], re.IGNORECASE))
    )


def _tied(match: re.Match[str]) -> bool:
    """Whether the sentence speaks of when somebody was seen, not of when a symptom began."""
    told = sentence(match).replace(match[0].lower(), " ", 1)
    return bool(_EVENT.search(told))


_ONSET = re.compile(
    r"\b(?:since|began|begun|begins?|start\w*|onset|until|from|noticed|woke|awoke|developed|worse\w*|appeared|pain|ache|fever|vomit\w*|rash|cough|palpitations?"
    r"|faint\w*|syncope|seizure|headache|dyspnoea|dyspnea|breathless\w*|well|unwell|normal|dose|drink|drank|ate|slept|sleep|swelling|dizz\w*|diarrh\w*|bleed\w*|bled|felt|feels|falls?|fell|given|took|taken|taking|stopped)\b[^.!?;]{0,32}$"
)


_BEGUN = re.compile(
    r",?\s(?:\w+\s){0,4}?(?:started|began|felt|woke|developed|noticed|collapsed\sat\shome|ate|drank|vomited|fainted)\b"
)


def _told_from_today(match: re.Match[str]) -> bool:
    """Whether a day told from today is when somebody was seen: always, unless a symptom has it for its clock."""
    return _tied(match) or not (_ONSET.search(before(match, 60)) or _BEGUN.match(after(match, 40)))


def _no_measure(match: re.Match[str]) -> bool:
    return not re.match(
        r"\s*(?:%|mm|cm|mg|ml|kg|l\b|day|week|hour|min|month|year|vision|power|strength)", after(match, 9)
    )


def _no_ratio(match: re.Match[str]) -> bool:
    return not re.search(r"titre|titer|dilution|ratio|\bana\b|\bratios?\b", before(match, 45))


def _names_a_day(match: re.Match[str]) -> bool:
    """The 14th alone: a day unless a thing is counted (the 4th toe, the 2nd attempt)."""
    return bool(
        re.match(r"\s*(?:[.,;:!?)]|$|(?:at|and|with|when|after|he|she|we|they|to|for|of this)\b)", after(match, 10))
    )


def _festive(match: re.Match[str]) -> bool:
    return not re.match(r"[- ](?:disease|factor|tree|heart|disaster|lil|egg|palm|cactus)", after(match, 10))


def _capital(match: re.Match[str]) -> bool:
    return match["day"][0].isupper()


_OCCASION = (
    r"final|election|marathon|derby|super\sbowl|world\scup|olympics|coronation|eclipse|festival|parade|carnival|jubilee"
    r"|royal\s\w+|graduation|prom|referendum|grand\s(?:prix|national|final)|inauguration|blackout|lockdown|heat\s?wave|storm"
)

RULES = (
    Rule("date", "C", re.compile(r"(?<![\w./\-])(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])(?![\w/\-]|\.\d|\s?(?:mm|cm|mg|weeks?|days?|hours?|vision|power))"), Decision.HOLD, guard=_no_ratio, todo=_TODO),
    Rule("date", "C", re.compile(r"(?:^|[\n(])\s?(?P<id>(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.)(?=\s+\w)"), Decision.HOLD, todo=_TODO),
    Rule("date", "C", compiled(r"(?<!\w)(?P<id>(?:in|since|of|from|back\sin|winter|summer|spring|autumn|christmas|class\sof)\s'\d\d)\b"), Decision.HOLD, todo=_TODO),
    Rule("date", "C", compiled(r"\b(?:leap\s(?:day|year'?s?\sday)|(?:lunar|solar|total|partial)\seclipse|(?:day|night|morning|evening)\sof\sthe\s\w+\s?(?:eclipse|solstice|equinox|funeral|match|game|fair|wedding|flood|storm|fire)|(?:summer|winter)\ssolstice|(?:spring|autumn|vernal)\sequinox|ides\sof\s\w+|half[\s\-]?term|long\sweekend|public\sholiday|school\sholidays|summer\sholidays|term\stime|first\sday\sof\s(?:school|term|spring|summer|winter|autumn|the\sholidays)|(?:national|liberation|unification|constitution|election|polling|market|pay|prize|sports|open|match|race|cup\sfinal|graduation|opening|moving|wedding)\sday|(?:wedding\s|golden\s|silver\s)?anniversar(?:y|ies)|(?:his|her|their|whose|(?-i:[A-Z])\w+'s)\s(?:\w+\s)?(?:birthday|name\s?day|wedding|funeral|retirement\sparty|christening|baptism|bar\smitzvah|confirmation|quincea[nñ]era))\b"), Decision.HOLD, todo=_DAY_TODO),
    Rule("date", "C", compiled(r"\b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:tishrei|tishri|cheshvan|heshvan|kislev|tevet|shevat|adar|nisan|iyar|sivan|tam+uz|elul|muharram|safar|rabi|jumada|rajab|sha'?ban|ramadan|shawwal|dhu\s?al|farvardin|ordibehesht|khordad|tir|mordad|shahrivar|mehr|aban|azar|dey|bahman|esfand|meskerem|chaitra|vaisakha|germinal|flor[eé]al|thermidor|brumaire)\b"), todo=_TODO),
    Rule("date", "C", compiled(r"\b(?:the\s)?\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:this|last|next|the\s(?:same|previous|following))\smonth\b"), todo=_TODO),
    Rule("date", "C", compiled(r"\b(?:on|dated|by|the|of)\s(?:the\s)?(?P<id>(?:\d{1,2}(?:st|nd|rd|th)))(?=\s?(?:$|[.;,]|(?:at|and|he|she|they|we)\s))"), Decision.HOLD, guard=lambda m: m[0].lower().startswith(("dated", "on")), todo=_DAY_TODO),
    Rule("date", "C", re.compile(r"(?<=[a-z,:] )(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat)\b\.?(?=\s*(?:$|[,;)]|\.(?:\s|$)))"), Decision.HOLD, todo=_DAY_TODO),
    Rule("date", "C", compiled(r"\b(?:during|at|after|before|since|for|in)\sthe\s(?:\w+\s)?(?P<id>derby|cup\sfinal|parade|carnival|coronation|jubilee|elections?|referendum|heat\s?wave|blizzard|hurricane|flood(?:s|ing)|snow\s?storm|power\scut|eclipse|lockdown|school\sfair|village\sf[eê]te|music\sfestival|festival|pilgrimage|hajj|regatta|olympics|world\scup|royal\s\w+|state\sfuneral|general\sstrike|train\sstrike)\b"), Decision.HOLD, todo=_DAY_TODO),
    Rule("date", "C", re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?(?=\s[a-z(]|\s[A-Z]{2,}|[,:;]\s)"), Decision.HOLD, todo=_TODO),
    Rule("date", "C", re.compile(r"\b(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\s?(?:-|to|/|and|&|\+)\s?(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\b"), Decision.HOLD, todo=_DAY_TODO),
    Rule("date", "C", re.compile(r"(?<![\w.])(?:1[3-9]|2\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?=\s+[a-z])"), Decision.HOLD, todo=_TODO),
    Rule("date", "C", compiled(r"\b(?:the\s)?\d{1,2}(?:st|nd|rd|th)\s(?:inst|ult|prox)\b\.?"), todo=_TODO),
    Rule("date", "C", re.compile(r"(?<![\w.])\d{1,2}[./\-](?:I{1,3}|I?V|VI{1,3}|I?X|XI{1,2})[./\-](?:19|20)?\d\d(?!\w)", re.IGNORECASE), todo=_TODO),
    Rule("date", "C", compiled(rf"\b(?P<id>(?:night|day|morning|evening|afternoon|weekend|week)\s(?:of|after|before|following)\s(?:the|our|last|this)\s(?:[\w\-]+\s){{0,3}}?(?:{_OCCASION}))\b"), Decision.HOLD, todo=_DAY_TODO),
    Rule("date", "C", re.compile(r"\b(?:World Cup|Super\s?Bowl|Olympics|Paralympics|Eurovision|Oktoberfest|Grand National|Boston Marathon|London Marathon|Mardi Gras)\b"), Decision.HOLD, todo=_DAY_TODO),
    Rule("date", "C", compiled(_LEFT + r"\d{1,4}\s?([./\-])\s?\d{1,2}\s?\1\s?(?:\d{4}|\d\d)(?![\w/\-]|\.\d)"),
         guard=_day_and_month, todo=_TODO),
    Rule("date", "C", compiled(r"(?<!\d)(?:19|20)\d\d[-_ ]?(?:0[1-9]|1[0-2])[-_ ]?(?:0[1-9]|[12]\d|3[01])(?!\d)"), todo=_TODO),
    Rule("date", "C", compiled(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d(?!\d)"), todo=_TODO),
    Rule("date", "C", compiled(r"(?:\d{2,4}\s?[年년]\s?)?\d{1,2}\s?[月월](?:\s?\d{1,2}\s?[日일号])?"), todo=_TODO),
    Rule("date", "C", compiled(_LEFT + r"(?:0?[1-9]|1[0-2])[/\-.](?:19|20)\d\d(?![\w/\-]|\.\d)"), todo=_TODO),
    Rule("date", "C", compiled(r"\b(?:19|20)\d\d-(?:w?\d\d)(?![\w\-])"), todo=_TODO),
    Rule("date", "C", compiled(rf"\b{_ON}\s(?:the\s)?(?P<id>\d{{1,2}}(?:[/\-]\d{{1,2}}(?!\.\d)|\.\d{{1,2}}\.(?=\s[a-z])))(?![\w/\-])"),
         guard=lambda m: _day_and_month(m) and _no_measure(m) and not re.search(r"vision|acuity|snellen|power|score", before(m, 40)), todo=_TODO),
    Rule("date", "C", compiled(rf"\b\d{{1,2}}(?:st|nd|rd|th)?[\s.\-]*(?:of\s)?(?P<month>{MONTHS})\b\.?[\s.,\-]*(?P<year>{_YEAR}(?!\d))?"),
         guard=_may_follows, todo=_TODO),
    Rule("date", "C", compiled(rf"\b(?P<month>{MONTHS})\b\.?[\s\-]?(?:the\s)?\d{{1,2}}(?!\d)(?:st|nd|rd|th)?(?![\d%])(?:,?\s(?:19|20)\d\d)?"),
         guard=lambda m: _is_calendar_month(m) and _no_measure(m), todo=_TODO),
    Rule("date", "C", compiled(rf"\b(?P<month>{MONTHS})\b\.?[\s,\-/]*(?:of\s)?(?:(?:19|20)\d\d|'\d\d)\b"), todo=_TODO),
    Rule("date", "C", compiled(rf"\b\d{{1,2}}\.?[ºª°er]{{0,2}}[\s\-]*(?:de[l]?\s|d')?(?:{FOREIGN_MONTHS})\b(?:[\s,]*(?:del?\s)?(?:19|20)?\d\d)?"), todo=_TODO),
    Rule("date", "C", compiled(rf"\b(?:{FOREIGN_MONTHS})\s(?:del?\s)?(?:19|20)\d\d\b"), todo=_TODO),
    Rule("date", "C", compiled(rf"\b(?:en|im|em|le|el|au|à|am)\s(?P<id>{FOREIGN_MONTHS})\b"), Decision.HOLD, todo=_TODO),
    Rule("date", "C", compiled(rf"\b(?:the\s)?(?:{ORDINALS})\s(?:day\s)?of\s(?P<month>{MONTHS})\b"), todo=_TODO),
    Rule("date", "C", compiled(rf"\b(?P<month>{MONTHS})\s(?:the\s)?(?:{ORDINALS})\b"), guard=_is_calendar_month, todo=_TODO),
    Rule("date", "C", compiled(rf"\b(?:in|since|during|last|next|this|early|late|mid|until|till|from|by|every|through|before|after|of|end\sof)[\s\-](?P<id>(?P<month>{MONTHS}))\b(?!-)"),
         guard=_is_calendar_month, todo=_TODO),
    Rule("date", "C", compiled(rf"\b(?P<month>{SURE_MONTHS})\b"), Decision.HOLD, todo=_TODO),
    Rule("date", "C", compiled(rf"\b(?:on|last|this|next|since|every|until|by|late|early)\s(?P<id>(?:{DAYS})(?:\s(?:morning|afternoon|evening|night))?)\b"),
         todo=_DAY_TODO),
    Rule("date", "C", compiled(rf"\b(?:{DAYS})\b(?:\s(?:morning|afternoon|evening|night))?"), Decision.HOLD, todo=_DAY_TODO),
    Rule("date", "C", compiled(rf"\b(?:on|last|this|next|since)\s(?P<id>(?P<day>{SHORT_DAYS}))\b"), Decision.HOLD, guard=_capital, todo=_DAY_TODO),
    Rule("date", "C", compiled(rf"\b(?P<day>{SHORT_DAYS})\.?,?\s(?:\d{{1,2}}(?:st|nd|rd|th)?\b|night|morning|evening|afternoon)"), guard=_capital, todo=_DAY_TODO),
    Rule("date", "C", compiled(rf"\b(?:{FOREIGN_DAYS})\b"), Decision.HOLD, todo=_DAY_TODO),
    Rule("date", "C", compiled(rf"\b(?:on|over|at|since|during|after|before|around|last|this|the)\s(?P<id>{HOLIDAYS})\b"), guard=_festive, todo=_DAY_TODO),
    Rule("date", "C", compiled(rf"\b(?:{HOLIDAYS})\b"), Decision.HOLD, guard=_festive, todo=_DAY_TODO),
    Rule("date", "C", compiled(r"\b(?:(?:a|one|two|three|four|\d)\s(?:weeks?|fortnights?|months?|years?)\sago\s)?yesterday(?:'s)?(?:\s(?:morning|evening|afternoon|night|lunchtime|noon))?\b|\bgestern\b|\bhier\s(?:soir|matin)\b|\bayer\b|\bthe\sday\sbefore\syesterday\b"), Decision.HOLD, guard=_told_from_today,
         rewrite=lambda _: "the day before", todo=_DAY_TODO),
    Rule("date", "C", compiled(r"\b(?:today|tonight|this\s(?:morning|afternoon|evening)|last\s(?:night|week|month|weekend|winter|summer|spring|autumn|fall|year)|this\s(?:weekend|week|month)|(?:over|at)\sthe\sweekend|earlier\stoday|just\snow|a\sfew\sdays\sago)\b"),
         Decision.HOLD, guard=_told_from_today, todo=_DAY_TODO),
    Rule("date", "C", compiled(r"\b(?:on|since|until|by)\sthe\s(?P<id>\d{1,2}(?:st|nd|rd|th))\b"), Decision.HOLD, guard=_names_a_day, todo=_DAY_TODO),
    Rule("date", "C", compiled(rf"\b(?:(?:the\s|in\s|last\s|early\s|late\s|mid-?)*(?:{SEASONS})(?:\sof)?\s(?:of\s)?(?:19|20)\d\d|Q[1-4][\s\-/]?(?:19|20)\d\d|week\s\d{{1,2}}\s(?:of\s)?(?:19|20)\d\d)\b"),
         Decision.HOLD, todo=_TODO),
    Rule("date", "C", compiled(r"\b(?:d\.?o\.?b\b\.?|d\.o\.b\.|date\sof\s(?:birth|death|admission|discharge|surgery|procedure|service|exam(?:ination)?|injury|onset|visit|study)|birth\s?date|birthday|admission\sdate|discharge\sdate)(?:\s?(?:is|was|:|=|-)?\s?[\d./\-]+)?"),
         todo=_TODO),
    Rule("date", "C", compiled(r"\b(?:born|b\.|geboren|geb\.|n[ée]e?|nacid[oa])\s(?:on\s|in\s|am\s|en\s|le\s|el\s)?(?P<id>(?:\d[\d./\-]+|(?:19|20)\d\d))"), Decision.HOLD, todo="say the age, 90 or older above 89"),
    Rule("time", "C", compiled(r"\b(?:at|around|by|about|since|from|before|after|until|arriv\w+|time:?|@)\s(?:about\s|around\s)?(?P<id>(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:[:.][0-5]\d)?(?:\s?[ap]\.?m\b\.?|\s?h(?:rs?|ours)?\b|\s?uhr)?)(?![\d:.%])"),
         Decision.HOLD, guard=lambda m: _no_ratio(m) and _no_measure(m), todo="leave the time out"),
    Rule("time", "C", compiled(r"(?<![\d:.])(?:[01]?\d|2[0-3])[:.][0-5]\d\s?(?:[ap]\.?m\b\.?|hrs?\b|hours\b|uhr\b|z\b)|\b(?:0?[1-9]|1[0-2])\s?[ap]\.?m\b\.?|(?<![\d:.,])(?:0\d|1\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])|\b(?:0\d|1\d|2[0-3])[0-5]\d\s?h(?:rs?|ours)?\b"),
         Decision.HOLD, guard=_no_ratio, todo="leave the time out"),
    Rule("time", "C", compiled(r"\b(?:at|around)\s(?P<id>(?:\w+|\d{1,2})\so'?clock\s(?:in\sthe|at\snight|this|that|on)|(?:half|quarter)\s(?:past|to)\s\w+|midnight\son)\b"), Decision.HOLD, todo="leave the time out"),
)  # fmt: skip
