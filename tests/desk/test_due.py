"""Cases come back to be read again."""

from datetime import UTC, date, datetime

import pytest

from quizbot.casebook import load_case
from quizbot.desk.due import due_findings, early_findings
from tests.casebook.given import PEARL, with_, write

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("again_by", "said"),
    [
        ("2026-11-24", "was to be read again by 2026-11-24"),
        ("2026-11-25", "was to be read again by 2026-11-25"),
        ("2026-12-24", "is to be read again by 2026-12-24"),
        ("2027-11-25", None),
        (None, "has no again_by"),
    ],
)
def test_a_case_is_named_when_its_day_comes(tmp_path, again_by, said):
    reviewed = {"by": "@b", "on": "2026-01-01"} | ({"again_by": again_by} if again_by else {})
    loaded = load_case(write(tmp_path / "c", with_(PEARL, reviewed=reviewed)))
    found = [one.message for one in due_findings([loaded], TODAY)]
    assert [bool(said and said in message) for message in found] == ([] if said is None else [True])


def test_what_nobody_read_a_second_time_is_due(tmp_path):
    loaded = load_case(write(tmp_path / "c", with_(PEARL, reviewed=None)))
    assert [one.key for one in due_findings([loaded], TODAY)] == ["reviewed"]


@pytest.mark.parametrize(
    ("on", "hour", "early"),
    [
        ("2026-11-25", 0, False),
        ("2026-11-26", 9, True),
        ("2026-11-26", 10, False),  # it is midnight in Kiribati
        ("2062-11-25", 10, True),
    ],
)
def test_a_reading_that_is_still_to_come_counts_for_none(tmp_path, on, hour, early):
    loaded = load_case(write(tmp_path / "c", with_(PEARL, reviewed={"by": "@b", "on": on})))
    found = list(early_findings([loaded], datetime(2026, 11, 25, hour, tzinfo=UTC)))
    assert [(one.level, one.key, f"{on} is still to come" in one.message) for one in found] == (
        [("error", "reviewed.on", True)] if early else []
    )
