"""Posts, deletions and media by the API: X's rules hold."""

from collections.abc import Callable

import pytest

from quizbot.core.clock import ManualClock
from quizbot.platforms.sandbox import Dialect
from tests.platforms.sandbox.conftest import Bot, draft, picture

NOT_MENTIONED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author "
    "of the post you are replying to."
)
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."


def test_a_post_is_stored_as_it_was_sent(bot: Bot) -> None:
    made = bot.post("What is it? <b> & more")
    [stored] = bot.sandbox.control.posts()
    assert (stored["id"], stored["text"], stored["handle"]) == (made, "What is it? <b> & more", "quizbot")


def test_the_same_text_is_refused_while_the_first_stands(bot: Bot) -> None:
    first = bot.post("What is it?")
    assert bot.refused("POST", "/2/tweets", json=draft(" What is it? ")) == (403, DUPLICATE)
    bot.call("DELETE", f"/2/tweets/{first}")
    bot.post("What is it?")


def test_a_text_that_only_others_wrote_is_no_duplicate(bot: Bot) -> None:
    bot.sandbox.control.post("amy", "What is it?")
    bot.post("What is it?")


@pytest.mark.parametrize("text", ["a" * 281, "心" * 141, "$AAPL or $TSLA?"])
def test_a_text_against_the_rules_is_refused_and_costs_nothing(bot: Bot, text: str) -> None:
    assert bot.refused("POST", "/2/tweets", json=draft(text))[0] == 403
    assert bot.sandbox.control.posts() == []
    assert bot.sandbox.control.state()["money"]["spent_mills"] == 0


def test_the_bot_answers_its_own_posts(bot: Bot) -> None:
    quiz = bot.post("What is it?")
    answer = bot.post("Wellens syndrome", reply_to=quiz)
    stored = {post["id"]: post for post in bot.sandbox.control.posts()}
    assert stored[answer]["reply_to"] == stored[answer]["conversation_id"] == quiz


def test_a_reply_to_a_reply_that_does_not_name_the_bot_is_refused(bot: Bot) -> None:
    """The mention that a reply carries by itself does not count."""
    quiz = bot.post("What is it?")
    guess = bot.sandbox.control.post("amy", "wellens", reply_to=quiz)
    assert bot.refused("POST", "/2/tweets", json=draft("Right!", guess)) == (403, NOT_MENTIONED)


def test_the_bot_answers_who_names_it_or_quotes_it(bot: Bot) -> None:
    quiz, control = bot.post("What is it?"), bot.sandbox.control
    bot.post("Hello", reply_to=control.post("amy", "hey @QuizBot, what is this?"))
    bot.post("Thanks", reply_to=control.post("bob", "a good one", quote=quiz))
    other = control.post("cyd", "nice", quote=control.post("amy", "mine"))
    assert bot.refused("POST", "/2/tweets", json=draft("Thanks again", other)) == (403, NOT_MENTIONED)


def test_a_reply_to_what_is_gone_is_refused(bot: Bot) -> None:
    named = bot.sandbox.control.post("amy", "hi @quizbot")
    bot.sandbox.control.user("amy", protected=True)
    assert bot.refused("POST", "/2/tweets", json=draft("Hello", named))[0] == 403
    assert bot.refused("POST", "/2/tweets", json=draft("Hello", "12"))[0] == 403


def test_the_bot_may_not_quote(bot: Bot) -> None:
    quiz = bot.post("What is it?")
    code, told = bot.refused("POST", "/2/tweets", json={"text": "look", "quote_tweet_id": quiz})
    assert (code, told) == (403, "You can only reply to or quote posts where you are mentioned or are the author.")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": 5},
        {"text": "a", "in_reply_to": "1"},
        {"text": "a", "reply": "1"},
        {"text": "a", "reply": {"in_reply_to_tweet_id": 5}},
        {"text": "a", "media": {"media_ids": []}},
        {"text": "a", "media": {"media_ids": ["1", "2", "3", "4", "5"]}},
        {"text": "a", "media": {"media_ids": ["x"]}},
        {"text": "a", "poll": {}},
        [],
        "text",
    ],
)
def test_a_body_against_the_schema_is_a_400(lasting: Bot, body: object) -> None:
    assert lasting.refused("POST", "/2/tweets", json=body)[0] == 400


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_json_is_a_400(lasting: Bot, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    assert lasting.refused("POST", "/2/tweets", data=body, headers=headers)[0] == 400


def test_half_a_surrogate_pair_does_no_harm(bot: Bot) -> None:
    body = b'{"text": "what\\ud800 is it?"}'
    assert bot.call("POST", "/2/tweets", data=body, headers={"Content-Type": "application/json"}).status_code == 201
    assert bot.sandbox.control.posts()[0]["text"] == "what is it?"


def test_the_bot_deletes_its_own_posts_only(bot: Bot) -> None:
    mine, other = bot.post("What is it?"), bot.sandbox.control.post("amy", "hi")
    assert bot.call("DELETE", f"/2/tweets/{mine}").json() == {"data": {"deleted": True}}
    assert bot.refused("DELETE", f"/2/tweets/{mine}")[0] == 404
    assert bot.refused("DELETE", f"/2/tweets/{other}")[0] == 403
    assert bot.refused("DELETE", "/2/tweets/soon")[0] == 400
    assert [post["deleted"] for post in bot.sandbox.control.posts()] == [True, False]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_media_is_known_by_its_content(bot: Bot, kind: str) -> None:
    bot.upload(picture(kind))
    [kept] = bot.sandbox.control.media()
    assert (kept["mime"], kept["width"], kept["height"]) == (f"image/{kind.lower()}", 40, 30)


@pytest.mark.parametrize(
    "data", [b"", b"GIF", b"\x89PNG\r\n\x1a\n" + b"x" * 50, picture("BMP"), picture("TIFF"), b"<svg/>"]
)
def test_other_files_are_no_media(bot: Bot, data: bytes) -> None:
    assert bot.send_media(data).status_code == 400
    assert bot.sandbox.control.media() == []


def test_media_has_at_most_five_megabytes(bot: Bot) -> None:
    image, limit = picture("JPEG"), 5 * 1024 * 1024
    assert bot.send_media(image + b"\0" * (limit - len(image))).status_code == 200
    assert bot.send_media(image + b"\0" * (limit - len(image) + 1)).status_code == 400
    assert bot.session.post(f"{bot.sandbox.url}/2/media/upload", data=b"x" * 9_000_000, timeout=20).status_code == 413


@pytest.mark.parametrize("category", ["tweet_video", "", "x" * 500])
def test_media_is_an_image_of_a_post(lasting: Bot, category: str) -> None:
    assert lasting.send_media(picture(), category).status_code == 400


def test_four_pictures_a_post_and_each_once(bot: Bot) -> None:
    ids = [bot.upload(picture(colour=colour)) for colour in ("red", "green", "blue", "white")]
    bot.post("Four views", media=ids)
    assert [medium["id"] for medium in bot.sandbox.control.posts()[0]["media"]] == ids
    assert bot.refused("POST", "/2/tweets", json=draft("Twice", media=[ids[0], ids[0]]))[0] == 400


def test_a_media_id_is_good_for_a_day(bot: Bot, clock: ManualClock) -> None:
    medium = bot.upload()
    clock.sleep(86_399)
    assert bot.get("/2/media/upload", command="STATUS", media_id=medium)["data"]["expires_after_secs"] == 1
    bot.post("In time", media=[medium])
    clock.sleep(1)
    assert bot.refused("POST", "/2/tweets", json=draft("Late", media=[medium]))[0] == 400
    assert bot.refused("GET", "/2/media/upload", params={"media_id": medium})[0] == 404
    assert bot.refused("POST", "/2/media/metadata", json={"id": medium})[0] == 404


def test_an_unknown_media_id_is_refused(lasting: Bot) -> None:
    assert lasting.refused("POST", "/2/tweets", json=draft("What?", media=["12"]))[0] == 400


def test_alt_text_and_warning_are_kept_apart_from_each_other(bot: Bot) -> None:
    medium = bot.upload()
    alt, warning = {"alt_text": {"text": "An ECG <1> & more"}}, {"sensitive_media_warning": {"graphic_violence": True}}
    for metadata in (alt, warning):
        answer = bot.call("POST", "/2/media/metadata", json={"id": medium, "metadata": metadata})
        assert answer.json()["data"] == {"id": medium, "associated_metadata": metadata}
    [kept] = bot.sandbox.control.media()
    assert (kept["alt"], kept["warnings"]) == ("An ECG <1> & more", ["graphic_violence"])


@pytest.mark.parametrize(
    "metadata",
    [
        {"alt_text": {"text": "a" * 1001}},
        {"alt_text": {"text": ""}},
        {"alt_text": "plain"},
        {"sensitive_media_warning": {"gore": True}},
        {"sensitive_media_warning": {"other": "yes"}},
        "none",
    ],
)
def test_wrong_metadata_is_a_400(lasting: Bot, metadata: object) -> None:
    assert lasting.refused("POST", "/2/media/metadata", json={"id": lasting.upload(), "metadata": metadata})[0] == 400


def test_a_thousand_characters_of_alt_text_are_taken(lasting: Bot) -> None:
    metadata = {"alt_text": {"text": "心" * 1000}}
    assert lasting.call("POST", "/2/media/metadata", json={"id": lasting.upload(), "metadata": metadata}).ok


def test_a_suspended_bot_is_refused_everything(bot: Bot) -> None:
    bot.sandbox.control.user("quizbot", suspended=True)
    assert bot.refused("POST", "/2/tweets", json=draft("What?"))[0] == 403
    assert "suspended" in bot.refused("GET", "/2/users/me")[1]


@pytest.mark.parametrize("dialect", Dialect)
def test_a_new_post_is_answered_as_x_hands_it_out(start: Callable[..., Bot], dialect: Dialect) -> None:
    bot = start(dialect=dialect)
    made = bot.call("POST", "/2/tweets", json=draft("a & b https://example.org", media=[bot.upload()])).json()["data"]
    first, second = made["text"].removeprefix("a &amp; b ").split(" ")
    assert first.startswith("https://t.co/")
    assert second.startswith("https://t.co/")
    assert ("edit_history_post_ids" in made) == (dialect is Dialect.POST)


def test_ids_grow_even_if_the_clock_stands_still(bot: Bot) -> None:
    ids = [int(bot.post(f"Number {n}")) for n in range(5)]
    assert ids == sorted(set(ids))
