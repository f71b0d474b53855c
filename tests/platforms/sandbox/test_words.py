"""What X does to a text before it hands it out."""

import html

from hypothesis import given
from hypothesis import strategies as st

from quizbot.core.entities import Mark
from quizbot.core.weight import POST_LIMIT, URL_WEIGHT, links_in, weighted_length
from quizbot.platforms.sandbox import words
from tests.platforms.sandbox.conftest import untimed

texts = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            [
                "https://a.org/x?y=1&z=2",
                "example.com",
                "@amy",
                "#ecg",
                "$AAPL",
                "日example.com/日example.com",
                " ",
                "\n",
            ]
        ),
    ),
    max_size=12,
).map("".join)


@untimed
@given(texts)
def test_undoing_what_was_done_gives_the_text_back(text: str) -> None:
    """Short links put back, escapes undone: nothing of the text is lost or added."""
    stored = words.clean(text)
    handed = words.hand_out(stored, 7)
    for entity in reversed(handed.entities):
        if entity.mark is Mark.URL:
            kept = html.escape(entity.value, quote=False)
            handed = words.Handed(handed.text[: entity.start] + kept + handed.text[entity.end :], ())
    assert html.unescape(handed.text) == stored


@untimed
@given(texts)
def test_entities_stand_where_they_say(text: str) -> None:
    handed = words.hand_out(words.clean(text), 7, [("https://x.com/a/status/1/photo/1", "3_1")])
    signs = {Mark.MENTION: "@", Mark.HASHTAG: "#", Mark.CASHTAG: "$"}
    end = 0
    for entity in handed.entities:
        assert entity.start >= end
        end = entity.end
        shown = handed.text[entity.start : entity.end]
        assert shown == (entity.short or signs[entity.mark] + html.escape(entity.value, quote=False))


@untimed
@given(texts)
def test_cleaning_twice_changes_nothing_more_and_can_be_stored(text: str) -> None:
    once = words.clean(text)
    assert words.clean(once) == once
    once.encode("utf-8")


@untimed
@given(st.text(min_size=1, max_size=600))
def test_what_is_cut_fits_a_plain_post(text: str) -> None:
    stored = words.clean(text * 3)
    if words.is_long(stored):
        assert weighted_length(words.cut(stored)) + 1 + URL_WEIGHT <= POST_LIMIT


def test_no_link_is_cut_in_two() -> None:
    link = "https://example.org/" + "a" * 80
    short = words.cut("word " * 49 + link + " and more" * 20)
    assert links_in(short) == []
    assert short.endswith("word…")


def test_a_short_link_weighs_what_x_counts_and_is_always_the_same() -> None:
    assert len(words.short_link(1, "a")) == URL_WEIGHT
    assert words.short_link(1, "a") == words.short_link(1, "a") != words.short_link(2, "a")
