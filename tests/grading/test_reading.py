"""Reading is quick by keeping what it has met; what is kept never changes what is read."""

import gc
import json
import os
import re
import subprocess
import sys
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.grading.labelled import own_set
from quizbot.core.verdict import Verdict
from quizbot.grading import grade, grade_many, prepare
from quizbot.grading.fuzzy import Speller
from quizbot.grading.many import CHUNK
from quizbot.grading.reader import Reader
from quizbot.grading.terms import compiled
from quizbot.grading.text import _TOKENS, plain, tokens
from tests.grading.given import pe

OWN = own_set()
REPLIES = [r.text for r in OWN.replies]
ODD = (
    "(peri",
    "lunate",
    "peri-lunate)",
    "hyper/hypo",
    "w/o",
    "3,5",
    "#NOF",
    "it's.",
    "...",
    "_",
    "r/o",
    "\n",
    "emboliism,",
)
PIECES = st.sampled_from([*sorted({piece for text in REPLIES for piece in text.split()}), *ODD])

DIGEST = """
import json
from bench.grading.labelled import own_set
from quizbot.grading import grade, prepare
from quizbot.grading.terms import compiled
terms = compiled()
names = [[name, [sorted(form) for form in forms]] for name, forms in terms.names.items()]
windows = [[sorted(form), [t.name for t in found]] for form, found in terms.windows.items()]
labelled = own_set()
keys = {slug: prepare(case) for slug, case in labelled.cases.items()}
verdicts = [repr(grade(keys[r.case], r.text)) for r in labelled.replies]
print(json.dumps([names, windows, verdicts]))
"""


@settings(max_examples=40)
@given(st.lists(st.lists(PIECES, max_size=12).map(" ".join), max_size=4))
@example(["peri lunate dislocation"])
@example(["(peri lunate", "peri", "lunate"])
def test_a_text_reads_the_same_alone_and_beside_others_first_and_again(texts: list[str]) -> None:
    reader, texts = pe().reader, [plain(text) for text in texts]
    afresh = [Reader(compiled().vocabulary, reader.extra) for _ in texts]
    alone = [one.read_all([text])[0] for one, text in zip(afresh, texts, strict=True)]
    each = [(w.surface, w.atoms, w.kind) for words in alone for w in words]
    for _ in range(2):
        assert [(w.surface, w.atoms, w.kind) for words in reader.read_all(texts) for w in words] == each


ANSWERS = frozenset({"bowel", "wheel", "strain", "embolism", "femoral"})
BESIDE = ["vowel", "towel", "bowl", "wheal", "heel", "stain", "train", "sprain", "brain", "femur", "fem", "not"]


@settings(max_examples=200)
@given(st.one_of(st.sampled_from([*BESIDE, *ANSWERS]), PIECES), st.data())
def test_a_token_is_read_at_a_glance_as_it_is_in_full(piece: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(piece)))
    text = plain(
        piece[:at] + data.draw(st.text("abeilmnorstu", max_size=1)) + piece[at + data.draw(st.integers(0, 1)) :]
    )
    glance, full = (Reader(compiled().vocabulary, ANSWERS) for _ in range(2))
    glance.read_all([text])
    for token in tokens(text):
        assert glance.words(token) == full.words(token)


def test_what_is_kept_of_one_batch_of_texts_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizbot.grading.reader.CACHE_LIMIT", 100)
    reader = Reader(compiled().vocabulary, pe().reader.extra)
    long = [word for word in compiled().lexicon.rank if len(word) > 14][:300]  # nothing that a case looks at twice
    assert len(reader.read_all([" ".join(long)])[0]) == len(long)
    assert len(reader) <= 101


@pytest.mark.parametrize("char", ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x7f", "_", "'", "-", "#", "@", "."])
def test_a_text_of_plain_letters_falls_into_the_same_tokens_beside_others(char: str) -> None:
    text = f"a{char}b{char} {char}c {char}{char}3{char}5 d"
    assert [*tokens(text), "\u0436"] == tokens(f"{text} \u0436")


@given(st.lists(PIECES, max_size=8).map(" ".join), st.text(" a1.,!?)('-_/", max_size=6))
def test_a_text_falls_into_the_same_tokens_part_by_part_as_in_one_go(text: str, odd: str) -> None:
    whole = plain(f"{text}{odd} {odd}{text}").replace("/", "")
    assert tokens(whole) == re.findall(_TOKENS, whole)


NAMES = ("pneumonia", "pnuemonia", "MI", "tetanus", "rupture", "pulmonary embolism", "VT", "infarct", "torsion")
AROUND = ("{}", "{}?", "{} or ketoacidosis", "{} vs rubbish", "non {}", "{}. The aorta", "is {} up to date?", "old {}")


@settings(max_examples=25)
@given(st.permutations([around.format(name) for around in AROUND for name in NAMES]))
def test_what_was_graded_before_changes_no_verdict(texts: list[str]) -> None:
    case = OWN.cases["aortic-dissection"]
    key = prepare(case)
    for text in texts:
        assert grade(key, text) == grade_alone(text)


@cache
def grade_alone(text: str) -> Verdict:
    """By a key that has read nothing else."""
    return grade(prepare(OWN.cases["aortic-dissection"]), text)


def test_many_replies_are_graded_as_each_of_them_alone() -> None:
    texts = [*REPLIES, *REPLIES[::-7]]
    assert len(set(texts)) > CHUNK
    assert grade_many(pe(), texts) == [grade(pe(), text) for text in texts]


@pytest.mark.parametrize("word", ["embolsm", "pulmnoary", "infraction", "stemy", "haematoam", "thrombossi"])
def test_the_words_one_slip_away_are_the_nearest_of_those_within_two(word: str) -> None:
    speller = compiled().vocabulary.speller
    assert speller.near(word, 1) == [found for found in speller.near(word) if found[0] <= 1]


def test_two_slips_are_found_the_same_by_comparing_with_all_words_and_by_an_index(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = sorted(word for word in compiled().vocabulary.words if word.isalpha())[::3]
    comparing, indexed = Speller(known), Speller(known)
    asked = [word[:2] + word[3:-3] + word[-2:] for word in known if len(word) > 7][:250]
    by_comparing = [comparing.near(word) for word in asked]
    monkeypatch.setattr("quizbot.grading.fuzzy.MOST_COMPARED", 0)
    assert [indexed.near(word) for word in asked] == by_comparing
    assert sum(map(bool, by_comparing)) > 200


def test_a_long_token_is_not_kept() -> None:
    long = "embolism" * 20
    pe().read([long])
    assert long not in compiled().vocabulary.general
    assert long not in pe().reader


@pytest.mark.parametrize("on", [True, False])
def test_the_search_for_cycles_is_afterwards_as_it_was(on: bool) -> None:
    was = gc.isenabled()
    try:
        gc.enable() if on else gc.disable()
        grade_many(pe(), ["PE", "not PE"])
        assert gc.isenabled() == on
    finally:
        gc.enable() if was else gc.disable()


def test_the_order_in_which_a_process_keeps_its_sets_changes_no_name_and_no_verdict() -> None:
    first, second = (_digest(seed) for seed in ("1", "2"))
    assert json.loads(first) == json.loads(second)


def _digest(seed: str) -> str:
    return subprocess.run(  # noqa: S603  # this interpreter, a text of ours
        [sys.executable, "-c", DIGEST],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_word_that_another_thread_has_half_forgotten_is_read_anew() -> None:
    general = compiled().vocabulary.general
    first = [Reader(compiled().vocabulary, ANSWERS).read_all([plain(text)]) for text in REPLIES[:40]]
    general.ways.clear()
    assert [Reader(compiled().vocabulary, ANSWERS).read_all([plain(text)]) for text in REPLIES[:40]] == first
    general.forget()
