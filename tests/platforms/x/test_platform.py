"""What each call of the protocol sends, reads, bills and forgives."""

import email
import email.policy
from collections.abc import Iterable
from typing import Any

import pytest

from quizbot.platforms.protocol import Draft, Failure, Page, Platform, PlatformError, Post, Upload, User
from quizbot.platforms.x import Dialect, XPlatform
from tests.platforms.x.local import Answerer, Asked, Reply, Told, platform_for, serving
from tests.platforms.x.samples import BOT, bare_post, picture, raw_page, raw_post

NOT_FOUND = {"type": "https://api.x.com/2/problems/resource-not-found", "title": "Not Found Error"}


def ids(posts: list[Post]) -> list[str]:
    return [post.id for post in posts]


def read_all(pages: Iterable[Page]) -> list[Post]:
    return [post for page in pages for post in page.posts]


def test_it_is_a_platform_and_knows_its_own_account_without_a_call() -> None:
    with serving() as (server, platform):
        kept: Platform = platform
        assert kept.account == BOT
    assert server.asked == []


def test_a_post_goes_out_as_it_was_drafted() -> None:
    told = Told()
    with serving(Reply({"data": {"id": "1000", "text": "…"}}, 201), told=told) as (server, platform):
        assert platform.post(Draft("What is it? É & <", "999", ("5", "6"))) == "1000"
    assert (server.asked[0].method, server.asked[0].path) == ("POST", "/2/tweets")
    assert server.asked[0].json == {
        "text": "What is it? É & <",
        "reply": {"in_reply_to_tweet_id": "999"},
        "media": {"media_ids": ["5", "6"]},
    }
    assert told.billed == [("post_create", 1)]


def test_a_plain_post_mentions_neither_reply_nor_media() -> None:
    with serving(Reply({"data": {"id": "1000"}}, 201)) as (server, platform):
        platform.post(Draft("a"))
    assert server.asked[0].json == {"text": "a"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [("no link", "post_create"), ("https://doi.org/10.1/x", "post_create_link"), ("see aVR.In II", "post_create_link")],
)
def test_a_link_is_billed_as_x_sees_links(text: str, kind: str) -> None:
    told = Told()
    with serving(Reply({"data": {"id": "1"}}, 201), told=told) as (_, platform):
        platform.post(Draft(text))
    assert told.billed == [(kind, 1)]


def test_a_failed_call_is_not_billed() -> None:
    told = Told()
    with serving(Reply({}, 500), Reply({}, 500), Reply({}, 500), told=told) as (_, platform):
        for call in (lambda: platform.post(Draft("a")), lambda: platform.delete("1"), platform.me):
            with pytest.raises(PlatformError):
                call()
    assert told.billed == []


def test_a_picture_goes_up_whole_with_its_category_and_nothing_else() -> None:
    with serving({"data": {"id": "55", "media_key": "3_55"}}) as (server, platform):
        assert platform.upload(picture()) == Upload("55")
    asked = server.asked[0]
    whole = b"Content-Type: " + asked.headers["content-type"].encode() + b"\r\n\r\n" + asked.body
    message = email.message_from_bytes(whole, policy=email.policy.HTTP)
    parts = {part.get_param("name", header="content-disposition"): part for part in message.iter_parts()}
    assert asked.path == "/2/media/upload"
    assert parts.keys() == {"media", "media_category"}
    assert parts["media"].get_payload(decode=True) == picture().data
    assert parts["media"].get_content_type() == "image/png"
    assert parts["media"].get_filename() == "image.png"
    assert parts["media_category"].get_payload() == "tweet_image"


def test_a_picture_that_x_cannot_process_is_a_failure_of_its_own() -> None:
    failed = {"data": {"id": "55", "processing_info": {"state": "failed"}}}
    with serving(failed, failed) as (_, platform):
        for call in (lambda: platform.upload(picture()), lambda: platform.processed("55")):
            with pytest.raises(PlatformError) as caught:
                call()
            assert caught.value.kind is Failure.PROCESSING


@pytest.mark.parametrize(("said", "wait"), [(None, 1), (0, 1), (7, 7), (900, 30)])
def test_a_picture_that_x_still_processes_is_worth_asking_for_when_x_says_within_bounds(said, wait) -> None:
    told = {"state": "pending"} | ({} if said is None else {"check_after_secs": said})
    answer, done = ({"data": {"id": "55", "processing_info": info}} for info in (told, {"state": "succeeded"}))
    with serving(answer, answer, done) as (server, platform):
        assert platform.upload(picture()) == platform.processed("55") == Upload("55", wait)
        assert platform.processed("55") == Upload("55")
    asked = server.asked[1]
    assert (asked.path, asked.query) == ("/2/media/upload", {"command": "STATUS", "media_id": "55"})


@pytest.mark.parametrize(("graphic", "warning"), [(False, {}), (True, {"sensitive_media_warning": {"other": True}})])
def test_alt_text_and_warning(graphic: bool, warning: dict[str, Any]) -> None:
    told = Told()
    with serving({"data": {"id": "55"}}, told=told) as (server, platform):
        platform.describe("55", "An ECG: “V2”", graphic=graphic)
    assert server.asked[0].path == "/2/media/metadata"
    assert server.asked[0].json == {"id": "55", "metadata": {"alt_text": {"text": "An ECG: “V2”"}} | warning}
    assert told.billed == [("media_metadata", 1)]


@pytest.mark.parametrize(
    "reply",
    [
        Reply({"data": {"deleted": True}}),
        Reply(NOT_FOUND | {"status": 404}, 404),
        Reply({"errors": [NOT_FOUND]}),
    ],
)
def test_a_post_that_is_deleted_or_was_gone_already(reply: Reply) -> None:
    with serving(reply) as (server, platform):
        platform.delete("1000")
    assert (server.asked[0].method, server.asked[0].path) == ("DELETE", "/2/tweets/1000")


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply({"data": {"deleted": False}}), Failure.REFUSED),
        (Reply({"data": {}}), Failure.NETWORK),
        (Reply(b"<html>404 Not Found</html>", 404), Failure.UNAVAILABLE),
        (Reply({"detail": "not yours"}, 403), Failure.FORBIDDEN),
    ],
)
def test_a_deletion_that_did_not_happen_is_never_taken_for_one(reply: Reply, kind: Failure) -> None:
    with serving(reply) as (_, platform), pytest.raises(PlatformError) as caught:
        platform.delete("1000")
    assert caught.value.kind is kind


@pytest.mark.parametrize("text", ["", "12/../13", "5?x=1", "٣", "1" * 20])
def test_what_is_no_id_reaches_no_address(text: str) -> None:
    with serving() as (server, platform):
        for call in (platform.delete, platform.mentions, platform.own_posts, platform.search_replies):
            with pytest.raises(PlatformError):
                call(text)
        with pytest.raises(PlatformError):
            platform.users([text])
    assert server.asked == []


def test_mentions_are_read_page_by_page_only_when_asked_for() -> None:
    told = Told()
    pages = (raw_page(raw_post("1003"), raw_post("1002"), next_token="t2"), raw_page(raw_post("1001")))
    with serving(*pages, told=told) as (server, platform):
        reading = platform.mentions("900")
        assert server.asked == []
        assert ids(list(next(reading).posts)) == ["1003", "1002"]
        assert len(server.asked) == 1
        assert ids(read_all(reading)) == ["1001"]
    first, second = server.asked
    assert first.path == second.path == f"/2/users/{BOT}/mentions"
    assert first.query == {
        "max_results": "100",
        "since_id": "900",
        "post.fields": "author_id,conversation_id,created_at,entities,edit_history_post_ids,note_post,referenced_posts",
    }
    assert second.query == first.query | {"pagination_token": "t2"}
    assert told.billed == [("owned_read", 2), ("owned_read", 1)]
    assert told.dialects == []


def test_the_own_timeline_is_read_at_the_owned_price() -> None:
    told = Told()
    with serving(raw_page(raw_post()), told=told) as (server, platform):
        read_all(platform.own_posts())
    assert server.asked[0].path == f"/2/users/{BOT}/tweets"
    assert "since_id" not in server.asked[0].query
    assert "expansions" not in server.asked[0].query
    assert told.billed == [("owned_read", 1)]


def test_the_search_looks_for_the_conversation_and_pages_by_its_own_token() -> None:
    told = Told()
    with serving(raw_page(raw_post("1002"), next_token="n"), raw_page(raw_post("1001")), told=told) as (
        server,
        platform,
    ):
        assert ids(read_all(platform.search_replies("1000"))) == ["1002", "1001"]
    assert server.asked[0].path == "/2/tweets/search/recent"
    assert server.asked[0].query["query"] == "conversation_id:1000"
    assert server.asked[1].query["next_token"] == "n"
    assert told.billed == [("post_read", 1), ("post_read", 1)]


def test_an_empty_reading_costs_nothing_and_settles_no_dialect() -> None:
    told = Told()
    with serving(raw_page(), told=told) as (_, platform):
        assert read_all(platform.mentions()) == []
    assert told == Told()


def test_an_empty_page_does_not_end_a_reading() -> None:
    with serving(raw_page(next_token="t"), raw_page(raw_post())) as (_, platform):
        assert ids(read_all(platform.mentions())) == ["1001"]


def test_tokens_that_lead_nowhere_new_end_a_reading() -> None:
    with serving(answer=lambda _: Reply(raw_page(raw_post(), next_token="again"))) as (server, platform):
        assert set(ids(read_all(platform.mentions()))) == {"1001"}
    assert len(server.asked) == 4


def speaks(dialect: Dialect) -> Answerer:
    """A server that knows one dialect only, and ignores the other's fields."""

    def answer(asked: Asked) -> Reply:
        understood = f"{dialect}.fields" in asked.query
        token = asked.query.get("pagination_token")
        number = "1001" if token else "1002"
        post = raw_post(number, dialect=dialect) if understood else bare_post(number)
        return Reply(raw_page(post, next_token=None if token else "t"))

    return answer


@pytest.mark.parametrize("server_speaks", Dialect)
@pytest.mark.parametrize("begun_with", Dialect)
def test_the_right_dialect_is_found_once_and_told(begun_with: Dialect, server_speaks: Dialect) -> None:
    told = Told()
    with serving(answer=speaks(server_speaks), dialect=begun_with, told=told) as (server, platform):
        posts = read_all(platform.mentions())
        posts += read_all(platform.own_posts())
        assert platform.dialect is server_speaks
    assert ids(posts) == ["1002", "1001"] * 2
    assert {post.reply_to for post in posts} == {"1000"}
    switched = begun_with is not server_speaks
    assert told.dialects == ([server_speaks] if switched else [])
    assert len(server.asked) == 4 + switched
    assert sum(count for _, count in told.billed) == 4 + switched, "the page that was not understood is billed as well"


def test_a_missing_reference_alone_is_enough_to_change_the_dialect() -> None:
    """A server may know all the other names."""
    told = Told()
    half = raw_post(referenced_posts=None)
    with serving(raw_page(half), raw_page(raw_post(dialect=Dialect.TWEET)), told=told) as (server, platform):
        assert read_all(platform.mentions())[0].reply_to == "1000"
    assert "tweet.fields" in server.asked[1].query
    assert "post.fields" not in server.asked[1].query
    assert told.dialects == [Dialect.TWEET]


def test_a_reply_without_reference_in_both_dialects_is_an_error_and_not_no_reply() -> None:
    with serving(answer=lambda _: Reply(raw_page(raw_post(referenced_posts=None)))) as (_, platform):
        with pytest.raises(PlatformError, match="referenced_post") as caught:
            read_all(platform.mentions())
        assert caught.value.permanent
        assert platform.dialect is Dialect.POST


def test_somebody_greeting_the_bot_changes_nothing() -> None:
    """A new post that begins with the bot's handle names the bot as answered, and answers no post."""
    told = Told()
    greeting = raw_post("1001", conversation_id="1001", referenced_posts=None)
    with serving(raw_page(greeting), told=told) as (_, platform):
        assert read_all(platform.mentions())[0].reply_to is None
    assert told.dialects == []


def test_users_that_are_gone_are_left_out() -> None:
    told = Told()
    answer = {"data": [{"id": "77", "username": "ann", "name": "Ann"}], "errors": [NOT_FOUND | {"value": "78"}]}
    with serving(answer, told=told) as (server, platform):
        assert platform.users(["77", "78"]) == [User("77", "ann", "Ann")]
    assert server.asked[0].path == "/2/users"
    assert server.asked[0].query == {"ids": "77,78"}
    assert told.billed == [("user_read", 1)]


def test_all_users_gone_is_no_error_but_a_fault_of_x_is() -> None:
    broken = {"errors": [NOT_FOUND, {"type": "https://api.x.com/2/problems/internal-error"}]}
    with serving({"errors": [NOT_FOUND]}, broken) as (_, platform):
        assert platform.users(["77"]) == []
        with pytest.raises(PlatformError) as caught:
            platform.users(["77"])
        assert caught.value.kind is Failure.UNAVAILABLE


def test_no_users_need_no_call_and_more_than_a_hundred_are_the_callers_mistake() -> None:
    with serving() as (server, platform):
        assert platform.users([]) == []
        with pytest.raises(ValueError, match="100"):
            platform.users(["1"] * 101)
    assert server.asked == []


@pytest.mark.parametrize(
    ("headers", "level"),
    [({"x-access-level": "read-write"}, "read-write"), ({}, None), ({"x-access-level": "<b>"}, None)],
)
def test_who_the_keys_belong_to_and_what_they_allow(headers: dict[str, str], level: str | None) -> None:
    told = Told()
    me = {"data": {"id": BOT, "username": "quizbot", "name": "Quiz"}}
    with serving(Reply(me, headers=headers), Reply(me), told=told) as (server, platform):
        assert platform.me_with_access() == (User(BOT, "quizbot", "Quiz"), level)
        assert platform.me() == User(BOT, "quizbot", "Quiz")
    assert [asked.path for asked in server.asked] == ["/2/users/me"] * 2
    assert told.billed == [("user_read", 1)] * 2


def test_a_platform_shows_its_account_and_host() -> None:
    with platform_for("https://api.x.com") as platform:
        assert repr(platform) == f"XPlatform(account='{BOT}', client=XClient(host='api.x.com'), dialect='post')"
        assert isinstance(platform, XPlatform)
