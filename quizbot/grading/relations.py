"""How two guesses of a reply stand to each other: alternatives, company, a bare list, set against each other."""

from quizbot.grading.mention import Mention
from quizbot.grading.words import Word, Words, is_pause, is_stop
from quizbot.grading.wordsets import BUTS, HEDGES

_NEAR = 3  # words between a guess and the "or" that follows it


def between(words: Words, first: Mention, second: Mention) -> list[Word]:
    """The words between two mentions."""
    a, b = sorted((first, second), key=lambda m: m.places)
    return words[a.end + 1 : b.start]


def alternatives(words: Words, first: Mention, second: Mention) -> bool:
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


def _both_doubted(words: Words, a: Mention, b: Mention) -> bool:
    before = [words[m.start - 1].surface for m in (a, b) if m.start]
    return before == ["?", "?"]


def linked(words: Words, first: Mention, second: Mention) -> bool:
    """Whether one is named as the cause, complication or company of the other."""
    return any(w.kind == "W" for w in between(words, first, second))


def listed_together(words: Words, first: Mention, second: Mention) -> bool:
    """Whether they are a bare list of two: nothing but a comma between them, nothing said of the second."""
    gap = between(words, first, second)
    last = max(first.end, second.end) + 1
    if last < len(words) and not is_pause(words[last]):
        return False
    return all(w.kind == "s" or w.surface in {",", "-", ";", "&", "+"} or w.kind == "A" for w in gap)


def contrasted(words: Words, first: Mention, second: Mention) -> bool:
    """Whether a "but" stands between them."""
    return any(w.surface in BUTS for w in between(words, first, second))


def _passes(word: Word) -> bool:
    """Whether it may stand between a guess and the "or" beside it."""
    return word.surface == ")" or (word.kind in "sgb" and not word.atoms)


def other_side(words: Words, guess: Mention, live: tuple[Mention, ...]) -> list[Word]:
    """What "or", "vs" or a slash sets against a guess and no mention holds: an unknown answer, or a joke."""
    if "O" not in words.kinds and "V" not in words.kinds:
        return []
    taken = {p for m in live for p in m.places}
    out: list[Word] = []
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


def asked_about(words: Words, mention: Mention) -> bool:
    """Whether it stands with other content in a sentence that asks ("tetanus up to date?")."""
    if "?" not in words.surfaces:
        return False
    stop = next((i for i in range(mention.end + 1, len(words)) if is_stop(words[i])), None)
    if stop is None or words[stop].surface != "?":
        return False
    start = next((i + 1 for i in range(mention.start - 1, -1, -1) if is_stop(words[i])), 0)
    around = [words[i] for i in range(start, stop) if not mention.start <= i <= mention.end]
    hedged = any(w.surface in HEDGES or w.kind in "FLHOVW" for w in around)
    return not hedged and any(w.kind in "gbamu" for w in around)
