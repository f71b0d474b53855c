"""The JSON Schema says what the loader says."""

import re

import pytest
import yaml
from jsonschema import Draft202012Validator

from quizbot.casebook import Level, load_case
from quizbot.casebook.schema import case_schema
from quizbot.core.bundled import bundled
from tests.casebook.given import PEARL, QUIZ, with_, write

STARTERS = sorted(bundled("cases").glob("*/case.yaml"))
VALIDATOR = Draft202012Validator(case_schema())
LINK = with_(PEARL, kind="link", references=QUIZ["references"])
QUESTION = with_(QUIZ, kind="question", images=None)


class _Core(yaml.SafeLoader):
    """YAML 1.2's types, by which editors read: days, yes and on stay text."""


_Core.yaml_implicit_resolvers = {}
for name, pattern, signs in (
    ("null", "~|null|", "~n\0"),
    ("bool", "true|false", "tf"),
    ("int", "[0-9]+", "0123456789"),
    ("float", r"[0-9]+\.[0-9]+", "0123456789"),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"(?:{pattern})$"), list(signs))


def as_an_editor_reads(text: str) -> object:
    return yaml.load(text, Loader=_Core)  # noqa: S506  # a safe loader with fewer types


def test_it_is_a_schema_of_the_draft_it_names():
    Draft202012Validator.check_schema(case_schema())
    assert case_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.parent.name)
def test_the_starter_cases_are_valid(path):
    VALIDATOR.validate(as_an_editor_reads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("good", [QUIZ, QUESTION, PEARL, LINK], ids=["image-quiz", "question", "pearl", "link"])
def test_a_good_case_of_each_kind_is_valid(good):
    VALIDATOR.validate(good)


BAD = [
    with_(QUIZ, answer=None),
    with_(QUIZ, images=None),
    with_(QUIZ, images=[]),
    with_(QUIZ, references=[]),
    with_(QUIZ, promt="x"),
    with_(QUIZ, answer__acept=["x"]),
    with_(QUIZ, certainty="possible"),
    with_(QUIZ, answer__partial=[{"answer": "x", "credit": 1}]),
    with_(QUIZ, hashtags=["#ECG"]),
    with_(QUIZ, author="someone"),
    with_(QUIZ, difficulty=6),
    with_(QUIZ, kind="question"),
    with_(PEARL, answer={"diagnosis": "x"}),
    with_(LINK, references=None),
    with_(PEARL, kind="poll"),
    with_(PEARL, prompt=""),
]


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_what_the_loader_refuses_the_schema_refuses(tmp_path, bad):
    assert any(one.level is Level.ERROR for one in load_case(write(tmp_path / "c", bad)).findings)
    assert not VALIDATOR.is_valid(bad)


def test_every_key_is_described():
    schema = case_schema()
    for model in (schema, *schema["$defs"].values()):
        for name, key in model.get("properties", {}).items():
            assert key.get("description") or "$ref" in key, name
