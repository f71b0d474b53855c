"""Captions: times and words come through, nothing else does."""

import pytest

from quizbot.deid.facts import Refused
from quizbot.deid.video.captions import Cue, as_subrip, read_captions

VTT = """WEBVTT - a title

STYLE
::cue { color: red }

NOTE a comment with a name

intro
00:01.000 --> 00:03.500 align:start position:10%
<v Jane>Look at the <i>septum</i></v>
second line &amp; more

01:02:03.004 --> 01:02:05.000
Later
"""


def test_webvtt_loses_its_marks_notes_and_styles():
    cues = read_captions(VTT.encode(), "a.vtt")
    assert cues == (
        Cue(1000, 3500, "Look at the septum\nsecond line & more"),
        Cue(3723004, 3725000, "Later"),
    )


def test_what_is_written_is_read_as_the_same():
    cues = read_captions(VTT.encode(), "a.vtt")
    assert read_captions(as_subrip(cues).encode(), "a.srt") == cues


def test_subrip_with_windows_line_ends_and_a_byte_order_mark():
    text = "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nText\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nMore\r\n"
    assert [cue.text for cue in read_captions(text.encode(), "a.srt")] == ["Text", "More"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"WEBVTT\n",
        b"\xff\xfe",
        b"1\n00:00:01 --> 00:00:02\nx\n",
        b"1\n00:00:03,000 --> 00:00:02,000\nx\n",
        b"1\n00:00:01,000 --> 00:00:02,000\nx\n\n" * 501,
        b"1\n00:00:01,000 --> 00:00:02,000\n" + b"x" * 300_000,
    ],
)
def test_what_is_none_is_refused(data):
    with pytest.raises(Refused):
        read_captions(data, "a.srt")
