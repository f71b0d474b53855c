"""(R) people whom an office, a stage, a pitch, a pulpit or the press has made known, and the one who holds a post.

Built of classes, not of sentences: who (an office or a calling), which (the definite article, a possessive, a superlative)
and where (a body, the press, a disaster). A calling with "a" is everybody's ("a teacher with hoarseness"); with "the",
or as somebody's, it is one person's ("the village priest", "our hospital's medical director").
"""

import re

from quizbot.deid.finding import Decision
from quizbot.deid.words.phrases import names_a_thing
from quizbot.deid.words.rule import Guard, Rule, after, compiled

_TODO = "leave out what singles the person out"

# Offices and fame: one person's even after "a".
_OFFICE = (
    r"(?:lord\s)?mayor(?:ess)?|alder(?:man|woman)|(?:city|town|county|local|district)\scouncill?ors?|senator|congress(?:man|woman)"
    r"|lawmaker|legislator|parliamentarian|member\sof\s(?:parliament|congress|the\s(?:senate|cabinet|royal))"
    r"|(?:prime|cabinet|foreign|health|defen[cs]e|finance|interior|education|junior|government|first)\sminister|ambassador"
    r"|(?:consul|attorney|solicitor|governor|surgeon|secretary)[\s\-]general|chancellor|archbishop|bishop|abbot|abbess|pope|archdeacon"
    r"|chief\s(?:rabbi|justice|constable|executive|of\s(?:police|staff|the\s\w+)|imam|whip)|(?:police|fire|tribal|village|paramount)\schief"
    r"|sheriff|admiral|brigadier|field\smarshal|crown\sprince(?:ss)?|prince(?:ss)?|duke|duchess|sultan|emir|maharaja\w*|baroness|monarch"
    r"|astronaut|cosmonaut|nobel\s\w+|laureate|billionaire|tycoon|mogul|whistle\s?blower|defector|warlord|dictator"
    r"|(?:high|supreme|appeal|county|district|federal|television|tv)[\s\-]court\sjudge|ceo|managing\sdirector|board\smember"
)
_FAME = (
    r"celebrit(?:y|ies)|(?:lighthouse|zoo|museum|head|royal)[\s\-]?keeper|actor|actress|movie\sstar|(?:film|pop|rock|rap|soap|tv|television|reality|child|porn|youtube|screen|stage|opera)[\s\-]?(?:\w+\s)?(?:star|idol)"
    r"|super\s?model|rapper|comedian|comedienne|guitarist|bassist|drummer|vocalist|novelist|playwright|poet\slaureate|violinist|cellist|pianist|conductor\sof"
    r"|composer|songwriter|news\s?reader|broadcaster|(?:tv|television|radio|weather|sports?|news|breakfast|quiz|game|chat)[\s\-](?:\w+\s)?(?:presenter|host|anchor|commentator|personality|chef|doctor|judge)"
    r"|(?:celebrity|tv|television)\s\w+|anchor(?:man|woman)|weather(?:man|girl|woman)|influencers?|you\s?tuber|streamer|v?logger|blogger|podcaster|tik\s?toker"
    r"|quarterback|grand\s?master|olympi(?:an|c\s(?!lifting|barbell)\w+)|paralympi(?:an|c\s\w+)|gold\s?medal\w*|medall?ist|world\s(?:champion|number\s\w+|class\s\w+)|champion|jockey|matador|torero"
    r"|(?:professional|pro|elite|international|national|premier[\s\-]league|first[\s\-]division|league|champions?hip|test|county|olympic|retired\sprofessional)[\s\-](?:\w+\s)?(?:foot|basket|base|hand|volley|net)?(?:baller|ball\splayer|player|cricketer|boxer|cyclist|swimmer|striker|goal\s?keeper|keeper|golfer|wrestler|skater|skier|sprinter|rower|gymnast|athlete|runner|jockey|surfer|diver|dancer|ballerina)"
    r"|prima\sballerina|(?:crime|murder|trial|key|star|state)\switness|(?:serial|convicted|mass|contract)\s(?:killer|murderer)|hostage|kidnap\w+"
)
# Callings: one person's after "the", or as somebody's.
_CALLING = (
    r"priest|vicar|pastor|rector|curate|deacon|minister|chaplain|imam|rabbi|monk|nun|prior|guru|lama|judge|magistrate|coroner|consul|president|governor|director|manager"
    r"|head\s?(?:master|mistress|teacher|of\s\w+)|principal|provost|rector|warden|bursar|dean|chair(?:man|woman|person)?|secretary|treasurer|janitor|caretaker|concierge|porter|postman|post\s?(?:master|mistress)"
    r"|butcher|baker|black\s?smith|farrier|undertaker|gravedigger|sexton|bell\s?ringer|organist|choir\s?master|ferryman|(?:lighthouse|zoo|goal|game|bee|inn|shop|grounds)[\s\-]?keeper|harbou?r\s?master|station\s?master"
    r"|pilot|captain|skipper|first\sofficer|co-?pilot|navigator|coxswain|commander|colonel|major|general|goalie|striker|midfielder|coach|referee|umpire|jockey|trainer|scoutmaster"
    r"|vet|vetinarian|veterinarian|midwife|pharmacist|librarian|curator|landlord|landlady|publican|editor|reporter|journalist|columnist|singer|conductor|chef|bride|groom|best\sman|defendant|accused|plaintiff|witness|suspect|murderer|gunman|bomber|assassin"
    r"|mp|premier|chief|king|queen|emperor|empress|cardinal|chieftain|headman|gp|doctor|surgeon|dentist|nurse|teacher|farmer|policeman|constable|sergeant|barber|plumber|electrician|tailor|cobbler|shepherd|ranger|fire\s?chief"
)
_BODY = (
    r"village|town|city|county|country|nation|state|island|parish|hamlet|valley|region|district|borough|diocese|community|neighbou?rhood|school|college|university|faculty"
    r"|hospital|clinic|practice|ward|department|unit|trust|company|firm|bank|factory|club|team|squad|side|band|orchestra|choir|church|cathedral|mosque|synagogue|temple|monastery"
    r"|convent|abbey|prison|army|navy|regiment|embassy|palace|court|parliament|council|party|union|theatre|museum|zoo|circus|airline|lifeboat|ship|station|newspaper|lodge|estate|castle"
    r"|hotel|pub|bakery|brewery|supermarket|chain|league|federation|world|family\sfirm"
)
_RANK = r"only|sole|first|last|oldest|youngest|tallest|richest|longest[\s\-]serving|best[\s\-]known|most\s\w+|former|current|new|own|late|chief|head|senior|lead|deputy"
_NO_PERSON = re.compile(
    r"[\s\-](?:study|studies|trial|trials|light|symptoms?|signs?|feature|features|movements?|position|points?|veins?|ligament|shift|run|arm|sequence|data|group|number|'s\sverdict)\b"
)


def _person(match: re.Match[str]) -> bool:
    """The pilot, not the pilot study; a duke, not Duke's criteria."""
    return not (_NO_PERSON.match(after(match, 16)) or names_a_thing(match.string, match.end()))


def _unique(pattern: str, guard: Guard = _person) -> Rule:
    return Rule("unique", "R", compiled(pattern), Decision.HOLD, guard=guard, todo=_TODO)


_DISASTER = (
    r"(?:house|tower|hotel|factory|school|hospital|nightclub|club|forest|bush|warehouse|train|ship|flat|block|market|theatre|church)\s(?:fire|collapse)|inferno|earthquake|quake|tsunami|hurricane|cyclone|typhoon|tornado"
    r"|flood(?:s|ing)?|landslide|mud\s?slide|avalanche|eruption|volcano|famine|massacre|genocide|siege|riots?|protests?|coup|uprising|rebellion|stampede|crush|hijack\w*|kidnapping|robbery|heist|raid|stabbings?|shootings?|bombings?|air\s?strike|explosion|blast"
    r"|derailment|pile[\s\-]?up|shipwreck|(?:terror\w*|shark|bear|lion|tiger|crocodile|gas|nerve\sagent|poison|acid|knife|drone|missile)\sattacks?|poisonings?|disaster|catastrophe|scandal|(?:plane|air|airliner|train|rail|coach|bus|helicopter|ferry|tram|airship|balloon|cable\scar)\s(?:crash|accident|disaster|collision)"
    r"|(?:mine|bridge|roof|stand|stadium|building|dam|balcony|crane|pier|tunnel)\scollapse|marathon|coronation|royal\swedding|world\scup|olympics|grand\sprix"
)

RULES = (
    _unique(rf"\b(?:runs|ran|owns|owned|manages|managed|keeps|leads|led|heads|headed|chairs|chaired|edits|edited|hosts|hosted|founded|directs|directed|commands|captains|captained|coaches|coached|presides\sover|represents|serves\sas)\s(?:the|our|a|an|his|her)\s(?:[\w\-]+\s){{0,3}}?(?:{_BODY}|shop|store|post\soffice|pharmacy|newsagent'?s?|charity|foundation|business|dynasty|empire|expedition|troupe|inquiry)\b",
            guard=lambda m: not re.search(r"(?:ward|trauma|arrest|resus\w*)\s(?:team|unit)|\bleads?\s(?:the|a)\s(?:team|unit)", m[0].lower())),
    _unique(r"\bthe\s(?:[a-z\-]+\s)?(?:man|woman|boy|girl|child|teenager|couple|student|driver|nurse|doctor|teacher|officer|soldier|tourist)\s(?:shot|stabbed|attacked|murdered|kidnapped|arrested|accused|convicted|jailed|acquitted|dragged|filmed|pictured|photographed|interviewed|wanted|honoured|honored|rescued|trapped|buried|thrown|swept|struck|mauled)\s(?:outside|in|at|on|by|from|as|for|after|under|out|inside|near)\b"),
    _unique(r"\bone\sof\sthe\s(?:rescued|surviving|trapped|missing|stranded|released|freed|kidnapped|original|founding|condemned|wounded|evacuated|quarantined|bereaved|accused|exiled)\s\w+"),
    _unique(r"\b(?:he|she|who|they|patient|man|woman)\s(?:once\s|also\s|later\s)?(?:wrote|authored|penned|edited|illustrated|composed|directed|produced|painted|sculpted)\s(?:the|a|an|his|her|our|several|many|two|three)\s(?:[\w\-']+\s){0,3}?(?:history|biograph\w+|novels?|books?|songs?|hymns?|anthems?|plays?|scripts?|poems?|memoirs?|columns?|textbooks?|symphon\w+|operas?|films?|music|murals?|portraits?|statues?|dictionary|guide)\b"),
    _unique(r"\bwho\s(?:plays?|played|sings?|sang|presents?|presented|hosts?|hosted|voices?|voiced|stars?|starred)\s(?:the\s)?\w+\s(?:in|on|for|of)\b"),
    _unique(r"\bthe\s(?:face|voice|name|brains?|star|mascot|man|woman|mind|body|girl|boy)\s(?:of|behind|on|from)\s(?:the|an?|our|that|this)\s(?:[\w\-]+\s){0,2}?(?:brand|campaign|company|clock|show|series|channel|franchise|adverts?|advertisement|advertising|poster|billboard|cover|label|logo|character|cartoon|puppet|game|film|movie|song|video|meme|hoax|scandal|charity|appeal|banknote|stamp|coin)\b"),
    _unique(r"\b(?:rare|unusual|unique|uncommon|famous|aristocratic|distinctive|double-barrelled)\s(?:sur|first\s|given\s|family\s|last\s)?names?\b"),
    _unique(r"\b(?:(?:former|ex|late|current|vice|deputy|acting|retired|our|the)[\s\-])+(?:president|king|queen|premier|pope|chancellor|governor|mayor|minister|first\slady|head\sof\sstate|general\ssecretary|secretary[\s\-]general|chief\sof\s\w+|prime\sminister|emperor|tsar|shah|dalai\slama|patriarch)\b"),
    _unique(r"\bthe\s(?:sole\s|only\s|new\s|old\s|former\s|proud\s|young\s|late\s)*(?:owner|founder|landlord|manager|keeper|caretaker|driver|head|leader|boss|conductor|operator|keeper|editor|secretary|inventor|builder|captain)\s(?:and\s\w+\s)?of\s(?:the|our|a|an|this|his|her|that|one)\s(?!car|vehicle|van|lorry|truck|pancreas|femur|team\b|femoral|humer|radi|fibula|metatars|mandib|condyle|caudate|malleus|long|short|dog|cat|other|second|first|muscle|epididymis|nail|bed|table|queue|house)\w+"),
    _unique(rf"\b(?:{_CALLING}|juror|witness|extra|player|contestant|soloist|understudy|candidate|runner|finalist)\s(?:in|at|on|from|for|of)\s(?:the|an?|that|his|her|this|last)\s(?:[\w\-']+\s){{0,3}}?(?:trial|case|match|final|war|election|inquest|inquiry|tournament|campaign|competition|contest|championships?|scandal|expedition|mission|space\s\w+|parade|pageant|premiere|coronation|siege)\b(?!\sof\sa\sdrug)",
            guard=lambda m: not re.match(r"(?:\w+\s)?(?:doctor|nurse|surgeon|candidate|general|major|head|runner|player)\s\w+\s\w+\s(?:case|trial)", m[0].lower())),
    _unique(rf"\b(?:{_OFFICE})\b(?:'s)?"),
    _unique(rf"\b(?:{_FAME})\b(?:'s)?"),
    _unique(r"\bthe\s(?:[a-z\-']+\s)?(?:priest|vicar|rector|curate|imam|rabbi|chaplain|judge|magistrate|coroner|headmaster|headmistress|head\s?teacher|provost|janitor|caretaker|postm\w+|postmistress|butcher|baker|black\s?smith|undertaker|(?:lighthouse|zoo|game|inn|shop)[\s\-]?keeper|harbou?r\s?master|pilot|skipper|co-?pilot|organist|goal\s?keeper|midfielder|landlord|landlady|publican|bride|groom|defendant|accused|plaintiff|gunman|bomber|governor|premier|emperor|empress|chieftain|guitarist|organist)\b(?:'s)?"),
    _unique(rf"\b(?:{_BODY})s?'s?\s(?:[\w\-]+\s){{0,2}}?(?:{_CALLING})\b"),
    _unique(rf"\b(?:our|the|this|their|his|her|its|a|an|my)\s(?:[\w\-]+\s)?(?:{_BODY})(?:'s?|s'|s)?\s(?:(?:{_RANK})\s)?(?:medical\s|nursing\s|clinical\s|finance\s|managing\s|artistic\s|music\s)?(?:director|{_CALLING})\b",
            guard=lambda m: _person(m) and not re.search(r"\b(?:ward|unit|hospital|clinic|department|practice|community|district|state|school)\s(?:nurse|doctor|surgeon|pharmacist|midwife|dentist|gp|teacher|porter|manager|coach)$", m[0].lower())),
    _unique(rf"\b(?:{_CALLING}|{_FAME}|{_OFFICE}|captain|conductor|head|leader|founder|owner|member|lead|voice|face)\s(?:of|at|in|on|for|to)\s(?:the|our|an?|this|his|her|their|its|one\sof\sthe|some)\s(?:[\w\-]+\s){{0,3}}?(?:{_BODY})\b",
            guard=lambda m: _person(m) and not re.match(r"(?:head|lead|voice|face|member|general|major|doctor|nurse|surgeon|teacher|gp|dentist|manager)\s(?:of|in|on|at|to)\s(?:the|a|an|our|this)\s(?:\w+\s)?(?:department|ward|unit|hospital|clinic|team|practice|family|state|community|school|world)", m[0].lower())),
    _unique(rf"\b(?:wife|husband|widow|widower|partner|son|daughter|mother|father|brother|sister|twin|nephew|niece|cousin|aide|driver|bodyguard|friend|nanny|tutor|mistress|lover)\s(?:of|to)\s(?:the|an?)\s(?:[\w\-]+\s){{0,2}}?(?:{_OFFICE}|{_FAME}|{_CALLING})\b"),
    _unique(r"\b(?:reigning|defending|undefeated|disgraced|deposed|exiled|outgoing|newly[\s\-]elected|incumbent|ousted|acclaimed|celebrated|legendary|infamous|prominent|eminent|high[\s\-]profile|well[\s\-]known|famous|famed|renowned|notorious|viral)\s(?!for\b|as\b|sign\b|triad\b|to\b|prodrome|illness|infection|\w+\s(?:sign|triad)\b)\w+",
            guard=lambda m: not re.search(r"viral\s(?!video|tweet|post|clip|dance|challenge)|(?:well[\s\-]known|famous|notorious|prominent|celebrated|infamous|legendary)\s(?:cause|sign|pitfall|risk|side|complication|mimic|association|feature|pattern|trap|u|p|t|q|r|pulsation|vessel|node|pulmonary|hilar|hila|bulge|crest|trial|paper|and|in|but|on|jugular|veins?)\b", m[0].lower())),
    _unique(r"\b(?:plays?|played|playing|sings?|sang|singing|drums?|drummed|stars?|starred|starring|acts?|acted|dances?|danced|performs?|performed)\s(?:the\s)?(?:(?:lead|title|main|first|second)\s\w+\s)?(?:in|for|with|as|at)\s(?:an?|the|our|his|her|their)\s(?:[\w\-']+\s){0,3}?(?:bands?|orchestra|philharmonic|choir|opera|musical|film|movie|soap|series|drama|ballet|league|division|team|side|squad|club|theatre|show|stadium|quartet|trio)\b"),
    _unique(r"\b(?:in|of|for|from|with)\s(?:an?|the|his|her)\s(?:[\w\-]+\s){0,2}?(?:rock|punk|pop|boy|girl|jazz|metal|folk|brass|military|well-known|famous|cover|tribute)\s?band\b|\bboy\s?band\b|\bsoap\s(?:opera|star)\b|\breality\s(?:show|tv)\b|\btalent\s(?:show|contest)\b"),
    _unique(r"\b(?:national|olympic|paralympic|first|premier|major|top|senior|world|international|varsity|all-star)[\s\-](?:\w+\s)?(?:team|side|squad|league|division|eleven|xi)\b",
            guard=lambda m: "trauma" not in m[0].lower() and "care" not in m[0].lower()),
    _unique(r"\b(?:appear\w*|featured|(?:seen|shown)(?!\s(?:on|in)\s(?:the\s|this\s|a\s)?(?:film|screen|paper))|interviewed|known|star\w*|famous|host\w*|presents|presented|reads|works|worked|chef|cook|cooks)\s(?:\w+\s){0,2}?(?:from|on|in|for|by)\s(?:the\s|a\s|breakfast\s|local\s|national\s|live\s|daytime\s|children's\s)*(?:television|tv|telly|radio|film|movies?|screen|cinema|netflix|newspapers?|magazines?|papers|press|tabloids?|internet|social\smedia)\b"),
    _unique(r"\b(?:television|tv|radio)\s(?:show|series|programme|program|channel|crew|cameras?|studio|appearance|advert\w*|presenter|chef|star|personality|host|drama|quiz)\b|\b(?:newspapers?|tabloids?|headlines?|front[\s\-]pages?|press\s(?:conference|release|coverage|pack)|paparazzi|media\s(?:storm|coverage|attention)|made\sthe\s(?:news|papers|front)|hit\sthe\s(?:news|papers)|(?:evening|national|local|world|breakfast)\snews|newscast|news\s?flash|reporters|podcasts?|documentar(?:y|ies)|biopic|memoirs?|autobiograph\w+|best[\s\-]?seller|crowd\s?fund\w*|fund\s?rais\w+|petition|went\sviral|trending)\b"),
    _unique(r"\b(?:elected|re-elected|knighted|ordained|crowned|sworn\sin|enthroned|appointed|inaugurated|impeached|assassinated|extradited|indicted|acquitted|convicted|sentenced|jailed|paroled|pardoned|exonerated)\s(?:to|as|of|for|by|at|in|last|after|on|king|queen|mayor|president|bishop)\b(?!\s(?:undergo|have|treat|observe|proceed|continue|try|defer|give|use|wait|stop|start))"),
    _unique(r"\b(?:won|winning|wins|winner\sof|scored|broke|holds?|held|set|setting|awarded|received|collected|runner-up\sin|took\sgold)\s(?:\w+\s){0,2}?(?:the|an?|this\syear's|last\syear's|his|her|their|two|three|\d+|several)\s(?:[\w\-']+\s){0,3}?(?:world\srecord|record|title|medals?|olympic\w*|cup|trophy|prize|award|oscar|grammy|emmy|bafta|pulitzer|championships?|marathon|lottery|jackpot|election|race|derby|tournament|grand\sslam|crown|george\scross|victoria\scross|knighthood|winning\sgoal|grand\sfinal|gold|silver|bronze)\b"),
    _unique(r"\b(?:world|national|olympic|guinness|course|club|regional|state|european|commonwealth)[\s\-](?:\w+\s)?records?\b|\brecord[\s\-](?:holder|breaker|breaking)\b|\bmedal\s(?:winner|of\shono\w+)\b|\b(?:lottery|jackpot|pools|prize|award|oscar|emmy|grammy|medal|pulitzer|booker|nobel|election|contest|race|marathon|derby|title)[\s\-]?winn(?:er|ing)s?\b|\bwinners?\sof\s(?:the|last|this|a|an|two|three)\b"),
    _unique(rf"\b(?:the|last|this|that|recent)\s(?:[\w\-']+\s){{0,3}}?(?:{_DISASTER})(?:\s(?:that|which|in\swhich|left|killed|made|where|victims?|survivors?))?\b",
            guard=lambda m: not re.search(r"\b(?:adrenal|blast|asthma|thyroid|transient|sickle|cell|crisis|of\slife)\b|the\s(?:crush|blast|shooting|eruption|poisoning|siege|flood|raid|explosion)\b(?!\s(?:that|which|in|left|killed|victim|survivor))", m[0].lower() + after(m, 18))),
    _unique(rf"\b(?:{_DISASTER}|war|holocaust|concentration\scamp|camp|atomic\sbomb|titanic|chernobyl|(?:gun|knife|bear|shark|terror)[\s\-]?attack|crash)\s(?:survivors?|victims?|hero(?:es|ine)?|orphan|veteran|witness(?:es)?|casualt(?:y|ies)|refugee)\b"),
    _unique(r"\b(?:pilot|captain|driver|crew|passengers?|survivors?|victims?|sole|wreck|wreckage|hijacker|engineer)\s(?:of|on|from|aboard)\s(?:the|a|an|that|flight)\s(?:[\w\-]+\s){0,2}?(?:crashed|sunken|sunk|sinking|stricken|hijacked|derailed|doomed|ill-fated|capsized|burning|missing|plane|airliner|flight|ferry|train|bus|ship|titanic|trawler|submarine|space\s\w+)\b"),
    _unique(r"\bthe\s(?:young\s|old\s|elderly\s|brave\s|local\s)?(?:man|woman|boy|girl|child|teenager|couple|nurse|teacher|doctor|climber|swimmer|sailor|soldier|pilot|hiker|fisherman|diver|driver|farmer|student|student's|tourist|lady|gentleman|person|one)\s(?:who|that)\s(?:had\s|has\s)?(?:been\s)?(?:fell|jumped|fallen|leapt|landed|swam|climbed|crossed|sailed|rowed|walked|flew|ran|cycled|drove|saved|rescued|rescue|won|shot|stabbed|killed|murdered|escaped|survived|attacked|bitten|trapped|buried|kidnapped|found\salive|invented|wrote|sang|played|painted|discovered|donated|sued|whose|set|broke|stole|robbed|caught|tackled|stopped|lost\shis|lost\sher|gave\sbirth)\b"),
    _unique(r"\b(?:dug\sout|pulled\s(?:from|out\sof)|rescued\s(?:from|after|by)|airlifted|winched|trapped\s(?:under|in|for)|found\salive|adrift|marooned|stranded|held\s(?:captive|prisoner|hostage)|taken\shostage|released\s(?:after|from\s(?:captivity|prison))|shot\s(?:by|down)|struck\sby\s(?:lightning\s(?:twice|while)|a\s(?:meteor\w*|train|falling)))\b",
            guard=lambda _match: True),
)  # fmt: skip
