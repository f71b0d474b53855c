"""What a reply takes back, denies, asks or ranks lower is sorted out of its mentions (policy rules 2 to 6)."""

from typing import NamedTuple

from quizbot.grading.guess import FULL, identity, is_finding
from quizbot.grading.key import Listed
from quizbot.grading.mention import Mention
from quizbot.grading.status import ASKED, CONTEXT, DEAD, DENIED, DOUBTED, FIRST, HIGH, LIVE, RANKED_LOW
from quizbot.grading.terms import Term
from quizbot.grading.words import Word, Words, is_pause, is_stop
from quizbot.grading.wordsets import BUTS, COMMITTING, RETRACTIONS, ROUTINE, TEST_WORDS

_ADDING = frozenset({"also", "with", "and", "possible", "could", "might", "maybe", "w", "w/"})
_TURNS = BUTS | {"?", "1"}  # with a full stop and a correction what one of the rules below needs
_AFTER = TEST_WORDS | {"?"}  # what makes something else of a name that it follows
_FAR = 10  # words from a name to the question mark that doubts it


class Sorted(NamedTuple):
    """The mentions of a reply, sorted.

    Attributes:
        live: those the reply commits to, in order.
        dropped: the others with the reason each fell away.
    """

    live: tuple[Mention, ...]
    dropped: tuple[tuple[Mention, str], ...]


_NONE = Sorted((), ())
_WHY = {
    "n": "it is denied (rule 2)",
    "o": "it is denied (rule 2)",
    "q": "it is asked, not offered (rule 4)",
    "s": "it is somebody else's guess (rule 1)",
    "k": "it is history, risk or a plan, not a guess",
    '"': "it is quoted (rule 1)",
    "l": "another is preferred (rule 6)",
    "u": "it is called unlikely, and nothing is preferred to it (rule 2)",
    "t": "it is taken back (rule 5)",
}


def sort(words: Words, mentions: list[Mention]) -> Sorted:
    """Keep what the reply commits to."""
    if not mentions:
        return _NONE
    if not _AFTER.isdisjoint(words.surfaces):
        mentions = [_as_test(words, m) for m in mentions]
    if (
        len(mentions) == 1
        and mentions[0].mark in (LIVE, HIGH)
        and "C" not in words.kinds
        and not ("." in words.kinds and "?" in words.surfaces)
    ):
        return Sorted((mentions[0],), ())
    return Sorted(tuple(mentions), ()) if _is_plain(words, mentions) else _sorted(words, mentions)


def _is_plain(words: Words, mentions: list[Mention]) -> bool:
    """Whether they stand in one sentence without any word that ranks them or takes one back."""
    kinds = words.kinds
    if "." in kinds or "C" in kinds or not _TURNS.isdisjoint(words.surfaces):
        return False
    return all(m.mark == LIVE for m in mentions)


def _sorted(words: Words, mentions: list[Mention]) -> Sorted:
    dropped = [(m, _WHY[m.mark]) for m in mentions if m.mark in DEAD]
    alive = [m for m in mentions if m.mark not in DEAD]
    refused = {identity(m) for m in mentions if m.mark == DENIED}
    if refused and any(identity(m) not in refused for m in alive):  # "that RBBB isn't an RBBB. Brugada"
        dropped += [(m, _WHY["n"]) for m in alive if identity(m) in refused]
        alive = [m for m in alive if identity(m) not in refused]
    for rule, why in _RULES:
        kept = rule(words, alive)
        if len(kept) < len(alive):
            dropped += [(m, _WHY[why]) for m in alive if m not in kept]
            alive = kept
    if alive and all(m.mark == DOUBTED for m in alive):
        dropped += [(m, _WHY[DOUBTED]) for m in alive]
        alive = []
    return Sorted(tuple(alive), tuple(dropped))


def _as_test(words: Words, mention: Mention) -> Mention:
    place = mention.places[-1] + 1
    if place == len(words):
        return mention
    after = words[place].surface
    if after == "?" and isinstance(mention.target, Term) and mention.target.kind == "finding":
        return mention._replace(mark=ASKED)
    if after == "?" and _is_routine(words, mention):
        return mention._replace(mark=ASKED)
    if after in TEST_WORDS and mention.mark not in DEAD:
        return mention._replace(mark=CONTEXT)
    return mention


def _is_routine(words: Words, mention: Mention) -> bool:
    """Whether it is what every history asks for, as a question of its own ("allergies?")."""
    opens = not mention.start or is_pause(words[mention.start - 1])
    return opens and isinstance(mention.target, Term) and mention.target.name.lower() in ROUTINE


def _first_thoughts(words: Words, alive: list[Mention]) -> list[Mention]:
    """ "I thought X, it's Y": what is settled on counts, a sign too if a "but" leads to it."""
    firm = [m for m in alive if m.mark != FIRST]
    if len(firm) == len(alive):
        return alive
    if any(not is_finding(m) or isinstance(m.target, Listed) for m in firm):
        return firm
    first = next((m for m in alive if m.mark == FIRST), None)
    turned = first and any(first.end < m.start and _turns(words, first.end, m.start) for m in firm)
    return firm if turned else alive


def _turns(words: Words, start: int, stop: int) -> bool:
    return any(w.kind == "C" or w.surface in BUTS for w in words[start:stop])


def _corrections(words: Words, alive: list[Mention]) -> list[Mention]:
    """After "no wait", "edit:" and the like only what follows counts, if a guess does."""
    for index in range(len(words) - 1, -1, -1) if "C" in words.kinds else ():
        if words[index].kind == "C":
            after = [m for m in alive if m.start > index]
            if any(not is_finding(m) or isinstance(m.target, Listed) for m in after):
                return after
            ends = index + 1 == len(words) or is_pause(words[index + 1])
            if ends and words[index].surface in RETRACTIONS and not after:
                return []
    return alive


def _contrasts(words: Words, alive: list[Mention]) -> list[Mention]:
    """ "Looks like PE but it's pneumonia": what follows the "but" is meant, unless it is ranked lower or added."""
    for index in range(len(words) - 1, 0, -1) if not BUTS.isdisjoint(words.surfaces) else ():
        if words[index].surface not in BUTS or (words[index + 1 : index + 2] and words[index + 1].surface in _ADDING):
            continue
        start = next((i for i in range(index, -1, -1) if is_stop(words[i])), -1)
        stop = next((i for i in range(index, len(words)) if is_stop(words[i])), len(words))
        before = [m for m in alive if start < m.start and m.end < index]
        after = [m for m in alive if index < m.start < stop and m.mark not in RANKED_LOW and not is_finding(m)]
        if before and after and not {identity(m) for m in before} & {identity(m) for m in after}:
            sure = any(w.surface in COMMITTING for w in words[index : after[0].start])
            if sure or any(identity(m) == FULL for m in after):
                return [m for m in alive if m not in before]
    return alive


def _told_apart(words: Words, alive: list[Mention]) -> list[Mention]:
    """ "SAH comes in a second, this came in a week. CVT.": what is only talked of gives way to a bare name after it."""
    last = alive[-1] if len(alive) > 1 else None
    if last is None or is_finding(last) or last.mark not in (LIVE, HIGH) or not _stands_bare(words, last):
        return alive
    before = [m for m in alive[:-1] if identity(m) != identity(last)]
    return [last] if before and all(_talked_of(words, m, last) for m in before) else alive


def _stands_bare(words: Words, mention: Mention) -> bool:
    """Whether it opens its sentence and nothing but a pause follows it."""
    opens = mention.start and is_stop(words[mention.start - 1]) and words[mention.start - 1].surface != "?"
    return bool(opens) and (mention.end + 1 == len(words) or is_pause(words[mention.end + 1]))


def _talked_of(words: Words, mention: Mention, last: Mention) -> bool:
    """Whether a sentence goes on from it in general words and then turns to "this"."""
    stop = next((i for i in range(mention.end, last.start) if is_stop(words[i])), last.start)
    after = words[mention.end + 1 : stop]
    told = bool(after) and after[0].kind in "gb" and not after[0].atoms
    return told and mention.mark == LIVE and any(w.surface in ("this", "here", "hers", "his", "these") for w in after)


def _questions(words: Words, alive: list[Mention]) -> list[Mention]:
    """ "Blood in the urine? BP? Platelets?": a string of questions asks for findings."""
    if "?" not in words.surfaces or words.kinds.count(".") < 2:  # noqa: PLR2004  # one is no string
        return alive
    stops = [i for i, kind in enumerate(words.kinds) if kind == "."]
    if len(stops) < 2 or any(words[i].surface != "?" for i in stops) or stops[-1] != len(words) - 1:  # noqa: PLR2004
        return alive
    starts = [0, *(i + 1 for i in stops[:-1])]
    silent = any(not any(a <= m.start < b for m in alive) for a, b in zip(starts, stops, strict=True) if a < b)
    return [m for m in alive if isinstance(m.target, Listed)] if silent else alive


def _doubts(words: Words, alive: list[Mention]) -> list[Mention]:
    """ "Bulla? [looks at trachea] Tension pneumothorax": what is asked first gives way to what is said last."""
    if len(alive) < 2 or "?" not in words.surfaces:  # noqa: PLR2004  # one alone is a hedge
        return alive
    *before, last = [m for m in alive if not is_finding(m)] or alive
    doubted = [_doubted(words, m) for m in before]
    spoken = last.end - (before[-1].end if before else 0) > len(last.places) + 1
    return [last] if before and all(doubted) and spoken and not _doubted(words, last) else alive


def _doubted(words: Words, mention: Mention) -> bool:
    """Whether a question mark stands right behind it, or ends the sentence that goes on from it."""
    after = mention.end + 1
    stop = next((i for i in range(after, min(after + _FAR, len(words))) if _ends(words[i])), after)
    return after < len(words) and words[stop].surface == "?"


def _ends(word: Word) -> bool:
    """Whether a sentence ends with certainty; dots may only be a pause."""
    return is_stop(word) and not word.surface.startswith("..")


def _numbered(words: Words, alive: list[Mention]) -> list[Mention]:
    """ "1) PE 2) ACS": the first is preferred."""
    if "1" not in words.surfaces or "2" not in words.surfaces:
        return alive
    places = {m.start: m for m in alive if m.start > 1}
    numbers = {
        words[at - 2].surface if words[at - 1].kind in "p.," else words[at - 1].surface: m for at, m in places.items()
    }
    if alive and alive[0].start and alive[0].start not in places:
        numbers.setdefault(words[0].surface, alive[0])
    return [numbers["1"]] if "1" in numbers and "2" in numbers else alive


def _preferences(_words: Words, alive: list[Mention]) -> list[Mention]:
    if all(m.mark != HIGH and m.mark not in RANKED_LOW for m in alive):
        return alive
    high = [m for m in alive if m.mark == HIGH and not is_finding(m)]
    if high and len(high) < len(alive):
        return high
    plain = [m for m in alive if m.mark in (LIVE, HIGH)]
    if any(not is_finding(m) for m in plain):
        return [m for m in alive if m.mark not in RANKED_LOW]
    return alive


_RULES = (
    (_questions, "q"),
    (_first_thoughts, "t"),
    (_corrections, "t"),
    (_contrasts, "t"),
    (_told_apart, "t"),
    (_doubts, "t"),
    (_numbered, "l"),
    (_preferences, "l"),
)
