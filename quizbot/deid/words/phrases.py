"""Clinical phrases that hold a name, a place or a day: the rules for those pass over them."""

import re
from functools import cache

from quizbot.deid.vocabulary import entries, fold

_NOUN = (
    r"criteri(?:a|on)|classification|scores?|scale|rules?|sign|signs|syndrome|disease|test|system|staging|stage|grade|grading"
    r"|guidelines?|definition|algorithm|consensus|protocol|index|nomogram|formula|view|views|projection|procedure|operation"
    r"|approach|method|man(?:o)?euvre|maneuver|manoeuvre|type|variant|virus|fever|encephalitis|flu|fracture|fractures|dislocation"
    r"|injury|lesion|triad|tetrad|pentad|phenomenon|reflex|pulse|murmur|nodes?|nodules?|spots?|lines?|waves?|bodies|body|cells?"
    r"|palsy|paralysis|ataxia|chorea|dystrophy|anomaly|malformation|deformity|tumou?r|sarcoma|lymphoma|agglutination|stain|staining"
    r"|tube|drain|catheter|splint|brace|collar|forceps|bandage|dressing|solution|agent|monitor|device|ligament|duct|canal|fossa|fissure"
    r"|gland|glands|muscle|fascia|membrane|space|plexus|nerve|triangle|point|law|effect|response|reaction|hypothesis|theory"
    r"|law|equation|ratio|angle|knot|position|stool|chart|outcome|diverticulum|ulcers?|hernia|cyst|ring|web|pouch|loop|bundle|fibres?|fibers?"
    r"|thyroiditis|arteritis|granulomatosis|purpura|nephropathy|retinopathy|cardiomyopathy|encephalopathy|neuropathy|aneurysm"
    r"|chromosome|phenotype|mutation|gene|antigen|antibod(?:y|ies)|pattern|patterns|equivalent|t\s?waves?|st|block|artery|vein|valve|shunt|anastomosis"
)
_AFTER = re.compile(
    rf"(?:'s|')?(?:[\s\-]+(?:[ivx]+|[a-d]|type|modified|revised|like|\w+al|\w+ic))?[\s\-]+(?:{_NOUN})\b", re.IGNORECASE
)


_DOI = re.compile(r"\b10\.\d{4,9}/[-._;()/:a-z0-9]+")  # a paper's number, as crossref.org describes it


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(entries("phrases"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def phrases(text: str) -> list[tuple[int, int]]:
    """Where a plain text holds such a phrase."""
    folded = "".join(piece if len(piece := fold(letter)) == 1 else letter for letter in text)
    return [match.span() for pattern in (_pattern(), _DOI) for match in pattern.finditer(folded)]


def names_a_thing(text: str, end: int) -> bool:
    """Whether what follows makes a name a term: "Boston criteria", "Murphy's sign"."""
    return bool(_AFTER.match(text, end))


def inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a stretch lies within one of the spans."""
    return any(first <= start and end <= last for first, last in spans)
