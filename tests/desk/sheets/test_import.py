"""A spreadsheet becomes case folders, all or none; its mistakes are named by line and column."""

import csv
import io
import re
import shutil

import pytest
from PIL import Image

from quizbot.casebook import Level, load_casebook
from quizbot.core.bundled import bundled
from quizbot.core.errors import InputError
from quizbot.deid.bare import digest_of
from quizbot.deid.claim import Claim
from quizbot.desk.sheets.exporting import export_cases
from quizbot.desk.sheets.importing import import_cases

PEARL = {"kind": "pearl", "prompt": "Look at the neck veins.", "author": "@an_educator", "consent": "synthetic"}


def write(tmp_path, *rows, delimiter=",", encoding="utf-8"):
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    sheet = csv.DictWriter(text, names, delimiter=delimiter)
    sheet.writeheader()
    sheet.writerows(rows)
    (tmp_path / "cases.csv").write_bytes(text.getvalue().encode(encoding))
    return tmp_path / "cases.csv"


def errors(done):
    return [(one.line, one.key) for one in done.findings if one.level is Level.ERROR]


@pytest.mark.parametrize("some", [["wellens-syndrome", "barcode", "pearl-lidocaine", "angle-closure-glaucoma"]])
def test_the_starter_cases_are_the_same_after_going_out_and_in(tmp_path, some):
    for name in some:
        if bundled("cases", name).is_dir():
            shutil.copytree(bundled("cases", name), tmp_path / "old" / name)
    old = load_casebook(tmp_path / "old").cases
    (tmp_path / "cases.csv").write_text(export_cases(old).text, encoding="utf-8")
    done = import_cases(tmp_path / "cases.csv", tmp_path / "new", tmp_path / "old")
    assert errors(done) == []
    new = load_casebook(tmp_path / "new").cases
    assert [(one.slug, one.case) for one in new] == [(one.slug, one.case) for one in old]
    assert all(one.ok for one in new)
    assert len(new) >= 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_what_spreadsheets_write_is_read(tmp_path, delimiter, encoding):
    sheet = write(tmp_path, {"case": "a"} | PEARL | {"tags": "ecg\nNotfälle".encode("ascii", "ignore").decode()},
                  delimiter=delimiter, encoding=encoding)  # fmt: skip
    done = import_cases(sheet, tmp_path / "cases")
    assert (errors(done), [folder.name for folder in done.folders]) == ([], ["a"])


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"prompt": ""}, "prompt"),
        ({"author": "an_educator"}, "author"),
        ({"case": "Not An Id"}, "case"),
        ({"case": ""}, "case"),
        ({"case": "good"}, "case"),
        ({"kind": "poll"}, "kind"),
        ({"image 1": "missing.png", "image 1 alt": "x", "image 1 origin": "synthetic"}, "image 1"),
        ({"image 1": "../secret.png", "image 1 alt": "x", "image 1 origin": "synthetic"}, "image 1"),
        ({"image 1": "/etc/passwd", "image 1 alt": "x", "image 1 origin": "synthetic"}, "image 1"),
        ({"image 1": "link.png", "image 1 alt": "x", "image 1 origin": "synthetic"}, "image 1"),
        ({"image 1": "mine.png", "image 1 alt": "x", "image 1 origin": "patient"}, "image 1"),
        ({"image 1": "no-picture.png", "image 1 alt": "x", "image 1 origin": "synthetic"}, "image 1"),
    ],
)
def test_one_bad_row_is_named_by_line_and_column_and_nothing_is_written(tmp_path, changes, column):
    Image.new("RGB", (40, 40)).save(tmp_path / "mine.png")
    (tmp_path / "no-picture.png").write_text("x")
    (tmp_path / "link.png").symlink_to(tmp_path / "mine.png")
    sheet = write(tmp_path, {"case": "good"} | PEARL, {"case": "two-lines"} | PEARL | {"prompt": "a\nb"},
                  {"case": "bad"} | PEARL | {"consent": "not-identifiable"} | changes)  # fmt: skip
    done = import_cases(sheet, tmp_path / "cases")
    assert {line for line, _ in errors(done)} == {5}
    assert column in {key for _, key in errors(done)}
    assert done.folders == ()
    assert not (tmp_path / "cases").exists()


def test_a_row_is_numbered_as_a_spreadsheet_program_does(tmp_path):
    """Cells hold several lines, and an empty row is a row, too."""
    rows = 'case,kind,prompt,author,consent\na,pearl,"1\n2\n3",@x,synthetic\n\nb,poll,Look.,@x,synthetic\n'
    (tmp_path / "cases.csv").write_text(rows)
    found = next(one for one in import_cases(tmp_path / "cases.csv", tmp_path / "cases").findings if one.key == "kind")
    assert str(found).startswith(f'{tmp_path / "cases.csv"}: row 4, column kind: error: "poll" is none of')
    assert (found.line, list(found.record())) == (6, ["file", "line", "key", "level", "message"])


def test_a_misspelt_column_is_named_with_the_nearest_and_is_what_each_row_lacks(tmp_path):
    quiz = {"kind": "question", "prompt": "What is it?", "author": "@an_educator", "consent": "synthetic"}
    known = {"accept": "Wellens sign", "reference 1 title": "x", "reference 1 url": "https://doi.org/10.1/x"}
    sheet = write(tmp_path, {"case": "a"} | quiz | {"diagnose": "Wellens syndrome"} | known)
    head, row = (
        one for one in import_cases(sheet, tmp_path / "cases").findings if one.key in ("diagnose", "diagnosis")
    )
    assert (head.key, head.level, head.message.split("; ")[1]) == (
        "diagnose", Level.WARNING, 'the nearest is "diagnosis"',
    )  # fmt: skip
    assert (row.key, row.level) == ("diagnosis", Level.ERROR)
    assert row.message == 'is missing, and so is the column; rename "diagnose", if that is it'


def test_a_case_that_is_there_is_never_overwritten(tmp_path):
    sheet = write(tmp_path, {"case": "a"} | PEARL)
    import_cases(sheet, tmp_path / "cases")
    before = (tmp_path / "cases" / "a" / "case.yaml").read_bytes()
    assert errors(import_cases(sheet, tmp_path / "cases")) == [(2, "case")]
    assert (tmp_path / "cases" / "a" / "case.yaml").read_bytes() == before


def test_if_a_folder_cannot_be_put_in_place_none_is(tmp_path, monkeypatch):
    sheet = write(tmp_path, {"case": "a"} | PEARL, {"case": "b"} | PEARL | {"prompt": "Other."})
    rename = type(tmp_path).rename

    def full(self, target):
        if self.name == "b":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(type(tmp_path), "rename", full)
    with pytest.raises(InputError, match="nothing was imported"):
        import_cases(sheet, tmp_path / "cases")
    assert list((tmp_path / "cases").iterdir()) == []


def test_a_picture_that_passed_the_gate_brings_its_claim_along(tmp_path):
    Image.new("RGB", (40, 40)).save(tmp_path / "abc123.png")
    digest = digest_of((tmp_path / "abc123.png").read_bytes())
    claim = Claim(output="abc123.png", source="0" * 64, pixels="0" * 64, data=digest, versions={}, findings=())
    (tmp_path / "deid.jsonl").write_bytes(claim.line())
    row = {"case": "a"} | PEARL | {"kind": "pearl", "consent": "written-consent", "consent ref": "the book"}
    sheet = write(tmp_path, row | {"image 1": "abc123.png", "image 1 alt": "x", "image 1 origin": "patient"})
    done = import_cases(sheet, tmp_path / "cases")
    assert errors(done) == []
    assert (tmp_path / "cases" / "a" / "deid.jsonl").read_bytes() == claim.line()
    assert (tmp_path / "cases" / "a" / "abc123.png").is_file()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cases.csv: is empty"),
        (b"\xef\xbb\xbf\r\n \n", "cases.csv: is empty"),
        (b"PK\x03\x04\x14\x00\xff", "is an Excel workbook: save it as CSV UTF-8 (File > Save As)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Excel workbook: save it as CSV UTF-8"),
        (b"prompt\nx\n", 'no column "case"'),
        (b"case,kind,Kind\na,b,c\n", "twice"),
        (b"case\n\xff\n", ":2: is not UTF-8"),
        (b'case,kind\na,"b\n', "is no CSV"),
        (b"case,kind\na,b,c\n", "cases.csv: row 2: has more cells"),
        (b'case,kind\n"a","b\nc"\n\nd,e,f\n', "cases.csv: row 4: has more cells"),
        (b'case,kind\n"a","b\nc"\nd,"e\n', "cases.csv: row 3: is no CSV"),
        (b"case\n" + b"x" * 200_000 + b"\n", "is no CSV"),
        (b"case\n" + b"a\n" * 1001, "more than 1000 rows"),
        (b"case\n" + b"\n" * (5 * 1024 * 1024), "is larger than 5 MB"),
    ],
)
def test_what_is_no_spreadsheet_of_cases_is_refused_in_one_line(tmp_path, content, said):
    (tmp_path / "cases.csv").write_bytes(content)
    with pytest.raises(InputError, match=re.escape(said)):
        import_cases(tmp_path / "cases.csv", tmp_path / "cases")


def test_an_unknown_column_is_a_warning_only(tmp_path):
    done = import_cases(write(tmp_path, {"case": "a", "notes": "x"} | PEARL), tmp_path / "cases")
    assert [(one.line, one.key, str(one.level)) for one in done.findings if one.key == "notes"] == [
        (1, "notes", "warning")
    ]
    assert len(done.folders) == 1


def test_no_cell_of_an_export_is_a_formula(tmp_path):
    import_cases(write(tmp_path, {"case": "a"} | PEARL | {"prompt": "=HYPERLINK(1)"}), tmp_path / "cases")
    text = export_cases(load_casebook(tmp_path / "cases").cases).text
    found = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) for cell in row]
    assert "'=HYPERLINK(1)" in found
    assert "'@an_educator" in found
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in found)
