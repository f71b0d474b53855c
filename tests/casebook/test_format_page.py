"""docs/case-format.md against the code, and the code against real cases."""

import re
from pathlib import Path

import pytest

from quizbot.casebook import Level, load_case
from quizbot.casebook.messages import known_keys
from quizbot.core.case import Case, Image, Kind, Reference
from quizbot.core.weight import ALT_LIMIT, POST_LIMIT
from tests.casebook.given import PNG, write

PAGE = (Path(__file__).parents[2] / "docs" / "case-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.+?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("key", sorted({name for names in known_keys().values() for name in names}))
def test_every_key_is_named(key):
    assert f"`{key}`" in PAGE


def test_every_choice_is_named():
    for model, name in ((Case, "kind"), (Case, "consent"), (Case, "certainty"), (Image, "origin"), (Reference, "kind")):
        schema = model.model_json_schema()
        field = schema["properties"][name]
        choices = field.get("enum") or schema["$defs"].get("Kind", {}).get("enum")
        choices = next((one["enum"] for one in field.get("anyOf", []) if "enum" in one), choices)
        for choice in choices:
            assert f"`{choice}`" in PAGE


def test_its_numbers_are_the_code_s():
    assert f"at most {ALT_LIMIT} characters" in PAGE
    assert f"A post holds {POST_LIMIT} characters" in PAGE


@pytest.mark.parametrize("example", EXAMPLES, ids=[re.search("kind: (.+)", one)[1].strip() for one in EXAMPLES])
def test_every_example_is_a_sound_case(tmp_path, example):
    folder = write(tmp_path / "c", example)
    if "images:" in example:
        (folder / "ecg.png").write_bytes(PNG)
    assert load_case(folder).findings == ()


def test_there_is_an_example_of_each_kind_and_one_with_every_key():
    assert {re.search("kind: (.+)", one)[1].strip() for one in EXAMPLES} == set(Kind)
    assert {key for key in known_keys()[()] if f"\n{key}:" not in f"\n{EXAMPLES[0]}"} == set()


def test_labelled_cases_of_others_load_without_errors_but_for_their_missing_images(shared):
    cases = sorted((shared / "grading-dev" / "cases").iterdir())
    assert len(cases) == 15
    for folder in cases:
        loaded = load_case(folder)
        assert loaded.case is not None
        assert {one.key for one in loaded.findings if one.level is Level.ERROR} <= {"images[0].file"}
