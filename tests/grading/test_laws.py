"""Laws that hold of every reply."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.grading.labelled import own_set
from quizbot.core.ruling import Decision, Ruling
from quizbot.core.verdict import VerdictKind
from quizbot.grading import grade, grade_many, phrase_of, prepare
from tests.grading.given import case, pe, said, wellens

REPLIES = [r.text for r in own_set().replies][::5]
HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("\u202e\u200b\u0301\u0489\ufe0fаеорсрһ(*+?{[\\#@<>\"'/-—…🤔" + string.ascii_letters),
    ),
    max_size=400,
)


@given(HOSTILE)
def test_any_text_gets_a_verdict_that_is_consistent_with_its_credit(text: str) -> None:
    verdict = grade(pe(), text)
    assert verdict.reasons
    has_credit = verdict.kind not in (VerdictKind.REVIEW, VerdictKind.NO_GUESS)
    assert (verdict.credit is not None) == has_credit
    assert (verdict.phrase is not None) == (verdict.kind is VerdictKind.REVIEW)


@pytest.mark.parametrize(
    "flood",
    [
        "\u0301" * 10_000,
        "e" + "\u0301\u0323" * 5_000,
        "\u202e" * 10_000,
        "PE or " * 1_700,
        "not " * 2_500,
        "(" * 10_000,
        "a" * 10_000,
        "#" + "scaphoid" * 1_200,
        "-".join(["x"] * 5_000),
        "vs PE, " * 1_400,
        "less likely " * 800,
        "pneumonia gout stroke sepsis " * 350,
        '"' * 10_000,
        "🤔" * 10_000,
        "1) PE 2) " * 1_000,
        "ｗ" * 10_000,
        "PE? " * 2_500,
    ],
)
def test_ten_thousand_hostile_characters_get_a_verdict(flood: str) -> None:
    assert grade(pe(), flood).reasons


@pytest.mark.parametrize("text", REPLIES)
def test_grading_does_not_change_with_blanks_or_a_trailing_mark(text: str) -> None:
    key = wellens()
    assert said(key, text) == said(key, f"  {text.replace(' ', '  ')} ")


@pytest.mark.parametrize(
    "text", ["Wellens syndrome", "NSTEMI", "critical LAD stenosis", "not Wellens", "biphasic T waves"]
)
def test_grading_does_not_change_with_case_or_punctuation(text: str) -> None:
    key = wellens()
    assert said(key, text) == said(key, text.upper()) == said(key, text.lower()) == said(key, f"{text}!!!")


@settings(max_examples=30)
@given(st.sampled_from(REPLIES), st.sampled_from(["LAD warning", "pre-infarction syndrome", "Wellens warning"]))
def test_another_accepted_answer_never_lowers_a_credit(text: str, extra: str) -> None:
    before = said(prepare(case("Wellens syndrome", ("Wellens sign",))), text)[1] or 0
    after = said(prepare(case("Wellens syndrome", ("Wellens sign", extra))), text)[1] or 0
    assert after >= before


def test_many_say_what_one_says_and_equal_texts_share_a_verdict() -> None:
    texts = ["PE", "gout", "PE", " PE "]
    many = grade_many(pe(), texts)
    assert many == [grade(pe(), text) for text in texts]
    assert many[0] is many[2]


def test_capitals_that_make_a_short_form_are_not_taken_for_a_word_in_the_same_batch() -> None:
    for key in (pe(), wellens()):
        texts = ["EA", "Ea", "ea", "LAST", "Last"]
        assert grade_many(key, texts) == [grade(key, text) for text in texts]


def test_the_phrase_of_an_endless_word_fits_into_a_key() -> None:
    for text in ("q" * 10_000, "qx " + "wz" * 5_000, "x" * 150 + " " + "z" * 150):
        verdict = grade(wellens(), text)
        assert len(verdict.phrase or "") <= 200
        assert len(phrase_of(wellens(), text)) <= 200


def test_phrases_that_mean_the_same_words_are_one_item_of_the_queue() -> None:
    key = wellens()
    assert grade(key, "bullseye rash").phrase == grade(key, "Bulls-eye rash!!").phrase == "bullseye rash"


@pytest.mark.parametrize(
    ("decision", "credit", "expected"),
    [
        (Decision.ACCEPT, None, ("correct", 1.0)),
        (Decision.PARTIAL, 0.25, ("partial", 0.25)),
        (Decision.REJECT, None, ("incorrect", 0.0)),
        (Decision.NO_GUESS, None, ("no_guess", None)),
    ],
)
def test_a_ruling_settles_every_reply_with_its_phrase(
    decision: Decision, credit: float | None, expected: tuple[str, float | None]
) -> None:
    key = prepare(case("Wellens syndrome"), [Ruling("bullseye rash", decision, credit)])
    assert said(key, "Bulls-eye rash!!") == expected
    assert said(key, "Wellens") == ("correct", 1.0)


def test_a_ruling_can_answer_an_appeal_against_a_decided_verdict() -> None:
    plain = prepare(case("Wellens syndrome"))
    assert said(plain, "it's a de Winter") == ("incorrect", 0.0)
    ruled = prepare(case("Wellens syndrome"), [Ruling(phrase_of(plain, "it's a de Winter"), Decision.ACCEPT)])
    assert said(ruled, "it's a de Winter") == ("correct", 1.0)


def test_a_case_without_an_answer_is_refused() -> None:
    pearl = case("x").model_copy(update={"answer": None})
    with pytest.raises(ValueError, match="no answer"):
        prepare(pearl)
