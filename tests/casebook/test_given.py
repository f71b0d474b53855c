"""What is known of a new case when it is made stands in its case.yaml as it was given, and the blanks are left."""

import re
import string

import pytest
from hypothesis import given as each
from hypothesis import settings
from hypothesis import strategies as st

from quizbot.casebook import Level, load_case
from quizbot.casebook.finding import key_text
from quizbot.casebook.reader import read
from quizbot.casebook.scaffold import FILLED, case_text, new_case, refusals_of
from quizbot.core.case import Kind
from quizbot.core.errors import InputError

ALL = {
    ("prompt",): "54M: pain-free now. #1 diagnosis?",
    ("images", 0, "alt"): "12-lead ECG: 25 mm/s.",
    ("images", 0, "origin"): "synthetic",
    ("answer", "diagnosis"): "Wellens syndrome",
    ("answer", "accept"): ("Wellens: sign", "[LAD] T-wave, syndrome", "yes"),
    ("certainty",): "almost-certain",
    ("proof",): "angiography",
    ("pearl",): "No stress test: angiography.",
    ("references", 0, "title"): "A paper: its title",
    ("references", 0, "url"): "https://doi.org/10.1016/0002-8703(82)90480-X",
    ("author",): "@an_educator",
    ("consent",): "synthetic",
    ("consent_ref",): "the consent book, page 4",
}
TEXTS = [key for key in FILLED if key != ("answer", "accept")]


def value_at(data, key):
    for part in key:
        data = data[part]
    return data


@pytest.mark.parametrize("kind", [Kind.IMAGE_QUIZ, Kind.QUESTION])
def test_with_all_but_the_picture_given_only_that_is_left(tmp_path, kind):
    image = kind is Kind.IMAGE_QUIZ
    given = {key: value for key, value in ALL.items() if image or key[0] != "images"}
    loaded = load_case(new_case(tmp_path, "a-case", kind, given))
    errors = {one.key for one in loaded.findings if one.level is Level.ERROR}
    assert errors == ({"images[0].file"} if image else set())
    assert {one.key for one in loaded.findings} - errors == {"reviewed"}


@settings(max_examples=60)
@each(st.sampled_from(TEXTS), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_whatever_is_given_is_what_the_file_says(key, value):
    value = " ".join(value.split()) or "x"
    document = read(case_text(Kind.IMAGE_QUIZ, {key: value}).encode())
    assert value_at(document.data, key) == value


@each(st.lists(st.text(string.printable, min_size=1), min_size=1, max_size=4).map(tuple))
@settings(max_examples=30)
def test_so_do_lists(names):
    document = read(case_text(Kind.QUESTION, {("answer", "accept"): names}).encode())
    assert document.data["answer"]["accept"] == list(names)


def test_what_is_given_changes_no_other_line():
    blank = read(case_text(Kind.IMAGE_QUIZ).encode()).data
    filled = read(case_text(Kind.IMAGE_QUIZ, ALL).encode()).data
    assert set(blank) == set(filled)
    assert {key for key in blank if blank[key] != filled[key]} == {key[0] for key in ALL}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (("author",), "an_educator", "@an_educator"),
        (("certainty",), "possible", "not certain enough"),
        (("images", 0, "alt"), "Wellens syndrome in V2", "gives the answer away"),
        (("references", 0, "url"), "doi 10.1000/1", "https://"),
        (("prompt",), "word " * 70, "weighs"),
    ],
)
def test_a_value_that_check_would_refuse_is_refused_at_once_and_nothing_is_made(tmp_path, key, value, said):
    given = ALL | {key: value.strip()}
    assert said in refusals_of(Kind.IMAGE_QUIZ, given, key)[0].message
    with pytest.raises(InputError, match=re.escape(f"{key_text(key)}: ")):
        new_case(tmp_path / "cases", "a-case", Kind.IMAGE_QUIZ, given)
    assert not (tmp_path / "cases").exists()


def test_a_value_that_makes_another_one_wrong_is_refused_too():
    given = {("prompt",): "Is it Wellens?", ("answer", "diagnosis"): "Wellens"}
    assert [one.key for one in refusals_of(Kind.QUESTION, given, ("answer", "diagnosis"))] == [("prompt",)]
    drawn = {("images", 0, "origin"): "patient", ("consent",): "synthetic"}
    assert refusals_of(Kind.IMAGE_QUIZ, drawn, ("consent",)) != []


@pytest.mark.parametrize("kind", Kind)
def test_what_nobody_gave_is_refused_to_nobody(kind):
    assert refusals_of(kind, {("author",): "@a"}, ("author",)) == []


def test_editors_find_the_schema_beside_the_cases(tmp_path):
    folder = new_case(tmp_path / "cases", "a-case", Kind.PEARL)
    first = (folder / "case.yaml").read_text().splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")
    assert '"case.yaml of quizbot"' in (folder / name).read_text()


def test_an_old_schema_is_brought_up_to_date_and_a_file_of_somebody_else_stays(tmp_path):
    schema = tmp_path / "case.schema.json"
    schema.write_text('{"title": "case.yaml of quizbot", "old": 1}')
    new_case(tmp_path, "a", Kind.PEARL)
    assert '"old"' not in schema.read_text()
    schema.write_text('{"title": "mine"}')
    new_case(tmp_path, "b", Kind.PEARL)
    assert schema.read_text() == '{"title": "mine"}'
