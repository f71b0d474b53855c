"""What the public pages show, to whom they name whom, how they are kept, and what they say when there is nothing."""

import csv
import html
import re
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from quizbot.rounds.answers import LEAST_PEOPLE
from quizbot.store.tables import Account, Round
from tests.web.asgi import ask
from tests.web.conftest import Filled
from tests.web.filled import NOW
from tests.web.test_secrecy import routes

ATOM = "{http://www.w3.org/2005/Atom}"
READABLE = ("/", "/archive", "/board", "/board?season=all", "/how-grading-works", "/privacy", "/feeds")


@pytest.mark.parametrize("address", [*READABLE, "/feed.atom", "/schedule.ics", "/anki.txt", "/board.png", "/card.png"])
def test_what_has_not_changed_is_not_sent_again(standing: Filled, address: str):
    first = standing.get(address)
    assert first.status == 200
    again = standing.get(address, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert standing.get(address, if_none_match='"other"').status == 200


def test_a_changed_page_has_another_tag(filled: Filled):
    first = filled.get("/board")
    filled.change("UPDATE respondent SET opted_out_at = '2026-11-25 10:00:00'")
    again = filled.get("/board", if_none_match=first.headers["etag"])
    assert again.status == 200
    assert "@" not in re.sub(r"(?s)<head>.*</head>", "", again.text).replace("@media", "")


def test_files_are_kept_for_ever_and_errors_never(standing: Filled):
    page = standing.get("/").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        assert "immutable" in standing.get(address).headers["cache-control"]
    assert standing.get("/nothing").headers["cache-control"] == "no-store"


def test_every_answer_has_the_headers_of_safety(standing: Filled):
    for address in (*READABLE, "/nothing", "/board.png", "/static/style.css", "/archive?page=x"):
        headers = standing.get(address).headers
        picture = headers["content-type"].startswith("image/")
        assert ("sandbox" if picture else "script-src 'self'") in headers["content-security-policy"]
        assert ("unsafe" in headers["content-security-policy"]) == picture
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_holds_a_script_or_a_style_or_asks_another_site(standing: Filled):
    for address in [*READABLE, f"/rounds/{standing.rounds[0]}", f"/quiz-me/{standing.rounds[0]}"]:
        page = standing.get(address).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=\"/static/)|javascript:", page)
        assert not re.search(r'<(?:img|script|link[^>]*stylesheet)[^>]*(?:src|href)="(?:https?:)?//', page)


def test_a_wrong_answer_is_shown_with_its_reason_from_three_people_on_and_nobodys_words(filled: Filled):
    shown = filled.rounds[0]
    filled.change("UPDATE verdict SET kind='incorrect', credit=0, matched=NULL, diagnosis=NULL WHERE round_id=?", shown)
    names = {"rare thing": LEAST_PEOPLE - 1, "common thing": LEAST_PEOPLE}
    start = 0
    for name, count in names.items():
        for author in range(1000 + start, 1000 + start + count):
            filled.change(
                "UPDATE verdict SET diagnosis=? WHERE post_id IN (SELECT post_id FROM attempt WHERE round_id=? AND"
                " author_id=?)",
                name,
                shown,
                str(author),
            )
        start += count
    page = filled.get(f"/rounds/{shown}").text
    assert "common thing" in page
    assert "rare thing" not in page
    assert "I think" not in page


def test_reasons_stand_beside_what_many_gave(standing: Filled):
    page = html.unescape(standing.get(f"/rounds/{standing.rounds[0]}").text)
    assert "95\xa0% interval" in page
    assert "How people answered" in page
    with standing.store.read() as session:
        row = session.get(Round, standing.rounds[0])
    assert row is not None
    assert re.search(r'class="meta">(?!\()[A-Z]', page)


def test_people_without_points_are_named_nowhere(filled: Filled):
    filled.change("UPDATE attempt SET points = 0, credit = 0 WHERE author_id = '1000'")
    filled.change("UPDATE respondent SET handle = 'never_right' WHERE user_id = '1000'")
    pages = [f"/rounds/{one}?page={number}" for one in filled.rounds for number in (1, 2, 3, 4)]
    for address in (*READABLE, *pages):
        assert "never_right" not in filled.get(address).text


def test_the_points_of_a_round_are_paged_and_each_is_there_once(standing: Filled):
    address, seen = f"/rounds/{standing.rounds[0]}", []
    for number in range(1, 9):
        page = standing.get(f"{address}?page={number}").text
        seen += re.findall(r"<bdi>@(\w+)</bdi></td><td", page)
        if f"?page={number + 1}#points" not in page:
            break
    assert len(seen) == len(set(seen)) > 15


def test_who_opts_out_is_gone_from_board_and_round_at_once(filled: Filled):
    name = re.findall(r"<bdi>@(\w+)</bdi>", filled.get("/board").text)[0]
    filled.get(f"/rounds/{filled.rounds[0]}")
    filled.change("UPDATE respondent SET opted_out_at = '2026-11-25 10:00:00' WHERE handle = ?", name)
    for address in ("/board", "/board?season=all", *(f"/rounds/{one}" for one in filled.rounds)):
        assert f"@{name}<" not in filled.get(address).text


def test_the_archive_finds_by_word_tag_specialty_kind_and_difficulty_together(standing: Filled):
    def titles(query: str) -> list[str]:
        return re.findall(r'<h2><a href="/rounds/\w+">([^<]+)', standing.get(f"/archive?{query}").text)

    assert "Wellens syndrome" in titles("q=wellens+lad")
    assert titles("q=wellens+lad&kind=question") == []
    assert "Nothing fits" in standing.get("/archive?q=nosuchword").text
    assert set(titles("specialty=ophthalmology")) == {"Acute angle-closure glaucoma"} & set(titles("")) | set(
        titles("specialty=ophthalmology&kind=question")
    )
    levels = [set(titles(f"level={level}&page={page}")) for level in ("easy", "medium", "hard") for page in (1,)]
    assert sum(map(len, levels)) > 5


def test_the_archive_is_paged_and_each_case_is_there_once(standing: Filled):
    first, second = (re.findall(r"/rounds/(\w+)\"", standing.get(f"/archive?page={n}").text) for n in (1, 2))
    assert len(first) == 24
    assert sorted({*first, *second}) == sorted(standing.rounds[:-1])
    assert standing.get("/archive?page=999").status == 200
    assert standing.get("/archive?page=-3").status == 200


def test_quiz_me_judges_with_reasons_and_stores_nothing(filled: Filled):
    with filled.store.engine.connect() as connection:
        before = list(connection.connection.driver_connection.iterdump())
    sent = filled.get("/quiz-me")
    assert sent.status == 303
    asked = filled.rounds[0]
    with filled.store.read() as session:
        row = session.get(Round, asked)
    assert row is not None
    diagnosis = re.search(r'"diagnosis":"([^"]+)"', row.case_json)
    assert diagnosis is not None
    assert diagnosis[1] not in filled.get(f"/quiz-me/{asked}").text
    answer = ask(filled.app, f"/quiz-me/{asked}", "POST", {"guess": f"I think it is {diagnosis[1]}"})
    assert "badge-correct" in answer.text
    assert "10 points of 10" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "badge-no_guess" in ask(filled.app, f"/quiz-me/{asked}", "POST", {"guess": "great case, thanks"}).text
    with filled.store.engine.connect() as connection:
        assert list(connection.connection.driver_connection.iterdump()) == before


def test_what_is_typed_stays_text(filled: Filled):
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'
    for address in (f"/archive?q={evil}".replace(" ", "+"), f"/archive?tag={evil}".replace(" ", "+")):
        page = filled.get(address).text
        assert "<script>" not in page
        assert "<img src=x" not in page
    page = ask(filled.app, f"/quiz-me/{filled.rounds[0]}", "POST", {"guess": evil}).text
    assert "<script>" not in page
    assert "{{7*7}}" in page


def test_an_overlong_or_malformed_question_is_refused_politely(filled: Filled):
    long = "x" * 10_000
    assert filled.get(f"/archive?q={long}").status == 422
    assert ask(filled.app, f"/quiz-me/{filled.rounds[0]}", "POST", {"guess": long}).status == 422
    assert filled.get("/board?season=nonsense").status == 404
    assert filled.get("/board?page=" + "9" * 400).status in (200, 422)
    assert filled.get(f"/rounds/{filled.rounds[0]}/image/99").status == 404


def test_the_feed_is_atom_with_images_and_without_the_open_rounds_answer(standing: Filled):
    feed = ElementTree.fromstring(standing.get("/feed.atom").body)  # noqa: S314  # our own
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 20
    for one in entries:
        assert {child.tag for child in one} >= {ATOM + name for name in ("id", "title", "updated", "content", "link")}
    assert entries[0].findtext(f"{ATOM}title") == "What's the diagnosis?"
    assert '<img src="http://quiz.example/rounds/' in (entries[0].findtext(f"{ATOM}content") or "")
    assert "Answer:" not in (entries[0].findtext(f"{ATOM}content") or "")
    assert "Answer:" in (entries[1].findtext(f"{ATOM}content") or "")


def test_hostile_text_in_the_feed_is_text(filled: Filled):
    filled.change('UPDATE round SET case_json = replace(case_json, \'"prompt":"\', \'"prompt":"]]>&amp;<b>\\u0008 \')')
    feed = ElementTree.fromstring(filled.get("/feed.atom").body)  # noqa: S314  # our own
    assert "]]&gt;&amp;amp;&lt;b&gt;" in (feed.find(f"{ATOM}entry/{ATOM}content").text or "")  # type: ignore[union-attr]


def test_the_calendar_holds_the_next_cases_and_the_answer_to_come(standing: Filled):
    answer = standing.get("/schedule.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    lines = answer.body.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 27
    assert "DTSTART:20261126T120000Z" in lines
    assert f"DTSTART:{NOW - timedelta(hours=3) + timedelta(hours=24):%Y%m%dT%H%M%SZ}" in lines
    assert len([x for x in lines if x.startswith("UID:")]) == len({x for x in lines if x.startswith("UID:")})


def test_the_deck_has_a_card_for_each_revealed_quiz(standing: Filled):
    lines = standing.get("/anki.txt").text.splitlines()
    rows = list(csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    assert len(rows) == 29
    assert all(len(row) == 4 for row in rows)
    assert len({row[0] for row in rows}) == 29


@pytest.mark.parametrize("address", ["/card.png", "/board.png", "/board.png?season=all", "/rounds/{}/card.png"])
def test_the_cards_are_pictures_of_the_size_that_is_shared(standing: Filled, address: str):
    for one in (standing.rounds[0], standing.rounds[-1]):
        answer = standing.get(address.format(one))
        assert Image.open(BytesIO(answer.body)).size == (1200, 630)


def test_the_card_of_a_graphic_case_shows_no_image(filled: Filled):
    filled.change('UPDATE round SET case_json = replace(case_json, \'"sensitive":"none"\', \'"sensitive":"graphic"\')')
    assert filled.get(f"/rounds/{filled.rounds[0]}/card.png").body == filled.get("/card.png").body
    assert "<img" not in filled.get("/archive").text


def test_a_taken_back_round_is_gone_from_everywhere(filled: Filled):
    gone = filled.rounds[0]
    assert gone in filled.get("/archive").text
    filled.change("UPDATE round SET retraction='privacy', state='retracted', quiz_post_id=NULL WHERE id=?", gone)
    for _, pattern in routes(filled.app):
        if "{" not in pattern:
            assert gone not in filled.get(pattern).text.replace("\0", "") if "png" not in pattern else True
    for path in (f"/rounds/{gone}", f"/quiz-me/{gone}"):
        assert filled.get(path).status == 410
    for path in (f"/rounds/{gone}/image/1", f"/rounds/{gone}/card.png"):
        assert filled.get(path).status == 404


def test_a_corrected_round_says_so(filled: Filled):
    filled.change(
        "UPDATE round SET retraction='wrong', state='retracted', voided=1, correction='We erred.' WHERE id=?",
        filled.rounds[0],
    )
    page = filled.get(f"/rounds/{filled.rounds[0]}").text
    assert "We erred." in page
    assert "do not count" in page
    assert filled.get(f"/quiz-me/{filled.rounds[0]}").status == 404


def test_a_bot_that_has_not_run_is_said_helpfully(bare: Filled):
    assert "No case yet" in bare.get("/").text
    assert "26 November 2026, 12:00 UTC" in bare.get("/").text
    assert "No case has been revealed yet" in bare.get("/archive").text
    assert "No points yet" in bare.get("/board").text
    assert "Nothing to ask yet" in bare.get("/quiz-me").text
    for address in ("/feed.atom", "/schedule.ics", "/anki.txt", "/board.png", "/health"):
        assert bare.get(address).status == 200
    ElementTree.fromstring(bare.get("/feed.atom").body)  # noqa: S314  # our own


def test_a_paused_bot_is_said(filled: Filled):
    assert "paused" not in filled.get("/").text
    with filled.store.write() as session:
        session.get_one(Account, "1").stopped_reason = "the keys of @secret are wrong"
    page = filled.get("/").text
    assert "The quiz is paused." in page
    assert "@secret" not in page


def test_a_round_without_replies_is_said(filled: Filled):
    filled.change("DELETE FROM attempt")
    page = filled.get(f"/rounds/{filled.rounds[0]}").text
    assert "Nobody answered this one." in page
    assert "Nobody has points in this round." in page


def test_a_lost_database_is_said_on_each_page(filled: Filled):
    filled.change("ALTER TABLE round RENAME TO away")
    for address in ("/", "/archive", "/board", "/quiz-me", "/feed.atom", "/anki.txt", "/rounds/x"):
        answer = filled.get(address)
        assert (answer.status, "Back soon" in answer.text, "doctor" in answer.text) == (503, True, False), address
    assert filled.get("/how-grading-works").status == 200
