"""(P) biometric identifiers, (Q) photographs of a face, (R) whatever else singles one person out."""

import re

from quizbot.deid.finding import Decision
from quizbot.deid.words.rule import Rule, after, compiled

_TODO = "leave out what singles the person out"

RULES = (
    Rule("biometric", "P", compiled(r"\b(?:(?:finger|thumb|palm|hand|foot|voice|face|ear|retina|gait)[\s\-]?prints?|finger\s?printed|thumbprints?|voice\s(?:id|recording|recognition|sample|signature|memo)|(?:iris|retinal?|fingerprint|palm|facial|face|vein)\s(?:scans?|recognition|template|biometrics?|id)|biometrics?|facial\srecognition|dna\s(?:profile|fingerprint|sample\sid|match)|genetic\sfingerprint|signature\sof\sthe\spatient)\b"),
         Decision.HOLD, guard=lambda m: not re.match(r"\s?(?:bod(?:y|ies)|dystrophy|profile\sof|pattern|signs?\b)", after(m, 12)), todo=_TODO),
    Rule("photo", "Q", compiled(r"\b(?:full[\s\-]face|head\s?shot|mug\s?shot|selfies?|(?:passport|profile|family|wedding|facebook|instagram|unblurred|identifiable|unmasked)\s(?:photo\w*|pictures?|image)|(?:photo\w*|picture|image|pic|snapshot|portrait|video)s?\s(?:of|showing|shows)\s(?:the\s|his|her|their|a\s)?\s?(?:patient'?s?\s|child'?s\s|man'?s\s|woman'?s\s|whole\s|entire\s|full\s|smiling\s)*(?:face|smile|head)|(?:face|eyes)\s(?:is|are|clearly)?\s?(?:visible|recogni[sz]able|shown|identifiable)|(?:his|her|their|patient'?s)\s(?:photo\w*|picture|portrait|selfie)s?|comparable\simages?|without\s(?:blurring|pixelat\w+|eye\sbar))\b"),
         Decision.HOLD, todo="show no face; say what is to be seen"),
    Rule("biometric", "P", compiled(r"\b(?:(?:his|her|their|patient'?s|child'?s|man'?s|woman'?s)\s(?:\w+\s)?voice\s(?:in|on|over)\s(?:the|this|our)\s(?:\w+\s)?(?:clip|recording|audio|video|file|tape|phone|message)|(?:listen|listening|hear)\s(?:to\s)?(?:his|her|their|the\s(?:patient|child|man|woman)'?s)\s(?:\w+\s)?voice|(?:recording|audio|clip|sample|tape)s?\sof\s(?:his|her|their|the\s(?:patient|child|man|woman)'?s)\s(?:\w+\s)?(?:voice|speech)|voice\s(?:clip|note|message|mail|file)s?|(?:vein|palm|hand|ear)\s(?:scan|geometry|template)s?|retinal\sprints?)\b"),
         Decision.HOLD, todo=_TODO),
    Rule("photo", "Q", compiled(r"\b(?:(?:his|her|their|the|patient'?s|child'?s|baby'?s|man'?s|woman'?s|boy'?s|girl'?s)\s(?:\w+\s){0,2}?(?:face|smile)\s(?:\w+\s)?(?:in|on|from|of)\s(?:the|this|that|our|these|a)\s(?:\w+\s){0,2}?(?:photo\w*|picture|image|pic|video|clip|mirror|shot|frame|selfie)s?|(?:smiling|grinning|laughing|beaming|pretty|unmasked|uncovered|unblurred|recogni[sz]able)\sface(?!s?\s(?:scale|pain|score))|fac(?:e|ial)\s(?:photo\w*|picture|portrait|snap\w*|close[\s\-]?up|shot)s?|portraits?\sof\s(?:the|an?|his|her|this|our)\s(?:\w+\s)?(?:patient|child|man|woman|boy|girl|baby|family|couple)|face\s(?:can|may|could|might)\s(?:still\s)?be\s(?:seen|recogni[sz]ed|made\sout))\b"),
         Decision.HOLD, todo="show no face; say what is to be seen"),
    Rule("handle", "R", compiled(r"(?<![\w.@])@[a-z0-9_]{2,}\b|\b(?:instagram|facebook|tiktok|snapchat|twitter|youtube|linkedin|onlyfans|discord|telegram|skype|username|user\sname)\b(?:\s(?:is|handle|account|page|name|profile|channel|id|user))*[\s:@]*(?P<h>\w+)?"),
         Decision.HOLD, todo="name no account"),
    Rule("unique", "R", compiled(r"\b(?:the\s)?(?:only|first|second|third|oldest|youngest|heaviest|tallest|smallest|last)\s(?:\w+\s){0,4}(?:(?:in|of)\s(?:the\s|our\s|this\s)(?:world|country|state|county|region|city|town|village|hospital|nation|area|literature|history|family|school|department)|ever\s(?:reported|described|recorded|treated|to)|worldwide|to\s(?:survive|receive|undergo)|alive|known\ssurvivor)|\bworld'?s\s(?:first|only|oldest|youngest|tallest|heaviest|smallest)|\bworld\srecord"),
         Decision.HOLD, todo=_TODO),
    Rule("unique", "R", compiled(r"\b(?:well[\s\-]known|famous|celebrity|celebrities|renowned|notorious|household\sname|(?:local|former|retired|ex-?|our|city|town|serving|sitting|the|a|current|deputy|state|prominent)\s(?:mayor|senator|governor|councill?or|congress(?:man|woman)|member\sof\sparliament|mp|president|prime\sminister|minister|ambassador|bishop|archbishop|cardinal|imam|head\s?teacher|headmaster|principal|sheriff|police\schief|fire\schief|judge|ceo|astronaut|olympi(?:an|c\s\w+)|footballer|quarterback|goalkeeper|striker|nfl\splayer|nba\splayer|tv\s(?:presenter|host|star)|news\s?reader|anchor(?:man|woman)?|weather(?:man|girl)|pop\sstar|rock\sstar|singer\sof|lead\ssinger|drummer\sof|actor|actress|film\sstar|author\sof|nobel\s\w+|monarch|prince(?:ss)?|duke\sof|duchess|astronomer\sroyal))\b"),
         Decision.HOLD, todo=_TODO),
    Rule("unique", "R", compiled(r"\b(?:in\sthe\s(?:news|papers|headlines|press)|made\s(?:the\s)?(?:headlines|news|front\spage)|(?:local|national|news\s?)paper|front\spage|news\s(?:report|story|article)|tv\sinterview|went\sviral|viral\s(?:video|tweet|post|clip)|on\s(?:tv|television|the\snews(?!\sof))|breaking\snews|documentary|lawsuit|court\scase|trial\sof|obituary|gofundme|crowdfunding|police\s(?:report|appeal)|missing\sperson|murder\s(?:victim|case))\b"),
         Decision.HOLD, todo=_TODO),
    Rule("unique", "R", compiled(r"\b(?:tattoo\w*|birthmark|necklace|bracelet|wristband|jersey|t-?shirt|name\s?tag|badge|uniform)\s(?:\w+\s){0,5}(?:reading|saying|says|reads|with\s(?:the\s)?(?:name|words?|number|initials|text)|that\s(?:says|reads)|spelling|of\s(?:the\s)?(?:name|word))|\b(?:unique|distinctive|one[\s\-]of[\s\-]a[\s\-]kind)\s(?:tattoo|scar|birthmark|prosthesis|jewell?ery|piercing)"),
         Decision.HOLD, todo=_TODO),
    Rule("unique", "R", compiled(r"\b(?:bar\s?codes?|qr[\s\-]codes?|wristband|id\sbracelet|name\sband|badge\snumber|employee\s(?:id|number)|patient\slabel|sticker\swith|initials\s(?:are|were|is)?)\b"),
         Decision.HOLD, guard=lambda m: not after(m, 5).startswith(" sign"), todo=_TODO),
    Rule("unique", "R", compiled(r"\b(?:the|a|an|last|this)\s(?:\w+\s)?(?:plane\scrash|train\s(?:crash|derailment)|bus\scrash|mass\sshooting|terror(?:ist)?\sattack|bombing|school\sshooting|ferry\s(?:sinking|disaster)|building\scollapse|marathon\sbombing|chemical\sspill|stampede|explosion\sat)\b"),
         Decision.HOLD, todo=_TODO),
)  # fmt: skip
