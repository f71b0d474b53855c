"""(D) telephone, (E) fax, (F) e-mail, (N) web and (O) IP addresses."""

import re

from quizbot.deid.finding import Decision
from quizbot.deid.words.rule import Rule, after, before, compiled

_TODO = "leave it out"
_MIN_PHONE, _MAX_PHONE = 7, 15  # digits, ITU-T E.164 the upper one
_MAX_OCTET = 255
_DOMAINS = "com|org|net|edu|gov|mil|int|info|biz|health|hospital|clinic|dev|app|io|co\\.uk|ac\\.uk|org\\.uk|nhs\\.uk|nhs\\.net|de|fr|es|nl|se|dk|ca|au|nz|ie|ch|eu|br|jp|cn|ru|za|co\\.in|ac\\.in|org\\.in|com\\.au|edu\\.au|gov\\.au"
_DIGIT_WORDS = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"


def _phone_length(match: re.Match[str]) -> bool:
    digits = sum(c.isdigit() for c in str(match["id"]))
    return _MIN_PHONE <= digits <= _MAX_PHONE


def _no_units(match: re.Match[str]) -> bool:
    return not re.match(
        r"\s?(?:%|mm|cm|mg|ml|kg|g\b|l\b|ng|pg|µ|u\b|iu|units?|cells|x\s?10|ms\b|bpm|/|kcal|mcg|meq|mmol)",
        after(match, 8),
    )


def _octets(match: re.Match[str]) -> bool:
    octets = all(int(part) <= _MAX_OCTET for part in match["id"].split("."))
    return octets and not re.search(r"v(?:ersion)?\.?\s?$", before(match, 9))


def _address(match: re.Match[str]) -> bool:
    """Small letters run together with a dot: an address, unless it is a file's name or a missing blank."""
    end = match["id"].rsplit(".", 1)[1]
    return end not in ("png", "jpg", "jpeg", "svg", "yaml", "tiff", "webp", "dcm", "txt", "the", "and", "with")


RULES = (
    Rule("fax", "E", compiled(r"\b(?:(?:tele)?fax(?:ed|es|ing|[\s\-]?(?:nr|no|nummer))?|facsimile|fx|(?-i:F)(?=:|\s[+0(]))\b\.?(?:\s(?:number|no\.?|is|was|to|at|it|on|from|us|them|line))*\W{0,4}(?P<id>\+?\(?\d[\d\s().\-/]{4,}\d)"), todo=_TODO),
    Rule("fax", "E", compiled(r"\b(?:(?:tele)?fax(?:ed|es|ing)?|facsimile)(?:\s(?:number|no))?\b"), Decision.HOLD, todo=_TODO),
    Rule("phone", "D", compiled(r"(?<![\d\w])(?P<id>(?:\+|00)\s?\d{1,3}[\s().\-/]*\d(?:[\s().\-/]*\d){5,13})(?!\d)"), guard=_phone_length, todo=_TODO),
    Rule("phone", "D", compiled(r"(?<![\d\w.])(?P<id>(?:1[\s.\-])?\(?\d{3}\)?[\s.\-]{1,2}\d{3}[\s.\-]\d{4})(?![\d%])"), todo=_TODO),
    Rule("phone", "D", compiled(r"(?<![\d\w.,])(?P<id>(?:\(0\)\s?|\(?0)\d{1,5}\)?(?:(?:\s[\-/]\s|[\s\-/])\d{2,8}){1,4})(?![\d%])"), guard=_phone_length, todo=_TODO),
    Rule("phone", "D", compiled(r"(?<![\d\w.\-])(?P<id>\d{3}-\d{4})(?![\d%\-])"), Decision.HOLD, guard=_no_units, todo=_TODO),
    Rule("phone", "D", compiled(r"\b(?:tele?(?:phone|fon)?s?|phone|ph|mobile|mob|cell|call(?:ed)?|bleep\w*|beeper|pager?|paged|ext(?:ension)?n?|text(?:ed)?|whats\s?app|signal|viber|ring|rang|contact(?:able)?|reach\w*|dial|hotline|helpline|landline|switch\s?board|dect|m[óo]vil|handy|t[ée]l[ée]fono?|rufnummer|fon|portable|sms|imessage|tel[\s\-]?nr|(?-i:[TMP]):)\b\.?(?:\s(?:number|numbers|no\.?|nr\.?|is|was|on|at|him|her|me|us|them|the|ward|team|holder|sho|reg\w*|if|my|by|bleep|ext(?:ension)?))*[\s:#.x\-]*(?P<id>\+?\(?\d[\d\s().\-/]{2,}\d)"),
         guard=lambda m: _no_units(m) and sum(c.isdigit() for c in m["id"]) >= 4 and not re.fullmatch(r"(?:19|20)\d\d", m["id"]), todo=_TODO),  # noqa: PLR2004  # as long as an extension
    Rule("phone", "D", compiled(r"\b(?:bleep\w*|beeper|pager?|paged|ext(?:ension)?n?|dect|switch\s?board)\b\.?(?:\s(?:number|no\.?|is|on|at|me|us|the))*[\s:#.x]*(?P<id>\d{3,6})\b(?!\s?(?:times|minutes|hours))"), Decision.HOLD, todo=_TODO),
    Rule("phone", "D", compiled(r"\b(?:(?:his|her|their|my|our|the|whose|mum's|wife's|ward|home|work|office|emergency|contact|direct)\s(?:\w+\s)?(?:number|no\.?|line|contact)|(?:reach|ring|call|text|phone|dial)(?:ed)?\s(?:him|her|them|me|us|on|at))(?:\s(?:is|was|on|at))*[\s:]*(?P<id>\+?\(?\d[\d\s().\-/]{4,}\d)"), Decision.HOLD, guard=_no_units, todo=_TODO),
    Rule("phone", "D", compiled(r"(?<![\d\w.,])(?P<id>0\d{1,4}\s?/\s?\d[\d\s\-]{4,}\d)(?![\d%])"), Decision.HOLD, todo=_TODO),
    Rule("phone", "D", compiled(rf"\b(?P<id>(?:(?:{_DIGIT_WORDS})[\s,\-]+){{4,}}(?:{_DIGIT_WORDS}))\b"), todo=_TODO),
    Rule("email", "F", compiled(r"[\w.+\-]+\s?@\s?[\w\-]+(?:\.[\w\-]+)+"), todo=_TODO),
    Rule("email", "F", compiled(r"[\w.+\-]+\s?(?:\(|\[|\{)?\s?\bat\b\s?(?:\)|\]|\})?\s?[\w\-]+\s?(?:\(|\[|\{)?\s?(?:\bdot\b|(?<=[(\[{ ])\.)\s?(?:\)|\]|\})?\s?(?:com|org|net|edu|uk|gov|de|fr|co)\b"), todo=_TODO),
    Rule("email", "F", compiled(r"\b[\w.+\-]+(?:\s(?:dot|punkt|point)\s\w+)*\s(?:at|arroba)\s[\w\-]+(?:\s(?:dot|punkt|punto|point)\s\w+)+\b"), todo=_TODO),
    Rule("email", "F", compiled(r"[\w.+\-]+\s?[(\[{<]\s?(?:at|@|arroba)\s?[)\]}>]\s?[\w.\-]+"), todo=_TODO),
    Rule("email", "F", compiled(r"\b(?:e-?mail)\b(?:\s(?:address|is|me|him|her|at|us))*[\s:]+(?P<id>[\w.+\-]+@\S+|[\w.\-]+\sat\s\S+)"), todo=_TODO),
    Rule("email", "F", compiled(r"\b[\w.+\-]+@[\w\-]{2,}\b(?=.{0,3}$)|\b(?:[\w.\-]+@)?(?:gmail|hotmail|yahoo|outlook|icloud|proton(?:mail)?)(?:\.com)?\b"), Decision.HOLD, todo=_TODO),
    Rule("url", "N", compiled(r"\b(?:https?|ftp|hxxps?|file|mailto)\s?:\s?/{0,2}\S+|\bwww\.\S+"), todo=_TODO),
    Rule("url", "N", compiled(rf"(?<![@\w.])(?P<id>(?:[a-z0-9\-]+\.)+(?:{_DOMAINS})\b(?:/\S*)?)(?!\w)"), todo=_TODO),
    Rule("url", "N", compiled(r"(?<![@\w.])(?P<id>(?!\d+\.\d)[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,12}/\S+)"), todo=_TODO),
    Rule("url", "N", re.compile(r"(?<![@\w.])(?P<id>(?:[a-z0-9\-]{2,}\.)+[a-z]{3,12})(?![\w.@])"), Decision.HOLD, guard=_address, todo=_TODO),
    Rule("handle", "N", re.compile(r"(?<![\w/.])(?P<id>[A-Za-z]{2,}\d*_[A-Za-z0-9]\w+)(?![\w/]|\.(?:png|jpe?g|webp|tiff?|dcm|svg))"), Decision.HOLD, guard=lambda m: not m["id"].isupper(), todo=_TODO),
    Rule("url", "N", compiled(r"(?<!\w)/(?:watch|u|user|users|groups?|channel|profile|status|p|in|posts?|reel)[/?]\S+"), todo=_TODO),
    Rule("url", "N", compiled(r"\b[\w\-]+\s?(?:\(|\[)\s?(?:dot|\.)\s?(?:\)|\])\s?\w{2,}|\b\w+\sdot\s(?:com|org|net|edu|gov|co)\b"), todo=_TODO),
    Rule("ip", "O", compiled(r"(?<![\d.\w])(?P<id>(?:\d{1,3}\.){3}\d{1,3})(?!\.?\d)"), guard=_octets, todo=_TODO),
    Rule("ip", "O", compiled(r"(?<![\w:])(?P<id>(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4}|::1)(?![\w:])"), todo=_TODO),
)  # fmt: skip
