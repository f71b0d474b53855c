"""(R) people whom a role, a prize, a disaster or the press tells apart, though no name, number or place is said."""

from quizbot.deid.finding import Decision
from quizbot.deid.words.rule import Rule, compiled

_TODO = "leave out what singles the person out"
_OFFICE = (
    r"mayor(?:ess)?|vicar|priest|pastor|rector|imam|rabbi|chief|captain|skipper|manager|owner|director|chair(?:man|woman|person)?"
    r"|president|dean|head|leader|conductor|coach|editor|founder|principal|head[\s\-]?(?:master|mistress|teacher)|bishop"
    r"|drummer|singer|guitarist|bassist|vocalist|host|presenter|star|commander|governor|chancellor|keeper|warden|abbot|abbess"
    r"|postmaster|postmistress|sheriff|landlord|landlady|chef|spokes(?:man|woman|person)"
)
_BODY = (
    r"school|village|town|hamlet|city|college|university|parish|church|mosque|synagogue|temple|company|team|club|county"
    r"|district|island|station|band|orchestra|choir|diocese|region|tribe|monastery|abbey|convent|lighthouse|newspaper"
    r"|(?:cruise|fishing|container|navy|sunken)\s(?:ship|boat|vessel)|bakery|brewery|pub|zoo|circus|theatre|museum|library"
    r"|national\sside|parliament|union|party"
)
_SETTLEMENT = r"village|town|hamlet|island|parish|township|commune|archipelago|valley"
_PRIZE = r"winner|runner[\s\-]up|finalist|champion|contestant|medall?ist|record[\s\-]holder|laureate|jackpot\swinner"
_DISASTER = (
    r"crash|shooting|attacks?|fire|floods?|earthquake|tsunami|hurricane|bombings?|explosion|collapse|sinking|massacre|siege"
    r"|disaster|derailment|avalanche|landslide|tornado|wildfires?|riots?|stampede|shipwreck|hijack\w*|kidnapping|eruption"
)
_VESSEL = r"ship|boat|ferry|plane|aeroplane|airplane|train|bus|helicopter|submarine|trawler"


def _unique(pattern: str) -> Rule:
    return Rule("unique", "R", compiled(pattern), Decision.HOLD, todo=_TODO)


RULES = (
    _unique(r"\b(?:jersey|shirt|squad|bib|race|racing|start(?:ing)?|player|locker|seat|cell|inmate|raffle|lottery|contestant)[\s\-]?(?:number|no\.?|nr\.?|\#)\s?\#?\d+"),
    _unique(r"\b(?:wears?|wore|wearing|plays?\s(?:as|in)|played\s(?:as|in))\s(?:the\s)?(?:number|no\.?|\#)\s?\w+"),
    _unique(rf"\b(?:{_OFFICE})\s(?:of|at|in|on|for)\s(?:the|our|a|an|this|his|her|their|its)\s(?:[\w\-]+\s){{0,3}}?(?:{_BODY})\b"),
    _unique(rf"\b(?:the|its|sole|only)\s(?:[\w\-]+\s){{1,3}}(?:of|in|on|from|for)\s(?:an?|the|our|this|his|her|their)\s(?:[\w\-]+\s){{0,2}}?(?:tiny|small|little|remote|isolated|rural|coastal|fishing|mountain|mining|farming|neighbou?ring|nearby)\s(?:[\w\-]+\s){{0,2}}?(?:{_SETTLEMENT})\b"),
    _unique(rf"\b(?:{_SETTLEMENT}|city|county|country|region|district)'s\s(?:\w+\s)?(?:only|sole|first|last|oldest|youngest|best[\s\-]known|{_OFFICE}|(?:black)?smith|doctor|midwife|butcher|baker|postman|teacher|undertaker|pharmacist)\b"),
    _unique(rf"\b(?:{_PRIZE})\s(?:of|in|on|from|at)\s(?:the|last|this|(?:an?\s(?:\w+\s){{0,2}}?(?:show|contest|competition|lottery|pageant|cup|tournament)))\b(?!\s(?:trial|study))"),
    _unique(rf"\b(?:lottery|jackpot|pageant|olympics?|paralympics?|world|national|european|commonwealth|reality|tv|talent|beauty|chess|boxing|nobel|oscar|grammy|wimbledon)[\s\-](?:\w+\s)?(?:{_PRIZE}|queen|star|personality|record)\b"),
    _unique(r"\ball\sover\s(?:the\s)?(?:\w+\s)?(?:news|papers|internet|press|media|headlines)\b|\b(?:hit|made|in)\s(?:the\s|all\sthe\s)?(?:\w+\s)?headlines?\b"),
    _unique(r"\b(?:appear\w*|featured|interviewed|shown|starred|competed)\s(?:\w+\s)?(?:on|in)\s(?:an?\s|the\s)?(?:\w+\s)?(?:television|tv|radio|news\w*|podcast|film|movie|reality\sshow|documentary)\b|\b(?:national|local)\s(?:television|tv|radio|news)\b"),
    _unique(r"\b(?:every(?:one|body)|you|we\sall|the\swhole\s(?:town|country|village))\s(?:may\s|might\s|will\s|must\s)?(?:have\s|has\s)?(?:all\s)?(?:read|heard|knows?|remembers?)\s(?:about|of|him|her|them|the\s(?:case|story))\b"),
    _unique(rf"\b(?:survivors?|survived|victims?|casualt(?:y|ies)|hero(?:ine)?|rescuers?|crew(?:\smembers?)?|passengers?|hostages?|injured|wounded|hurt|burned|burnt|evacuated|rescued)\s(?:of|from|on|in|aboard|during|at|after|by)?\s?(?:the|last|this|that)\s(?:[\w\-']+\s){{0,4}}?(?:{_DISASTER})\b"),
    _unique(rf"\b(?:after|during|since|before|following)\s(?:the|last\s\w+'s|this\s\w+'s)\s(?:\d{{4}}\s)?(?:[a-z\-]+\s){{0,2}}(?:{_DISASTER}|marathon|festival|concert|riots?|coronation)\b"),
    _unique(rf"\b(?:{_VESSEL})\s(?:that|which)\s(?:had\s)?(?:sank|sunk|crashed|derailed|burned|burnt|caught\sfire|went\sdown|exploded|capsized|ran\saground|was\shijacked)\b"),
    _unique(r"\b(?:miners?|boys?|girls?|children|hostages?|passengers?|workers?|divers?|climbers?|hikers?)\s(?:who\s(?:were|was)\s)?(?:trapped|rescued\sfrom|kidnapped|held\shostage)\b"),
    _unique(r"\b(?:mother|father|parents?|sisters?|brothers?|sibling|one)\sof\s(?:the\s)?(?:\w+\s)?(?:conjoined|quadruplets|quintuplets|sextuplets|septuplets|octuplets|famous|well[\s\-]known)\b"),
    _unique(r"\b(?:rumou?red|believed|reputed)\sto\sbe\sthe\s|\b(?:the|a)\sreal[\s\-]life\s|\b(?:heir|heiress)\sto\b|\b(?:you\scan|easily)\s(?:google|find)\s(?:him|her|them)\b"),
    _unique(r"\b(?:premier\sleague|champions\sleague|major\sleague|nba|nfl|nhl|mlb|formula\s(?:one|1)|ballon\sd'or|hollywood|bollywood|broadway|k-?pop|west\send)\s\w+"),
    _unique(r"\b(?:memoirs?|autobiograph\w+|best\s?-?selling\s\w+|biography\sof|wrote\s(?:a|the|her|his)\s(?:\w+\s)?(?:book|blog|column|song))\b"),
    _unique(r"\b(?:gang|prison|military|memorial|regimental)\stattoos?\b|\btattoos?\sof\s(?:an?|the|his|her|their)\b"),
    _unique(r"\b(?:driver|bodyguard|nephew|niece|cousin|son|daughter|wife|husband|mother|father|brother|sister|aide|cook)\s(?:of|to)\s(?:the|a)\s(?:\w+\s)?(?:mayor|president|king|queen|prime\sminister|minister|governor|senator|ambassador|celebrity|singer|actor|actress|footballer)\b"),
    _unique(r"\b(?:first|only|youngest|oldest|last)\s(?:ever\s)?(?:known\s)?(?:(?:wo)?man|person|girl|boy|child|patient|human|athlete|climber|sailor|pilot|driver|player|surgeon|doctor|nurse)\s(?:ever\s)?(?:to|who)\s\w+"),
    _unique(r"\b(?:chart[\s\-]topping|award[\s\-]winning|grammy[\s\-]\w+|platinum[\s\-]selling|world[\s\-]famous|internationally\s(?:known|famous)|nationally\sknown|record[\s\-]breaking)\s\w+"),
)  # fmt: skip
