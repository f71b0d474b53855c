"""The verdict on a reply's guesses (policy rules 7 to 15)."""

from itertools import pairwise
from typing import NamedTuple

from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.grading import explain
from quizbot.grading.guess import distinct, is_obscure
from quizbot.grading.key import Key, Listed, Worth
from quizbot.grading.mention import Mention
from quizbot.grading.qualify import contradiction, fuller, is_undone, is_vague
from quizbot.grading.relations import alternatives, asked_about, contrasted, linked, listed_together, other_side
from quizbot.grading.terms import Atoms, Term
from quizbot.grading.words import Words
from quizbot.grading.wordsets import COMPLICATIONS

_LETTERS = 3  # of a short form; two ("AF") mean what every clinician takes them for
_NAME = 4  # words of a name; more beside an "or" are a remark
_WEIGHING = frozenset("OV")  # kinds of words that set something else against a guess
_MOST_KEPT = 10_000  # verdicts on names that stand alone: the lexicon's names, some misspelt
SPLIT = 0.5  # policy rule 7


class Opinion(NamedTuple):
    """What one guess is worth: a credit, or None if a person has to say."""

    credit: float | None
    matched: str | None
    why: str
    name: str

    @property
    def kind(self) -> VerdictKind:
        """The verdict on this guess alone."""
        if self.credit is None:
            return VerdictKind.REVIEW
        if self.credit == 1:
            return VerdictKind.CORRECT
        return VerdictKind.PARTIAL if self.credit else VerdictKind.INCORRECT


def opinion(key: Key, words: Words, guess: Mention) -> Opinion:
    """Grade one guess alone."""
    if isinstance(guess.target, Listed):
        return _on_listed(key, words, guess, guess.target)
    return _on_term(key, words, guess, guess.target)


def _on_listed(key: Key, words: Words, guess: Mention, item: Listed) -> Opinion:
    name = item.text
    if is_undone(words, guess):
        return Opinion(None, None, explain.RELATED, name)
    if item.worth is Worth.REJECT:
        return _on_rejected(key, words, guess, item)
    clash = contradiction(key, words, guess, item)
    if clash:
        return Opinion(clash.credit, None, clash.why, name)
    if is_vague(key, guess, item):
        return Opinion(None, None, explain.LESS, name)
    if item.worth is Worth.PARTIAL:
        better = fuller(key, words, guess, item)
        if better:
            return Opinion(None, None, f'"{better}" may make it more than {item.text} (rule 11)', name)
    return Opinion(item.credit, item.text, explain.matched(item, exact=guess.exact, narrower=guess.narrower), name)


def _on_rejected(key: Key, words: Words, guess: Mention, item: Listed) -> Opinion:
    if not guess.exact and guess.atoms <= key.content:
        return Opinion(None, None, explain.LESS, item.text)
    if _is_initials(key, words, guess, item):
        return Opinion(None, None, explain.AMBIGUOUS, item.text)
    return Opinion(0.0, item.text, explain.rejected(item), item.text)


def _is_initials(key: Key, words: Words, guess: Mention, item: Listed) -> bool:
    """Whether a wrong answer's short form may as well be short for a right one, and the case does not write it."""
    short = words[guess.start].surface
    letters = len(short) >= _LETTERS and short in key.initials and short not in key.literal
    return letters and len(guess.places) == 1 and len(item.atoms) > 1


def _on_term(key: Key, words: Words, guess: Mention, term: Term) -> Opinion:
    doubt = explain.RELATED if is_undone(words, guess) else _doubt(key, words, guess, term)
    if doubt:
        return Opinion(None, None, doubt, term.name)
    return Opinion(0.0, None, explain.CLASS if term.kind in ("class", "group") else explain.UNLISTED, term.name)


def _doubt(key: Key, words: Words, guess: Mention, term: Term) -> str:
    """Why a person has to judge a term that the case does not list; "" if it is plainly wrong."""
    less = guess.atoms <= key.content
    short = not less and not key.initials.isdisjoint([words[p].surface for p in guess.places])
    if term.kind == "ambiguous" or short or is_obscure(key, words, guess):
        return explain.AMBIGUOUS
    if asked_about(words, guess):
        return explain.ASKED
    name = (term.name, term.kind, guess.atoms)
    doubt = key.doubts.get(name)
    if doubt is None:
        doubt = key.doubts[name] = _doubt_of_name(key, guess.atoms, term)
    return doubt


def _doubt_of_name(key: Key, atoms: Atoms, term: Term) -> str:
    """The same as far as the name alone tells, whatever stands around it: worked out once for each that is met."""
    if term.kind == "finding" or atoms in key.signs:
        return explain.FINDING
    if atoms <= key.content:
        return explain.LESS
    return _kinship(key, atoms, term) if term.kind in ("dx", "group") else ""


def _kinship(key: Key, atoms: Atoms, term: Term) -> str:
    if term.name in key.ancestors:
        return explain.BROADER
    unlike = key.own & key.terms.unlike.get(term.name, frozenset())
    if key.diagnosis.atoms < atoms and not unlike:
        return explain.RELATED
    return explain.SISTER if key.may_detail(term.name, atoms) else ""


def judge(
    key: Key, words: Words, live: tuple[Mention, ...], dead: frozenset[int] = frozenset()
) -> tuple[Verdict, list[Mention]]:
    """The verdict on the live mentions, of which there is at least one, and the guesses it rests on.

    ``dead`` are the places of words that are not meant as an answer.
    """
    if len(live) == 1:
        return _alone(key, words, live[0], dead), [live[0]]
    guesses = distinct(key, words, live)
    opinions = [opinion(key, words, g) for g in guesses]
    if len(guesses) == 1:
        return _single(key, words, guesses[0], opinions[0], live, dead), guesses
    reasons = tuple([_reading(words, g, o) for g, o in zip(guesses, opinions, strict=True)])
    if all(o.credit == 0 for o in opinions) and _hints(key, words, live, dead):
        return _unsure((*reasons, explain.HINT)), guesses
    if len(guesses) > 2:  # noqa: PLR2004  # policy rule 7 is about two
        return _many(words, guesses, opinions, explain.few(reasons)), guesses
    if _third(key, words, guesses, live):
        return _unsure((*reasons, explain.OTHER_SIDE)), guesses
    return _pair(words, guesses, opinions, reasons), guesses


def _alone(key: Key, words: Words, guess: Mention, dead: frozenset[int]) -> Verdict:
    """The verdict on the only live mention; where it rests on a name alone, many a reply holds the same."""
    name = _bare_name(words, guess)
    known = key.verdicts.get(name)
    if known:
        return known
    verdict = _single(key, words, guess, opinion(key, words, guess), (guess,), dead)
    if name:
        if len(key.verdicts) >= _MOST_KEPT:
            key.verdicts.clear()
        key.verdicts[name] = verdict
    return verdict


def _bare_name(words: Words, guess: Mention) -> tuple[object, ...]:
    """All that the verdict on a name that the case does not list rests on; () where what stands around it has a say."""
    weighed = not _WEIGHING.isdisjoint(words.kinds) or ("." in words.kinds and "?" in words.surfaces)
    if words.near or weighed or isinstance(guess.target, Listed) or is_undone(words, guess):
        return ()
    return (guess.target.name, guess.target.kind, guess.atoms, *map(words.__getitem__, guess.places))


def _hints(key: Key, words: Words, live: tuple[Mention, ...], dead: frozenset[int]) -> bool:
    """Whether a medical word of the diagnosis itself stands in a later sentence that no mention holds."""
    last = live[0].places[-1] if len(live) == 1 else max([m.places[-1] for m in live])
    if not words.near or "a" not in words.kinds[last + 1 :]:
        return False
    used = {p for m in live for p in m.places}
    telling = key.full - frozenset(a for m in live for a in m.atoms)
    return any(
        w.kind == "a" and telling.intersection(w.atoms)
        for i, w in enumerate(words)
        if i > last and i not in used | dead
    )


def _third(key: Key, words: Words, guesses: list[Mention], live: tuple[Mention, ...]) -> bool:
    """Whether an "or" beside two alternatives offers a third that no mention holds ("A or dissection or B")."""
    if words.kinds.count("O") + words.kinds.count("V") < 2 or not alternatives(words, *guesses):  # noqa: PLR2004  # as rule 8 counts
        return False
    side = [w for guess in guesses for w in other_side(words, guess, live)]
    return any(w.kind == "a" and not key.full.issuperset(w.atoms) for w in side)


def _reading(words: Words, guess: Mention, said: Opinion) -> str:
    return explain.reading(words, guess.places, said.name, said.why)


def _single(
    key: Key, words: Words, guess: Mention, said: Opinion, live: tuple[Mention, ...], dead: frozenset[int]
) -> Verdict:
    reasons = (_reading(words, guess, said),)
    if said.credit == 0 and _hints(key, words, live, dead):
        return _unsure((*reasons, explain.HINT))
    side = other_side(words, guess, live)
    if not side:
        return _verdict(said, reasons)
    told = [w for w in side if w.kind == "a" or w.atoms]
    if not told:
        unknown = any(w.kind == "u" for w in side)
        return _unsure((*reasons, explain.OTHER_SIDE)) if unknown and said.credit else _verdict(said, reasons)
    if said.credit and len(side) <= _NAME and not key.full.issuperset(a for w in told for a in w.atoms):
        return _split(said, (*reasons, explain.OTHER_SIDE))
    if said.credit or any(key.content.intersection(w.atoms) for w in told):
        return _unsure((*reasons, explain.OTHER_SIDE))
    return _verdict(said, reasons)


def _verdict(said: Opinion, reasons: tuple[str, ...]) -> Verdict:
    kind = said.kind
    named = kind is VerdictKind.INCORRECT or kind is VerdictKind.PARTIAL
    return Verdict(kind, said.credit, said.matched, reasons, None, said.name if named else None)


def _pair(words: Words, guesses: list[Mention], opinions: list[Opinion], reasons: tuple[str, ...]) -> Verdict:
    first, second = guesses
    earned = [o.credit for o in opinions]
    if earned == [0, 0]:
        return _wrong(opinions[0], (*reasons, "neither of them is the diagnosis (rule 7)"))
    joined = alternatives(words, first, second)
    best = max(range(2), key=lambda i: earned[i] or 0.0)
    other = guesses[1 - best]
    aside = earned[best] == 1 and isinstance(other.target, Term) and not contrasted(words, first, second)
    if None in earned and not (earned[best] == 1 and joined) and not aside:
        return _unsure(reasons)
    rejected = isinstance(other.target, Listed) and other.target.worth is Worth.REJECT
    company = isinstance(other.target, Term) and other.target.name.lower() in COMPLICATIONS
    if company and earned[best] == 1 and not joined:
        return _verdict(opinions[best], (*reasons, explain.DETAIL))
    if joined or (rejected and listed_together(words, first, second)):
        return _split(opinions[best], reasons)
    if (
        earned[best]
        and not rejected
        and not contrasted(words, first, second)
        and (linked(words, first, second) or not listed_together(words, first, second))
    ):
        return _verdict(opinions[best], (*reasons, explain.DETAIL))
    return _unsure((*reasons, explain.TWO_LOOSE))


def _split(best: Opinion, reasons: tuple[str, ...]) -> Verdict:
    credit = SPLIT * (best.credit or 0.0)
    return Verdict(VerdictKind.PARTIAL, credit, best.matched, (*reasons, explain.split(credit)), diagnosis=best.name)


def _many(words: Words, guesses: list[Mention], opinions: list[Opinion], reasons: tuple[str, ...]) -> Verdict:
    if all(o.credit == 0 for o in opinions):
        return _wrong(opinions[0], (*reasons, explain.shotgun(len(guesses))))
    pairs = list(pairwise(guesses))
    chained = [linked(words, a, b) and not alternatives(words, a, b) for a, b in pairs]
    joined = any(alternatives(words, a, b) for a, b in pairs)
    company = all(isinstance(g.target, Term) for g in guesses[1:])
    if opinions[0].credit == 1 and chained[0] and company and not joined:
        return _verdict(opinions[0], (*reasons, explain.DETAIL))
    if any(chained):
        return _unsure(reasons)
    return _wrong(opinions[0], (*reasons, explain.shotgun(len(guesses))))


def _wrong(said: Opinion, reasons: tuple[str, ...]) -> Verdict:
    return Verdict(VerdictKind.INCORRECT, 0.0, said.matched, reasons, diagnosis=said.name)


def _unsure(reasons: tuple[str, ...]) -> Verdict:
    return Verdict(VerdictKind.REVIEW, None, None, reasons)
