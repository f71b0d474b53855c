"""Each diagnosis, whatever the seed, fulfils the criteria published for it and violates those of its look-alikes."""

import os
from functools import cache

import pytest

pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")

from quizbot.drawing.ecg.criteria import CRITERIA, meets, unmet
from quizbot.drawing.ecg.diagnoses import DIAGNOSES
from quizbot.drawing.ecg.measure import Measurement, measure
from quizbot.drawing.ecg.tracing import record

SEEDS = range(200 if os.environ.get("QUIZBOT_TEST_FULL") == "1" else 50)
LOOK_ALIKES = {
    "normal": ["wellens-type-b", "anterior-stemi", "hypokalaemia", "hyperacute-t", "first-degree-block"],
    "wellens": [
        "wellens-type-b",
        "anterior-stemi",
        "old-anterior-infarction",
        "hypokalaemia",
        "left-ventricular-hypertrophy",
        "de-winter",
        "hyperacute-t",
    ],
    "hyperkalaemia": [
        "hyperacute-t",
        "de-winter",
        "anterior-stemi",
        "left-bundle-branch-block",
        "sodium-channel-blockade",
        "hypokalaemia",
    ],
    "de-winter": ["hyperacute-t", "anterior-stemi", "hyperkalaemia", "hypokalaemia", "posterior-infarction", "wellens"],
    "posterior-infarction": ["anterior-stemi", "diffuse-ischaemia", "de-winter", "right-bundle-branch-block", "normal"],
    "inferior-rv-infarction": ["pericarditis", "early-repolarisation", "brugada", "anterior-stemi"],
    "diffuse-ischaemia": ["posterior-infarction", "de-winter", "hypokalaemia", "anterior-stemi", "inferior-stemi"],
    "wenckebach": ["mobitz-2", "complete-heart-block", "two-to-one-block", "first-degree-block", "sinus-bradycardia"],
    "mobitz-2": ["wenckebach", "complete-heart-block", "two-to-one-block", "first-degree-block"],
    "pre-excitation": ["normal", "right-bundle-branch-block", "first-degree-block", "hyperkalaemia"],
    "hypokalaemia": [
        "hypocalcaemia",
        "hyperkalaemia",
        "diffuse-ischaemia",
        "posterior-infarction",
        "wellens",
        "normal",
    ],
    "hypocalcaemia": ["hypokalaemia", "hyperkalaemia", "normal", "wellens", "hypothermia"],
    "sodium-channel-blockade": ["hyperkalaemia", "left-bundle-branch-block", "pre-excitation", "brugada"],
    "brugada": ["right-bundle-branch-block", "early-repolarisation", "pericarditis", "wellens", "normal"],
    "pericarditis": ["early-repolarisation", "anterior-stemi", "inferior-stemi", "normal"],
    "hypothermia": [
        "hypocalcaemia",
        "early-repolarisation",
        "right-bundle-branch-block",
        "complete-heart-block",
        "normal",
    ],
    "atrial-flutter": [
        "sinus-tachycardia",
        "re-entry-tachycardia",
        "atrial-fibrillation",
        "wide-complex-tachycardia",
        "normal",
    ],
    "ventricular-tachycardia": [
        "aberrant-tachycardia",
        "pre-excited-fibrillation",
        "re-entry-tachycardia",
        "atrial-flutter",
        "atrial-fibrillation",
        "tremor",
        "sodium-channel-blockade",
    ],
    "pre-excited-fibrillation": [
        "atrial-fibrillation",
        "ventricular-tachycardia",
        "aberrant-tachycardia",
        "pre-excitation",
        "re-entry-tachycardia",
    ],
    "tremor": ["wide-complex-tachycardia", "atrial-flutter", "atrial-fibrillation", "sinus-tachycardia"],
    "failure-to-capture": ["paced-rhythm", "undersensing", "oversensing", "complete-heart-block"],
    "complete-heart-block": [
        "two-to-one-block",
        "mobitz-2",
        "wenckebach",
        "sinus-bradycardia",
        "first-degree-block",
    ],
}


@cache
def readings(name: str) -> list[Measurement]:
    return [measure(record(name, seed)) for seed in SEEDS]


@pytest.mark.parametrize("name", sorted(DIAGNOSES))
def test_its_own_criteria_are_met(name: str) -> None:
    assert {seed: missing for seed, m in enumerate(readings(name)) if (missing := unmet(name, m))} == {}


@pytest.mark.parametrize(("name", "other"), [(name, other) for name, others in LOOK_ALIKES.items() for other in others])
def test_a_look_alike_s_criteria_are_not(name: str, other: str) -> None:
    assert [seed for seed, m in enumerate(readings(name)) if meets(other, m)] == []


@pytest.mark.parametrize("name", sorted(DIAGNOSES))
def test_nothing_else_that_is_drawn_is_met(name: str) -> None:
    for other in DIAGNOSES:
        if other != name:
            assert not any(meets(other, m) for m in readings(name))


def test_every_diagnosis_that_is_drawn_has_criteria_and_look_alikes() -> None:
    assert set(DIAGNOSES) <= set(CRITERIA)
    assert set(DIAGNOSES) == set(LOOK_ALIKES)
    assert all(LOOK_ALIKES.values())


@pytest.mark.parametrize("name", sorted(DIAGNOSES))
def test_the_patients_differ(name: str) -> None:
    """A seed is another patient: rates, axes and amplitudes are spread, not copied."""
    measured = readings(name)
    axes = [m.axis for m in measured]
    assert max(axes) - min(axes) > 15
    assert len({round(m.rate) for m in measured}) >= 5
