"""A pearl's clip on the public pages: with poster and captions, never by itself, and gone with its round."""

from hashlib import sha256

import pytest

from quizbot.casebook import load_case
from quizbot.deid.video.captions import as_subrip
from quizbot.deid.video.still import still
from quizbot.store import Media
from quizbot.web.headers import HEADERS
from tests.clips import CUES, SIZE, bare_clip, pearl_with_clip
from tests.web.filled import ACCOUNT, NOW, quiz_round


@pytest.fixture
def pearl(filled, tmp_path):
    """The address of a pearl that is out, with a clip."""
    case = load_case(pearl_with_clip(tmp_path / "cases")).case
    assert case is not None
    picture = still(bare_clip(), SIZE)
    kept = [(bare_clip(), "video/mp4"), (picture.data, picture.mime), (as_subrip(CUES).encode(), "text/srt")]
    row = quiz_round(99, "sliding", case, NOW, "posted")
    row.lane, row.closes_at = "pearl", None
    row.media = [sha256(data).hexdigest() for data, _ in kept]
    address = f"/rounds/{row.id}"
    with filled.store.write() as session:
        session.add(row)
        for data, mime in kept:
            digest, (width, height) = sha256(data).hexdigest(), SIZE if mime != "text/srt" else (0, 0)
            columns = {"account": ACCOUNT, "mime": mime, "width": width, "height": height, "source_digest": ""}
            session.add(Media(**columns, digest=digest, data=data))
    return address


def test_the_page_shows_it_and_plays_nothing_by_itself(filled, pearl):
    page = filled.get(pearl)
    assert f'<source src="{pearl}/clip.mp4" type="video/mp4">' in page.text
    assert f'poster="{pearl}/poster.jpg"' in page.text
    assert f'<track kind="captions" src="{pearl}/captions.vtt"' in page.text
    assert 'preload="none"' in page.text
    assert "autoplay" not in page.text
    assert "The pleural line moves with each breath." in page.text
    assert "media-src 'self'" in page.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_its_parts_are_what_they_say(filled, pearl):
    clip = filled.get(f"{pearl}/clip.mp4")
    assert (clip.body, clip.headers["content-type"]) == (bare_clip(), "video/mp4")
    part = filled.get(f"{pearl}/clip.mp4", range="bytes=4-7")
    assert (part.status, part.body, part.headers["content-range"]) == (206, b"ftyp", f"bytes 4-7/{len(bare_clip())}")
    assert filled.get(f"{pearl}/clip.mp4", range="bytes=99999999-").status == 416
    assert filled.get(f"{pearl}/poster.jpg").body.startswith(b"\xff\xd8")
    assert filled.get(f"{pearl}/captions.vtt").text.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:00.900\nThe pleural")
    assert filled.get(f"{pearl}/card.png").headers["content-type"] == "image/png"
    assert filled.get(f"{pearl}/image/1").status == 404


def test_archive_and_feed_name_it(filled, pearl):
    assert f'src="{pearl}/poster.jpg"' in filled.get("/archive?kind=pearl").text
    feed = filled.get("/feed.atom").text
    assert f'<link rel="enclosure" type="video/mp4" href="http://quiz.example{pearl}/clip.mp4"/>' in feed
    assert "The pleural line moves with each breath." in feed


def test_a_graphic_one_is_behind_a_warning_and_on_no_card(filled, pearl):
    filled.change('UPDATE round SET case_json = replace(case_json, \'"sensitive":"none"\', \'"sensitive":"graphic"\')')
    assert "Graphic clinical video: show it" in filled.get(pearl).text
    assert f"{pearl}/poster.jpg" not in filled.get("/archive?kind=pearl").text
    assert f"{pearl}/clip.mp4" not in filled.get("/feed.atom").text


def test_what_is_taken_back_for_privacy_is_not_shown(filled, pearl):
    filled.change("UPDATE round SET state = 'retracting', retraction = 'privacy' WHERE id = ?", pearl.split("/")[-1])
    for part in ("", "/clip.mp4", "/poster.jpg", "/captions.vtt"):
        assert filled.get(f"{pearl}{part}").status in (404, 410)


def test_other_rounds_have_none(filled):
    for part in ("clip.mp4", "poster.jpg", "captions.vtt"):
        assert filled.get(f"/rounds/{filled.rounds[0]}/{part}").status == 404
