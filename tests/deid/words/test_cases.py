"""All texts of a case are read, each under its key."""

from pathlib import Path
from typing import Any

import pytest

from quizbot.casebook import load_case
from quizbot.core.case import Case
from quizbot.deid.words import case_words

_CASE: dict[str, Any] = {
    "kind": "image-quiz",
    "prompt": "Chest pain. What's the diagnosis?",
    "images": [{"file": "ecg.png", "alt": "12-lead ECG.", "origin": "synthetic"}],
    "answer": {"diagnosis": "Wellens syndrome"},
    "references": [{"title": "Stroke in Boston: John Smith and 2 others", "url": "https://doi.org/10.1000/182"}],
    "author": "@an_educator",
    "consent": "synthetic",
}
_TELLING = "Seen by Dr. Okafor"


def _keys(**changes: Any) -> list[str]:
    return [key for key, _ in case_words(Case.model_validate(_CASE | changes))]


def test_a_case_without_identifiers_has_no_marks() -> None:
    assert _keys() == []


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"prompt": _TELLING}, "prompt"),
        ({"pearl": _TELLING}, "pearl"),
        ({"proof": _TELLING}, "proof"),
        ({"images": [_CASE["images"][0] | {"alt": _TELLING}]}, "images[0].alt"),
        ({"images": [_CASE["images"][0] | {"alt_answer": _TELLING}]}, "images[0].alt_answer"),
        ({"images": [_CASE["images"][0] | {"credit": _TELLING}]}, "images[0].credit"),
        ({"images": [_CASE["images"][0] | {"file": "john-smith.png"}]}, "images[0].file"),
        ({"answer": {"diagnosis": "STEMI", "accept": [_TELLING]}}, "answer.accept[0]"),
        (
            {"answer": {"diagnosis": "STEMI", "partial": [{"answer": "MI", "credit": 0.5, "because": _TELLING}]}},
            "answer.partial[0].because",
        ),
        (
            {"answer": {"diagnosis": "STEMI", "reject": [{"answer": "PE", "because": _TELLING}]}},
            "answer.reject[0].because",
        ),
        ({"hashtags": ["JohnSmith"]}, "hashtags[0]"),
        ({"references": [{"title": "Call 555-123-4567", "url": "https://doi.org/10.1000/182"}]}, "references[0].title"),
    ],
)
def test_each_text_is_read_under_its_key(changes: dict[str, Any], key: str) -> None:
    assert set(_keys(**changes)) == {key}


def test_the_starter_cases_pass() -> None:
    files = sorted((Path(__file__).parents[3] / "cases").glob("*/case.yaml"))
    cases = [load_case(file.parent).case for file in files]
    assert [mark for case in cases if case for mark in case_words(case)] == []
