"""Mentions, timelines, search and lookups: what can be read, when, and in which portions."""

from collections.abc import Callable
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
import requests

from quizbot.core.clock import ManualClock
from quizbot.platforms.sandbox import Dialect, SandboxServer
from tests.platforms.sandbox.conftest import START, Bot, fill

FIELDS = "conversation_id,created_at,entities,note_post,display_text_range"
EXPANSIONS = "author_id,referenced_posts,in_reply_to_user_id"


def pages(bot: Bot, path: str, token_name: str = "pagination_token", **query: object) -> list[list[str]]:  # noqa: S107  # a parameter's name
    """All pages of a list, as ids."""
    found: list[list[str]] = []
    token: dict[str, object] = {}
    while True:
        answer = bot.get(path, **query, **token)
        found.append([post["id"] for post in answer.get("data", [])])
        if "next_token" not in answer["meta"]:
            return found
        token = {token_name: answer["meta"]["next_token"]}


def test_a_reply_carries_its_mention_and_its_place(bot: Bot) -> None:
    quiz = bot.post("What is it?")
    reply = bot.sandbox.control.post("amy", "Wellens & <b>?", reply_to=quiz)
    path = f"/2/users/{bot.sandbox.bot_id}/mentions"
    [post] = bot.get(path, **{"post.fields": FIELDS, "expansions": EXPANSIONS})["data"]
    amy = bot.sandbox.control.posts()[-1]["author_id"]
    assert post["text"] == "@quizbot Wellens &amp; &lt;b&gt;?"
    assert post["display_text_range"] == [9, len(post["text"])]
    assert (post["id"], post["author_id"], post["conversation_id"]) == (reply, amy, quiz)
    assert post["in_reply_to_user_id"] == bot.sandbox.bot_id
    assert post["referenced_posts"] == [{"type": "replied_to", "id": quiz}]
    assert post["created_at"] == "2026-11-23T12:00:00.000Z"
    assert post["edit_history_post_ids"] == [reply]


def test_only_the_defaults_come_unasked(bot: Bot) -> None:
    post = bot.get(f"/2/tweets/{bot.post('What is it?')}")["data"]
    assert post.keys() == {"id", "text", "edit_history_post_ids"}


def test_an_answer_to_an_answer_mentions_all_who_are_answered(bot: Bot) -> None:
    control = bot.sandbox.control
    first = control.post("amy", "wellens", reply_to=bot.post("What is it?"))
    control.post("bob", "no way", reply_to=first)
    control.post("cyd", "@amy @quizbot said so himself", reply_to=first)
    texts = [post["text"] for post in bot.get(f"/2/users/{bot.sandbox.bot_id}/mentions")["data"]]
    assert texts == ["@amy @quizbot said so himself", "@amy @quizbot no way", "@quizbot wellens"]


def test_mentions_are_named_posts_and_replies_but_not_quotes_or_reposts(bot: Bot) -> None:
    control, quiz = bot.sandbox.control, bot.post("What is it?")
    reply = control.post("amy", "wellens", reply_to=quiz)
    named = control.post("bob", "do you follow @QUIZBOT?")
    control.post("cyd", "look", quote=quiz)
    control.repost("dan", quiz)
    control.post("eve", "quizbot is not a mention, nor is a@quizbot")
    bot.post("I say @quizbot myself")
    assert bot.mentions() == [named, reply]


def test_a_post_shows_in_lists_after_the_lag_and_by_its_id_at_once(
    start: Callable[..., Bot], clock: ManualClock
) -> None:
    bot = start(lag=20)
    quiz = bot.post("What is it?")
    reply = bot.sandbox.control.post("amy", "wellens", reply_to=quiz)
    lists = {
        f"/2/users/{bot.sandbox.bot_id}/mentions": reply,
        f"/2/users/{bot.sandbox.bot_id}/tweets": quiz,
    }
    clock.sleep(19.9)
    assert [bot.get(path)["meta"]["result_count"] for path in lists] == [0, 0]
    assert bot.get("/2/tweets/search/recent", query=f"conversation_id:{quiz}")["meta"] == {"result_count": 0}
    assert bot.get(f"/2/tweets/{reply}")["data"]["id"] == reply
    clock.sleep(0.1)
    assert [bot.get(path)["data"][0]["id"] for path in lists] == list(lists.values())
    assert bot.get("/2/tweets/search/recent", query=f"conversation_id:{quiz}")["meta"]["result_count"] == 2


def test_some_posts_are_indexed_out_of_order(start: Callable[..., Bot], clock: ManualClock) -> None:
    bot = start(late_share=0.5, late_by=60)
    quiz = bot.post("What is it?")
    made = [bot.sandbox.control.post("amy", f"guess {n}", reply_to=quiz) for n in range(40)][::-1]
    early = bot.mentions()
    assert 0 < len(early) < 40
    newest = early[0]
    clock.sleep(60)
    assert bot.mentions() == made
    late = [number for number in made if number not in early]
    assert min(int(number) for number in late) < int(newest)


def test_pages_follow_each_other_without_gap_or_overlap(bot: Bot) -> None:
    control, quiz = bot.sandbox.control, bot.post("What is it?")
    made = [control.post(f"u{n}", f"guess {n}", reply_to=quiz) for n in range(23)][::-1]
    path = f"/2/users/{bot.sandbox.bot_id}/mentions"
    found = pages(bot, path, max_results=10)
    assert [len(page) for page in found] == [10, 10, 3]
    assert list(chain(*found)) == made
    assert pages(bot, path, max_results=23) == [made]
    searched = pages(bot, "/2/tweets/search/recent", "next_token", query=f"conversation_id:{quiz}", max_results=10)
    assert list(chain(*searched)) == [*made, quiz]


def test_since_and_until_are_exclusive(bot: Bot) -> None:
    control, quiz = bot.sandbox.control, bot.post("What is it?")
    made = [control.post("amy", f"guess {n}", reply_to=quiz) for n in range(5)]
    assert bot.mentions(since_id=made[1]) == made[:1:-1]
    assert bot.mentions(until_id=made[1]) == [made[0]]
    assert bot.mentions(since_id=made[0], until_id=made[3]) == [made[2], made[1]]


def test_start_and_end_time_bound_a_list(bot: Bot, clock: ManualClock) -> None:
    control, quiz, made = bot.sandbox.control, bot.post("What is it?"), []
    for number in range(3):
        made.append(control.post("amy", f"guess {number}", reply_to=quiz))
        clock.sleep(60)
    second = (START + timedelta(seconds=60)).isoformat().replace("+00:00", "Z")
    assert bot.mentions(start_time=second) == [made[2], made[1]]
    assert bot.mentions(end_time=second) == [made[0]]


def test_only_the_newest_800_mentions_can_be_read(tmp_path: Path, clock: ManualClock) -> None:
    _, *made = fill(tmp_path / "state.db", clock, 803)
    with SandboxServer(clock=clock, state=tmp_path / "state.db") as sandbox, requests.Session() as session:
        bot = Bot(sandbox, Dialect.POST, session)
        sandbox.control.delete(made[-10])
        sandbox.control.dial(lag=60)
        sandbox.control.post("amy", "hi @quizbot, this is not indexed yet")
        found = list(chain(*pages(bot, f"/2/users/{sandbox.bot_id}/mentions", max_results=100)))
    assert found == [number for number in made[::-1] if number != made[-10]][:800]


def test_search_reaches_back_seven_days(bot: Bot, clock: ManualClock) -> None:
    quiz = bot.post("What is it?")
    clock.sleep(1)
    reply = bot.sandbox.control.post("amy", "wellens", reply_to=quiz)
    clock.sleep(7 * 86_400)
    search = {"query": f"conversation_id:{quiz}"}
    assert [post["id"] for post in bot.get("/2/tweets/search/recent", **search)["data"]] == [reply]
    assert bot.refused("GET", "/2/tweets/search/recent", params=search | {"since_id": quiz})[0] == 400
    old = search | {"start_time": "2026-11-23T12:00:00Z"}
    assert bot.refused("GET", "/2/tweets/search/recent", params=old)[0] == 400
    assert bot.mentions() == [reply]


def test_search_knows_from_and_to(bot: Bot) -> None:
    control, quiz = bot.sandbox.control, bot.post("What is it?")
    first = control.post("amy", "wellens", reply_to=quiz)
    second = control.post("bob", "no", reply_to=first)

    def search(query: str) -> list[str]:
        found = bot.get("/2/tweets/search/recent", query=f"conversation_id:{quiz} {query}")
        return [post["id"] for post in found.get("data", [])]

    assert search("-from:quizbot") == [second, first]
    assert search("to:quizbot") == [first]
    assert search("to:amy") == [second]
    assert search("to:nobody") == []


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/2/users/{bot}/mentions", {"max_results": "4"}),
        ("/2/users/{bot}/mentions", {"max_results": "101"}),
        ("/2/users/{bot}/mentions", {"max_results": "many"}),
        ("/2/users/{bot}/mentions", {"since_id": "x"}),
        ("/2/users/{bot}/mentions", {"start_time": "yesterday"}),
        ("/2/users/{bot}/mentions", {"start_time": "2026-11-23T12:00:00"}),
        ("/2/users/{bot}/mentions", {"end_time": "0001-01-01T00:00:00+14:00"}),
        ("/2/users/{bot}/tweets", {"pagination_token": "b26v89c19zqg8o3fo77h"}),
        ("/2/users/bot/tweets", {}),
        ("/2/tweets/search/recent", {}),
        ("/2/tweets/search/recent", {"query": "cats"}),
        ("/2/tweets/search/recent", {"query": "conversation_id:1", "max_results": "5"}),
        ("/2/tweets/search/recent", {"query": "conversation_id:1\r\nx-evil: 1"}),
        ("/2/tweets", {}),
        ("/2/tweets", {"ids": "1,x"}),
        ("/2/tweets", {"ids": ",".join(map(str, range(1, 102)))}),
        ("/2/tweets/x", {}),
        ("/2/users", {"ids": ""}),
        ("/2/media/upload", {"media_id": "x"}),
        ("/2/media/upload", {"media_id": "1", "command": "APPEND"}),
    ],
)
def test_wrong_parameters_are_a_400_that_names_them(lasting: Bot, path: str, query: dict[str, str]) -> None:
    answer = lasting.call("GET", path.replace("{bot}", lasting.sandbox.bot_id), params=query)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameters"]


def test_fields_that_nobody_knows_do_no_harm(bot: Bot) -> None:
    path = f"/2/users/{bot.sandbox.bot_id}/tweets"
    bot.post("What is it?")
    answer = bot.session.get(
        bot.sandbox.url + path,
        params={"post.fields": "no_such,created_at", "tweet.fields": "author_id", "expansions": "nothing", "x": "y"},
        auth=bot.auth(),
        timeout=20,
    )
    assert answer.json()["data"][0].keys() == {"id", "text", "edit_history_post_ids", "created_at"}


def test_deleted_protected_and_suspended_posts_are_hidden_everywhere(bot: Bot) -> None:
    control, quiz = bot.sandbox.control, bot.post("What is it?")
    made = [control.post(name, "wellens", reply_to=quiz) for name in ("amy", "bob", "cyd", "dan")]
    control.delete(made[0])
    control.user("bob", protected=True)
    control.user("cyd", suspended=True)
    assert bot.mentions() == [made[3]]
    found = bot.get("/2/tweets/search/recent", query=f"conversation_id:{quiz}")
    assert [post["id"] for post in found["data"]] == [made[3], quiz]
    looked = bot.get("/2/tweets", ids=",".join([*made, "5"]))
    assert [post["id"] for post in looked["data"]] == [made[3]]
    assert [problem["title"] for problem in looked["errors"]] == [
        "Not Found Error",
        "Authorization Error",
        "Authorization Error",
        "Not Found Error",
    ]
    control.user("bob", protected=False)
    assert bot.mentions() == [made[3], made[1]]


def test_an_edited_post_has_a_new_id_and_its_history(bot: Bot) -> None:
    control, quiz = bot.sandbox.control, bot.post("What is it?")
    first = control.post("amy", "pericarditis", reply_to=quiz)
    second = control.edit(first, "wellens")
    [shown] = bot.get(f"/2/users/{bot.sandbox.bot_id}/mentions", expansions="referenced_posts")["data"]
    assert (shown["id"], shown["text"]) == (second, "@quizbot wellens")
    assert shown["edit_history_post_ids"] == [first, second]
    assert shown["referenced_posts"] == [{"type": "replied_to", "id": quiz}]
    assert bot.get(f"/2/tweets/{first}")["data"]["text"] == "@quizbot pericarditis"
    control.delete(second)
    assert "data" not in bot.get("/2/tweets", ids=f"{first},{second}")


def test_the_full_text_of_a_long_post_comes_only_if_asked_for(bot: Bot) -> None:
    text = "I would say that this is " + "clearly " * 40 + "Wellens & so on"
    bot.sandbox.control.post("amy", text, reply_to=bot.post("What is it?"))
    path = f"/2/users/{bot.sandbox.bot_id}/mentions"
    [short] = bot.get(path)["data"]
    assert "note_post" not in short
    assert "Wellens" not in short["text"]
    assert "… https://t.co/" in short["text"]
    [whole] = bot.get(path, **{"post.fields": "note_post"})["data"]
    assert whole["note_post"]["text"] == f"@quizbot {text}".replace("&", "&amp;")
    assert whole["text"] == short["text"]


def test_links_are_short_and_entities_tell_where_they_lead(bot: Bot) -> None:
    made = bot.post("See https://doi.org/10.1056/a?b=1&c=2 now", media=[bot.upload()])
    post = bot.get(f"/2/tweets/{made}", **{"post.fields": "entities,attachments"})["data"]
    link, photo = post["entities"]["urls"]
    assert post["text"] == f"See {link['url']} now {photo['url']}"
    assert post["text"][link["start"] : link["end"]] == link["url"]
    assert (link["expanded_url"], link["display_url"]) == (
        "https://doi.org/10.1056/a?b=1&c=2",
        "doi.org/10.1056/a?b=1&c=2",
    )
    assert photo["media_key"] == post["attachments"]["media_keys"][0]
    assert photo["expanded_url"].endswith(f"/status/{made}/photo/1")


def test_the_own_timeline_can_leave_replies_out(bot: Bot) -> None:
    quiz = bot.post("What is it?")
    answer = bot.post("Wellens", reply_to=quiz)
    path = f"/2/users/{bot.sandbox.bot_id}/tweets"
    assert [post["id"] for post in bot.get(path)["data"]] == [answer, quiz]
    assert [post["id"] for post in bot.get(path, exclude="replies")["data"]] == [quiz]


def test_quotes_and_reposts_tell_what_they_refer_to(bot: Bot) -> None:
    control, quiz = bot.sandbox.control, bot.post("What is it?")
    quote, repost = control.post("amy", "see this @quizbot", quote=quiz), control.repost("amy", quiz)
    found = bot.get("/2/tweets", ids=f"{quote},{repost}", expansions="referenced_posts")["data"]
    assert [post["referenced_posts"] for post in found] == [
        [{"type": "quoted", "id": quiz}],
        [{"type": "retweeted", "id": quiz}],
    ]


def test_users_are_looked_up_in_the_order_asked(bot: Bot) -> None:
    control = bot.sandbox.control
    amy, bob, cyd = (control.user(handle, f"Dr {handle}")["id"] for handle in ("amy", "bob", "cyd"))
    control.user("bob", suspended=True)
    control.user("cyd", protected=True)
    found = bot.get("/2/users", ids=f"{cyd},{bob},{amy},5")
    assert [(user["id"], user["username"], user["name"]) for user in found["data"]] == [
        (cyd, "cyd", "Dr cyd"),
        (amy, "amy", "Dr amy"),
    ]
    assert [problem["resource_id"] for problem in found["errors"]] == [bob, "5"]


def test_expansions_bring_users_posts_and_media(bot: Bot) -> None:
    quiz = bot.post("What is it?", media=[bot.upload()])
    bot.sandbox.control.post("amy", "wellens", reply_to=quiz)
    path = f"/2/users/{bot.sandbox.bot_id}/mentions"
    included = bot.get(path, expansions="author_id,in_reply_to_user_id,referenced_posts")["includes"]
    assert [user["username"] for user in included["users"]] == ["amy", "quizbot"]
    assert [post["id"] for post in included["posts"]] == [quiz]
    looked = bot.get(f"/2/tweets/{quiz}", expansions="attachments.media_keys", **{"media.fields": "url,width"})
    [medium] = looked["includes"]["media"]
    assert medium["width"] == 40
    assert bot.session.get(medium["url"], timeout=20).content.startswith(b"\x89PNG")


@pytest.mark.parametrize("strict", [False, True])
def test_references_may_come_by_expansion_only(start: Callable[..., Bot], *, strict: bool) -> None:
    """OpenAPI 2.167 no longer lists them among the fields; whether X gives them all the same is not known."""
    bot = start(strict_fields=strict)
    reply = bot.sandbox.control.post("amy", "wellens", reply_to=bot.post("What is it?"))
    url, fields = f"{bot.sandbox.url}/2/tweets/{reply}", {"post.fields": "author_id,referenced_posts"}
    plain = bot.session.get(url, params=fields, auth=bot.auth(), timeout=20).json()["data"]
    assert ("author_id" in plain) is ("referenced_posts" in plain) is not strict
    expanded = bot.get(f"/2/tweets/{reply}", expansions="author_id,referenced_posts")["data"]
    assert "author_id" in expanded
    assert "referenced_posts" in expanded


def test_the_tweet_dialect_has_names_of_its_own(start: Callable[..., Bot]) -> None:
    bot = start(dialect=Dialect.TWEET)
    long = "wellens " * 60
    reply = bot.sandbox.control.post("amy", long, reply_to=(quiz := bot.post("What is it?")))
    fields = "author_id,referenced_tweets,note_tweet,in_reply_to_user_id"
    post = bot.get(f"/2/tweets/{reply}", **{"tweet.fields": fields})["data"]
    assert post["referenced_tweets"] == [{"type": "replied_to", "id": quiz}]
    assert post["edit_history_tweet_ids"] == [reply]
    assert post["note_tweet"]["text"] == f"@quizbot {long}".strip()
    other = bot.session.get(
        f"{bot.sandbox.url}/2/tweets/{reply}", params={"post.fields": fields}, auth=bot.auth(), timeout=20
    )
    assert other.json()["data"].keys() == {"id", "text", "edit_history_tweet_ids"}


def test_an_unknown_route_is_a_404(bot: Bot) -> None:
    answer = bot.session.get(f"{bot.sandbox.url}/2/nothing", auth=bot.auth(), timeout=20)
    assert answer.status_code == 404


def test_an_unknown_or_hidden_owner_is_told(bot: Bot) -> None:
    amy = bot.sandbox.control.user("amy", protected=True)["id"]
    assert bot.get("/2/users/5/mentions")["errors"][0]["title"] == "Not Found Error"
    assert bot.get(f"/2/users/{amy}/tweets")["errors"][0]["title"] == "Authorization Error"
