"""The item analysis: computed once for a state of the data; askings of a diagnosis stand together."""

import html
from datetime import timedelta

import pytest

from quizbot.rounds import own
from quizbot.rounds.estimates import Estimate
from quizbot.rounds.items import Item, askings, items, items_stamp, repeats, seasons
from quizbot.web.console import items as pages
from tests.web.console.given import ACCOUNT, T0, Scene

RIGHT, WRONG = "Wellens", "pericarditis"


def asked(scene: Scene, number: int, answers: list[str], **changes: object) -> None:
    at = T0 - timedelta(days=200 - 30 * number)
    scene.replies(scene.round(round_id=f"r{number}", opened_at=at, slot_at=at, **changes), answers)


@pytest.fixture
def twice(scene: Scene) -> Scene:
    """A diagnosis that forty people met twice, by its own case and by one that asks it again; and another."""
    asked(scene, 1, [RIGHT] * 10 + [WRONG] * 30)
    asked(scene, 2, [RIGHT] * 30 + [WRONG] * 15, first_case="wellens-syndrome", case_id="wellens-again")
    asked(scene, 3, [RIGHT] * 35, case_id="brugada")
    return scene


def test_a_page_is_computed_once_until_the_data_change(twice, monkeypatch):
    computed = []
    monkeypatch.setattr(pages, "items", lambda *given: computed.append(given) or items(*given))
    monkeypatch.setattr(pages, "confusions", lambda *given: computed.append(given) or [])
    client = twice.client("rae")
    for _ in range(3):
        assert client.get("/console/items").status == 200
    assert len(computed) == 1
    for _ in range(3):
        assert client.get("/console/items/r1").status == 200
    assert len(computed) == 2
    twice.clock.sleep(1)
    asked(twice, 4, [RIGHT] * 40)
    assert "40" in client.get("/console/items/r4").text
    assert len(computed) == 4


def test_whatever_takes_an_attempt_away_changes_the_stamp(twice):
    stamps = [items_stamp(twice.store, ACCOUNT)]
    own.stop(twice.store, ACCOUNT, "1001", T0)
    stamps.append(items_stamp(twice.store, ACCOUNT))
    assert items(twice.store, ACCOUNT)[-1].n == 39
    own.take_part_again(twice.store, ACCOUNT, "1001", T0 + timedelta(hours=1))
    stamps.append(items_stamp(twice.store, ACCOUNT))
    assert len(set(stamps)) == 3


def test_askings_of_a_diagnosis_stand_together_the_oldest_first(twice):
    found = askings(items(twice.store, ACCOUNT))
    assert {first: [one.round_id for one in group] for first, group in found.items()} == {
        "wellens-syndrome": ["r1", "r2"]
    }


def test_those_who_answered_both_are_compared_and_nobody_else(twice):
    found = repeats(twice.store, ACCOUNT, askings(items(twice.store, ACCOUNT))["wellens-syndrome"])
    assert [(one.item.round_id, one.both) for one in found] == [("r2", 40)]
    assert (found[0].before.value, found[0].after.value) == (0.25, 0.75)


def test_fewer_than_thirty_who_answered_both_are_not_compared(scene):
    asked(scene, 1, [RIGHT] * 29)
    asked(scene, 2, [RIGHT] * 60)
    (found,) = repeats(scene.store, ACCOUNT, askings(items(scene.store, ACCOUNT))["wellens-syndrome"])
    assert (found.both, found.before, found.after) == (29, None, None)


@pytest.mark.parametrize("round_id", ["r1", "r2"])
def test_each_asking_shows_the_earlier_and_the_later_figures(twice, round_id):
    page = html.unescape(twice.client("ada").get(f"/console/items/{round_id}").text)
    assert "Asked 2 times" in page
    table = page[page.index('aria-label="Askings"') :]
    assert table.index("wellens-syndrome") < table.index("wellens-again")
    assert ("25\N{NO-BREAK SPACE}%" in table, "67\N{NO-BREAK SPACE}%" in table) == (True, True)
    both = page[page.index('aria-label="Those who answered both"') :]
    assert ("25\N{NO-BREAK SPACE}%" in both, "75\N{NO-BREAK SPACE}%" in both) == (True, True)


def test_a_diagnosis_that_was_asked_once_has_no_such_section(twice):
    assert "Those who answered both" not in twice.client("ada").get("/console/items/r3").text


def test_behind_each_chart_stands_a_table_with_its_numbers(twice):
    page = html.unescape(twice.client("ada").get("/console/items").text)
    assert page.count('class="trend"') == 1
    table = page[page.index('aria-label="Seasons"') :]
    for one in seasons(items(twice.store, ACCOUNT), "quarter"):
        assert one.name in table
        assert f"{100 * one.right.value:.0f}\N{NO-BREAK SPACE}%" in table


def test_a_season_counts_its_keys_to_read_again_and_the_middle_of_its_correlations():
    def item(rest: float | None) -> Item:
        told = None if rest is None else Estimate(rest, rest, rest, 50)
        return Item("r", "c", "c", T0, 50, 0, Estimate(0.5, 0.4, 0.6, 50), told, 50)

    (found,) = seasons([item(0.2), item(-0.1), item(0.4), item(None)], "quarter")
    assert (found.items, found.rest, found.suspicious) == (4, 0.2, 1)
