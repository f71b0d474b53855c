"""A mistake in a command line is told in the program's own words, in one line, with where to look."""

import re

import pytest

from quizbot.cli import app
from quizbot.cli.help_pages import PANELS
from tests.command import runner


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "new a --kind questoin",
            '--kind: "questoin" is none of image-quiz, question, pearl, link; the nearest is "question"',
        ),
        ("new a --kind xyz", '--kind: "xyz" is none of image-quiz, question, pearl, link'),
        ("sandbox --port x", '--port: "x" is not a whole number'),
        ("sandbox --port 70000", "--port: is 70000, and has to be at most 65535"),
        (
            "sandbox --lag x",
            '--lag: "x" is not a number; write it with a dot, such as 0.5',
        ),
        ("check --nope", "No such option: --nope"),
        ("preview", "Missing argument 'PATH'"),
        ("chek", "No such command 'chek'"),
        ("leaderboard --season", "Option '--season' requires an argument"),
    ],
)
def test_what_is_wrong_and_where_to_look(monkeypatch, capsys, tmp_path, words, said):
    code, out, error = runner(monkeypatch, capsys, tmp_path)(*words.split())
    assert (code, out, error.startswith(f"quizbot: {said}"), error.count("\n")) == (2, "", True, 1)
    assert f"; see `quizbot {words.split()[0]} --help`\n" in error or "see `quizbot --help`, or " in error


@pytest.mark.parametrize("words", ["new a --kind \n\x1b[2J", "check --\x1b[2J"])
def test_no_argument_can_steer_the_terminal(monkeypatch, capsys, tmp_path, words):
    code, _, error = runner(monkeypatch, capsys, tmp_path)(*words.split(" "))
    assert (code, error.count("\n"), "\x1b" in error) == (2, 1, False)


COMMANDS = [name for names in PANELS.values() for name in names] + [
    f"{group.name} {one.name or one.callback.__name__}"
    for group in app.registered_groups
    for one in group.typer_instance.registered_commands
]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_shows_no_flag_with_a_value_and_no_name_of_the_code(monkeypatch, capsys, tmp_path, command):
    code, out, _ = runner(monkeypatch, capsys, tmp_path)(*command.split(), "--help")
    usage = re.search(rf"Usage: quizbot {command}(.*)", out)[1]
    assert (code, "<bool>" in out, re.search("[a-z]", usage)) == (0, False, None)


def test_the_help_names_every_command_once(monkeypatch, capsys, tmp_path):
    _, out, _ = runner(monkeypatch, capsys, tmp_path)("--help")
    assert re.findall(r"(?m)^│ ([a-z][a-z-]*) ", out) == [name for names in PANELS.values() for name in names]
