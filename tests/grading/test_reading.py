"""Reading is quick by keeping what it has met; what is kept never changes what is read."""

import gc
import json
import os
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench.grading.labelled import own_set
from quizbot.grading import grade_many
from quizbot.grading.reader import Reader
from quizbot.grading.terms import compiled
from quizbot.grading.text import plain, tokens
from tests.grading.given import pe

REPLIES = [r.text for r in own_set().replies]
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


@given(st.lists(PIECES, max_size=12).map(" ".join))
@example("peri lunate dislocation")
@example("(peri lunate")
def test_a_text_reads_piece_by_piece_as_it_reads_token_by_token(text: str) -> None:
    reader, text = pe().reader, plain(text)
    afresh = Reader(compiled().vocabulary, reader.extra)
    each = [word for token in reader._whole(tokens(text)) for word in afresh[token]]
    assert [(w.surface, w.atoms, w.kind) for w in reader.words_of(text)] == [(w.surface, w.atoms, w.kind) for w in each]


@pytest.mark.parametrize("word", ["embolsm", "pulmnoary", "infraction", "stemy", "haematoam", "thrombossi"])
def test_the_words_one_slip_away_are_the_nearest_of_those_within_two(word: str) -> None:
    speller = compiled().vocabulary.speller
    assert speller.near(word, 1) == [found for found in speller.near(word) if found[0] <= 1]


def test_a_long_piece_of_text_is_not_kept() -> None:
    long = ",".join(["embolism"] * 20)
    pe().read(long)
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
