"""The commands for educators: what they print and how they exit."""

import json

import pytest

from quizbot.desk.links.trying import Tried
from tests.casebook.given import PEARL, QUIZ, with_, write
from tests.command import runner


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def test_from_nothing_to_a_named_blank(run, tmp_path):
    code, out, _ = run("new", "my-pearl", "--kind", "pearl")
    assert (code, "cases/my-pearl/case.yaml" in out) == (0, True)
    code, out, _ = run("check")
    assert code == 1
    assert "cases/my-pearl/case.yaml:7: error: prompt: is empty; write a text\n" in out
    assert out.endswith("1 case, 2 errors, 1 warning\n")


@pytest.mark.parametrize("words", [("new", "My Case"), ("new", "a", "--dir", "file")])
def test_new_refuses_with_one_line(run, tmp_path, words):
    (tmp_path / "file").write_text("x")
    code, out, error = run(*words)
    assert (code, out, error.count("\n")) == (1, "", 1)


def test_new_refuses_a_kind_that_is_none(run, tmp_path):
    code, _, error = run("new", "a", "--kind", "poll")
    assert (code, "image-quiz" in error, list(tmp_path.iterdir())) == (2, True, [])


def test_check_of_a_sound_case(run, tmp_path):
    write(tmp_path / "cases" / "a", PEARL)
    assert run("check") == (0, "1 case, 0 errors, 0 warnings\n", "")


def test_warnings_alone_exit_0(run, tmp_path):
    write(tmp_path / "cases" / "a", with_(PEARL, reviewed=None))
    code, out, _ = run("check", "cases/a")
    assert (code, out.splitlines()[-1]) == (0, "1 case, 0 errors, 1 warning")


def test_check_json_is_one_object_a_finding_and_nothing_else(run, tmp_path):
    write(tmp_path / "cases" / "a", with_(QUIZ, promt="x"))
    code, out, error = run("check", "cases", "--json")
    records = [json.loads(line) for line in out.splitlines()]
    assert (code, error) == (1, "")
    assert all(set(record) == {"file", "line", "key", "level", "message"} for record in records)
    assert ("cases/a/case.yaml", "promt", "error") in {(r["file"], r["key"], r["level"]) for r in records}
    assert all(isinstance(record["line"], int) and record["line"] >= 1 for record in records)


def test_check_without_a_path_looks_where_the_settings_say(run, tmp_path, monkeypatch):
    write(tmp_path / "elsewhere" / "a", PEARL)
    monkeypatch.setenv("QUIZBOT_CASES_DIR", "elsewhere")
    assert run("check")[1].startswith("1 case,")


def test_check_with_a_path_needs_no_settings(run, tmp_path):
    (tmp_path / ".env").write_text("QUIZBOT_WEB_PORT=none\n")
    write(tmp_path / "a", PEARL)
    assert run("check", "a")[0] == 0
    assert run("check")[0] == 2


@pytest.mark.parametrize("path", ["missing", "file"])
def test_check_of_what_is_no_case_is_one_line_and_exit_1(run, tmp_path, path):
    (tmp_path / "file").write_text("x")
    code, out, error = run("check", path)
    assert (code, out.splitlines()[0].startswith(f"{path}:1: error: "), error) == (1, True, "")


def test_check_due_names_the_cases_to_be_read_again_and_nothing_else(run, tmp_path):
    """By day, those without one last; a dozen other warnings would hide the one that is due."""
    for name, again_by in (("a", None), ("b", "2026-02-02"), ("c", "2026-02-01"), ("d", "2999-01-01")):
        reviewed = {"by": "@b", "on": "2026-01-01"} | ({"again_by": again_by} if again_by else {})
        write(tmp_path / "cases" / name, with_(QUIZ, pearl=None, prompt=f"{name}?", reviewed=reviewed))
    write(tmp_path / "cases" / "e", with_(PEARL, reviewed=None))
    write(tmp_path / "cases" / "f", with_(PEARL, consent=None))
    code, out, _ = run("check", "--due")
    assert [line.split("/")[1] for line in out.splitlines()[:-1]] == ["c", "b", "a", "e", "f"]
    assert (code, out.splitlines()[-1]) == (0, "4 of 6 cases to be read again")
    assert "again_by" not in run("check", "cases/a")[1]


def test_check_links_tries_the_references_and_a_dead_one_is_an_error(run, tmp_path, monkeypatch):
    tried = []
    monkeypatch.setattr(
        "quizbot.desk.links.references.try_address", lambda url: tried.append(url) or Tried(url, status=404)
    )
    write(tmp_path / "a", with_(PEARL, references=QUIZ["references"]))
    assert (run("check", "a")[0], tried) == (0, [])
    code, out, _ = run("check", "a", "--links")
    assert (code, "references[0].url: is dead (HTTP 404)" in out) == (1, True)


def test_preview_shows_the_posts(run, tmp_path):
    write(tmp_path / "a", PEARL)
    code, out, _ = run("preview", "a")
    assert (code, "│ Look at the neck veins." in out) == (0, True)


def test_preview_json_is_one_object_a_case(run, tmp_path):
    write(tmp_path / "cases" / "a", PEARL)
    write(tmp_path / "cases" / "b", "kind: [")
    code, out, _ = run("preview", "cases", "--json")
    assert code == 1
    assert [(r["case"], len(r["posts"])) for r in map(json.loads, out.splitlines())] == [("a", 1), ("b", 0)]


def test_preview_html_is_written_and_standard_output_stays_free(run, tmp_path):
    write(tmp_path / "a", PEARL)
    code, out, error = run("preview", "a", "--html", "a.html")
    assert (code, out, "a.html" in error) == (0, "", True)
    assert "Look at the neck veins." in (tmp_path / "a.html").read_text(encoding="utf-8")
    code, out, _ = run("preview", "nothing", "--html", "a.html")
    assert (code, out.startswith("nothing:1: error: there is no such folder")) == (1, True)
    code, out, error = run("preview", "a", "--html", "missing/a.html")
    assert (code, out, error.count("\n")) == (1, "", 1)


def test_schema_is_written_where_it_is_asked_for(run, tmp_path):
    assert run("schema", "-o", "s.json")[0] == 0
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == run("schema")[1]


def test_schema_prints_a_schema(run):
    code, out, _ = run("schema")
    assert (code, json.loads(out)["additionalProperties"]) == (0, False)


@pytest.mark.parametrize("command", ["new", "check", "preview", "schema"])
def test_every_help_has_an_example(run, command):
    assert "Example: quizbot" in run(command, "--help")[1]
