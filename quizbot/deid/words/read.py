"""All rules over one text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from quizbot.deid.finding import Decision, Finding
from quizbot.deid.words import ages, belongings, called, contacts, dates, numbers, persons, public, rare, singular
from quizbot.deid.words.callings import callings
from quizbot.deid.words.capitals import unknown_words
from quizbot.deid.words.marked import LAYER, Hit, Marked, strongest
from quizbot.deid.words.names import names
from quizbot.deid.words.phrases import inside, phrases
from quizbot.deid.words.places import places
from quizbot.deid.words.rule import Rule, apply
from quizbot.deid.words.tokens import words
from quizbot.deid.words.unmask import Plain, unmask

_NUMBERS: tuple[Rule, ...] = (*numbers.LABELLED, *contacts.RULES, *numbers.BARE)
_SINGULAR: tuple[Rule, ...] = (*persons.RULES, *singular.RULES, *public.RULES, *rare.RULES, *belongings.RULES)
_CACHED = 4096  # texts: those of a hundred cases, which the desk and the bot ask for again and again
_PIECE, _OVERLAP = 1200, 200  # characters: the texts of a case fit one piece
_HASHTAG = re.compile(r"#[^\W\d_]\w*")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])|_|(?<=[a-zA-Z]{3})(?=\d)")


@lru_cache(_CACHED)
def read(text: str) -> tuple[Marked, ...]:
    """What is or may be an identifier in a text, in its order; no two marks share a letter."""
    plain = unmask(text)
    hits = [_moved(hit, at) for at, piece in _pieces(plain.text) for hit in (*_hits(piece), *_hashtags(piece))]
    return _marks(text, plain, strongest([*hits, *_disguises(plain)]))


@lru_cache(_CACHED)
def read_numbers(text: str) -> tuple[Marked, ...]:
    """The same with the rules for numbers and addresses only: for titles of papers, which name people and places."""
    plain = unmask(text)
    hits = [_moved(hit, at) for at, piece in _pieces(plain.text) for hit in apply(_NUMBERS, piece)]
    return _marks(text, plain, strongest(hits))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A long text in pieces, so that no pattern runs over all of it; they overlap, so that none cuts an identifier."""
    for start in range(0, max(1, len(text) - _OVERLAP), _PIECE - _OVERLAP):
        yield start, text[start : start + _PIECE]


def _moved(hit: Hit, by: int) -> Hit:
    return replace(hit, start=hit.start + by, end=hit.end + by) if by else hit


def _hits(text: str) -> list[Hit]:
    terms = phrases(text)
    found = words(text)
    soft = [
        *apply((*dates.RULES, *called.RULES), text),
        *names(text, found),
        *places(text, found),
        *callings(text, found),
    ]
    hard = apply((*ages.RULES, *_NUMBERS, *_SINGULAR), text)
    sure = hard + [hit for hit in soft if not inside(hit.start, hit.end, terms)]
    taken = [(hit.start, hit.end) for hit in sure]
    return sure + [
        hit
        for hit in unknown_words(text, found)
        if not inside(hit.start, hit.end, terms) and not inside(hit.start, hit.end, taken)
    ]


def _disguises(plain: Plain) -> list[Hit]:
    """A word of look-alike letters is never an accident."""
    todo = "type the word anew in plain letters"
    return [
        Hit(start, end, "disguise", "", Decision.HOLD, plain.text[start:end], todo) for start, end in plain.disguised
    ]


def _hashtags(text: str) -> list[Hit]:
    """#JohnSmith: read as the words it is made of."""
    hits = []
    for tag in _HASHTAG.finditer(text):
        spaced = _HUMP.sub(" ", tag[0][1:])
        worst = [hit for hit in _hits(spaced) if hit.kind not in ("unknown-word", "handle")] if " " in spaced else []
        hits += [Hit(*tag.span(), hit.kind, hit.letter, hit.decision, "", hit.todo) for hit in worst[:1]]
    return hits


def _marks(text: str, plain: Plain, hits: list[Hit]) -> tuple[Marked, ...]:
    return tuple(_mark(text, plain, hit) for hit in hits)


def _mark(text: str, plain: Plain, hit: Hit) -> Marked:
    start, end = plain.span(hit.start, hit.end)
    finding = Finding(LAYER, hit.kind, hit.decision, text[start:end], None, hit.advice())
    return Marked(finding, start, end, hit.suggestion, hit.letter)
