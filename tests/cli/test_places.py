"""A case is named by its path or by its name in the folder of cases, with every command."""

import pytest

from tests.casebook.given import QUIZ, with_, write
from tests.command import runner


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.mark.parametrize("command", ["check", "preview", "grade", "export", "sign-off --list"])
def test_a_name_is_as_good_as_a_path(run, tmp_path, monkeypatch, command):
    write(tmp_path / "mine" / "my-case", with_(QUIZ, kind="question", images=None))
    monkeypatch.setenv("QUIZBOT_CASES_DIR", "mine")
    by_name, by_path = (run(*command.split(), named, typed="") for named in ("my-case", "mine/my-case"))
    assert (by_name.code, by_name.out) == (by_path.code, by_path.out)
    assert "no such" not in by_name.out + by_name.err


@pytest.mark.parametrize("named", ["cases/av-block-collaps", "av-block-collaps"])
def test_of_a_slip_the_nearest_case_is_named(run, tmp_path, named):
    write(tmp_path / "cases" / "av-block-collapse", QUIZ)
    code, out, error = run("grade", named, typed="")
    said = f"quizbot: {named}: there is no such folder; the nearest is cases/av-block-collapse\n"
    assert (code, out, error) == (1, "", said)


def test_an_unfinished_case_is_said_to_lack_what_it_lacks(run, tmp_path):
    write(tmp_path / "cases" / "a", with_(QUIZ, consent=None))
    code, _, error = run("grade", "a", typed="")
    assert (code, "consent: is missing" in error, "cannot be read" in error) == (1, True, False)


def test_preview_shows_several(run, tmp_path):
    for name in ("a", "b", "c"):
        write(tmp_path / "cases" / name, with_(QUIZ, prompt=f"{name.upper()}?"))
    out = run("preview", "a", "c").out
    assert ("A?" in out, "B?" in out, "C?" in out) == (True, False, True)
