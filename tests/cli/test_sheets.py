"""`quizbot import` and `quizbot export` at the command line."""

import pytest

from tests.casebook.given import PEARL, write
from tests.command import runner


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def test_out_and_in_and_out_again_is_the_same_file(run, tmp_path):
    write(tmp_path / "cases" / "a", PEARL)
    assert run("export", "cases", "-o", "a.csv")[0] == 0
    assert run("import", "a.csv", "--dir", "new", "--images", "cases")[:2] == (0, "made new/a\n")
    run("export", "new", "-o", "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_a_mistake_is_named_by_line_and_column(run, tmp_path):
    (tmp_path / "a.csv").write_text("case,kind,prompt,author,consent\na,pearl,Look.,me,synthetic\n")
    code, out, error = run("import", "a.csv")
    assert (code, "a.csv:2: error: author: " in out, "nothing was imported" in error) == (1, True, True)


def test_a_case_that_cannot_be_read_is_said_to_be_left_out(run, tmp_path):
    write(tmp_path / "cases" / "a", PEARL)
    write(tmp_path / "cases" / "b", "kind: [")
    code, out, error = run("export", "cases")
    assert (code, out.count("\n"), error.startswith("b cannot be read")) == (1, 2, True)
