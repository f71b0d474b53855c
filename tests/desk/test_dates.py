"""Dates that cannot be, or are over."""

from datetime import UTC, datetime, timedelta

import pytest

from quizbot.casebook import load_case
from quizbot.desk.dates import date_findings
from tests.casebook.given import PEARL, QUIZ, with_, write
from tests.command import runner

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def found(tmp_path, content):
    dated = date_findings([load_case(write(tmp_path / "c", content))], NOW, timedelta(hours=6))
    return [(str(one.level), one.key) for one in dated]


@pytest.mark.parametrize(("year", "wrong"), [(1800, False), (2027, False), (2028, True), (2081, True)])
def test_a_reference_came_out_by_next_year_at_the_latest(tmp_path, year, wrong):
    references = [{"title": "x", "url": "https://doi.org/10.1/x", "year": year}]
    assert found(tmp_path, with_(QUIZ, references=references)) == ([("error", "references[0].year")] if wrong else [])


@pytest.mark.parametrize("year", [1799, 2201, -1])
def test_a_year_before_print_or_far_away_is_refused_by_itself(tmp_path, year):
    references = [{"title": "x", "url": "https://doi.org/10.1/x", "year": year}]
    loaded = load_case(write(tmp_path / "c", with_(QUIZ, references=references)))
    assert (loaded.case, [one.key for one in loaded.findings]) == (None, ["references[0].year"])


@pytest.mark.parametrize(
    ("post_on", "passed"),
    [
        ("2026-11-26T05:59Z", True),
        ("2026-11-26T06:01Z", False),
        ("2026-11-26T07:59+02:00", True),
        ("2026-11-27T12:00Z", False),
    ],
)
def test_a_pinned_time_that_the_bot_makes_up_for_no_more_is_a_warning(tmp_path, post_on, passed):
    assert found(tmp_path, with_(PEARL, post_on=post_on)) == ([("warning", "post_on")] if passed else [])


def test_check_says_both(monkeypatch, capsys, tmp_path):
    run = runner(monkeypatch, capsys, tmp_path)
    references = [{"title": "x", "url": "https://doi.org/10.1/x", "year": 2181}]
    write(tmp_path / "a", with_(PEARL, post_on="2001-01-01T12:00Z", references=references))
    code, out, _ = run("check", "a")
    assert code == 1
    assert "references[0].year: 2181 is still to come" in out
    assert "post_on: 2001-01-01 12:00 has passed: " in out
