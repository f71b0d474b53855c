"""The different guesses that a reply commits to: signs, detail and broader names of another one fall away (rule 9)."""

from operator import attrgetter

from quizbot.grading.key import Key, Listed, Worth
from quizbot.grading.mention import Mention
from quizbot.grading.relations import alternatives
from quizbot.grading.terms import Term
from quizbot.grading.words import Words

_SHOTGUN = 12  # guesses; among more none is weighed against another
FULL = "="  # what all full answers are known by
_LONG_SHORT_FORM = 4  # letters of a short form that hardly ever stands for two things
_NEAR = 3  # words between a guess and the "or" that follows it


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


def distinct(key: Key, words: Words, live: tuple[Mention, ...]) -> list[Mention]:
    """The different guesses among the live mentions: signs, detail and broader names of another guess fall away."""
    if len(live) == 1:
        return list(live)
    wide = [m for m in live[:_SHOTGUN] if len(m.places) > 1]  # one word encloses nothing
    firm = [m for m in live if not is_finding(m) and not (wide and any(_encloses(o, m) for o in wide))]
    firm += [m for m in live[:_SHOTGUN] if is_kind(m) and any(_rivals(words, m, o) for o in firm[:_SHOTGUN])]
    firm.sort(key=attrgetter("places"))
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


def is_kind(mention: Mention) -> bool:
    """Whether it names a kind of disease ("torsion") rather than one."""
    return isinstance(mention.target, Term) and mention.target.kind in ("class", "group")


def _rivals(words: Words, kind: Mention, guess: Mention) -> bool:
    """Whether a kind of disease is set against a guess beside it: "appendicitis vs torsion"."""
    near = min(abs(kind.start - guess.end), abs(guess.start - kind.end)) <= _NEAR
    return near and not kind.atoms & guess.atoms and alternatives(words, kind, guess)


def _encloses(outer: Mention, inner: Mention) -> bool:
    """Whether a mention stands between the words of another one: a part of it."""
    return outer.start < inner.start and inner.end < outer.end and outer.end - outer.start <= len(outer.places) + _NEAR


def _without_broader(key: Key, words: Words, guesses: list[Mention]) -> list[Mention]:
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


def is_obscure(key: Key, words: Words, mention: Mention) -> bool:
    """Whether it is a short form of another specialty that not everyone reads the same way ("FTS", "AIN")."""
    if len(mention.places) > 1 or isinstance(mention.target, Listed) or mention.target.kind != "dx":
        return False
    surface = words[mention.start].surface
    readings = key.terms.vocabulary.abbreviations.get(surface, ())
    if not readings or (len(surface) >= _LONG_SHORT_FORM and len(readings) == 1):
        return False
    if not {surface, surface.removesuffix("s")}.isdisjoint(key.terms.lexicon.everyday_abbreviations):
        return False
    return mention.target.field != key.specialty
