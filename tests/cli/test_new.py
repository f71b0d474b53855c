"""`quizbot new` at a terminal and without one."""

from itertools import chain

import pytest
from PIL import Image

from quizbot.casebook import Level, load_case
from quizbot.core.bundled import bundled
from tests.command import runner

ANSWERS = {
    "Your handle": ["an_educator", "@an_educator"],
    "The text": ["word " * 70, "54M, pain-free now. What's the diagnosis?"],
    "The diagnosis": ["", ],
    "Other names": [""],
    "How certain": ["possible", "certain"],
    "How it was": ["angiography"],
    "The lesson": ["No stress test."],
    "The image": ["12-lead ECG at 25 mm/s."],
    "Where it": ["drawn", "synthetic"],
    "On what": ["synthetic"],
    "A reference": ["10.1000/1", "https://doi.org/10.1000/1"],
    "Its title": ["A paper"],
}  # fmt: skip


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    command = runner(monkeypatch, capsys, tmp_path)

    def call(*words: str, typed: str | None = None):
        monkeypatch.setattr("quizbot.cli.new.at_a_terminal", lambda: typed is not None)
        return command(*words, typed=typed or "")

    return call


def test_it_asks_until_each_answer_can_stand_and_what_is_left_is_blank(run, tmp_path):
    typed = "\n".join(["My Case", "my-case", "poll", "image-quiz", *chain(*ANSWERS.values())]) + "\n"
    code, out, _ = run("new", typed=typed)
    assert code == 0
    for said in ('rename it to "my-case"', "is none of", '"@an_educator"', "weighs", "not certain enough", "https://"):
        assert said in out
    loaded = load_case(tmp_path / "cases" / "my-case")
    assert {one.key for one in loaded.findings if one.level is Level.ERROR} == {"images[0].file", "answer.diagnosis"}


def test_a_handle_may_be_typed_in_quotes(run, tmp_path):
    code, _, _ = run("new", "a", "--kind", "pearl", typed='"@an_educator"\nLook at the neck veins.\nsynthetic\n')
    assert code == 0
    assert 'author: "@an_educator"' in (tmp_path / "cases" / "a" / "case.yaml").read_text()


def test_what_options_give_is_not_asked(run):
    words = ("new", "a", "--kind", "pearl", "--author", "@an_educator", "--consent", "synthetic")
    code, out, _ = run(*words, typed="Look at the neck veins.\n")
    assert (code, out.count("handle"), out.count("ground")) == (0, 0, 0)
    assert run("check", "cases/a")[0] == 0


def test_a_name_that_is_taken_is_said_before_anything_is_asked(run):
    run("new", "a")
    code, out, error = run("new", "a", typed="")
    assert (code, out, "exists already" in error) == (1, "", True)


def test_without_a_terminal_nothing_is_asked(run):
    assert run("new", "a")[0] == 0
    code, out, error = run("new")
    assert (code, out, error.count("\n")) == (2, "", 1)


def test_a_folder_of_cases_that_is_made_is_named(run, tmp_path):
    assert f"there was none: {tmp_path / 'cases'} " in run("new", "a")[1]
    assert "there was none" not in run("new", "b")[1]


def test_going_away_half_way_makes_nothing(run, tmp_path):
    assert run("new", "a", typed="pearl\n@an_educator\n")[0] == 130
    assert not (tmp_path / "cases").exists()


def test_a_picture_that_the_project_drew_is_copied_under_a_name_that_says_nothing(run, tmp_path):
    drawn = next(bundled("cases").glob("*/*.png"))
    code, out, _ = run("new", "a", "--image", str(drawn), "--blank")
    assert code == 0
    assert (tmp_path / "cases" / "a" / "image.png").read_bytes() == drawn.read_bytes()
    case = (tmp_path / "cases" / "a" / "case.yaml").read_text()
    assert "file: image.png" in case
    assert "quizbot deid" not in out


def test_any_other_picture_stays_outside_and_the_gate_is_named(run, tmp_path):
    Image.new("RGB", (40, 40), "red").save(tmp_path / "mine.png")
    code, out, _ = run("new", "a", "--image", "mine.png")
    assert (code, "`quizbot deid mine.png -o cases/a`" in out) == (0, True)
    assert [one.name for one in (tmp_path / "cases" / "a").iterdir()] == ["case.yaml"]


@pytest.mark.parametrize("picture", ["missing.png", "text.png"])
def test_what_is_no_picture_is_refused_and_nothing_is_made(run, tmp_path, picture):
    (tmp_path / "text.png").write_text("no picture")
    code, _, error = run("new", "a", "--image", picture)
    assert (code, error.count("\n")) == (1, 1)
    assert not (tmp_path / "cases").exists()


def test_a_picture_is_for_an_image_quiz_and_none_is_copied_elsewhere(run, tmp_path):
    drawn = next(bundled("cases").glob("*/*.png"))
    code, _, error = run("new", "a", "--kind", "pearl", "--image", str(drawn), "--blank")
    assert (code, "--image" in error) == (2, True)
    assert not (tmp_path / "cases").exists()


def test_of_a_drawn_picture_neither_origin_nor_consent_is_asked(run, tmp_path):
    drawn = next(bundled("cases").glob("*/*.png"))
    _, out, _ = run("new", "a", "--kind", "image-quiz", "--image", str(drawn), typed="\n" * 20)
    assert "Where it comes from" not in out
    assert "On what ground" not in out
    assert "Another" not in out
    assert "Other names of it" in out


def test_a_semicolon_does_not_part_a_name_that_an_option_gives(run, tmp_path):
    run("new", "a", "--accept", "one; two", "--blank")
    assert "one; two" in (tmp_path / "cases" / "a" / "case.yaml").read_text()
