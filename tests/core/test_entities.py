"""What stands out in a post's text: links, mentions, hashtags and cashtags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.core.entities import Mark, mentioned, segments, spans

_TELLING = ["https://a.org/x?y=1&z=2", "example.com", "@amy", "#ecg", "$AAPL", "日example.com/日example.com", " ", "\n"]
texts = st.lists(st.text(max_size=20) | st.sampled_from(_TELLING), max_size=12).map("".join)


@given(texts)
def test_spans_stand_in_order_apart_and_hold_what_they_say(text: str) -> None:
    end = 0
    for span in spans(text):
        assert end <= span.start < span.end
        assert text[span.start : span.end].removeprefix("@").removeprefix("#").removeprefix("$") == span.value
        end = span.end


@pytest.mark.parametrize("text", ["a #b\n#c d", "see aVR.In II #x", "#a#b", "  #x  ", "https://a.org/b?c#d #e", "#"])
def test_the_segments_are_the_text(text: str) -> None:
    assert "".join(behind if behind.startswith("https") else shown for _, shown, behind in segments(text)) == text


def test_mentions_are_found_as_x_finds_them() -> None:
    assert mentioned("@Amy, ask bob@work.org or (@dr_b) and @amy again; not a@b nor @abcdefghijklmnop") == [
        "amy",
        "dr_b",
    ]


def test_what_lies_inside_a_link_is_no_mention_or_tag() -> None:
    found = spans("https://medium.com/@amy#ecg @bob")
    assert [(span.mark, span.value) for span in found][1:] == [(Mark.MENTION, "bob")]


def test_segments_put_together_show_the_whole_text() -> None:
    found = segments("see https://www.example.com/a @amy #ecg <b>")
    assert [kind for kind, _, _ in found if kind != "text"] == ["urls", "mentions", "hashtags"]
    assert "".join(shown for _, shown, _ in found) == "see example.com/a @amy #ecg <b>"


@given(texts)
def test_segments_link_nowhere_but_to_the_web(text: str) -> None:
    for kind, _, behind in segments(text):
        assert kind != "urls" or behind.lower().startswith(("http://", "https://"))
