"""docs/first-case.md works as it is written: its commands are run, its files written, its outputs compared."""

import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from quizbot.core.bundled import bundled
from tests.command import runner

PAGE = (Path(__file__).parent.parent / "docs" / "first-case.md").read_text(encoding="utf-8")
STEP = re.compile(r"<!-- (run|prints|file: ([\w./-]+)) -->\n```\w*\n(.*?)```", re.DOTALL)
TROUBLES = re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE)
CASE = "cases/my-first-case/case.yaml"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run a command line in a folder that has the drawn picture; all that it prints."""
    shutil.copytree(bundled("cases", "hyperkalaemia"), tmp_path / "cases" / "hyperkalaemia")
    command = runner(monkeypatch, capsys, tmp_path)

    def call(line: str, typed: str = "") -> str:
        program, *words = line.split()
        assert program == "quizbot"
        _, out, err = command(*words, typed=typed)
        return out + err

    return call


def test_the_page_works_as_it_is_written(run, tmp_path):
    printed, steps = "", 0
    for what, name, body in STEP.findall(PAGE):
        steps += 1
        if what == "run":
            printed = run(body.strip())
        elif what == "prints":
            for line in body.strip().splitlines():
                assert line in printed
        else:
            (tmp_path / name).write_text(body, encoding="utf-8")
    assert steps == PAGE.count("<!--")
    assert "data:image/png" in (tmp_path / "preview.html").read_text(encoding="utf-8")


def test_asked_at_a_terminal_and_left_blank_it_is_the_same(run, tmp_path, monkeypatch):
    monkeypatch.setattr("quizbot.cli.new.at_a_terminal", lambda: True)
    line = STEP.search(PAGE)[3].strip()
    assert "made cases/my-first-case/case.yaml" in run(line, typed="\n" * 30)
    asked = (tmp_path / CASE).read_text()
    shutil.rmtree(tmp_path / "cases" / "my-first-case")
    monkeypatch.setattr("quizbot.cli.new.at_a_terminal", lambda: False)
    run(line)
    assert asked == (tmp_path / CASE).read_text()


def changed(old: str, new: str):
    """A wrong turn in the file."""

    def turn(run, folder):
        text = next(body for _, name, body in STEP.findall(PAGE) if name == CASE)
        assert old in text
        (folder / CASE).parent.mkdir()
        shutil.copyfile(
            folder / "cases" / "hyperkalaemia" / "ecg.png", folder / "cases" / "my-first-case" / "image.png"
        )
        (folder / CASE).write_text(text.replace(old, new), encoding="utf-8")
        return run("quizbot check cases/my-first-case")

    return turn


def typed(*lines: str):
    """Wrong turns at the command line; what the last one prints."""

    def turn(run, folder):
        Image.new("RGB", (40, 40)).save(folder / "mine.png")
        return [run(line) for line in lines][-1]

    return turn


TURNS = {
    "is no id": typed("quizbot new My_First_Case"),
    "exists already": typed("quizbot new a", "quizbot new a"),
    "there is no such file": typed("quizbot new a --image ecg.png"),
    "the project did not draw it": typed("quizbot new a --image mine.png"),
    "needs quotes": changed('"@your_handle"', "@your_handle"),
    "is no key of a case": changed("certainty:", "certanty:"),
    "gives the answer away": changed("12-lead ECG at", "Hyperkalaemia, 12-lead ECG at"),
    "shorten it by": changed("What explains it?", "What explains it? " + "And why? " * 30),
    "would be a link on X": changed("his ECG.", "his ECG.In II it shows."),
    "there is no file": changed("file: image.png", "file: ecg.png"),
}


@pytest.mark.parametrize("said", TROUBLES)
def test_each_wrong_turn_gives_the_message_that_the_page_explains(run, tmp_path, said):
    assert said in TURNS[said](run, tmp_path)


def test_the_page_explains_every_wrong_turn():
    assert set(TROUBLES) == set(TURNS)
