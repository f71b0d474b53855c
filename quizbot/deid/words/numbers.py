"""(G) to (M) and (R): numbers of persons, records, plans, accounts, certificates, vehicles, devices, anything unique."""

import re

from quizbot.deid.finding import Decision
from quizbot.deid.words.lists import is_abbreviation
from quizbot.deid.words.rule import Rule, after, before, compiled

_TODO = "leave the number out"
_NO = r"(?:\s?(?:n[°º]|id(?:entifier|entification)?|no|nos|nr|num(?:ber)?|code|\#))?\.?"
_IS = r"[\s:=\#\-(]*(?:is|was|of|ending(?:\sin)?|ends(?:\sin)?|last\s(?:four|4)(?:\sdigits)?)?[\s:=\#\-(]*"
_VALUE = r"(?P<id>(?:[A-Z]{1,4}[\-./])?[A-Z0-9]*\d[A-Z0-9]*(?:[\-/.][A-Z0-9]*\d[A-Z0-9]*|\s\d{2,})*)"
_LAB = re.compile(
    r"\b(?:wbcs?|wcc|white\s(?:cells?|count)|platelets?|plts?|plt|count|ck|cpk|ck-mb|creatine\skinase|crp|bnp|(?:nt-)?pro-?bnp|troponin\w*|trop|hs-\w+|d-?dimers?|ferritin"
    r"|ldh|alt|ast|alp|ggt|gamma-gt|lipase|amylase|b?-?hcg|β-?hcg|cea|afp|psa|ca\s?\d+-?\d*|viral\sload|copies|cells?|colonies|cfu|ige|vitamin|b12|folate|trig\w*|cholesterol"
    r"|units?|doses?|titres?|titers?|rbcs?|leu[ck]ocytes?|neutrophils?|eosinophils?|lymphocytes?|blasts?|n|patients|people|population|births|incidence|prevalence|per|1\sin|one\sin"
    r"|myoglobin|procalcitonin|tsh|testosterone|insulin|heparin|dalteparin|enoxaparin|calprotectin|prolactin|cortisol|ammonia|lactate|il-?6|result|level|altitude|volume|drain\w*|output|calories)"
    r"\b[^.;!?\n]{0,28}$"
)
_LITERATURE = re.compile(
    r"\b(?:pmid|pmcid|isbn|issn|isrctn|omim|mim|orpha(?:net)?|cas|nct|doi|cochrane\s\w+|chebi|cid|eudract|clinvar)[\s:#.\-]*$"
)
_UNIT = re.compile(
    r"\s?(?:%|/|mm|cm|mg|ml|kg|g\b|l\b|ng|pg|µ|u\b|iu|units?|cells|x\s?10|ms\b|k\b|copies|mcg|meq|mmol|patients|people|cases|births|steps|feet|ft\b|m\b|hz|volts?|v\b)"
)


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _long_token(match: re.Match[str]) -> bool:
    year_of_a_journal = re.match(r"(?:19|20)\d\d;\s?\d", match.string[match.start("id") :])
    return _digits(match["id"]) >= 3 and not year_of_a_journal  # noqa: PLR2004  # "case 2" and "chart 12" count cases


def _no_result(match: re.Match[str]) -> bool:
    """Five digits in a row: a laboratory's result says what it measures, before or after."""
    return not _UNIT.match(after(match, 9)) and not _LAB.search(before(match, 50))


def _no_year(match: re.Match[str]) -> bool:
    """Four digits alone: no year, result, dose, time on a clock, or page of a journal."""
    told = before(match, 40)
    return (
        not re.fullmatch(r"(?:19|20)\d\d|[1-9]000", match["id"])
        and _no_result(match)
        and not re.search(
            r"[;:]\s?[\d()\-]*$|(?:page|pp?\.|doi|isbn|level|rate|titres?|index|score|volume|ferritin)\b[^.]{0,20}$",
            told,
        )
    )


def _luhn(match: re.Match[str]) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1)."""
    digits = [int(c) for c in match["id"] if c.isdigit()]
    doubled = [digit if at % 2 == 0 else sum(divmod(2 * digit, 10)) for at, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _letters_and_digits(match: re.Match[str]) -> bool:
    return bool(re.search(r"[A-Za-z]", match["id"])) and _digits(match["id"]) >= 3  # noqa: PLR2004  # fewer is a gene or a lead


def _unknown_code(match: re.Match[str]) -> bool:
    """Letters and four figures: no dose, mutation, trial register, isotope or code of a disease."""
    code = match["id"]
    return _letters_and_digits(match) and not re.fullmatch(
        r"(?:\d[\d.,]*(?:mm|cm|mg|ml|kg|g|l|mcg|ug|iu|u|units|bpm|hz|khz|ms|s|h|hr|hrs|k|x|cc|kcal|meq|mmol|nm|v|kv|kvp|ma|mas|cal|th|st|j)"
        r"|[A-Z]?\d{1,3}[A-Z]{1,3}|\d{4}(?:Da|V|RU|PFU)|NCT\d{8}|PMC?\d+|rs\d+|c\.\d+\w*|p\.\w+|[A-Z]\d\d(?:\.\d{1,4}\w?)?|[A-Z]{1,5}\d{1,3}[A-Z]?|10\^\d+|(?:19|20)\d\ds?)",
        code,
        re.IGNORECASE,
    )


def _rule(kind: str, letter: str, label: str, decision: Decision = Decision.REFUSE) -> Rule:
    return Rule(kind, letter, compiled(rf"\b(?:{label}){_NO}{_IS}{_VALUE}"), decision, guard=_long_token, todo=_TODO)


LABELLED = (
    Rule("ssn", "G", compiled(r"(?<![\d\-])(?P<id>\d{3}[\-\s]\d{2}[\-\s]\d{4})(?![\d\-])"), todo=_TODO),
    _rule("ssn", "G", r"ssn|ss\#|soc(?:ial)?\.?\ssec(?:urity)?|national\s(?:insurance|id(?:entity)?)|nino?|ni(?=\s(?:no|number))|nric|aadhaar|cpf|curp|personnummer|bsn|pesel|ahv|sin\b|tax\sid|tin"),
    Rule("ssn", "G", compiled(r"\b(?:social\ssecurity|national\sinsurance)(?:\s(?:number|no))\b|\bssn\b"), Decision.HOLD, todo=_TODO),
    Rule("ssn", "G", compiled(r"\b(?P<id>[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D])\b"), todo=_TODO),
    _rule("record-number", "H", r"m\.?r\.?n\.?|mr\#|mrno|(?:med(?:ical)?|health|hospital|patient|clinic|unit|chart|file|dossier|folder)[\s\-]?(?:rec(?:ord)?)?|patient[\s\-]?id|records?|encounter|visit|csn|fin|uhid|ur(?:n|no)?|nhs|chi|nhi|hn|pid|hospital\snumber|fall(?:nummer)?|patienten-?(?:nr|nummer)|dossier|ipp|nip|episode|crn|mpi|empi|zaak|journal(?=\s(?:no|nr))"),
    _rule("record-number", "H", r"accession|path(?:ology)?(?=\s(?:no|number|id|\#))|(?:histo|cyto)(?:logy|path\w*)?(?=\s(?:no|number|id|\#))|slide(?=\s(?:no|number|id|\#))|block(?=\s(?:no|number|id|\#))|acc\#|acc\sno|specimen|sample|lab\s(?:no|id|number)|exam\s(?:id|no|number)|order|study\sid|requisition|case\s(?:no|number|id|\#)|report"),
    Rule("record-number", "H", compiled(r"\b(?:mrn|medical\srecord\s(?:number|no)|hospital\s(?:number|no)|nhs\s(?:number|no))\b"), Decision.HOLD, todo=_TODO),
    _rule("plan-number", "I", r"(?:member(?:ship)?|policy|subscriber|insurance|insurer|medicare|medicaid|medicover|group|beneficiary|(?:health\s)?plan|health\scard|ohip|ehic|aetna|cigna|humana|kaiser|blue\scross|hicn?|mbi|ihi|bupa|versicherten-?(?:nr|nummer))"),
    _rule("account", "J", r"account|acct|a/c|invoice|billing|bill|iban|(?:credit|debit)\scard|bank|card|sort\scode|routing|payment"),
    Rule("account", "J", compiled(r"\b(?P<id>[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,4})?)\b"), todo=_TODO),
    Rule("account", "J", compiled(r"(?<!\d)(?P<id>\d{4}(?:[\s\-]?\d{4}){2}[\s\-]?\d{1,7})(?!\d)"), guard=_luhn, todo=_TODO),
    _rule("licence", "K", r"(?:driver'?s?\s|driving\s|medical\s|nursing\s|state\s)?licen[cs]e|(?:birth\s|death\s)?certificate|cert|npi|dea|gmc|nmc|passport|visa|permit|ahpra|hcpc|diploma"),
    _rule("vehicle", "L", r"(?:licen[cs]e\s|number\s|registration\s|car\s|vanity\s)?plates?|(?:vehicle\s)?registration|(?:car\s|vehicle\s)?reg|vin|chassis|tail|flight|train|bus|kennzeichen"),
    Rule("vehicle", "L", compiled(r"\b(?:(?:licen[cs]e|number)\splate|plates?|registration|reg|vin|kennzeichen)\b(?:\s(?:number|no\.?|was|is|of|reading))*[\s:#]*(?P<id>[A-Z0-9]{1,4}[\s\-][A-Z0-9]{2,5}(?:[\s\-][A-Z0-9]{1,4})?)\b"),
         guard=lambda m: bool(re.search(r"\d", m["id"])), todo=_TODO),
    Rule("vehicle", "L", compiled(r"\b(?:car|van|lorry|truck|taxi|cab|motorbike|motorcycle|moped|vehicle|trailer|reg|regn?|registration|plates?|number\splate|tag)\b\.?(?:\s(?:no\.?|number|is|was|with))*[\s:#]*(?P<id>(?-i:(?=[A-Z0-9 \-]*\d)(?=[A-Z0-9 \-]*[A-Z])[A-Z0-9]{1,4}(?:[\s\-]?[A-Z0-9]{1,4}){1,2})|(?-i:\d{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-\d{2}-\d{2}))\b"), Decision.HOLD, guard=lambda m: sum(c.isalnum() for c in m["id"]) >= 5, todo=_TODO),  # noqa: PLR2004  # shorter is a word and a figure
    Rule("ssn", "G", compiled(r"\b(?:(?:national|identity|personal|citizen|tax|social)\s)?(?:id|identity|identification|insurance|security)\s?(?:card|number|no\.?|code|nr\.?)?\b(?:\s(?:is|was))?[\s:#]+(?P<id>(?=[\w.\-/]*\d)[A-Z0-9](?:[A-Z0-9.\-/]){5,20})(?![\w])"), Decision.HOLD, todo=_TODO),
    Rule("ssn", "G", compiled(r"\b(?:ssn|national\sid)\b[\s:#]*(?P<id>(?=[A-Z]*\d)[A-Z0-9]{5,})"), Decision.HOLD, todo=_TODO),
    Rule("vehicle", "L", compiled(r"\b(?:plates?|number\splate|registration)\s(?:reads?|reading|says|saying|spells?|is|was|said|that\ssays|that\sreads)\s[\"']?(?P<id>[A-Z0-9][\w\-]*(?:\s\d\w*|\s(?-i:[A-Z0-9])\w*)?)"), Decision.HOLD, todo=_TODO),
    Rule("ip", "O", compiled(r"\b(?:ae[\s\-]?title|host\s?name|host|work\s?station|terminal|station\s(?:name|id)|login|log-in|user\s?(?:name|id)|password|passcode|pin(?=\s(?:code|number|is|:))|ssid|wi-?fi(?:\snetwork)?|network|server|bluetooth|device\sname|machine\sname|computer)\b(?:\s(?:name|address|id|is|was))*[\s:=]*(?P<id>(?=[\w\-]*[\d_])[A-Za-z][\w\-]+)"), Decision.HOLD, todo=_TODO),
    Rule("vehicle", "L", compiled(r"\b(?:number|licen[cs]e|registration)\splates?\b"), Decision.HOLD, todo=_TODO),
    Rule("vehicle", "L", re.compile(r"(?<![\w-])(?P<id>[A-Z]{2}-\d{2,3}-[A-Z]{2}|\d{1,2}-[A-Z]{2,3}-\d{1,2})(?![\w-])"), Decision.HOLD, todo=_TODO),
    Rule("vehicle", "L", re.compile(r"\b(?P<id>[A-Z]{2}\d{2}\s?[A-Z]{3}|\d[A-Z]{3}\d{3}|[A-Z]{1,3}-[A-Z]{1,2}\s?\d{2,4}[EH]?|[A-Z]{3}[\s-]\d{3,4})\b"),
         Decision.HOLD, guard=lambda m: not is_abbreviation(re.split(r"[\s\-\d]", m["id"])[0].lower()), todo=_TODO),
    Rule("vehicle", "L", re.compile(r"\b(?P<id>(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-HJ-NPR-Z0-9]{17})\b"), todo=_TODO),
    _rule("device", "M", r"serial|s/n|sn|udi|imei|device|implant|pacemaker|icd|stent|prosthesis|pump|model|ref(?:erence)?|lot|batch|catalog(?:ue)?|mac(?:\saddress)?|asset(?:\stag)?|scanner|machine|monitor|ventilator|transmitter|sensor|generator|electrode|lead(?=\sserial)|probe|console|infuser|stimulator|defibrillator|aed|hearing\said|insulin\spump|valve|graft|coil|shunt|lens|iol|dialy[sz]er|concentrator|cpap|glucometer|handset|tablet|laptop|phone|imsi|iccid|esn|meid|sim|android|watch"),
    Rule("device", "M", compiled(r"\((?:01|17|21|10|11)\)\s?[A-Z0-9]{4,}"), todo=_TODO),
    Rule("device", "M", compiled(r"\b(?P<id>(?:[0-9a-f]{2}[:\-]){5}[0-9a-f]{2})\b"), todo=_TODO),
    Rule("device", "M", compiled(r"\b(?:serial\s(?:number|no)|s/n)\b"), Decision.HOLD, todo=_TODO),
    _rule("unique-number", "R", r"(?:study|trial|participant|subject|enrol?l?ment|research|ticket|badge|employee|staff|student|service|inmate|prison(?:er)?|army|military|barcode|tag|wristband|incident|claim|docket|police)(?:\s(?:id|no|number|report|case))?"),
)  # fmt: skip

BARE = (
    Rule("unique-number", "R", compiled(r"(?<![\d.,/\w\-])(?P<id>\d{3}[\s\-]\d{3}[\s\-]\d{3,4})(?![\d%])"), todo=_TODO),
    Rule("unique-number", "R", compiled(r"(?<![\d.,/\w])(?P<id>\d{2}(?:[\s\-]\d{2}){3,})(?![\d%])"), Decision.HOLD, todo=_TODO),
    Rule("unique-number", "R", compiled(r"(?<![\d.,/\w\-:;])(?P<id>\d{3}\.\d{3,4}\.\d{3,4}(?:[.\-]\d{1,2})?|(?:\d{2,3}[\s/\-]{1,2})?\d{4}[\s\-]\d{4})(?![\d%\w]|[.,\-]\d)"), Decision.HOLD, guard=_no_result, todo=_TODO),
    Rule("unique-number", "R", compiled(r"(?<![\d.,/\w\-])(?P<id>\d{1,4}(?:[\s\-/]\d{2,7}){3,}(?:[\s\-/]\d)?|\d{2,}(?:[\-/]\d{3,}){1,}[\-/]\d+)(?![\d%]|[.,]\d)"), Decision.HOLD, guard=lambda m: _digits(m["id"]) >= 9 and _no_result(m), todo=_TODO),  # noqa: PLR2004  # fewer may be a series of values
    Rule("unique-number", "R", compiled(r"(?<![\d.,/\w\-])(?P<id>\d{7,})(?![\d.,%])"), guard=lambda m: not _UNIT.match(after(m, 9)) and not _LITERATURE.search(before(m, 20)), todo=_TODO),
    Rule("unique-number", "R", compiled(r"(?<![\d.,/\w\-])(?P<id>\d{5,6})(?![\d%]|[.,]\d)"), Decision.HOLD, guard=_no_result, todo=_TODO),
    Rule("unique-number", "R", compiled(r"(?<![\d.,/\w\-:=<>~≥≤])(?P<id>\d{4})(?![\d%\w/:\-]|[.,]\d|\s?[x×]\s?\d)"), Decision.HOLD, guard=_no_year, todo=_TODO),
    Rule("unique-number", "R", compiled(r"(?<![\w.])(?P<id>\#\s?[A-Z]{0,3}-?\d{3,})\b"), Decision.HOLD, todo=_TODO),
    Rule("unique-number", "R", compiled(r"(?<![\w.\-/])(?P<id>[A-Z0-9]{0,6}-?[A-Z0-9]*\d{3,}[A-Z0-9]*)(?![\w]|\.\d)"), Decision.HOLD,
         guard=lambda m: _unknown_code(m) and _digits(m["id"]) >= 4 and not _LITERATURE.search(before(m, 26)) and not re.search(r"\d;\s?\d+:$", before(m, 12)), todo=_TODO),  # noqa: PLR2004  # as above
    Rule("unique-number", "R", compiled(r"(?<![\w.\-/])(?P<id>\d{2,}[\-/][A-Z]{1,3}[\-/]\d{3,}|\d{2}-\d{5,}|(?-i:[A-Z]{1,2})\s\d{3}\s\d{3,4}|[A-Z]{1,3}\d*[\-/]\d{2,}[\-/]\d{3,}|\d{4}/\d{3,}|[A-Z]{2,}\d+[\-_][A-Z]{2,}\d+|\d[A-Z]+\d+[A-Z]+\d+[A-Z]*|(?!(?-i:IMG|DSC[NF]?|PXL|FIG|ECG|CT|MRI?|US|XR)_\d{1,4}\b)[A-Z]{2,}_[A-Z0-9]+(?:_[A-Z0-9]+)*\d|\d{4,}-(?:\d|[A-Z][A-Z0-9]{0,3})(?!\d)|[A-Z]{2,4}-[A-Z]{2,4}-\d{2,})(?![\w]|\.\d)"), Decision.HOLD, todo=_TODO),
    Rule("unique-number", "R", compiled(r"\b(?P<id>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{24,})\b"), todo=_TODO),
)  # fmt: skip
