"""``quizbot grade``."""

import io
import json
from pathlib import Path

import pytest

CASE = """
kind: question
prompt: What is it?
answer:
  diagnosis: Wellens syndrome
  partial: [{answer: critical LAD stenosis, credit: 0.5}]
  reject: [{answer: NSTEMI}]
references: [{title: A title, url: "https://example.org/a"}]
author: "@an_educator"
consent: synthetic
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "wellens-syndrome"
    path.mkdir()
    (path / "case.yaml").write_text(CASE)
    return path


def _lines(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "replies.jsonl"
    file.write_text("\n".join(lines) + "\n")
    return file


def test_replies_of_a_file_are_graded_in_order_and_other_keys_ignored(quizbot, folder, tmp_path) -> None:
    file = _lines(
        tmp_path,
        '{"id": 7, "text": "Wellens", "likes": 3}',
        '{"id": "x", "text": "nice one"}',
        '{"id": 8, "text": "NSTEMI"}',
    )
    done = quizbot("grade", folder, "--replies", file, "--json")
    records = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert [(r["id"], r["verdict"], r["credit"], r["matched"]) for r in records] == [
        (7, "correct", 1.0, "Wellens syndrome"),
        ("x", "no_guess", None, None),
        (8, "incorrect", 0.0, "NSTEMI"),
    ]
    assert all(isinstance(reason, str) for r in records for reason in r["reasons"])


@pytest.mark.parametrize(
    "line", ["nonsense", "[1]", '{"id": 1}', '{"text": "PE"}', '{"id": 1, "text": 5}', "[" * 100_000]
)
def test_a_malformed_line_is_named_by_its_number_and_what_came_before_is_graded(
    quizbot, folder, tmp_path, line
) -> None:
    done = quizbot("grade", folder, "--replies", _lines(tmp_path, '{"id": 1, "text": "Wellens"}', line), "--json")
    assert done.code == 1
    assert f"{tmp_path / 'replies.jsonl'}:2:" in done.err
    assert len(done.out.splitlines()) == 1


def test_standard_input_is_read_when_no_file_is_named(quizbot, folder, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": 1, "text": "critical LAD stenosis"}\n'))
    done = quizbot("grade", folder, "--replies", "-")
    assert done.out.startswith("1: partial 0.5")


def test_what_a_reply_holds_cannot_steer_the_terminal(quizbot, folder, tmp_path) -> None:
    file = _lines(tmp_path, json.dumps({"id": "\x1b[2J", "text": "\x1b[31m\u202e NSTEMI"}))
    assert "\x1b" not in quizbot("grade", folder, "--replies", file).out


def test_a_folder_without_a_readable_case_says_what_to_do(quizbot, tmp_path) -> None:
    done = quizbot("grade", tmp_path / "nowhere", "--replies", "-")
    assert done.code == 1
    assert "there is no such folder; `quizbot new` makes a case" in done.err
