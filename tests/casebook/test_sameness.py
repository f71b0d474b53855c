"""When two texts say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.casebook.sameness import holds, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boerhaave's", "boerhaaves"),
        ("Torsades de Pointes", "torsades-de-pointes!"),
        ("Ménière", "Me\u0301nie\u0300re"),
        ("2:1 block", "2 1 BLOCK"),
        ("ＰＥ", "pe"),
    ],
)
def test_case_accents_punctuation_and_blanks_say_nothing(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize(("one", "other"), [("Rh+", "Rh-"), ("type 1", "type 2"), ("K < 3", "K > 3"), ("a b", "ab")])
def test_signs_numbers_and_word_breaks_do(one, other):
    assert words(one) != words(other)


def test_a_phrase_is_held_as_whole_words_in_a_row():
    assert holds(words("An acute PE, massive"), words("acute pe"))
    assert not holds(words("A pet"), words("pe"))
    assert not holds(words("acute massive PE"), words("acute PE"))
    assert not holds(words("anything"), ())


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_text_holds_its_parts(one, other):
    left, right = words(one), words(other)
    assert holds((*left, *right), right) is bool(right)
