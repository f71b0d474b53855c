"""(B) places smaller than a state: towns, streets, postcodes, and what stands in them: hospitals, churches, schools."""

import re
from collections.abc import Iterator
from itertools import pairwise

from quizbot.deid.finding import Decision
from quizbot.deid.vocabulary import entries, fold, is_medical
from quizbot.deid.words.lists import is_abbreviation, is_clinical, is_english, is_given, is_nation, is_place, is_surname
from quizbot.deid.words.marked import Hit
from quizbot.deid.words.phrases import names_a_thing
from quizbot.deid.words.rule import Rule, after, apply, before, compiled
from quizbot.deid.words.tokens import Word

_TODO = "leave the place out; at most name the state or the country"
_HOSPITAL = r"hospitals?|infirmary|clinic|medical\s(?:center|centre|school|college|campus)|health\s(?:center|centre|system|service|board|trust)|(?:nhs\s)?(?:foundation\s)?trust(?=\s(?:in|at)\b|[.,])|hospice|sanatorium|sanitarium|krankenhaus|klinikum|klinik|hôpital|hopital|ospedale|ziekenhuis|sykehus|sjukhus|szpital"
_BUILDING = (
    r"church|chapel|cathedral|mosque|synagogue|parish|school|academy|college|university|kindergarten|elementary|prison|jail"
    r"|barracks|airport|stadium|mall|hotel|motel|casino|nursing\shome|care\shome|retirement\s(?:home|village)|factory|plant"
    r"|(?-i:Temple|Nursery|Arena|Station|Library|Museum|Theatre|Theater|Shelter|Farm|Mine|Brewery|Restaurant|Pub|Bridge|Marina"
    r"|Pier|Gym|Zoo|Fair)"
)
_STREET = r"street|st|road|rd|avenue|ave|lane|ln|drive|boulevard|blvd|court|place|square|terrace|crescent|close|way|highway|hwy|parkway|alley|stra(?:ß|ss)e|platz|rue|calle|piazza|laan|straat"
_LAND = r"county|district|borough|township|village|town|city|parish|suburb|valley|beach|lake|river|island|islands|hills?|heights|park|bay|creek|harbou?r|falls|springs|ranch|reservation|mountains?|mount|forest|national\spark"
_NAMED = r"(?:(?-i:St|Mt|Ft|Dr|[A-Z])\.|(?-i:[A-Z])[\w'&\-]*)"
_NOT_NAMES = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "my",
        "his",
        "her",
        "their",
        "this",
        "that",
        "emergency",
        "general",
        "local",
        "district",
        "community",
        "regional",
        "national",
        "university",
        "teaching",
        "children",
        "women",
        "childrens",
        "womens",
        "university",
        "outpatient",
        "inpatient",
        "primary",
        "high",
        "medical",
        "field",
        "day",
        "private",
        "public",
        "tertiary",
        "academic",
        "large",
        "small",
        "rural",
        "urban",
        "second",
        "first",
        "other",
        "another",
        "same",
        "new",
        "old",
        "free",
        "walk",
        "referral",
        "eye",
        "dental",
        "pain",
        "ent",
        "stroke",
        "memory",
        "fracture",
        "trauma",
        "maternity",
        "i",
        "in",
        "at",
        "to",
        "from",
        "of",
        "and",
        "when",
        "while",
        "after",
        "before",
        "two",
        "three",
        "middle",
        "elementary",
        "grade",
        "home",
        "art",
        "play",
        "nature",
        "american",
        "european",
        "british",
        "royal",
        "state",
        "world",
        "red",
        "blue",
        "green",
        "bowel",
        "heart",
        "lung",
        "liver",
        "kidney",
        "skin",
        "nerve",
        "no",
        "any",
        "every",
        "all",
        "see",
        "city",
        "airway",
        "chest",
        "abdominal",
    ]
)
_ST_SEGMENT = frozenset(["elevation", "elevations", "depression", "depressions", "segment", "segments", "changes"])
_US_STATES = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
)
_LEVEL = re.compile(
    r"(?:in|from|at|near|to|of|de|di|da|bei|aus|nach|von|outside|around|visiting|through|via|towards?|downtown|central|greater|north|south|east|west|born|lives?|living)\s(?:the\s|downtown\s|central\s|greater\s)?$"
)


_DISEASES_BY_NAME = frozenset(
    ["kawasaki", "lyme", "ebola", "lassa", "coxsackie", "wilson", "huntington", "recklinghausen"]
)
"""Of the towns known for a disease those whose bare name is said for it even after "in": a rash in Lyme."""


def _named(match: re.Match[str]) -> bool:
    """Whether a word of the name is one: not "The Emergency Hospital"."""
    parts = re.findall(r"[\w']+", match["name"])
    return any(part.lower().strip("'s") not in _NOT_NAMES and part.lower() not in _NOT_NAMES for part in parts)


def _street(match: re.Match[str]) -> bool:
    return (
        _named(match)
        and not is_clinical(match["name"].split()[-1].lower())
        and match["kind"] not in ("ST", "AVE", "RD", "Rd")
    )


def _reads_as_name(word: str) -> bool:
    return (
        (is_surname(word) or is_place(word) or not is_english(word)) and not is_clinical(word) and not is_nation(word)
    )


def _saint(match: re.Match[str]) -> bool:
    """St Thomas', at St Thomas; not ST elevation, not an eponym's saint."""
    name = match["name"].lower().removesuffix("'s").removesuffix("'")
    if match[0].startswith("ST") or not match[0][0].isupper() or name in _ST_SEGMENT:
        return False
    return not is_clinical(name) or "'" in match["name"] or bool(re.search(r"(?:at|to|from|in)\s$", before(match, 5)))


def _no_lab(match: re.Match[str]) -> bool:
    return not re.match(r"\s?(?:%|/|mm|mg|ml|kg|ng|µ|u\b|iu|units?|cells|x\s?10)", after(match, 8))


def _is_own_name(match: re.Match[str]) -> bool:
    """Cedar Ward, not Burns Ward or Emergency Ward; Black Forest, not a heading."""
    words = [word.lower().removesuffix("'s") for word in match["name"].split()]
    return not any(
        word in _NOT_NAMES or is_clinical(word) or is_medical(word) or is_nation(word) or word in entries("labels")
        for word in words
    )


def _may_be_a_place(match: re.Match[str]) -> bool:
    words = match["id"].lower().split()
    return not (
        is_nation(words[-1]) or is_nation(" ".join(words)) or is_abbreviation(words[-1]) or is_medical(words[-1])
    )


def _small_town(match: re.Match[str]) -> bool:
    """From auerbach: also the name of a term, which nobody comes from."""
    word = fold(match["id"])
    named = is_surname(word) or is_given(word)
    return named and not (is_english(word) or is_nation(word) or names_a_thing(match.string, match.end()))


def _a_room(match: re.Match[str]) -> bool:
    """Theatre 3, cath lab 2; not "level 1" of a joint, "or 2", "house 3", a block of 2:1."""
    kind = match[0].split()[0]
    if kind.lower() in (
        "or",
        "ot",
        "level",
        "block",
        "unit",
        "units",
        "table",
        "gate",
        "exit",
        "house",
        "cell",
        "chair",
        "tower",
    ):
        return kind[0].isupper() and bool(re.search(r"(?:in|at|to|from|on)\s$", before(match, 6)))
    return True


def _left(match: re.Match[str]) -> bool:
    """What somebody came from: no nation, and a term only if a town has its name and nothing follows that it names."""
    word = match["id"].lower()
    term = is_clinical(word) and not is_place(word)
    return not (is_nation(word) or term or names_a_thing(match.string, match.end()))


RULES = (
    Rule("institution", "B", compiled(rf"\b(?P<name>(?:{_NAMED}\s(?:of\s|and\s|&\s|the\s|for\s)?){{1,5}})(?:{_HOSPITAL})\b"), guard=_named, todo=_TODO),
    Rule("institution", "B", compiled(rf"\b(?:hospital|clinic|infirmary|university|college|church|school|cathedral|city|county|village|town|district|port|mount|lake|parish)\s(?:of\s)(?:the\s)?(?P<name>{_NAMED}(?:\s{_NAMED}){{0,3}})"),
         guard=lambda m: _named(m) and not is_clinical(m["name"].lower()) and m["name"].split()[0].lower() not in ("surgeons", "physicians", "cardiology", "radiology", "emergency", "medicine", "chest", "rheumatology"), todo=_TODO),
    Rule("institution", "B", compiled(rf"\b(?:krankenhaus|klinikum|klinik|hôpital|hopital|ospedale|hospital|clínica|clinica|centre\shospitalier)\s(?:de\s|du\s|la\s|di\s|des?\s)*(?P<name>{_NAMED}(?:\s{_NAMED}){{0,3}})"), guard=lambda m: _named(m) and not is_english(m["name"].split()[0].lower()), todo=_TODO),
    Rule("institution", "B", compiled(rf"\b(?P<name>(?:{_NAMED}\s){{1,4}})(?:{_BUILDING})\b"), guard=lambda m: _named(m) and not is_clinical(m["name"].split()[-1].lower().strip("'s")), todo=_TODO),
    Rule("institution", "B", compiled(r"\b(?:st|saint|san|santa|ste|sankt|st)\.?\s(?P<name>(?-i:[A-Z])[a-z]+(?:'s|')?)(?!\w)"), guard=_saint, todo=_TODO),
    Rule("institution", "B", compiled(r"\b(?:mayo|cleveland)\s(?-i:Clinic)\b|\bcedars[\s-]sinai\b|\bmount\ssinai\b|\bmass(?:achusetts)?\sgeneral\b|\bjohns\shopkins\b|\bkaiser\spermanente\b|\bgreat\sormond\sstreet\b|\bguy'?s\s(?:and|&)\s|\bgroote\sschuur\b|\balder\shey\b|\bnhs\strust\b"), todo=_TODO),
    Rule("place", "B", compiled(rf"\b\d{{1,5}}[a-z]?,?\s(?P<name>(?:{_NAMED}\s){{1,4}})(?P<kind>{_STREET})\b\.?"), todo=_TODO),
    Rule("place", "B", compiled(rf"\b(?P<name>{_NAMED}\s(?:{_NAMED}\s){{0,2}})(?P<kind>(?-i:Street|Road|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Crescent|Highway|Hwy|Parkway|Terrace|Square|Alley))\b"), guard=_street, todo=_TODO),
    Rule("place", "B", compiled(r"\b(?P<name>(?-i:[A-Z])\w+(?:stra(?:ß|ss)e|strasse|platz|gasse|straat|laan|gatan|vägen))\b\s?\d*|\b(?:rue|calle|avenida|piazza)\s(?:de\s(?:la\s)?|du\s|des\s)?(?-i:[A-Z])\w+"), todo=_TODO),
    Rule("place", "B", compiled(r"\b(?-i:Route|Highway|Hwy|Interstate|Autobahn|Motorway|Rte)\s?[A-Z]?\d+\b|\b(?-i:I)-\d{1,2}\b(?![\d\-])"), todo=_TODO),
    Rule("place", "B", compiled(r"\b(?P<id>(?-i:[A-Z])[\w'\-]+)\s(?-i:GP|GPs|ED|A&E|police|residents?)\b"), Decision.HOLD,
         guard=lambda m: _reads_as_name(m["id"].lower()), todo=_TODO),
    Rule("place", "B", compiled(r"\bp\.?\s?o\.?\s?box\s\d+|\b(?:apt|apartment|flat|suite|unit)\.?\s\#?\d+[a-z]?\b(?=,|\s\w+\s(?:street|road)|$)"), todo=_TODO),
    Rule("place", "B", compiled(rf"\b(?P<name>(?:{_NAMED}\s){{1,3}})(?P<kind>(?-i:County|District|Borough|Township|Village|Town|City|Parish|Valley|Beach|Lake|River|Island|Hills|Heights|Park|Bay|Creek|Harbour|Harbor|Falls|Springs|Ranch|Reservation))\b"), guard=_named, todo=_TODO),
    Rule("place", "B", compiled(rf"\b(?P<id>(?-i:(?:{_US_STATES}))[\s,]+\d{{5}}(?:-\d{{4}})?)\b"), todo=_TODO),
    Rule("place", "B", compiled(r"\b(?:zip|zipcode|postal|post)\s?(?:code)?[\s:\#]*(?:is|of|was|area)?[\s:]*(?P<id>[A-Z0-9][A-Z0-9 \-]{1,9}\d[A-Z0-9]*|\d{3,5})"), todo=_TODO),
    Rule("place", "B", compiled(r"(?<![\w\-.,/])(?P<id>\d{5}-\d{4})(?![\w\-])"), guard=_no_lab, todo=_TODO),
    Rule("place", "B", re.compile(r"\b(?P<id>(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[ABCEGHJ-NPRSTVXY]\d[A-Z]\s\d[A-Z]\d))\b"), todo=_TODO),
    Rule("place", "B", compiled(rf"(?<![\w.,])(?P<id>(?:[ad]-)?\d{{4,5}}\s(?P<name>{_NAMED}))"), guard=lambda m: is_place(m["name"].lower()), todo=_TODO),
    Rule("place", "B", compiled(r"\b(?:room|rm|bed|bay|clinic|pod|suite|corridor|cubicle|ward|floor|level|theat(?:re|er)|lab|resus|trolley|chair|gate|building|block|wing|tower|unit|hut|house|apartment|flat|cell|table|operating\sroom|or|ot|scanner|consulting\sroom|station|platform|junction|exit|locker)\s(?:no\.?\s|number\s|\#)?(?P<id>\#?\d+[a-z]?|[A-Z]\d+)\b(?!\s?(?:days?|hours?|weeks?|months?|years?|%|-bed|mg|ml|mm|cm|units?|of|to|trauma|evidence)|[.,/\-]\d|\.\s?\d)"), Decision.HOLD, guard=_a_room, todo="leave the room out"),
    Rule("place", "B", compiled(r"(?<![\d.])-?\d{1,2}\.\d{3,}°?\s?[NS]?,\s?-?\d{1,3}\.\d{3,}°?\s?[EW]?|\b\d{1,2}°\s?\d{1,2}['′]\s?[\d.]*[\"″]?\s?[NS]\b"), todo=_TODO),
    Rule("place", "B", compiled(r"\b(?:lives?|living|resides?|resident|native|born|raised|grew\sup|home\s?town|residing|commut\w+|works?|working|employed|employee|employer\sis|employer:|job)\s(?:in|at|near|on|of|for|with|from)\s(?:the\s)?(?P<id>(?-i:[A-Z])[\w'\-]+(?:\s(?-i:[A-Z])[\w'\-]+){0,3})"), Decision.HOLD,
         guard=lambda m: not is_nation(m["id"].split()[-1].lower()), todo=_TODO),
    Rule("place", "B", compiled(r"(?:\b\d{1,2}\s?[mf]|\b(?:man|woman|lady|gentleman|boy|girl|child|baby|patient|pt|farmer|worker|student|tourist|visit\w*|flown|came|comes|hails|home|back|brought|transferred|referred|moved|travell?ed))\s(?:\w+\s)?(?:in\s)?from\s(?P<id>(?-i:[A-Z])[\w'\-]+(?:\s(?-i:[A-Z])[\w'\-]+)+)"), Decision.HOLD,
         guard=lambda m: not (is_nation(m["id"].lower().split()[-1]) or is_clinical(m["id"].lower().split()[-1])), todo=_TODO),
    Rule("place", "B", re.compile(r"\b(?:from|near|outside|visiting|towards|via) (?P<id>[A-Z][a-z][\w'\-]+)"), Decision.HOLD,
         guard=_left, todo=_TODO),
    Rule("place", "B", re.compile(r"\b(?:from|near|outside|visiting|towards|via) (?P<id>[a-zß-ÿ]{4,})\b(?!-)"), Decision.HOLD, guard=_small_town, todo=_TODO),
    Rule("place", "B", re.compile(r"\b(?:Lake|Mount|River|Loch|Port|Isle of) (?P<id>[A-Z][\w'\-]+)"), Decision.HOLD, guard=lambda m: not is_clinical(m["id"].lower()), todo=_TODO),
    Rule("place", "B", compiled(r"\b(?:on|off|at|by|along)\sthe\s(?P<id>(?-i:[A-Z])[\w\-]+(?:\s(?-i:[A-Z])[\w\-]+)?\s(?:line|express|ferry|tram|metro|canal|bridge|bypass|trail|coast|pass))\b"), Decision.HOLD, todo=_TODO),
    Rule("place", "B", re.compile(r"\b(?P<name>(?:[A-Z][\w'&\-]*\s){1,3})(?P<kind>Ward|Wing|Suite|Lodge|Court|House|Practice|Surgery|Forest|Sea|Moor|Moors|Peninsula|Canal|Coast|Glacier|Desert|Gorge|Reef|Peak|Pass|Woods|Wood|Common|Green|Castle|Abbey|Docks|Market|Festival|Plaza|Gardens|Quay|Wharf|Estate|Mill|Cross|Junction|Bypass|Fjord|Delta|Lagoon|Archipelago|Plateau|Oasis|Meadows|Fields|Crossing|Terminal|Tower|Towers|Inn|Arms|Tavern|Bar|Cafe|Café|Club|Gym|Spa|Resort|Campsite|Depot|Works|Colliery|Yard|Stadium|Dome)\b(?!\s(?:sign|syndrome|test|criteria))"), Decision.HOLD, guard=_is_own_name, todo=_TODO),
    Rule("place", "B", compiled(r"\b(?:stop(?:ped|s)?|dock(?:ed|s)?|land(?:ed|s)?|holiday\w*|vacation\w*|trip|honeymoon\w*|travel\w*|visit\w*|moved|flew|flown|drove|sailed|cruis\w+|camp(?:ed|ing|s)|hik(?:ed|ing)|trek\w*|climb(?:ed|ing)|swam|swimming|kayak\w*|ski(?:ed|ing)|surf(?:ed|ing)|hunt(?:ed|ing)|fish(?:ed|ing)|served|stationed|deployed|evacuated|emigrated|fled|settled|studied|studying|retired|teaches|taught|farms|farmed|shop\w*|dined|ate|stay(?:ed|ing|s)|weekend|wedding|festival|concert|conference|congress|match|game|back|returned|returning)\s(?:back\s|over\s|out\s|up\s|down\s|home\s)?(?:in|at|to|from|near|on|around|through|across|off|for)\s(?:the\s)?(?P<id>(?-i:[A-Z])[\w'\-]+(?:\s(?-i:[A-Z])[\w'\-]+){0,2})"), Decision.HOLD, guard=_may_be_a_place, todo=_TODO),
    Rule("place", "B", compiled(r"\b(?:north|south|east|west)\s(?:wing|block|tower)\b"), Decision.HOLD, todo="leave the room out"),
)  # fmt: skip


def places(text: str, found: list[Word]) -> list[Hit]:
    """Places in a plain text whose words are given."""
    return [*apply(RULES, text), *_towns(text, found), *_known_hospitals(text, found)]


def _towns(text: str, found: list[Word]) -> Iterator[Hit]:
    """Towns by name, of up to three words."""
    for at in range(len(found)):
        for length in (3, 2, 1):
            run = found[at : at + length]
            if len(run) == length and _is_run(text, run) and is_place(" ".join(w.folded for w in run)):
                yield from _town(text, run)
                break


def _is_run(text: str, run: list[Word]) -> bool:
    return all(text[a.end : b.start] in (" ", "-", ". ") for a, b in pairwise(run))


def _town(text: str, run: list[Word]) -> Iterator[Hit]:
    first, last = run[0], run[-1]
    told = bool(_LEVEL.search(text[max(0, first.start - 24) : first.start].lower()))
    if names_a_thing(text, last.end) or (len(run) == 1 and not _reads_as_town(first, told=told)):
        return
    sure = told and first.capital and not (len(run) == 1 and is_english(first.folded))
    yield Hit(first.start, last.end, "place", "B", Decision.REFUSE if sure else Decision.HOLD, "", _TODO)


def _reads_as_town(word: Word, *, told: bool) -> bool:
    if is_nation(word.folded) or word.shouted:
        return False
    if word.folded in entries("disease-towns"):
        return told and word.capital and word.folded not in _DISEASES_BY_NAME
    doubtful = is_english(word.folded) or is_clinical(word.folded) or word.folded in entries("given")
    if not word.capital:
        return told and not is_english(word.folded) and word.folded not in entries("given")
    return told and not (word.opens and is_english(word.folded)) if doubtful else True


def _known_hospitals(text: str, found: list[Word]) -> Iterator[Hit]:
    """Hospitals by the short name that everybody there uses."""
    for word in found:
        known = word.folded in entries("institutions") and (word.shouted or (word.capital and len(word.text) > 4))  # noqa: PLR2004  # shorter ones are short forms only
        if known and not is_clinical(word.folded) and word.folded not in entries("abbreviations"):
            yield Hit(word.start, word.end, "institution", "B", Decision.REFUSE, "", _TODO)
        elif (
            word.shouted
            and re.search(r"(?:\bat|to|from|@)\s$", before_word(text, word))
            and word.folded not in entries("abbreviations")
        ):
            yield Hit(word.start, word.end, "institution", "B", Decision.HOLD, "", _TODO)


def before_word(text: str, word: Word) -> str:
    """The few letters before a word, in small letters."""
    return text[max(0, word.start - 6) : word.start].lower()
