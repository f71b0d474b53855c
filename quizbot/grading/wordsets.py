"""Small closed sets of words that the grader's rules name. Larger ones are data files of the lexicon."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(";"))


# Beginnings of medical words that people write as words of their own ("peri lunate").
PREFIXES = _words("""
    ante anti cardio cephal cerebro cranio dermato endo epi extra gastro haemo hemi hemo hydro hyper hypo infra inter
    intra laryngo macro meso meta micro mono myo neuro osteo pan para peri photo pneumo poly post pre pseudo pyo retro
    rhabdo spondylo sub super supra trans ventriculo
""")

# Words that say nothing beside a name; a name is looked up without them.
STOP = _words("""
    a al an and appears are as at be been being bit by d da das de del der des di die dont du e el en et for
    from get gets getting going got had has have having he hell her here heres hes him his i id if ill im in induced is
    it itd itll its ive just kind la las le lets like ll look looking looks los m me my of on or our per quite
    re really related s seem seeming seems she shell shes so some sort t that thats the their them there theres these
    they theyre theyve this those to too un una uno ve very was we well were weve whats whos with y you your
    youre youve
""")

# What "#" before or after it breaks.
BONES = _words("""
    ankle calcaneus clavicle elbow femoral femoral_neck femur fibula hip humerus mandible metacarpal metatarsal
    nof nose olecranon orbit patella pelvis radius rib scaphoid shoulder skull spine talus tibia ulna vertebra
    wrist
""")

# Words that end in a full stop without ending a sentence.
SHORTENED = _words("""
    abd abdo ac acc acut ant ao approx art bilat card cerv chr chron disloc dist dr esoph ext fem fx haem hem hum inf
    int intest intra isch lat lt med metast mid myo obst oesoph pelv perf peri poss post prob prox pulm resp
    retro rt rupt sag
    sec sin st subac sup susp thor thromb tib v vag ven vent vs
""")

# What makes a diagnosis before it the name of a test, a team or a rule.
TEST_WORDS = _words("""
    activation alert bay bundle call clinic code criteria dose guideline guidelines kit lookalike mimic mimics
    jab jabs levels pathway pcr precautions protocol protocols rule score scores screen serology series study swab
    swabs team test testing tests titre titres titer unit vaccine vaccination workup
""")

# Words of a person who talks rather than names.
TALK = _words("""
    after am anyone are because before can could did didnt do does dont everyone had has have he how i id if ill
    im is its ive let lets me my nobody our please pls she should so someone that thats theres these they this
    those u until ur was we were what whats when where who why will would you your
""")

# Words of somebody who talks of themselves, and those of somebody who says what they see.
SELF = _words("""
    i im ive id ill me my mine myself our us we
""")
SEEING = _words("""
    bet believe call calling diagnose go going guess hear looks note notice reckon saw say saying see seeing spot
    spotted suspect think thinking vote
""")

# Verbs that open advice.
ORDERS = _words("""
    admit always avoid bag bleep book call check cut do dont elevate examine feel get give go grab hold ice image keep
    look need needs never open page phone press protect put rest ring run scan send shave show start stick stop
    take tap treat wash
""")

# Those whose guess is reported.
PEOPLE = _words("""
    anybody anyone attending boss cardiologist colleague comments computer consultant doctor dr everybody
    everyone folks gp half he intern machine mate medreg nurse paramedic people radiologist radiologists reader
    reg registrar report resident she somebody someone surgeon team they those triage who whos you
""")

# Those who speak for the respondent.
SPEAKERS = _words("i we")

# Words that add nothing to a person's name (policy: a bare eponym is the diagnosis).
NOISE = _words("""
    aneurysm angina anomaly arthritis block cardiomyopathy classic condition contracture criteria criterion
    deformity disease dislocation disorder diverticulum encephalopathy esophagu fever finger fracture gangrene
    hernia injury lesion lymphoma palsy pattern phenomenon point purpura pyramid rhythm sarcoma sequence sign
    spot syndrome tetralogy thyroiditis triad tumor ulcer vasculitis wave
""")

# Words that add nothing to a name that is nobody else's ("Andersen-Tawil syndrome").
SORTS = _words("""
    disease disorder phenomenon sequence syndrome
""")

# Words that only say what sort of thing a name stands for.
HEADS = _words("""
    attack crisis disease disorder fracture infection injury lesion poisoning sign syndrome toxicity toxidrome
""")

# Words that only say that a name is a sign's.
SIGN_HEADS = _words("""
    appearance finding lesion pattern phenomenon positive reflex sign test triad wave
""")

# Corrections that take back a guess even if none follows.
RETRACTIONS = _phrases("""
    but no; but nope;
    i take it back; i take that back; i was wrong; im wrong; nah; never mind; nevermind; no no; nope; nvm; scrap
    that; scratch that; strike that; take it back; take that back; wrong
""")

# Denials that may stand before or after what they deny.
TWO_WAY = _phrases("""
    doubtful; excluded; highly doubtful; highly unlikely; implausible; improbable; mimic; mimics; neg; negative;
    not likely; ruled out; unlikely; very doubtful; very unlikely
""")

# Words of a ranking that calls what it ranks unlikely: alone it is a denial.
UNLIKELY = _words("""
    bottom isnt least less not probable remote remotely far further low lower way
""")

# Beginnings of denials that deny only what follows them: "PE, hard to see".
TRANSITIVE = (
    "cant see", "difficult to", "hard to", "impossible to", "no suspicion", "struggl", "surprised", "tough to", "wasnt",
)  # fmt: skip

# Openings that ask without a question mark.
OPEN_QUESTION = _phrases("""
    any; anybody; anyone; asking; can we; curious; did; did anyone; did he; did she; do we; genuinely asking;
    has he; has she; how do you; which; i wonder how; i wonder if anyone; i wonder what; i wonder when; i wonder where;
    i wonder who; i wonder why; was there; who; why; why not; wonder how; wonder what; wonder who; wonder why;
    wondering how; wondering if anyone; wondering what; wondering when; wondering where; wondering who; wondering why
""")

# Rankings that follow what they rank.
BACKWARD_LOW = _phrases("""
    a close second; a distant second; a distant third; a poor second; also possible; as backup; close second;
    distant second; down the list; far less likely; further down; further down the list; in the differential; is
    possible; less likely; much less likely; on the ddx; on the differential; on the list; outside bet; plan b;
    poor second; possible; runner up; second choice; second place; still possible
""")

# Denials of a finding rather than of a diagnosis.
LACKING = _phrases("""
    absence of; cant see any; dont see; dont see any; fails to show; lacking; lacks; minus; neg for; negative
    for; no; no evidence of; no hint of; no sign of; no signs of; no trace of; sans; sin; w/o; without
""")

# Questions at the end that only ask for agreement.
TAGS = _phrases("""
    aint it; isnt it
""")

# Words that offer a diagnosis though the sentence asks.
HEDGES = _words("""
    could might may maybe perhaps possibly possible think thinking thoughts guess guessing reckon surely probably prob
    say early late atypical weird sneaky subtle presentation case variant
""")

# What sets one thing against another in a sentence.
BUTS = _words("""
    but however yet pero sino aber mais
""")

# Denials that follow a comma.
JESTS = _phrases("""
    said no one; said nobody; is a myth; my foot; my arse; my ass
""")

# What commits to what follows it.
COMMITTING = _phrases("""
    its; it is; thats; this is; is; must be; has to be; gotta be; actually; now; really; then; i say; going with; so
""")

# Likelihoods that rank only what they stand before by itself.
SOFT = _words("""
    probably prob likely
""")

# What an illness leads to: named beside a guess it is company, never a second guess.
COMPLICATIONS = _phrases("""
    shock; sepsis; septic shock; cardiac arrest; respiratory failure; heart failure; acute kidney injury; hypotension;
    disseminated intravascular coagulation; compartment syndrome; hydrocephalus; brain herniation; uncal herniation;
    respiratory arrest; cardiogenic shock; hemorrhagic shock; obstructive shock; lactic acidosis; rhabdomyolysis
""")

# What every history asks for: as a question of one word never a guess.
ROUTINE = _phrases("""
    allergic reaction; diabetes mellitus; hypertension; immunosuppression; injection drug use; medication
    allergy; obesity; poisoning; pregnancy; trauma; travel
""")

# What opens a sentence about people in general: "every man over 60 with renal colic".
GENERAL = _words("""
    every everyone everybody whoever whenever
""")

# What makes a name after it that of another thing.
UNDOING = _words("""
    impending incipient non pre threatened
""")

# Words beside which an everyday word is only that ("get him down").
PERSONAL = _words("""
    get gets getting going got had has have he her him his i me my our them their to we well you your
""")

# Corrections that may only be a pause for thought, within a name too.
HESITATIONS = _words("""
    ah ehh er erm err hm hmm hmmm hmmmm now uh um
""")

# Words that add nothing to a name.
FILLERS = _words("""
    disease sign syndrome
""")

# What turns a person's name before it into the name of a sign.
SIGNS = _words("""
    crunch line lines maneuver reflex manoeuvre node nodes nodule ring rings score spot spots test
""")

# Words that only say how much, how fast or on which side.
DEGREES = _words("""
    acute bilateral big classic complete complicated diffuse early extensive fast florid huge large late left massive
    mild moderate multiple new nonspecific rapid recurrent response right severe simple slow small spontaneous subacute
    submassive total typical uncomplicated ventricular
""")

# Units: in small letters no short form of a disease.
UNITS = _words("""
    bpm cc cm hr hrs kg kpa mcg mg min mins ml mm pm sec secs
""")
