"""What each value of a case has to be by itself."""

import json
from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from quizbot.core.case import Case, Credit, Day, Flag, Handle, Hashtag, Instant, Kind, Reference, Tag, Text, Url

GOOD = {"kind": "pearl", "prompt": "Look.", "author": "@someone", "consent": "synthetic"}


def reads(kind: object, value: object) -> object:
    return TypeAdapter(kind).validate_python(value)


def refuses(kind: object, value: object) -> bool:
    try:
        reads(kind, value)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-10-05T12:00+02:00", datetime(2026, 10, 5, 10, tzinfo=UTC)),
        ("2026-10-05 10:00:30Z", datetime(2026, 10, 5, 10, 0, 30, tzinfo=UTC)),
        ("2026-10-05 12:00:00 +0200", datetime(2026, 10, 5, 10, tzinfo=UTC)),
    ],
)
def test_a_date_time_with_a_zone(text, instant):
    assert reads(Instant, text) == instant


@pytest.mark.parametrize(
    "text",
    ["2026-10-05T12:00", "2026-10-05", "tomorrow", "1790000000", "2026-13-05T12:00Z", "2026-W40-1T10:00Z", "12:00Z"],
)
def test_a_date_time_without_a_zone_or_in_another_form_is_refused(text):
    assert refuses(Instant, text)


def test_a_naive_datetime_is_refused_too():
    assert refuses(Instant, datetime(2026, 10, 5))  # noqa: DTZ001  # the very thing tested


@pytest.mark.parametrize("text", ["1.10.2026", "2026-1-1", "20261001", "1790000000", "2026-02-30", ""])
def test_a_day_has_one_form(text):
    assert refuses(Day, text)
    assert reads(Day, "2026-10-01") == date(2026, 10, 1)


@pytest.mark.parametrize("text", ["yes", "on", "1", "t", "y", ""])
def test_only_true_and_false_are_flags(text):
    assert refuses(Flag, text)
    assert (reads(Flag, "true"), reads(Flag, "False"), reads(Flag, True)) == (True, False, True)


@pytest.mark.parametrize("credit", ["0", "1", "-0.5", "1.5", "nan", "inf", "50%", "0,5"])
def test_a_credit_is_between_0_and_1_both_excluded(credit):
    assert refuses(Credit, credit)
    assert reads(Credit, "0.5") == 0.5


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.org/x",
        "doi.org/10.1/2",
        "https://localhost/x",
        "https://",
        "https://u:p@a.org/",
        "https://@a.org/",
        "https://a.org/a b",
        "http://[",
        "javascript:alert(1)",
    ],
)
def test_an_address_is_a_plain_web_address(url):
    assert refuses(Url, url)
    assert reads(Url, "https://doi.org/10.1/2") == "https://doi.org/10.1/2"


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\ufeff", "\u2066", "\u200f"])
def test_a_text_with_characters_that_mislead_its_reader_is_refused(hidden):
    assert refuses(Text, f"a{hidden}b")


def test_the_joiners_of_emojis_are_no_such_characters():
    assert reads(Text, "👩\u200d⚕\ufe0f") == "👩\u200d⚕\ufe0f"


def test_texts_are_stripped_and_in_nfc():
    assert reads(Text, " e\u0301 \n") == "é"
    assert refuses(Text, " \n")


@pytest.mark.parametrize(
    ("kind", "bad", "good"),
    [(Handle, "someone", "@someone"), (Hashtag, "#ECG", "ECG"), (Hashtag, "1st", "first"), (Tag, "a/b", "a b-c")],
)
def test_names_have_their_form(kind, bad, good):
    assert refuses(kind, bad)
    assert reads(kind, good) == good


@pytest.mark.parametrize(
    "change",
    [
        {"certainty": "possible"},
        {"difficulty": 0},
        {"difficulty": 6},
        {"kind": "poll"},
        {"sensitive": "yes"},
        {"foo": 1},
    ],
)
def test_a_case_refuses(change):
    with pytest.raises(ValidationError):
        Case(**(GOOD | change))


@pytest.mark.parametrize("key", GOOD)
def test_a_case_needs(key):
    with pytest.raises(ValidationError):
        Case(**{name: value for name, value in GOOD.items() if name != key})


def test_a_case_survives_the_store():
    """Rounds keep a case as JSON."""
    case = Case(
        **GOOD,
        references=(Reference(title="A", url="https://a.org/b"),),
        reviewed={"by": "@another", "on": date(2026, 1, 1)},
        post_on=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert Case.model_validate_json(case.model_dump_json()) == case
    assert json.loads(case.model_dump_json())["kind"] == "pearl"


def test_two_kinds_are_quizzes():
    assert [kind for kind in Kind if kind.is_quiz] == [Kind.IMAGE_QUIZ, Kind.QUESTION]


def test_a_case_is_frozen():
    with pytest.raises(ValidationError):
        Case(**GOOD).prompt = "Another."
