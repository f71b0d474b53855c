"""A case is the same case after it was a row of a spreadsheet, whatever its texts hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.casebook.headers import column_of, nearest_column, unknown_columns
from quizbot.casebook.sheet import case_data, cells, columns, key_of, plain, safe
from quizbot.casebook.written import case_file
from quizbot.core.case import Case
from tests.casebook.given import PEARL, QUIZ, with_

# What could go wrong in a cell: separators, line ends, formulas, marks, quotes, backslashes.
TEXT = st.text("ab|\\'\"=+-@,;\n \tné#", min_size=1, max_size=12).filter(str.strip)
NAMES = st.lists(TEXT, max_size=4)
PARTIAL = st.fixed_dictionaries({"answer": TEXT, "credit": st.sampled_from([0.25, 0.5])}, optional={"because": TEXT})
REJECT = st.fixed_dictionaries({"answer": TEXT}, optional={"because": TEXT})


def through(case: Case) -> Case:
    """A case written as a row and read again, as a spreadsheet would."""
    row = {name: plain(safe(cell).strip()) for name, cell in cells("a", case).items()}
    return Case.model_validate(case_data(row))


@settings(max_examples=150, deadline=None)
@given(TEXT, NAMES, st.lists(PARTIAL, max_size=3), st.lists(REJECT, max_size=3))
def test_a_case_comes_back_as_it_was(text, accept, partial, reject):
    answer = {"diagnosis": text, "accept": accept, "partial": partial, "reject": reject}
    case = Case.model_validate(with_(QUIZ, prompt=text, pearl=text, answer=answer))
    assert through(case) == case


def test_so_does_one_with_every_key():
    image = QUIZ["images"][0]
    images = [image, image | {"file": "b.png", "photo": "true", "credit": "me", "alt_answer": "x"}]
    references = [*QUIZ["references"], {"title": "y", "url": "https://a.org/b", "kind": "page", "year": "1982"}]
    reviewed = {"by": "@b", "on": "2026-10-01", "again_by": "2028-10-01"}
    case = Case.model_validate(
        with_(QUIZ, images=images, references=references, reviewed=reviewed, post_on="2026-10-05T12:00+02:00")
        | {
            "difficulty": "3",
            "tags": ["ecg", "a b"],
            "sensitive": "graphic",
            "proof": "x",
            "consent_ref": "a",
            "asks_again": "first",
        }
    )
    assert through(case) == case
    assert case.model_fields_set | {"video"} == set(Case.model_fields)  # a key that is added needs a column
    assert set(cells("a", case)) <= set(columns([case]))


@given(st.text("='@+-\tab", max_size=6))
def test_no_cell_begins_as_a_formula_and_each_is_read_as_it_was(text):
    text = text.strip()
    written = safe(text)
    assert not written.startswith(("=", "+", "-", "@", "\t"))
    assert plain(written) == text


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1", "-1", "\t=1", "\r=1", "＝1"])
def test_a_formula_is_made_a_text(text):
    assert safe(text) == f"'{text}"


def test_what_somebody_typed_without_the_mark_is_read_too():
    assert plain("@an_educator") == "@an_educator"
    assert plain("'quoted' word") == "'quoted' word"


@pytest.mark.parametrize(
    ("typed", "credit"), [("NSTEMI | 0.5 | Half.", 0.5), ("NSTEMI|0,5", 0.5), ("NSTEMI | .25", 0.25)]
)
def test_credits_are_read_as_spreadsheets_write_them(typed, credit):
    (partial,) = case_data({"partial": typed})["answer"]["partial"]
    assert (partial["answer"], partial["credit"]) == ("NSTEMI", credit)


@pytest.mark.parametrize(
    ("column", "key"),
    [
        ("Image 2 alt answer", ("images", 1, "alt_answer")),
        ("image_1", ("images", 0, "file")),
        ("Reference 3 URL", ("references", 2, "url")),
        ("again by", ("reviewed", "again_by")),
        ("image 0", None),
        ("image 1 colour", None),
        ("imagine", None),
    ],
)
def test_columns_are_known_by_their_names_however_they_are_written(column, key):
    assert key_of(column) == key


def test_a_column_that_is_none_is_named():
    assert list(unknown_columns(["case", "Prompt", "notes", ""])) == ["notes"]


def test_a_misspelt_column_has_a_nearest_one_and_a_foreign_one_has_none():
    misspelt = ["diagnose", "Promt", "image_1_orgin", "references 1 url", "notes", "room", "x" * 500]
    nearest = ["diagnosis", "prompt", "image 1 origin", "reference 1 url", "", "", ""]
    assert [nearest_column(name) for name in misspelt] == nearest


def test_a_key_leads_to_its_own_column_whether_the_sheet_has_it_or_not():
    names = ["case", "Accept", "image 2 alt"]
    assert column_of(("answer", "accept", 3), names) == "Accept"
    assert column_of(("answer", "accept"), names) == "Accept"
    assert column_of(("images", 1, "alt"), names) == "image 2 alt"
    assert column_of(("images", 1, "origin"), names) == "image 2 origin"
    assert column_of(("answer", "diagnosis"), names) == "diagnosis"
    assert column_of(("answer",), names) == "diagnosis"
    assert column_of(("answer", "partial", 0, "credit"), names) == "partial"
    assert column_of(("images",), names) == "image 1"
    assert column_of(("consent",), names) == "consent"
    assert column_of(("no such key",), names) == ""


def test_a_written_case_is_read_as_what_it_holds(tmp_path):
    from tests.casebook.given import findings_of  # noqa: PLC0415  # only here

    assert findings_of(tmp_path / "a", case_file(PEARL)) == ()
