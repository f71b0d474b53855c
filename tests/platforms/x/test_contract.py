"""The client against the sandbox X over real HTTP, in both dialects: what was tried alone holds together.

Every request made here is held against X's OpenAPI file of the dialect, and so is every answer that comes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import UTC, datetime

import pytest
import requests

from quizbot.platforms.protocol import Draft, Failure, Page, PlatformError, Post
from quizbot.platforms.sandbox import Dialect as Spoken
from quizbot.platforms.sandbox import SandboxOptions, SandboxServer
from quizbot.platforms.x import Dialect, XKeys, XPlatform
from quizbot.platforms.x.client import Files
from tests.conftest import SHARED
from tests.platforms.openapi import check_request, check_response, load
from tests.platforms.x.local import Told
from tests.platforms.x.samples import picture
from tests.platforms.x.test_requests import FILES, listed_fields

TIMEOUT = 10
GARBAGE = b"this is no JSON"


@dataclass(frozen=True)
class Round:
    """A sandbox, the bot's platform on it, and what the platform told."""

    x: SandboxServer
    bot: XPlatform
    told: Told


def watch(platform: XPlatform, dialect: Dialect, patch: pytest.MonkeyPatch) -> None:
    """Hold each call of a platform against X's OpenAPI file, where that is at hand."""
    if not SHARED.is_dir():
        return
    spec = load(FILES[dialect])
    request = platform._client.request

    def watched(
        method: str,
        route: str,
        params: Mapping[str, str] | None = None,
        json: dict[str, object] | None = None,
        files: Files | None = None,
    ) -> requests.Response:
        form = {name: "" if name == "media" else part[1] for name, part in (files or {}).items()}
        if f"{dialect.other}.fields" not in (params or {}):
            check_request(spec, method, route, listed_fields(spec, params or {}), json if files is None else form)
        response = request(method, route, params, json, files=files)
        if response.content != GARBAGE:
            check_response(spec, method, route, response.status_code, response.json())
        return response

    patch.setattr(platform._client, "request", watched)


@pytest.fixture(params=Dialect)
def around(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Round]:
    """A sandbox that speaks one dialect, and a bot that begins with that of 2.167."""
    told = Told()
    dialect = Dialect(request.param)
    with SandboxServer(SandboxOptions(dialect=Spoken(dialect.value))) as x:
        keys = XKeys(*astuple(x.keys))
        with XPlatform(
            keys, x.url, TIMEOUT, Dialect.POST, told.dialects.append, lambda kind, n: told.billed.append((kind, n))
        ) as bot:
            watch(bot, dialect, monkeypatch)
            yield Round(x, bot, told)


def posts_of(pages: Iterable[Page]) -> list[Post]:
    return [post for page in pages for post in page.posts]


def test_a_whole_round(around: Round) -> None:
    """Post with picture, replies of all sorts, answer under it, look-up, deletion; the bill is X's bill."""
    bot, control = around.bot, around.x.control
    media_id = bot.upload(picture()).id
    bot.describe(media_id, "A 12-lead ECG", graphic=True)
    text = "62 y, chest pain & sweat; K < 5.\nWhat's the diagnosis? https://doi.org/10.1000/x?a=1&b=2"
    quiz = bot.post(Draft(text, media_ids=(media_id,)))
    amy = control.post("amy", "Wellens & <type> B https://a.org/?x=1&y=2", reply_to=quiz)
    bob = control.post("bob", "long thoughts " * 40 + "so: de Winter", reply_to=quiz)
    control.post("cyd", f"nice one @{around.x.handle}")
    control.post("dee", "look at this", quote=quiz)
    nested = control.post("eve", f"agreed @{around.x.handle}", reply_to=amy)
    answer = bot.post(Draft("Wellens type B", reply_to=quiz))

    mentions = {post.id: post for post in posts_of(bot.mentions(quiz))}
    direct = {post.id for post in mentions.values() if post.reply_to == quiz and not post.is_repost}
    assert direct == {amy, bob}
    assert mentions[amy].text.endswith("Wellens & <type> B https://a.org/?x=1&y=2")
    assert mentions[bob].text.endswith("so: de Winter")
    assert mentions[nested].reply_to == amy
    assert {post.conversation_id for post in (mentions[amy], mentions[nested])} == {quiz}

    own = {post.id: post for post in posts_of(bot.own_posts())}
    assert own[quiz].text == text
    assert own[quiz].author_id == bot.account
    assert own[answer].reply_to == quiz
    assert {quiz, amy, bob, nested, answer} <= {post.id for post in posts_of(bot.search_replies(quiz))}
    assert {user.handle for user in bot.users([mentions[amy].author_id, mentions[bob].author_id])} == {"amy", "bob"}

    [uploaded] = control.media()
    assert uploaded["alt"] == "A 12-lead ECG"
    assert uploaded["warnings"] == ["other"]
    bot.delete(answer)
    bot.delete(answer)
    assert answer not in {post.id for post in posts_of(bot.own_posts())}
    assert (bot.stands(quiz), bot.stands(answer)) == (True, False)
    assert posts_of(bot.mentions(quiz, mentions[amy].created_at.replace(microsecond=0))) == []
    assert {post.id for post in posts_of(bot.search_replies(quiz, amy, nested))} == {bob}
    assert_bills_agree(around)


def assert_bills_agree(around: Round) -> None:
    told: Counter[str] = Counter()
    for kind, count in around.told.billed:
        told[kind] += count
    assert told == {item: line["returned"] for item, line in around.x.control.ledger()["totals"].items()}


def test_the_dialect_is_found_and_told_once(around: Round) -> None:
    around.x.control.post("amy", "hi", reply_to=around.bot.post(Draft("quiz")))
    for _ in range(2):
        posts_of(around.bot.mentions())
    spoken = Dialect(around.x._options.dialect.value)
    assert around.bot.dialect is spoken
    assert around.told.dialects == ([Dialect.TWEET] if spoken is Dialect.TWEET else [])


def test_more_than_a_page_of_mentions_is_read_whole_and_lazily(around: Round) -> None:
    quiz = around.bot.post(Draft("quiz"))
    posted = [around.x.control.post(f"u{n}", f"guess {n}", reply_to=quiz) for n in range(120)]
    assert [post.id for post in posts_of(around.bot.mentions())] == posted[::-1]
    before = around.told.billed[:]
    next(around.bot.mentions())
    assert around.told.billed == [*before, ("owned_read", 100)]
    assert [post.id for post in posts_of(around.bot.mentions(posted[-3]))] == posted[:-3:-1]


def test_versions_of_an_edited_reply_hang_together(around: Round) -> None:
    quiz = around.bot.post(Draft("quiz"))
    first = around.x.control.post("amy", "wellens", reply_to=quiz)
    second = around.x.control.edit(first, "Wellens")
    [reply] = posts_of(around.bot.mentions())
    assert (reply.id, reply.edits, reply.text.endswith("Wellens")) == (second, (first, second), True)


def test_refusals_are_told_apart(around: Round) -> None:
    bot, control = around.bot, around.x.control
    stranger = control.post("amy", "good morning")
    bot.post(Draft("twice"))
    attempts = [
        (Draft("twice"), Failure.DUPLICATE),
        (Draft("hello you", reply_to=stranger), Failure.REPLY_REFUSED),
        (Draft("hello you", reply_to="999"), Failure.NOT_FOUND),
        (Draft("look", media_ids=("999",)), Failure.MEDIA),
    ]
    for draft, kind in attempts:
        with pytest.raises(PlatformError) as caught:
            bot.post(draft)
        assert caught.value.kind is kind, caught.value
    with pytest.raises(PlatformError) as caught:
        bot.post(Draft("x" * 281))
    assert caught.value.permanent
    assert bot.users(["999"]) == []


def test_wrong_keys_are_the_keys_fault(around: Round) -> None:
    good = around.x.keys
    wrong = XKeys(good.consumer_key, good.consumer_secret, good.access_token, "wrong")
    with XPlatform(wrong, around.x.url, TIMEOUT) as bot, pytest.raises(PlatformError) as caught:
        bot.me()
    assert caught.value.kind is Failure.UNAUTHORIZED


def test_money_that_runs_out_is_told_in_both_ways(around: Round) -> None:
    for dial in ({"credit": 0.0}, {"credit": 100.0, "spend_cap": 0.0}):
        around.x.control.dial(**dial)
        with pytest.raises(PlatformError) as caught:
            around.bot.post(Draft("a"))
        assert caught.value.kind is Failure.NO_CREDIT
        assert caught.value.permanent is False


def test_a_rate_limit_says_when_to_come_back(around: Round) -> None:
    around.x.control.fault("rate_limit", reset=120)
    with pytest.raises(PlatformError) as caught:
        next(around.bot.mentions())
    assert caught.value.kind is Failure.RATE_LIMITED
    assert caught.value.retry_at is not None
    assert 0 < (caught.value.retry_at - datetime.now(UTC)).total_seconds() <= 121
    around.x.control.fault("rate_limit", reset=None)
    with pytest.raises(PlatformError) as caught:
        next(around.bot.mentions())
    assert caught.value.retry_at is None


@pytest.mark.parametrize(
    ("fault", "members", "stands", "kind"),
    [
        ("cut_before", {}, False, Failure.NETWORK),
        ("cut_after", {}, True, Failure.NETWORK),
        ("status", {"status": 503, "html": True}, False, Failure.UNAVAILABLE),
        ("status", {"status": 500, "effect": True}, True, Failure.UNAVAILABLE),
        ("garbage", {"effect": True, "body": GARBAGE.decode()}, True, Failure.NETWORK),
    ],
)
def test_what_may_have_happened_is_settled_by_the_own_timeline(
    around: Round, fault: str, members: dict[str, object], stands: bool, kind: Failure
) -> None:
    around.x.control.fault(fault, method="POST", path="/2/tweets", **members)
    with pytest.raises(PlatformError) as caught:
        around.bot.post(Draft("only once"))
    assert caught.value.kind is kind
    assert caught.value.ambiguous
    assert [post.text for post in posts_of(around.bot.own_posts())] == ["only once"] * stands


def test_a_slow_answer_runs_into_the_time_out_though_the_post_stands(around: Round) -> None:
    around.x.control.fault("delay", method="POST", path="/2/tweets", delay=0.6)
    with XPlatform(XKeys(*astuple(around.x.keys)), around.x.url, 0.2) as bot, pytest.raises(PlatformError) as caught:
        bot.post(Draft("late"))
    assert caught.value.kind is Failure.NETWORK
