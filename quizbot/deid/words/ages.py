"""(C) too: all ages over 89, in figures and words, and whatever tells one. "90 or older" is allowed."""

import re

from quizbot.deid.finding import Decision
from quizbot.deid.words.rule import Rule, after, before, compiled

_TODO = "write 90 or older"
_OLD = r"(?:9\d|1[0-2]\d)"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_WORDS = rf"(?:ninety(?:[\s\-]?(?:{_UNITS}))?|(?:a\s|one[\s\-])?hundred(?:[\s\-](?:and[\s\-])?(?:{_UNITS}|ten|eleven|twelve))?)"
_PERSON = r"(?:man|woman|lady|gentleman|male|female|patient|pt|person|resident|grand(?:mother|father|ma|pa|parent)|widow(?:er)?|veteran|gent|chap|bloke|guy|elder|nun|priest|farmer|retiree)"
_ALLOWED_BEFORE = re.compile(r"(?:≥|>=?|over|above|older\sthan|at\sleast|more\sthan|beyond)\s?$")
_ALLOWED_AFTER = re.compile(r"\s?(?:\+|(?:years?|yrs?|y)?(?:\s?of\sage)?\s?(?:(?:or|and)\s(?:older|over|above|more)))")
_MEASURE = re.compile(
    r"\s?(?:%|/|mm|cm|kg|mg|ml|g\b|l\b|bpm|beats|msec|ms\b|mmol|µ|u/|units|degrees?|°|hz|cc|per\b|days?\b|hours?\b|min)"
)
_HEAT = re.compile(
    r"(?:temp\w*|fever\w*|febrile|pyrexi\w*|\bt|°|\bof|tmax|hot|rigors)[\s:=]*(?:to|of|at|was|is|up\sto)?\s?$"
)


def _over_89(match: re.Match[str]) -> bool:
    """Not the bare limit as the rule itself words it: 90 or older, over 90, 90+."""
    if re.match(r"90\b", match["id"]) and _ALLOWED_AFTER.match(match.string[match.start("id") + 2 :]):
        return False
    limit = re.match(r"(?:89|90)\b", match["id"])
    return not (limit and _ALLOWED_BEFORE.search(match.string[: match.start("id")].lower()[-12:]))


def _no_temperature(match: re.Match[str]) -> bool:
    """101 F is a fever and 94 M a distance, unless a person is spoken of."""
    if _HEAT.search(before(match, 14)) or re.match(r"[\d.]", before(match, 1)):
        return False
    return _over_89(match) and not _MEASURE.match(after(match, 8))


def _no_measure(match: re.Match[str]) -> bool:
    return _over_89(match) and not _MEASURE.match(after(match, 8))


def _rewritten(match: re.Match[str]) -> str:
    sex = match.groupdict().get("sex") or ""
    return f"90 or older, {sex.upper()}" if sex.lower() in ("m", "f") else "90 or older"


def _age(pattern: str, *, guard: "re.Match[str] | object" = _over_89) -> Rule:
    return Rule("age", "C", compiled(pattern), guard=guard, rewrite=_rewritten, todo=_TODO)  # type: ignore[arg-type]


RULES = (
    _age(rf"(?<![\d.,/\-])(?P<id>{_OLD}(?:\.5|½)?[\s\-]*(?:plus[\s\-]*)?(?:years?|yrs?|yr|yo|y\.?/?o|y)\b\.?[\s\-]*(?:olds?|of[\s\-]age|young|o\b|(?P<sex>[mf])\b)?)(?!\s?(?:survival|follow|history|study|data|period))",
         guard=_no_measure),
    _age(rf"(?<![\d.,/\-])(?P<id>{_OLD}\s?(?:y\.?/?o\.?)?(?P<sex>[MF]|[mf](?=[\s,.;:]|$)|♂|♀))(?![\w°/])", guard=lambda m: _no_temperature(m) and (m["sex"] != "m" or m[0][-2].isdigit())),
    _age(rf"(?<![\d.,/\-])(?P<id>{_OLD})[\s,\-]+(?:year\s?old\s)?(?:(?:white|black|frail|elderly|asian|healthy)\s)?{_PERSON}\b", guard=_no_measure),
    _age(rf"\b(?:aged?|age\sof|age\sis|ages|turn(?:ed|ing|s)|birthday|at\sage|geworden|edad\sde|âge|alter)[\s:=,(]*(?P<id>{_OLD}(?:[\s\-]?(?:years?|yrs?|y))?)(?![\d%])", guard=_no_measure),
    _age(rf"\b{_PERSON},?\s(?:who\sis\s|is\s|was\s|of\s|\()?(?P<id>{_OLD})(?=[\s,.;:)]|$)(?!\s?-?\d)", guard=_no_measure),
    _age(rf"\b(?:[A-Z]\w+|he|she),\s(?P<id>{_OLD}),\s"),
    _age(rf"\b(?:he|she|patient|who)(?:\s(?:is|was)|'s|'ll\sbe|\swill\s(?:be|turn))\s(?:now\s|already\s|nearly\s|almost\s)?(?P<id>{_OLD})(?=[\s,.;:)]|$)", guard=_no_measure),
    _age(rf"\b(?P<id>{_WORDS}(?:[\s\-]something)?[\s\-]*(?:years?|yrs?|yo|y/o)(?:[\s\-]*(?:olds?|of\sage|young))?)\b"),
    _age(rf"\b(?:aged?|age\sof|turn(?:ed|ing|s))\s(?P<id>{_WORDS})\b"),
    _age(rf"\b(?:he|she|patient|who|they|{_PERSON})(?:'s|\s(?:is|was|are|were))\s(?:now\s|already\s|nearly\s|almost\s|only\s)?(?P<id>{_WORDS})(?=[\s,.;:!?)]|$)(?!\s(?:per|of|beats|degrees|mm|kg|pounds|minutes?|hours?|days?|weeks?|months?|times))"),
    _age(rf"\b{_PERSON}\s(?:of|at)\s(?:nearly\s|almost\s)?(?P<id>{_WORDS}|{_OLD})(?=[\s,.;:!?)]|$)", guard=_no_measure),
    _age(rf"\b(?:died|dies|dead|passed\saway|reached|lived\sto|made\sit\sto|celebrat\w+|nearing|approaching)\s(?:at\s|aged\s|to\s|the\sage\sof\s)?(?P<id>{_OLD}|{_WORDS})(?=[\s,.;:!?)]|$)", guard=_no_temperature),
    _age(rf"(?:[A-Za-z]+|\)),\s(?P<id>{_WORDS})(?=,\s(?:was|is|has|had|who|with|presents?|presented|came|lives|fell|collapsed))"),
    _age(rf"\b(?P<id>ninety(?:[\s\-](?:{_UNITS}|something))?)[\s,\-]+{_PERSON}\b"),
    _age(r"\b(?:his|her|their|my\spatient'?s?|someone'?s?|in\sthe)\s(?:early|mid|late|very\slate)?[\s\-]*(?P<id>nineties|hundreds)\b|\b(?:in\s)?(?P<other>(?:his|her|their)\s(?:early|mid|late)?[\s\-]*(?:90'?s|100'?s))\b",
         guard=lambda m: not re.search(r"sat|bp|hr|rate|systolic|pulse|spo2|sugar|glucose", before(m, 30))),
    _age(rf"\b(?:early|mid|late)[\s\-]+(?P<id>nineties|90'?s)\b|\b{_PERSON}\sin\s(?:the\s)?(?P<other>nineties|90'?s)\b",
         guard=lambda m: not re.search(r"19$|sat|bp|hr|rate|systolic|pulse|spo2", before(m, 30))),
    _age(r"\b(?P<id>non[a-]?genarians?|(?:super)?centenarians?)\b"),
    _age(rf"\b(?P<id>{_OLD}(?:st|nd|rd|th)\s(?:birthday|year\sof\slife)|(?:ninetieth|ninety-\w+th|hundredth|one\shundredth)\sbirthday|(?:ninth|tenth|eleventh)\sdecade)\b"),
    _age(rf"\b(?P<id>{_OLD}[\s\-]*(?:jährig\w*|jaehrig\w*|jahre?\b|ans\b|años|anos\b|anni\b|jaar|årig\w*|år\b|lat\b|лет|года?\b|yaş\w*))"),
    _age(rf"(?P<id>{_OLD}\s?[歳岁歲세살])"),
    _age(r"\b(?P<id>ninety|one\shundred)\s(?:plus|odd)\b"),
    _age(rf"(?<![\d.,/\-])\b(?P<id>{_OLD}\s?/\s?(?P<sex>[MF]))\b", guard=_no_measure),
    _age(rf"\b(?:(?-i:[MF])|male|female|man|woman)\s?[,/]\s?(?P<id>{_OLD})(?=[\s,;:)]|$|\.\s)(?!\s?-?\d|\sor\solder)", guard=_no_measure),
    _age(rf"\b(?P<id>(?:{_OLD}|ninety|a\shundred)[\s\-](?:something|odd|ish))\b"),
    _age(rf"(?<![\d.,/\-])\b(?P<id>{_OLD}\s?y(?:rs?|ears?)?\.?\s?\d{{1,2}}\s?m(?:o|onths?)?)\b"),
    _age(rf"\b(?:at|aged|now|even\sat|by)\s(?P<id>{_OLD}),\s(?:he|she|they|still|this|the\spatient|my|our|with)\b", guard=_no_measure),
    _age(rf"(?:^|[.!?]\s)(?P<id>{_OLD})\s(?:and|but|yet)\s(?:still|lives|living|counting|never|fit|well|active|independent|he|she|sharp|going|in)\b"),
    _age(r"(?<![\w.\-])(?P<sex>[MF])(?P<id>9\d|1[01]\d)(?![\w.])"),
    _age(r"\b(?:age|yob|born\sin|year\sof\sbirth|birth\syear|b\.)[\s:=]*(?P<id>19[0-2]\d|193[0-5])\b(?![\s\-]*(?:study|trial))"),
    Rule("age", "C", compiled(rf"\b(?P<id>ninety(?:[\s\-](?:{_UNITS}))?)\b(?!\s?-?(?:percent|per\b|%|degrees?|mm|ml|mg|minutes?|seconds?|hours?|days?|beats|bpm|times|of\s|over\s|plus|or\s(?:older|over|more|above)))"),
         Decision.HOLD, guard=lambda m: not re.search(r"(?:over|above|than|pulse|rate|systolic|pressure|degrees|axis|saturations?)\s(?:is|was|of|at)?\s?$", before(m, 20)), rewrite=_rewritten, todo=_TODO),
)  # fmt: skip
