"""Look-alikes are told apart, misspellings are understood."""

import os
import random

import pytest

from bench.grading.bars import frames
from bench.grading.labelled import own_set
from quizbot.grading import prepare
from tests.grading.given import case, said

PAIRS = [
    ("Hyperkalemia", "Hypokalemia"),
    ("Hypernatremia", "Hyponatremia"),
    ("Hypercalcemia", "Hypocalcemia"),
    ("Hyperthyroidism", "Hypothyroidism"),
    ("Hyperthermia", "Hypothermia"),
    ("STEMI", "NSTEMI"),
    ("Inferior STEMI", "Anterior STEMI"),
    ("Epidural hematoma", "Subdural hematoma"),
    ("Ureteral stone", "Urethral stone"),
    ("Dysphagia", "Dysphasia"),
    ("Left bundle branch block", "Right bundle branch block"),
    ("Mobitz type I second-degree AV block", "Mobitz type II second-degree AV block"),
    ("First-degree AV block", "Third-degree AV block"),
    ("Anterior shoulder dislocation", "Posterior shoulder dislocation"),
    ("Type A aortic dissection", "Type B aortic dissection"),
    ("Ventricular tachycardia", "Supraventricular tachycardia"),
    ("Central retinal artery occlusion", "Central retinal vein occlusion"),
    ("Metabolic acidosis", "Metabolic alkalosis"),
    ("Small bowel obstruction", "Large bowel obstruction"),
    ("Acute pancreatitis", "Chronic pancreatitis"),
    ("Lunate dislocation", "Perilunate dislocation"),
    ("Testicular torsion", "Ovarian torsion"),
    ("Herpes zoster", "Herpes simplex"),
    ("Left tension pneumothorax", "Right tension pneumothorax"),
    ("Monteggia fracture", "Galeazzi fracture"),
    ("Preseptal cellulitis", "Orbital cellulitis"),
    ("Prostatitis", "Proctitis"),
    ("Cystitis", "Cholecystitis"),
    ("Malaria", "Miliaria"),
]
BOTH_WAYS = PAIRS + [(b, a) for a, b in PAIRS]


@pytest.mark.parametrize(("diagnosis", "other"), BOTH_WAYS)
def test_a_look_alike_is_never_accepted(diagnosis: str, other: str) -> None:
    key = prepare(case(diagnosis))
    assert said(key, diagnosis) == ("correct", 1.0)
    for text in (other, other.lower(), f"{other}, no doubt", f"?{other}", f"looks like {other.lower()} to me"):
        assert not said(key, text)[1], text


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Afferent loop syndrome", "efferent loop syndrome"),
        ("Encephalopathy", "encephalitis"),
        ("Peroneal nerve palsy", "perineal nerve palsy"),
        ("Esotropia", "exotropia"),
        ("Rubella", "rubeola"),
        ("Adduction deformity", "abduction deformity"),
        ("Fascial hernia", "facial hernia"),
    ],
)
def test_words_of_medicine_are_no_misspellings_of_one_another(name: str, other: str) -> None:
    assert not said(prepare(case(name)), other)[1]
    assert not said(prepare(case(other.capitalize())), name.lower())[1]


def _slip(word: str, chooser: random.Random) -> str:
    at = chooser.randrange(len(word) - 1)
    letter = chooser.choice("abcdefghijklmnopqrstuvwxyz")
    return chooser.choice(
        [
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


@pytest.mark.parametrize(("slips", "least"), [(1, 0.97), (2, 0.85)])
def test_words_of_six_letters_or_more_are_understood_with_slips(slips: int, least: float) -> None:
    chooser = random.Random(7)
    understood = []
    for given in own_set().cases.values():
        key = prepare(given)
        words = given.answer.diagnosis.split()
        for index in [i for i, w in enumerate(words) if len(w) >= 6 and w.isalpha()] * 6:
            word = words[index]
            for _ in range(slips):
                word = _slip(word, chooser)
            text = " ".join([*words[:index], word, *words[index + 1 :]])
            understood.append(said(key, text) == ("correct", 1.0))
    assert sum(understood) / len(understood) >= least


CASES = list(own_set().cases.values())
SHOWN = CASES if os.environ.get("QUIZBOT_TEST_FULL") == "1" else CASES[:3]


def test_a_negated_answer_is_never_accepted() -> None:
    keys = [(prepare(given), given.answer.diagnosis) for given in SHOWN]
    accepted = [f for f in frames("denials.txt") for key, name in keys if said(key, f.format(name))[1]]
    assert accepted == []


def test_the_words_of_a_denial_do_not_hurt_another_guess() -> None:
    keys = [(prepare(given), given.answer.diagnosis) for given in SHOWN]
    missed = [f for f in frames("commitments.txt") for key, name in keys if said(key, f.format(name))[1] != 1]
    assert missed == []


@pytest.mark.parametrize("joint", [", ", "/", " or ", "; ", "\n", " vs ", " + ", " and ", "? ", ". "])
def test_a_shotgun_list_is_never_accepted(joint: str) -> None:
    for given in list(own_set().cases.values())[:10]:
        listed = joint.join(["gout", given.answer.diagnosis, "asthma", "stroke"])
        assert not said(prepare(given), listed)[1], listed
