"""What is told of a case before it is posted."""

from bench.grading.labelled import own_set
from quizbot.grading import check_key
from tests.grading.given import case


def _keys(found: object) -> list[str]:
    return [notice.key for notice in found]


def test_sound_cases_have_no_errors() -> None:
    for slug, given in own_set().cases.items():
        assert [n for n in check_key(given) if n.level == "error"] == [], slug


def test_a_prompt_an_alt_text_or_a_hashtag_that_gives_the_answer_away_is_an_error() -> None:
    given = case("Wellens syndrome", prompt="Not Wellens, is it?", alt="Wellens pattern in V2.")
    leaky = given.model_copy(update={"hashtags": ("FOAMed", "WellensSyndrome")})
    assert _keys(check_key(leaky)) == ["prompt", "images[0].alt", "hashtags[1]"]


def test_an_answer_both_accepted_and_rejected_is_an_error() -> None:
    found = check_key(case("Scaphoid fracture", ("fractured scaphoid",), reject=("fracture of the scaphoid",)))
    assert ("answer.reject[0].answer", "error") in [(n.key, n.level) for n in found]


def test_another_name_of_an_accepted_answer_in_another_list_is_told() -> None:
    given = case(
        "Mobitz II",
        ("Wenckebach", "third degree AV block"),
        partial={"Mobitz I": 0.5},
        reject=("complete heart block", "sinus arrhythmia"),
    )
    found = [(n.key, n.level) for n in check_key(given) if "another name" in n.message]
    assert found == [("answer.partial[0].answer", "warning"), ("answer.reject[0].answer", "error")]


def test_a_partial_answer_in_the_prompt_is_a_warning_and_a_wrong_one_is_none() -> None:
    given = case(
        "Mobitz II",
        partial={"second-degree AV block": 0.5},
        reject=("complete heart block",),
        prompt="A second degree AV block is known, a complete heart block not. What is it?",
    )
    assert [(n.key, n.level) for n in check_key(given)] == [("prompt", "warning")]


def test_a_pearl_has_nothing_to_check() -> None:
    assert check_key(case("x").model_copy(update={"answer": None})) == []
