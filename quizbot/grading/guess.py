"""From mentions to guesses: what was taken back, ranked lower or merely detail falls away (policy rules 2 to 9)."""

from typing import NamedTuple

from quizbot.grading.key import Key, Listed, Worth
from quizbot.grading.mentions import Mention
from quizbot.grading.reader import Word
from quizbot.grading.status import ASKED, CONTEXT, DEAD, DENIED, FIRST, HIGH, LIVE, LOW, is_pause, is_stop
from quizbot.grading.terms import Term
from quizbot.grading.wordsets import BUTS, COMMITTING, HEDGES, RETRACTIONS, TEST_WORDS

_SHOTGUN = 12  # guesses; among more none is weighed against another
FULL = "="  # what all full answers are known by
_ADDING = frozenset({"also", "with", "and", "possible", "could", "might", "maybe", "w", "w/"})
_NEAR = 3  # words between a guess and the "or" that follows it


class Sorted(NamedTuple):
    """The mentions of a reply, sorted.

    Attributes:
        live: those the reply commits to, in order.
        dropped: the others with the reason each fell away.
    """

    live: tuple[Mention, ...]
    dropped: tuple[tuple[Mention, str], ...]


def is_finding(mention: Mention) -> bool:
    """Whether it names a sign or a bare category rather than a diagnosis."""
    target = mention.target
    return target.finding if isinstance(target, Listed) else target.kind in ("finding", "class", "group")


def identity(mention: Mention) -> str:
    """Mentions of the same thing share it: all full answers are one."""
    target = mention.target
    if isinstance(target, Listed):
        return FULL if target.worth is Worth.FULL else f"={target.text}"
    return target.name


_WHY = {
    "n": "it is denied (rule 2)",
    "o": "it is denied (rule 2)",
    "q": "it is asked, not offered (rule 4)",
    "s": "it is somebody else's guess (rule 1)",
    "k": "it is history, risk or a plan, not a guess",
    '"': "it is quoted (rule 1)",
    "l": "another is preferred (rule 6)",
    "t": "it is taken back (rule 5)",
}


def sort(words: list[Word], mentions: list[Mention]) -> Sorted:
    """Keep what the reply commits to."""
    mentions = [_as_test(words, m) for m in mentions]
    if (
        len(mentions) == 1
        and mentions[0].mark in (LIVE, HIGH)
        and not any(w.kind == "C" or w.surface == "?" for w in words)
    ):
        return Sorted((mentions[0],), ()) if not is_finding(mentions[0]) else _sorted(words, mentions)
    return _sorted(words, mentions)


def _sorted(words: list[Word], mentions: list[Mention]) -> Sorted:
    dropped = [(m, _WHY[m.mark]) for m in mentions if m.mark in DEAD]
    alive = [m for m in mentions if m.mark not in DEAD]
    refused = {identity(m) for m in mentions if m.mark == DENIED}
    if any(identity(m) not in refused for m in alive):  # "that RBBB isn't an RBBB. Brugada"
        dropped += [(m, _WHY["n"]) for m in alive if identity(m) in refused]
        alive = [m for m in alive if identity(m) not in refused]
    for rule, why in _RULES:
        kept = rule(words, alive)
        dropped += [(m, _WHY[why]) for m in alive if m not in kept]
        alive = kept
    return Sorted(tuple(alive), tuple(dropped))


def _as_test(words: list[Word], mention: Mention) -> Mention:
    after = words[mention.end + 1] if mention.end + 1 < len(words) else None
    if after and after.surface == "?" and isinstance(mention.target, Term) and mention.target.kind == "finding":
        return mention._replace(mark=ASKED)
    if after and after.surface in TEST_WORDS and mention.mark not in DEAD:
        return mention._replace(mark=CONTEXT)
    return mention


def _is_partial(mention: Mention) -> bool:
    return isinstance(mention.target, Listed) and mention.target.worth is Worth.PARTIAL


def _first_thoughts(_words: list[Word], alive: list[Mention]) -> list[Mention]:
    firm = [m for m in alive if m.mark != FIRST]
    return firm if any(not is_finding(m) or _is_partial(m) for m in firm) else alive


def _corrections(words: list[Word], alive: list[Mention]) -> list[Mention]:
    """After "no wait", "edit:" and the like only what follows counts, if a guess does."""
    for index in range(len(words) - 1, -1, -1):
        if words[index].kind == "C":
            after = [m for m in alive if m.start > index]
            if any(not is_finding(m) or isinstance(m.target, Listed) for m in after):
                return after
            if words[index].surface in RETRACTIONS and not after:
                return []
    return alive


def _contrasts(words: list[Word], alive: list[Mention]) -> list[Mention]:
    """ "Looks like PE but it's pneumonia": what follows the "but" is meant, unless it is ranked lower or added."""
    for index in range(len(words) - 1, 0, -1):
        if words[index].surface not in BUTS or (words[index + 1 : index + 2] and words[index + 1].surface in _ADDING):
            continue
        start = next((i for i in range(index, -1, -1) if is_stop(words[i])), -1)
        stop = next((i for i in range(index, len(words)) if is_stop(words[i])), len(words))
        before = [m for m in alive if start < m.start and m.end < index]
        after = [m for m in alive if index < m.start < stop and m.mark != LOW and not is_finding(m)]
        if before and after and not {identity(m) for m in before} & {identity(m) for m in after}:
            sure = any(w.surface in COMMITTING for w in words[index : after[0].start])
            if sure or any(identity(m) == FULL for m in after):
                return [m for m in alive if m not in before]
    return alive


def _told_apart(words: list[Word], alive: list[Mention]) -> list[Mention]:
    """ "SAH comes in a second, this came in a week. CVT.": what is only talked of gives way to a bare name after it."""
    last = alive[-1] if len(alive) > 1 else None
    if last is None or is_finding(last) or last.mark not in (LIVE, HIGH) or not _stands_bare(words, last):
        return alive
    before = [m for m in alive[:-1] if identity(m) != identity(last)]
    return [last] if before and all(_talked_of(words, m, last) for m in before) else alive


def _stands_bare(words: list[Word], mention: Mention) -> bool:
    """Whether it opens its sentence and nothing but a pause follows it."""
    opens = mention.start and is_stop(words[mention.start - 1]) and words[mention.start - 1].surface != "?"
    return bool(opens) and (mention.end + 1 == len(words) or is_pause(words[mention.end + 1]))


def _talked_of(words: list[Word], mention: Mention, last: Mention) -> bool:
    """Whether a sentence goes on from it in general words and then turns to "this"."""
    stop = next((i for i in range(mention.end, last.start) if is_stop(words[i])), last.start)
    after = words[mention.end + 1 : stop]
    told = bool(after) and after[0].kind in "gb" and not after[0].atoms
    return told and mention.mark == LIVE and any(w.surface in ("this", "here", "hers", "his", "these") for w in after)


def _questions(words: list[Word], alive: list[Mention]) -> list[Mention]:
    """ "Blood in the urine? BP? Platelets?": a string of questions asks for findings."""
    stops = [i for i, w in enumerate(words) if is_stop(w)]
    if len(stops) < 2 or any(words[i].surface != "?" for i in stops) or stops[-1] != len(words) - 1:  # noqa: PLR2004
        return alive
    starts = [0, *(i + 1 for i in stops[:-1])]
    silent = any(not any(a <= m.start < b for m in alive) for a, b in zip(starts, stops, strict=True) if a < b)
    return [m for m in alive if isinstance(m.target, Listed)] if silent else alive


def _doubts(words: list[Word], alive: list[Mention]) -> list[Mention]:
    """ "Bulla? [looks at trachea] Tension pneumothorax": what is asked first gives way to what is said last."""
    if len(alive) < 2:  # noqa: PLR2004  # one alone is a hedge
        return alive
    *before, last = [m for m in alive if not is_finding(m)] or alive
    doubted = [_doubted(words, m) for m in before]
    spoken = last.end - (before[-1].end if before else 0) > len(last.places) + 1
    return [last] if before and all(doubted) and spoken and not _doubted(words, last) else alive


def _doubted(words: list[Word], mention: Mention) -> bool:
    after = mention.end + 1
    return after < len(words) and words[after].surface == "?"


def _numbered(words: list[Word], alive: list[Mention]) -> list[Mention]:
    """ "1) PE 2) ACS": the first is preferred."""
    places = {m.start: m for m in alive if m.start > 1}
    numbers = {
        words[at - 2].surface if words[at - 1].kind == "p" else words[at - 1].surface: m for at, m in places.items()
    }
    if alive and alive[0].start and alive[0].start not in places:
        numbers.setdefault(words[0].surface, alive[0])
    return [numbers["1"]] if "1" in numbers and "2" in numbers else alive


def _preferences(_words: list[Word], alive: list[Mention]) -> list[Mention]:
    high = [m for m in alive if m.mark == HIGH and not is_finding(m)]
    if high and len(high) < len(alive):
        return high
    plain = [m for m in alive if m.mark in (LIVE, HIGH)]
    if any(not is_finding(m) for m in plain):
        return [m for m in alive if m.mark != LOW]
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


def distinct(key: Key, words: list[Word], live: tuple[Mention, ...]) -> list[Mention]:
    """The different guesses among the live mentions: signs, detail and broader names of another guess fall away."""
    firm = [m for m in live if not is_finding(m) and not any(_encloses(o, m) for o in live[:_SHOTGUN])]
    plain = [m for m in firm if not is_obscure(key, words, m)]
    chosen = plain or firm or [m for m in live if isinstance(m.target, Listed)] or list(live)
    out: list[Mention] = []
    for mention in chosen:
        same = next((i for i, m in enumerate(out) if identity(m) == identity(mention)), None)
        if same is None:
            out.append(mention)
        elif out[same].target != mention.target and len(mention.atoms) > len(out[same].atoms):
            out[same] = mention
    return _without_broader(key, words, out) if 1 < len(out) < _SHOTGUN else out


def _encloses(outer: Mention, inner: Mention) -> bool:
    """Whether a mention stands between the words of another one: a part of it."""
    return outer.start < inner.start and inner.end < outer.end and outer.end - outer.start <= len(outer.places) + _NEAR


def _without_broader(key: Key, words: list[Word], guesses: list[Mention]) -> list[Mention]:
    """A guess that another one contains is no second guess, unless the two are offered as alternatives.

    Where each contains another (SJS beside "SJS/TEN overlap", a partial answer with more words), none falls away.
    """
    kept = [
        g
        for g in guesses
        if not any(o is not g and contains(key, g, o) and not alternatives(words, g, o) for o in guesses)
    ]
    return kept or guesses


def contains(key: Key, broad: Mention, narrow: Mention) -> bool:
    """Whether ``broad`` names a class or a part of what ``narrow`` names."""
    if broad.atoms < narrow.atoms:
        return True
    full = isinstance(narrow.target, Listed) and narrow.target.worth is Worth.FULL
    if full and isinstance(broad.target, Listed) and broad.target.worth is Worth.PARTIAL:
        return True
    if isinstance(broad.target, Term):
        if full and broad.target.name in key.ancestors:
            return True
        if isinstance(narrow.target, Term):
            return broad.target.name in key.terms.parents.get(narrow.target.name, ())
    return False


def between(words: list[Word], first: Mention, second: Mention) -> list[Word]:
    """The words between two mentions."""
    a, b = sorted((first, second), key=lambda m: m.places)
    return words[a.end + 1 : b.start]


def alternatives(words: list[Word], first: Mention, second: Mention) -> bool:
    """Whether two mentions are joined by "or", "vs", a slash, "between", or two question marks."""
    gap = between(words, first, second)
    if any(w.kind in "OV" for w in gap):
        return True
    a, b = sorted((first, second), key=lambda m: m.places)
    if any(w.kind == "B" for w in words[max(0, a.start - 4) : a.start]):
        return True
    follows = words[b.end + 1 : b.end + 2]
    return (bool(gap) and gap[0].surface == "?" and bool(follows) and follows[0].surface == "?") or _both_doubted(
        words, a, b
    )


def _both_doubted(words: list[Word], a: Mention, b: Mention) -> bool:
    before = [words[m.start - 1].surface for m in (a, b) if m.start]
    return before == ["?", "?"]


def linked(words: list[Word], first: Mention, second: Mention) -> bool:
    """Whether one is named as the cause, complication or company of the other."""
    return any(w.kind == "W" for w in between(words, first, second))


def listed_together(words: list[Word], first: Mention, second: Mention) -> bool:
    """Whether they are a bare list of two: nothing but a comma between them, nothing said of the second."""
    gap = between(words, first, second)
    last = max(first.end, second.end) + 1
    if last < len(words) and not is_pause(words[last]):
        return False
    return all(w.kind == "s" or w.surface in {",", "-", ";", "&", "+"} or w.kind == "A" for w in gap)


def contrasted(words: list[Word], first: Mention, second: Mention) -> bool:
    """Whether a "but" stands between them."""
    return any(w.surface in BUTS for w in between(words, first, second))


def _passes(word: Word) -> bool:
    """Whether it may stand between a guess and the "or" beside it."""
    return word.surface == ")" or (word.kind in "sgb" and not word.atoms)


def other_side(words: list[Word], guess: Mention, live: tuple[Mention, ...]) -> list[Word]:
    """What "or", "vs" or a slash sets against a guess and no mention holds: an unknown answer, or a joke."""
    taken = {p for m in live for p in m.places}
    out = []
    for cue, step in ((guess.start - 1, -1), (guess.end + 1, 1)):
        at = cue
        while 0 <= at < len(words) and _passes(words[at]) and abs(at - cue) < _NEAR:
            at += step
        if not (0 <= at < len(words)) or words[at].kind not in "OV":
            continue
        at += step
        while 0 <= at < len(words) and not is_pause(words[at]) and words[at].kind not in "ZCLP":
            if at not in taken and words[at].kind in "abgu":
                out.append(words[at])
            at += step
    return out


def is_obscure(key: Key, words: list[Word], mention: Mention) -> bool:
    """Whether it is a short form of another specialty that not everyone reads the same way ("FTS", "AIN")."""
    if len(mention.places) > 1 or isinstance(mention.target, Listed) or mention.target.kind != "dx":
        return False
    surface = words[mention.start].surface
    if surface not in key.terms.vocabulary.abbreviations or surface in key.terms.lexicon.everyday_abbreviations:
        return False
    return mention.target.field != key.specialty


def asked_about(words: list[Word], mention: Mention) -> bool:
    """Whether it stands with other content in a sentence that asks ("tetanus up to date?")."""
    stop = next((i for i in range(mention.end + 1, len(words)) if is_stop(words[i])), None)
    if stop is None or words[stop].surface != "?":
        return False
    start = next((i + 1 for i in range(mention.start - 1, -1, -1) if is_stop(words[i])), 0)
    around = [words[i] for i in range(start, stop) if not mention.start <= i <= mention.end]
    hedged = any(w.surface in HEDGES or w.kind in "FLHOVW" for w in around)
    return not hedged and any(w.kind in "gbamu" for w in around)
