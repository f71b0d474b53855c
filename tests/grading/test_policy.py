"""Each rule of docs/grading.md, in sentences of the kind that people write."""

import pytest

from quizbot.grading import prepare
from tests.grading.given import case, pe, said, scaphoid, stemi, verdict, wellens

CORRECT, WRONG, NONE, REVIEW = ("correct", 1.0), ("incorrect", 0.0), ("no_guess", None), ("review", None)
HALF = ("partial", 0.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("great case, thanks #FOAMed", NONE),
        ("https://litfl.com/pulmonary-embolism-ecg", NONE),
        ("@quizbot #PulmonaryEmbolism", CORRECT),
        ("@quizbot I will say PE", CORRECT),
        ("@quizbot @amy I would say PE", CORRECT),
        ("@quizbot say PE", CORRECT),
        ("@quizbot we said PE", CORRECT),
        ("Calling it PE", CORRECT),
        ("Everyone says MI. Calling it PE", CORRECT),
        ("They are calling it PE", NONE),
        ("@quizbot @amy says PE", NONE),
        ("@quizbot people say PE", NONE),
        ("lol @medreg says PE every week", NONE),
        ('the machine said "pulmonary embolism" and I believe nothing', NONE),
    ],
)
def test_rule_1_only_the_respondents_own_words_count(text: str, expected: object) -> None:
    assert said(pe(), text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "not a PE",
        "no PE here",
        "r/o PE",
        "rule out PE",
        "PE unlikely",
        "doesn't look like PE",
        "PE doesn't do this",
        "I doubt it's a PE",
        "can't be a pulmonary embolism",
        "PE? no.",
        "no PE or pneumonia",
        "pulmonary embolism is out",
    ],
)
def test_rule_2_a_negated_diagnosis_is_no_guess(text: str) -> None:
    assert said(pe(), text) == NONE


def test_rule_2_what_is_left_after_a_negation_is_graded() -> None:
    assert said(pe(), "not pneumonia, PE") == CORRECT
    assert said(pe(), "that isn't a PE, it's pneumonia") == WRONG


@pytest.mark.parametrize(
    "text",
    [
        "?PE",
        "PE?",
        "maybe a PE",
        "looks like PE",
        "my money's on PE",
        "I'd guess PE",
        "no doubt PE",
        "isn't this a PE?",
        "if that's not a PE I'll eat my hat",
        "can't be anything but PE",
        "PE, no question",
        "not gonna lie, PE",
    ],
)
def test_rule_3_a_hedge_or_an_emphasis_still_commits(text: str) -> None:
    assert said(pe(), text) == CORRECT


@pytest.mark.parametrize(
    "text", ["@drbob why not PE?", "any troponin?", "what was the K+?", "did anyone think of PE?", "history of PE?"]
)
def test_rule_4_a_question_is_no_guess(text: str) -> None:
    assert said(pe(), text) == NONE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pneumonia… no wait, PE", CORRECT),
        ("PE, actually pneumonia", WRONG),
        ("NSTEMI. edit: PE", CORRECT),
        ("at first glance PE but the fever makes it pneumonia", WRONG),
        ("PE... scratch that", NONE),
    ],
)
def test_rule_5_a_correction_replaces_what_came_before(text: str, expected: object) -> None:
    assert said(pe(), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PE > pneumonia", CORRECT),
        ("pneumonia > PE", WRONG),
        ("PE over pneumonia", CORRECT),
        ("favor PE, pneumonia or ACS less likely", CORRECT),
        ("most likely PE, ddx pneumonia/pericarditis", CORRECT),
        ("PE (vs pneumonia)", CORRECT),
        ("1) PE 2) pneumonia", CORRECT),
        ("1. pneumonia 2. PE", WRONG),
        ("PE, less likely ACS", CORRECT),
        ("ACS more likely than PE", WRONG),
        ("I favor PE but pneumonia is possible", CORRECT),
        ("looks like PE but it's pneumonia", WRONG),
    ],
)
def test_rule_6_a_preference_decides(text: str, expected: object) -> None:
    assert said(pe(), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PE or pneumonia", HALF),
        ("PE vs pneumonia", HALF),
        ("PE/pneumonia", HALF),
        ("PE? pneumonia?", HALF),
        ("torn between PE and pneumonia", HALF),
        ("pneumonia or gout", WRONG),
        ("venous thromboembolism or pneumonia", ("partial", 0.125)),
    ],
)
def test_rule_7_two_without_a_preference_are_a_split(text: str, expected: object) -> None:
    assert said(pe(), text) == expected


def test_rule_7_two_answers_that_hold_each_others_words_are_for_a_person() -> None:
    key = prepare(case("Stevens-Johnson syndrome", ("SJS",), {"SJS/TEN overlap": 0.5}))
    assert said(key, "SJS/TEN, Stevens Johnson") == REVIEW
    assert said(key, "SJS/TEN overlap") == HALF
    assert said(key, "Stevens Johnson") == CORRECT


def test_rule_2_what_is_only_called_less_likely_is_no_guess() -> None:
    assert said(pe(), "less likely PE") == NONE
    assert said(pe(), "PE less likely, pneumonia") == WRONG
    assert said(pe(), "less likely pneumonia, more likely PE") == CORRECT
    assert said(pe(), "possible PE") == CORRECT


def test_rule_12_an_article_before_a_listed_answer_changes_nothing() -> None:
    key = prepare(case("Second law of thermodynamics", ("second law",)))
    assert said(key, "the second law") == said(key, "second law") == CORRECT


@pytest.mark.parametrize(
    "text", ["PE, pneumonia, ACS", "PE or ACS or gout", "PE/ACS/pneumonia/asthma", "gout\nPE\nsepsis"]
)
def test_rule_8_three_are_a_shotgun(text: str) -> None:
    assert said(pe(), text) == WRONG


def test_rule_9_more_detail_is_still_correct() -> None:
    assert said(pe(), "massive saddle PE with right heart strain") == CORRECT
    assert said(pe(), "PE from a DVT, S1Q3T3 is just garnish") == CORRECT
    assert said(pe(), "PE, probably from a DVT") == CORRECT
    assert said(pe(), "PE and obstructive shock") == CORRECT
    assert said(stemi(), "acute inferior STEMI with RV involvement") == CORRECT


@pytest.mark.parametrize("text", ["anterior STEMI", "NSTEMI", "lateral STEMI"])
def test_rule_10_a_contradicting_qualifier_is_wrong_though_a_shorter_answer_matches(text: str) -> None:
    assert said(stemi(), text) == WRONG


def test_rule_10_a_listed_type_contradicts() -> None:
    assert said(wellens(), "Wellens type B") == WRONG
    assert said(pe(), "CTEPH") == WRONG


def test_rule_11_less_detail_goes_to_a_person_unless_listed() -> None:
    assert said(scaphoid(), "carpal fracture") == HALF
    assert said(scaphoid(), "fracture") == REVIEW
    assert said(pe(), "some sort of embolism") == REVIEW


@pytest.mark.parametrize("text", ["cardiac", "infection", "arrhythmia"])
def test_rule_11_a_bare_category_is_wrong(text: str) -> None:
    assert said(scaphoid(), text) == WRONG


@pytest.mark.parametrize(
    "text",
    [
        "fracture of the scaphoid",
        "scaphoid #",
        "scafoid fracture",
        "SCAPHOID FRACTURE",
        "broken scaphoid",
        "scaphiod fx",
        "ѕсарhоid frасturе",
        "s\u200bcaphoid frac\u200dture",
        "ｓｃａｐｈｏｉｄ fracture",
        "fractura de escafoides",
    ],
)
def test_rule_12_spelling_does_not_matter(text: str) -> None:
    assert said(scaphoid(), text) == CORRECT


def test_rule_12_a_bare_eponym_is_the_diagnosis() -> None:
    assert said(wellens(), "Wellens'") == CORRECT
    assert said(wellens(), "it's Welens for me") == CORRECT


def test_rule_13_initials_that_nobody_reads_go_to_a_person() -> None:
    assert said(wellens(), "WS") == REVIEW


def test_rule_13_an_examination_is_not_an_embolism() -> None:
    assert said(pe(), "PE: chest clear, calves soft")[1] is None


def test_rule_14_a_finding_is_wrong_where_listed_and_else_for_a_person() -> None:
    assert said(pe(), "S1Q3T3!") == WRONG
    assert said(wellens(), "biphasic Ts in V2 V3") == WRONG
    assert said(wellens(), "delta wave") == REVIEW
    assert said(wellens(), "any delta wave?") == NONE


def test_rule_15_a_known_diagnosis_is_wrong_and_an_unknown_phrase_for_a_person() -> None:
    assert said(pe(), "Boerhaave") == WRONG
    assert said(pe(), "ribbon candy rhythm") == REVIEW


def test_rule_16_what_stands_beside_a_guess_does_not_undo_it() -> None:
    assert said(pe(), "PE, heparin and an echo. I know nothing about ECGs lol. Any troponin?") == CORRECT


@pytest.mark.parametrize(
    "text", ["I thought Wellens but it is only T wave inversion", "thought Wellens, no wait, that's a delta wave"]
)
def test_rule_5_a_sign_too_takes_back_a_first_thought(text: str) -> None:
    assert not said(wellens(), text)[1]


@pytest.mark.parametrize(
    "text", ["I think it's a PE", "can't see how this is anything but PE", "PE, happy to be wrong"]
)
def test_rule_3_modesty_and_double_negation_commit(text: str) -> None:
    assert said(pe(), text) == CORRECT


@pytest.mark.parametrize(
    "text",
    [
        "time is muscle people",
        "poor kid",
        "my eyes hurt",
        "allergies?",
        "tetanus up to date?",
        "painless, so it isn't a PE",
        "finger traps and a haematoma block",
    ],
)
def test_talk_plans_and_routine_questions_are_no_guess(text: str) -> None:
    assert said(pe(), text) == NONE


def test_rule_9_a_sister_of_the_diagnosis_earns_no_part_of_the_credit() -> None:
    key = prepare(case("Tuberculosis", partial={"pneumonia": 0.25}))
    assert said(key, "pneumonia") == ("partial", 0.25)
    assert said(key, "severe pneumonia") == ("partial", 0.25)
    assert not said(key, "viral pneumonia")[1]


def test_rule_11_a_listed_short_answer_says_how_much_is_enough() -> None:
    short = prepare(case("Tricyclic antidepressant overdose", ("tricyclics",)))
    assert said(short, "tricyclic overdose") == CORRECT
    assert said(prepare(case("Perilunate dislocation")), "perilunate") == REVIEW


def test_rule_11_words_that_another_implies_are_not_missed() -> None:
    key = prepare(case("Atrial flutter with 2:1 block", ("2:1 atrial flutter",)))
    assert said(key, "flutter, 2:1") == CORRECT
    assert not said(key, "flutter 4:1")[1]


@pytest.mark.parametrize("text", ["peri lunate dislocation", "perilunate dislocashun", "Perilunate disloc."])
def test_rule_12_words_written_apart_or_by_ear_are_understood(text: str) -> None:
    assert said(prepare(case("Perilunate dislocation")), text) == CORRECT


def test_rule_14_a_sign_named_for_a_person_is_not_the_diagnosis() -> None:
    key = prepare(case("Spontaneous pneumomediastinum", ("Hamman syndrome",)))
    assert said(key, "Hamman") == CORRECT
    assert not said(key, "Hamman crunch")[1]


def test_rule_13_a_short_form_whose_every_reading_is_wrong_is_wrong() -> None:
    key = prepare(case("Left MCA stroke", reject=("intracerebral haemorrhage",)))
    assert said(key, "ICH, reverse the apixaban") == WRONG


def test_rule_7_a_kind_of_disease_is_an_alternative_too() -> None:
    assert said(prepare(case("Appendicitis")), "appendicitis vs torsion") == HALF


def test_a_long_list_is_not_told_item_by_item() -> None:
    names = (
        "asthma cholera croup gout malaria measles mumps pneumonia pneumothorax pericarditis rabies sarcoidosis scurvy"
    )
    told = verdict(wellens(), ", ".join([*names.split(), "appendicitis", "tetanus", "pancreatitis", "typhoid"]))
    assert told.kind == "incorrect"
    assert len(told.reasons) < 15
    assert any(reason.startswith("and ") and reason.endswith(" more") for reason in told.reasons)
