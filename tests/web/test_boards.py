"""Whom boards list, to the last page, with QUIZBOT_BOARD either way; and cases whose diagnosis was asked again."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quizbot.rounds.own import show_on_board
from tests.web.conftest import FACTS, Filled, site_over
from tests.web.filled import ACCOUNT, NOW


@pytest.fixture
def joining(tmp_path: Path, template: tuple[Path, list[str]]) -> Iterator[Filled]:
    """A site whose boards must be joined."""
    file = Path(shutil.copy(template[0], tmp_path / "pages.db"))
    with site_over(file, template[1], replace(FACTS, joined_only=True)) as site:
        yield site


def listed(site: Filled, address: str) -> list[str]:
    return re.findall(r"<td><bdi>([^<]*)</bdi></td>", site.get(address).text)


def test_with_opt_in_nobody_is_named_before_they_chose_so(joining: Filled):
    pages = ("/board", "/board?season=all", "/board?season=2026", f"/rounds/{joining.rounds[0]}")
    assert [listed(joining, page) for page in pages] == [[], [], [], []]
    assert "only who chose to be" in joining.get("/how-grading-works").text
    assert "Nobody is listed yet" in joining.get("/board").text
    assert "Nobody with points in this round chose to be listed" in joining.get(pages[3]).text
    chosen = "1059"  # the last of sixty, who answer best
    show_on_board(joining.store, ACCOUNT, chosen, on=True, handle="new_handle", now=NOW)
    assert [listed(joining, page) for page in pages[:3]] == [["@new_handle"]] * 3
    assert ">1</td><td><bdi>@new_handle" in joining.get("/board").text
    assert any(listed(joining, f"/rounds/{one}") == ["@new_handle"] for one in joining.rounds)
    show_on_board(joining.store, ACCOUNT, chosen, on=False, handle="new_handle", now=NOW)
    assert [listed(joining, page) for page in pages] == [[], [], [], []]


def test_every_line_stands_on_one_page_and_who_leaves_leaves_no_gap(filled: Filled):
    everybody = [*listed(filled, "/board"), *listed(filled, "/board?page=2")]
    assert len(everybody) == len(set(everybody)) > 50
    assert listed(filled, "/board?page=3") == listed(filled, "/board?page=2")
    filled.change("UPDATE respondent SET on_board = 0 WHERE '@' || handle = ?", everybody[0])
    assert [*listed(filled, "/board"), *listed(filled, "/board?page=2")] == everybody[1:]
    ranks = [int(one) for one in re.findall(r'class="rank-(\d+)"', filled.get("/board").text)]
    assert ranks[0] == 1
    assert ranks == sorted(ranks)


def test_a_diagnosis_asked_again_is_tied_together_and_the_open_round_is_not(filled: Filled):
    first, again, other, still_open = (filled.rounds[n] for n in (0, 3, 4, -1))
    filled.change("UPDATE round SET first_case = (SELECT case_id FROM round WHERE id = ?) WHERE id = ?", first, again)
    filled.change(
        "UPDATE round SET first_case = (SELECT case_id FROM round WHERE id = ?) WHERE id = ?", first, still_open
    )
    for here, there in ((first, again), (again, first)):
        page = filled.get(f"/rounds/{here}").text
        assert "Asked 2 times" in page
        assert len(re.findall(r'class="num">\d+&nbsp;% ', page)) == 2
        assert f'href="/rounds/{there}"' in page
        assert still_open not in page
    assert "The same diagnosis" not in filled.get(f"/rounds/{other}").text
    filled.change("UPDATE round SET state = 'retracting', retraction = 'wrong', voided = 1 WHERE id = ?", again)
    assert again not in filled.get(f"/rounds/{first}").text


def test_a_case_that_is_to_be_read_again_today_is_overdue(filled: Filled):
    for day, overdue in (("2026-11-25", True), ("2026-11-26", False)):  # the pages' day is the first
        filled.change("UPDATE round SET case_json = json_set(case_json, '$.reviewed', json(?))", reviewed(day))
        assert ("overdue" in filled.get(f"/rounds/{filled.rounds[0]}").text) is overdue


def reviewed(day: str) -> str:
    return f'{{"by": "@reader", "on": "2026-01-01", "again_by": "{day}"}}'


def test_a_board_without_points_says_why(filled: Filled):
    filled.change("UPDATE attempt SET points = 0, credit = 0")
    assert "Nobody has points yet" in filled.get("/board").text
    assert "No points yet here" in filled.get("/board?season=2020").text
