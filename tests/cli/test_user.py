"""Accounts by the command line; a passphrase is never an argument and never printed."""

import io
import json

import pytest

GOOD = "seven grey herons on a wet roof"
OTHER = "eight blue kettles in the attic"


@pytest.fixture
def typed(monkeypatch):
    """Lines on standard input."""

    def give(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return give


@pytest.fixture
def ann(quizbot, typed):
    typed(GOOD)
    assert quizbot("user", "add", "ann", "--role", "reviewer", "--role", "author", "--passphrase-stdin").code == 0
    return quizbot


def test_an_account_is_listed_without_its_passphrase(ann):
    shown = ann("user", "list", "--json").out
    (record,) = map(json.loads, shown.splitlines())
    assert (record["name"], record["roles"], record["disabled_at"]) == ("ann", ["author", "reviewer"], None)
    assert "argon2" not in shown


def test_a_weak_passphrase_is_refused_with_a_reason_and_not_echoed(quizbot, typed):
    typed("hunter2hunter2")
    result = quizbot("user", "add", "ann", "--role", "reviewer", "--passphrase-stdin")
    assert (result.code, "shorter" in result.err, "hunter2" in result.out + result.err) == (1, True, False)


def test_without_a_terminal_a_passphrase_is_not_taken_from_a_pipe_by_accident(quizbot, typed):
    typed(GOOD, GOOD)
    result = quizbot("user", "add", "ann", "--role", "reviewer")
    assert (result.code, "--passphrase-stdin" in result.err) == (1, True)


def test_at_a_terminal_it_is_asked_for_twice(quizbot, monkeypatch):
    answers = iter([GOOD, OTHER, GOOD, GOOD])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    assert "not the same" in quizbot("user", "add", "ann", "--role", "reviewer").err
    assert quizbot("user", "add", "ann", "--role", "reviewer").code == 0


def test_changing_it_asks_for_the_old_one(ann, typed):
    typed(OTHER, OTHER)
    assert ann("user", "passphrase", "ann", "--passphrase-stdin").code == 1
    typed(GOOD, OTHER)
    assert ann("user", "passphrase", "ann", "--passphrase-stdin").code == 0
    typed(GOOD, OTHER)
    assert ann("user", "passphrase", "ann", "--passphrase-stdin").code == 1


def test_disabling_shows_and_can_be_undone(ann):
    assert ann("user", "disable", "ann").code == 0
    assert "disabled" in ann("user", "list").out
    assert ann("user", "disable", "ann", "--undo").code == 0
    assert "active" in ann("user", "list").out
    assert "nobody has that name" in ann("user", "disable", "ben").err


def test_a_role_that_is_none_is_a_usage_error(quizbot):
    assert quizbot("user", "add", "ann", "--role", "king").code == 2


def test_an_account_of_x_is_linked_listed_and_unlinked(ann, typed):
    assert "sign in once before" in ann("user", "link", "ann", "@Ann_Reads").out
    assert json.loads(ann("user", "list", "--json").out)["x"] == "@ann_reads"
    assert "signs in with X as @ann_reads" in ann("user", "list").out
    assert ann("user", "link", "ann", "4711").out.strip() == "4711 may sign in with X as ann"
    typed(GOOD)
    added = ann("user", "add", "ben", "--role", "author", "--x", "4711", "--passphrase-stdin")
    assert (added.code, "linked to somebody else" in added.err) == (1, True)
    typed(GOOD)
    added = ann("user", "add", "ben", "--role", "author", "--x", "no handle", "--passphrase-stdin")
    assert (added.code, "neither a handle" in added.err) == (1, True)
    assert "ben" not in ann("user", "list").out  # nothing was made
    typed(GOOD)
    added = ann("user", "add", "ben", "--role", "author", "--x", "4712", "--passphrase-stdin")
    assert (added.code, "4712 may sign in with X as ben" in added.out) == (0, True)
    assert ann("user", "link", "ann", "--undo").code == 0
    assert ann("user", "link", "ann", "--undo").code == 1
    assert ann("user", "link", "ann").code == 2
    assert ann("user", "link", "nobody", "@x").code == 1
