"""A post's text is what its author wrote, whatever X made of it on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.platforms.x.shapes import ShapeError
from quizbot.platforms.x.text import full_text


def link(short: str, target: str, **more: object) -> dict[str, object]:
    return {"start": 0, "end": 1, "url": short, "expanded_url": target, **more}


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ({"text": "K &gt; 6 &amp;&amp; QRS &lt; 120"}, "K > 6 && QRS < 120"),
        ({"text": "write &amp;lt; for <"}, "write &lt; for <"),
        (
            {
                "text": "see https://t.co/abc.",
                "entities": {"urls": [link("https://t.co/abc", "https://doi.org/10.1/x?a=1&b=2")]},
            },
            "see https://doi.org/10.1/x?a=1&b=2.",
        ),
        (
            {
                "text": "a https://t.co/ab b https://t.co/abc",
                "entities": {
                    "urls": [link("https://t.co/ab", "https://one.org"), link("https://t.co/abc", "https://t.co/ab")]
                },
            },
            "a https://one.org b https://t.co/ab",
        ),
        ({"text": "unknown https://t.co/zzz"}, "unknown https://t.co/zzz"),
        (
            {
                "text": "What is it? https://t.co/img",
                "entities": {"urls": [link("https://t.co/img", "https://x.com/q/status/5/photo/1", media_key="3_5")]},
            },
            "What is it?",
        ),
        (
            {
                "text": "What is it? https://t.co/img",
                "entities": {"urls": [link("https://t.co/img", "https://twitter.com/q/status/5/video/1")]},
            },
            "What is it?",
        ),
        (
            {
                "text": "a quote https://t.co/q",
                "entities": {"urls": [link("https://t.co/q", "https://x.com/q/status/5")]},
            },
            "a quote https://x.com/q/status/5",
        ),
        ({"text": "cut…", "note_post": {"text": "long &amp; whole"}}, "long & whole"),
        ({"text": "cut…", "note_tweet": {"text": "long &amp; whole"}}, "long & whole"),
        (
            {
                "text": "cut…",
                "note_post": {
                    "text": "whole https://t.co/n",
                    "entities": {"urls": [link("https://t.co/n", "https://n.org")]},
                },
            },
            "whole https://n.org",
        ),
        ({"text": "kept", "note_post": {}, "note_tweet": None}, "kept"),
        ({"text": "null\x00 and half a pair \ud83d"}, "null� and half a pair �"),
        ({"text": "", "entities": {"urls": None}}, ""),
        (
            {"text": "no target https://t.co/x", "entities": {"urls": [{"url": "https://t.co/x"}]}},
            "no target https://t.co/x",
        ),
    ],
)
def test_text_as_written(raw: dict[str, object], text: str) -> None:
    assert full_text(raw) == text


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"text": None},
        {"text": 5},
        {"text": "a", "entities": []},
        {"text": "a", "entities": {"urls": {}}},
        {"text": "a", "entities": {"urls": ["https://t.co/x"]}},
        {"text": "a", "entities": {"urls": [{"url": 5}]}},
        {"text": "a", "note_post": "long"},
        {"text": "a", "note_post": {"text": 5}},
    ],
)
def test_another_shape_is_an_error(raw: dict[str, object]) -> None:
    with pytest.raises(ShapeError):
        full_text(raw)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_escaping_is_undone_exactly_once(written: str) -> None:
    """Whatever was written, X's escaping of it reads back as it was, but for blanks around it."""
    handed_out = written.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert full_text({"text": handed_out}) == written.strip()
