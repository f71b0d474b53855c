"""Counting a post as X does."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from twitter_text import extract_urls, parse_tweet

from quizbot.core.weight import POST_LIMIT, cashtags_in, links_in, mentions_in, weighted_length

PIECES = [
    "a",
    "aVR.In",
    ".",
    "..",
    "-",
    "_",
    "é",
    "e\u0301",
    "https://doi.org/10.1/a(b)",
    "a.com/x?y=z",
    " ",
    "\n",
    "x.co.uk",
]
TEXTS = st.lists(
    st.sampled_from([*PIECES, "→", "@a", "$A", "#b", "😷", "漢", "ドクター.com", "/", "("]), max_size=15
).map("".join)


@given(TEXTS)
@settings(max_examples=300)
@example(" éaVR.In")
@example("éaVR.In")
def test_reading_word_by_word_finds_the_links_the_whole_text_has(text):
    assert links_in(text) == extract_urls(unicodedata.normalize("NFC", text))


@given(TEXTS)
@settings(max_examples=300)
def test_reading_word_by_word_weighs_what_the_whole_text_weighs(text):
    assert weighted_length(text) == parse_tweet(text).weightedLength


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Wellens", 7),
        ("e\u0301", 1),
        ("≥", 2),
        ("a\r\nb", 3),
        ("https://doi.org/10.1016/0002-8703(82)90480-X", 23),
        ("https://a.org/" + "b" * 300, 23),
        ("👨\u200d👩\u200d👧", 2),
        ("🏳\ufe0f\u200d🌈", 2),
        ("🏳\u200d🌈", 5),  # without U+FE0F X counts the parts and the joiner
        ("x" * (POST_LIMIT + 1), POST_LIMIT + 1),
    ],
)
def test_weights(text, weight):
    assert weighted_length(text) == weight


@pytest.mark.parametrize("text", ["see aVR.In II", "ECG.me", "T.in V2"])
def test_a_missing_blank_makes_a_link(text):
    assert len(links_in(text)) == 1


@pytest.mark.parametrize("text", ["4.5-5 mmol/L", "v.fib", "e.g. this", "Na.K", "hs-troponin.What"])
def test_what_ends_in_no_domain_is_no_link(text):
    assert links_in(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@bob", ["bob"]),
        ("SpO2 82 @15L, ＠x", ["15L", "x"]),
        ("rt@bob", ["bob"]),
        ("mail a@b.org", []),
        ("95%@15L or 15 L @ 5", []),
        ("smart@bob", []),
    ],
)
def test_mentions(text, names):
    assert mentions_in(text) == names


@pytest.mark.parametrize(
    ("text", "tags"), [("$A and $B.x", ["A", "B.x"]), ("US$ 5", []), ("c$A", []), ("$TOOLONGX", []), ("$A5", [])]
)
def test_cashtags(text, tags):
    assert cashtags_in(text) == tags


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("text", "links"), [("a." * 20_000, 0), ("a." * 20_000 + "-.com", 1)])
def test_a_word_full_of_dots_is_read_at_all(text, links):
    """The library alone would search it for many minutes."""
    assert len(links_in(text)) == links
    assert weighted_length(text) == (23 if links else len(text))
