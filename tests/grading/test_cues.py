"""Set phrases and cues: of those that begin at a word the longest counts, and none within another."""

import random
from itertools import pairwise

import pytest

from quizbot.grading.cue_words import as_cue
from quizbot.grading.cues import _scales
from quizbot.grading.lexicon import load
from quizbot.grading.terms import compiled
from quizbot.grading.words import Word, Words


def _marked(text: str) -> Words:
    cues = compiled().vocabulary.cues
    words = [Word(surface, (), "g") for surface in text.split()]
    return compiled().spotter.mark(Words(as_cue(w, cues[w.surface]) if w.surface in cues else w for w in words))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("not", ["not"]),
        ("rule out", ["rule out"]),
        ("xylophone of glass", ["xylophone", "of", "glass"]),
    ],
)
def test_the_longest_phrase_that_begins_at_a_word_is_one_word(text: str, read: list[str]) -> None:
    assert [word.surface for word in _marked(text)] == read


def _by_hand(text: list[str], cues: set[str]) -> list[str]:
    """The longest cue that begins at each word, from the left."""
    out: list[str] = []
    while text:
        size = max((n for n in range(1, 9) if " ".join(text[:n]) in cues), default=1)
        out.append(" ".join(text[:size]))
        text = text[size:]
    return out


def test_a_phrase_within_a_longer_one_that_the_text_breaks_off_is_found() -> None:
    lexicon, draw = load(), random.Random(4)
    cues = sorted({cue for group in lexicon.cues.values() for cue in group})
    rewritten = {*lexicon.phrases, *lexicon.idioms, *lexicon.management, *_scales()}
    tried = 0
    for _ in range(3_000):
        broken = [word for cue in draw.sample(cues, 3) for word in cue.split()[: draw.randint(1, 4)]]
        if rewritten.isdisjoint(" ".join(broken[i:j]) for i in range(len(broken)) for j in range(i, len(broken) + 1)):
            read = [word.surface for word in _marked(" ".join([*broken, "zzz"]))]
            assert read == [*_by_hand(broken, set(cues)), "zzz"]
            tried += 1
    assert tried > 1_000


def test_a_phrase_that_the_text_breaks_off_is_none() -> None:
    assert [word.kind for word in _marked("lower down in my")] == ["L", "g", "g"]


def test_every_cue_is_marked_wherever_it_stands() -> None:
    cues = sorted({cue for cues in load().cues.values() for cue in cues if " " in cue})
    some = random.Random(3).sample(cues, 300)
    for first, second in pairwise(some):
        assert {first, second} <= {word.surface for word in _marked(f"{first} zzz {second} zzz")}


def test_words_that_begin_no_phrase_stay_as_they_are() -> None:
    words = [Word("zzz", (), "g")] * 3
    assert compiled().spotter.mark(words) == Words(words)
