"""The clinical words: what they hold, and what they must not."""

import pytest

from quizbot.deid import vocabulary
from quizbot.deid.vocabulary import fold, is_clinical, is_eponym, is_name, overlay


def test_there_are_enough_eponyms() -> None:
    assert len(vocabulary.entries("eponyms")) > 2000
    assert is_eponym("Wellens")
    assert not is_eponym("aaron")  # passes in texts alone


@pytest.mark.parametrize(
    "word", ["Crohn", "Kerley's", "Sjögren", "Wellens", "BRUGADA", "Ménière", "Osgood", "Parkinson’s"]
)
def test_eponyms_are_known_in_any_spelling(word: str) -> None:
    assert is_eponym(word)


@pytest.mark.parametrize("word", ["pneumothorax", "Oedema", "fractures", "aVR", "mmHg", "SUPINE", "pericarditis"])
def test_clinical_words_are_known(word: str) -> None:
    assert is_clinical(word)


@pytest.mark.parametrize("word", ["Smith", "hospital", "street", "Okafor", "patient", "January", "Quigley", "Maria"])
def test_what_identifies_is_no_clinical_word(word: str) -> None:
    assert not is_clinical(word)


def test_no_frequent_name_is_clinical() -> None:
    names = vocabulary.names()
    assert len(names) > 2000
    assert [name for name in names if is_clinical(name) or name in overlay(None)] == []
    assert is_name("Garcia")


def test_no_label_of_an_identifier_is_an_overlay_word() -> None:
    shared = {label for label in vocabulary.labels() if label in overlay(None)}
    assert shared <= {"pat", "pt"}  # acceleration time and prothrombin time: refused as labels all the same


@pytest.mark.parametrize(
    "name",
    [
        "overlay.txt",
        "medical.txt",
        "words-eponyms.txt",
        "words-given.txt",
        "institutions.txt",
        "labels.txt",
        "phrases.txt",
    ],
)
def test_the_files_are_folded(name: str) -> None:
    assert [line for line in vocabulary.lines(name) if fold(line) != line] == []


@pytest.mark.parametrize(
    ("text", "folded"), [("Ångström", "angstrom"), ("ﬁbrosis", "fibrosis"), ("STRAẞE", "strasse"), ("Łódź", "lodz")]
)
def test_folding_undoes_accents_and_compatibility_forms(text: str, folded: str) -> None:
    assert fold(text) == folded
