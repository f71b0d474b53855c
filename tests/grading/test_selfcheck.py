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


def test_a_pearl_has_nothing_to_check() -> None:
    assert check_key(case("x").model_copy(update={"answer": None})) == []
