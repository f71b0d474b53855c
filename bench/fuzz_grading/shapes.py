"""Hostile texts: each shape is a function of a chooser and a length in characters.

The shapes follow what is known to break readers of free text: Unicode's bidirectional and invisible characters (UAX 9,
UTS 39), stacked combining marks ("Zalgo"), confusable letters, inputs on which a backtracking regular expression is
exponential, and floods of the words that the grader itself looks for.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from bench.grading.labelled import own_set
from quizbot.grading.lexicon import load

LONGEST = 10_000  # characters of the longest hostile text, as long as the longest post X takes from a subscriber


class Chooser(random.Random):
    """Repeatable choices, and the labelled replies that hostile ones are made of."""

    def __init__(self, seed: int, replies: Sequence[str] = ()) -> None:
        super().__init__(seed)
        self.replies = replies or _replies()


Shape = Callable[[Chooser, int], str]
_BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\ufe0f\ufe0e\U000e0041\U000e007f\u3164\u115f"
_MARKS = "".join(map(chr, range(0x300, 0x370))) + "\u0489\u20dd\u1ab0\ufe20\u0951\u0e31\u0f71\u05b4\u064b"
_ALIKE = str.maketrans("aeopcyxijsABEKMHOPCTX", "аеорсухіјѕАВЕКМНОРСТХ")
_FULLWIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_SCRIPTS = {
    "arabic": (0x621, 0x64A),
    "hebrew": (0x5D0, 0x5EA),
    "devanagari": (0x905, 0x939),
    "thai": (0xE01, 0xE2E),
    "hangul": (0xAC00, 0xD7A3),
    "han": (0x4E00, 0x9FFF),
    "kana": (0x3041, 0x3096),
    "georgian": (0x10D0, 0x10FF),
    "emoji": (0x1F300, 0x1FAFF),
    "mathematical": (0x1D400, 0x1D7FF),
    "tags": (0xE0000, 0xE007F),
}
_BOMBS = (
    "(a+)+$", "a" * 30 + "!", ".*.*", "x-", "-", "'", "a'", "a-'", "1.", "1,1", "1)", "1) PE ", "#", "#a", "@",
    "@a", "@@ ", "http://", "https://x/ ", "www.", "pic.twitter.com/", "w/", "w/o ", "r/o ", ">", "> a\n", ">>",
    "->", "=>", "<", "\n", "\r\n", "\t", " ", "A.", "A.B.", ".A", "....", "…", "?", "?!", "!", '"', "“", "”",
    "(", ")", "()", "((", "/", "//", "\\", "{}", "{0}", "%s", "\x00", "\x1b[31m", "\x1f", "\x7f", "<b>",
    "&amp;", "'; --", "$(x)", "\ud800", "\udfff", "\U0010ffff", "\ufdfa", "\ufb03", "ß", "İ", "ı", "ŉ", "ǰ",
    "ﬃ", "№", "½", "①", "٣", "Ⅳ", "ª", "_", "__", "a_b ", "0", "00 ", "9" * 30,
)  # fmt: skip


@cache
def _replies() -> tuple[str, ...]:
    return tuple(reply.text for reply in own_set().replies)


@cache
def _words() -> tuple[str, ...]:
    """Cues, diagnoses and short forms: what steers the grader."""
    lexicon = load()
    cues = [cue for phrases in lexicon.cues.values() for cue in phrases]
    names = [name for d in lexicon.diagnoses for name in (d.name, *d.syn[:1], *d.abbr)]
    return (*cues, *names[:: max(1, len(names) // len(cues))])


def _filled(chooser: Chooser, size: int, piece: Callable[[Chooser], str]) -> str:
    parts: list[str] = []
    while size > 0:
        parts.append(piece(chooser) or " ")
        size -= len(parts[-1])
    return "".join(parts)


def _reply(chooser: Chooser, size: int) -> str:
    return _filled(chooser, size, lambda c: c.choice(c.replies) + c.choice((" ", ". ", "\n", ", ", " or ")))[:size]


def _any_character(chooser: Chooser, size: int) -> str:
    return "".join(chr(chooser.randrange(0x110000)) for _ in range(size))


def _low_characters(chooser: Chooser, size: int) -> str:
    return "".join(chr(chooser.randrange(0x250)) for _ in range(size))


def _interleaved(marks: str, chooser: Chooser, size: int) -> str:
    rate = chooser.choice((0.02, 0.2, 0.6))
    return "".join(c + (chooser.choice(marks) if chooser.random() < rate else "") for c in _reply(chooser, size))[:size]


def _combining(chooser: Chooser, size: int) -> str:
    flood = chooser.choice((3, 50, size))
    pile = partial(chooser.choices, _MARKS)
    return _filled(chooser, size, lambda c: c.choice("eaPn STEMI") + "".join(pile(k=c.randint(1, flood))))[:size]


def _look_alike(chooser: Chooser, size: int) -> str:
    table = chooser.choice((_ALIKE, _FULLWIDTH))
    return _reply(chooser, size).translate(table)


def _bomb(chooser: Chooser, size: int) -> str:
    bombs = chooser.sample(_BOMBS, chooser.choice((1, 1, 2, 3)))
    return ("".join(bombs) * size)[:size]


def _bombs_and_words(chooser: Chooser, size: int) -> str:
    return _filled(chooser, size, lambda c: c.choice(_BOMBS) if c.random() < 0.4 else c.choice(_words()))[:size]  # noqa: PLR2004


def _script(chooser: Chooser, size: int) -> str:
    low, high = _SCRIPTS[chooser.choice(sorted(_SCRIPTS))]
    return "".join(" " if chooser.random() < 0.15 else chr(chooser.randint(low, high)) for _ in range(size))  # noqa: PLR2004


def _cues(chooser: Chooser, size: int) -> str:
    joints = (" ", " ", " ", ", ", "? ", ". ", " > ", "/", " or ", " vs ", "\n", "; ", " + ", "... ")
    return _filled(chooser, size, lambda c: c.choice(_words()) + c.choice(joints))[:size]


def _one_cue(chooser: Chooser, size: int) -> str:
    pieces = chooser.sample(_words(), chooser.choice((1, 2, 4)))
    joint = chooser.choice((" ", ", ", "? ", "/", "-", ""))
    return (joint.join([*pieces, ""]) * size)[:size]


def _mutated(chooser: Chooser, size: int) -> str:
    """A labelled reply with characters and pieces put in, taken out, doubled and moved."""
    text = _reply(chooser, size)
    for _ in range(chooser.randint(1, 6)):
        at, to = sorted((chooser.randrange(len(text) + 1), chooser.randrange(len(text) + 1)))
        text = chooser.choice(
            (
                text[:at] + chr(chooser.randrange(0x3000)) + text[at:],
                text[:at] + chooser.choice(_BOMBS) + text[at:],
                text[:at] + chooser.choice(_words()) + text[at:],
                text[:at] + text[at + 1 :],
                text[:to] + text[at:],
                text[to:] + text[:at] + text[at:to],
                text.swapcase(),
                text[::-1],
                text.upper(),
            )
        )
        text = text[:size] or "x"
    return text


SHAPES: dict[str, Shape] = {
    "mutated reply": _mutated,
    "replies in a row": _reply,
    "any character": _any_character,
    "Latin and control characters": _low_characters,
    "bidi marks": partial(_interleaved, _BIDI),
    "zero width": partial(_interleaved, _INVISIBLE),
    "combining flood": _combining,
    "look-alike letters": _look_alike,
    "other scripts": _script,
    "regex bomb": _bomb,
    "bombs and words": _bombs_and_words,
    "cues and diagnoses": _cues,
    "one cue again and again": _one_cue,
}
"""Name to shape; the first is drawn as often as all the others together, for real attacks look like replies."""


def stream(seed: int, replies: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Endless inputs, as shape and text, made of these replies; the same seed gives the same ones."""
    chooser = Chooser(seed, replies)
    names = tuple(SHAPES)
    while True:
        name = names[0] if chooser.random() < 0.5 else chooser.choice(names[1:])  # noqa: PLR2004  # said above
        yield name, SHAPES[name](chooser, length(chooser))


def length(chooser: random.Random) -> int:
    """Nine in ten as long as a post (280), the others up to 10,000 with equal chances for every order of magnitude."""
    top = 280 if chooser.random() < 0.9 else LONGEST  # noqa: PLR2004  # the limit of X's free posts
    return max(1, round(float(top) ** chooser.uniform(0.3, 1)))
