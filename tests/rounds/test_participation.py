"""The participation report as a PDF: what a residency credits the time by stands on it, for any name."""

import re
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizbot.core import fonts
from quizbot.core.errors import OutsideError
from quizbot.rounds import participation
from quizbot.rounds.cohorts import CRITERIA, Line, Report, only
from quizbot.rounds.participation import as_pdf
from quizbot.store import Cohort

SINCE = datetime(2026, 7, 1, tzinfo=UTC)


def report(people: int, name: str = "Emergency medicine 2026") -> Report:
    cohort = Cohort(id="1", account="1", name=name, code="ABCD2345", supervisor="Dr A.", made_by="op", made_at=SINCE)
    lines = tuple(Line(str(n), f"learner_{n}", SINCE + timedelta(days=n), n, 10 * n) for n in range(people))
    return Report(cohort, 26, lines, SINCE + timedelta(days=90))


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without fonts, where a PDF's text can be read as it stands."""
    monkeypatch.setattr(fonts, "_FOLDER", tmp_path)


def said(pdf: bytes) -> str:
    streams = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    drawn = b" ".join(zlib.decompress(one) for one in streams if one[:1] == b"x")
    return b" ".join(re.findall(rb"\(((?:\\.|[^()\\])*)\) Tj", drawn)).decode("latin-1").replace("\\", "")


@pytest.mark.usefixtures("plain")
def test_it_names_the_four_criteria_who_oversees_it_and_what_each_member_did():
    text = said(as_pdf(report(60)))
    for wanted in ("Emergency medicine 2026", "Dr A.", "2026-07-01 to 2026-09-29", *(name for name, _ in CRITERIA)):
        assert wanted in text
    assert all(f"@learner_{n} " in text for n in range(60))
    assert "25 of 26 96 % 250" in text
    assert "no certificate" in text


@pytest.mark.usefixtures("plain")
def test_a_members_own_holds_nobody_else():
    text = said(as_pdf(only(report(9), "4")))
    assert re.findall(r"@learner_\d", text) == ["@learner_4"]


@pytest.mark.parametrize("name", ["救急 طوارئ 2026", "Łódź – Ωμέγα", "\u202e\U0001f600 <b>**bold**"])
@pytest.mark.parametrize("fonts", ["the machine's", "none"])
def test_a_name_in_any_letters_makes_a_pdf(name: str, fonts: str, request: pytest.FixtureRequest):
    if fonts == "none":
        request.getfixturevalue("plain")
    assert as_pdf(report(0, name)).startswith(b"%PDF-")


def test_where_the_library_is_not_installed_the_command_says_which_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(participation, "can_print", lambda: False)
    with pytest.raises(OutsideError, match=r"pip install '\.\[report\]'"):
        as_pdf(report(1))
