"""What calls cost, when the money is gone, and how many calls there may be."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.core.clock import ManualClock
from quizbot.platforms.sandbox import money
from quizbot.platforms.sandbox.database import Database
from quizbot.platforms.sandbox.money import PRICES_MILLS, Bill, CreditsGoneError, Item
from tests.platforms.sandbox.conftest import START, Bot, draft, untimed

POST = "POST /2/tweets"
MENTIONS = "GET /2/users/{id}/mentions"


def spent(bot: Bot) -> int:
    return int(bot.sandbox.control.state()["money"]["spent_mills"])


def totals(bot: Bot) -> dict[str, tuple[int, int]]:
    found = bot.sandbox.control.ledger()["totals"]
    return {item: (line["resources"], line["returned"]) for item, line in found.items()}


def test_a_round_costs_what_the_price_list_says(bot: Bot) -> None:
    """Post, answer with a link, alt text, each of 7 replies read at the owned price, 2 users looked up."""
    control = bot.sandbox.control
    medium = bot.upload()
    bot.call("POST", "/2/media/metadata", json={"id": medium, "metadata": {"alt_text": {"text": "An ECG"}}})
    quiz = bot.post("What is it?", media=[medium])
    authors = [control.user(f"u{n}")["id"] for n in range(7)]
    for number in range(7):
        control.post(f"u{number}", "wellens", reply_to=quiz)
    assert len(bot.mentions()) == 7
    bot.post("Wellens https://doi.org/10.1/a", reply_to=quiz)
    bot.get("/2/users", ids=",".join(authors[:2]))
    assert spent(bot) == 5 + 15 + 7 * 1 + 200 + 2 * 10


def test_a_resource_is_billed_once_a_utc_day_and_price(bot: Bot, clock: ManualClock) -> None:
    quiz = bot.post("What is it?")
    reply = bot.sandbox.control.post("amy", "wellens", reply_to=quiz)
    before = spent(bot)
    for _ in range(3):
        bot.mentions()
    assert spent(bot) == before + 1
    assert totals(bot)["owned_read"] == (1, 3)
    bot.get(f"/2/tweets/{reply}")
    bot.get("/2/tweets", ids=reply)
    assert spent(bot) == before + 1 + 5
    clock.sleep(12 * 3600)
    bot.mentions()
    assert spent(bot) == before + 1 + 5 + 1


def test_reads_of_an_app_that_the_bot_does_not_own_cost_the_full_price(start: Callable[..., Bot]) -> None:
    bot = start(owned=False)
    bot.sandbox.control.post("amy", "wellens", reply_to=bot.post("What is it?"))
    bot.mentions()
    assert totals(bot).keys() == {"post_create", "post_read"}


def test_another_accounts_timeline_is_no_owned_read(bot: Bot) -> None:
    amy = bot.sandbox.control.user("amy")["id"]
    bot.sandbox.control.post("amy", "hi")
    bot.get(f"/2/users/{amy}/tweets")
    assert totals(bot) == {"post_read": (1, 1)}


def test_a_search_costs_the_full_price(bot: Bot) -> None:
    quiz = bot.post("What is it?")
    bot.get("/2/tweets/search/recent", query=f"conversation_id:{quiz}")
    assert totals(bot)["post_read"] == (1, 1)


@pytest.mark.parametrize(("billed", "expected"), [(False, {"post_create"}), (True, {"post_create", "user_read"})])
def test_what_expansions_bring_is_billed_only_if_told(
    start: Callable[..., Bot], *, billed: bool, expected: set[str]
) -> None:
    bot = start(bill_includes=billed)
    bot.sandbox.control.post("amy", "wellens", reply_to=bot.post("What is it?"))
    bot.get(f"/2/users/{bot.sandbox.bot_id}/mentions", expansions="author_id")
    assert totals(bot).keys() == expected | {"owned_read"}


def test_empty_and_failed_calls_are_free(bot: Bot) -> None:
    bot.mentions()
    bot.get("/2/tweets/5")
    bot.refused("DELETE", "/2/tweets/5")
    bot.send_media(b"no picture")
    assert spent(bot) == 0


def test_without_credit_nothing_goes_and_nothing_happens(start: Callable[..., Bot]) -> None:
    bot = start(credit=0.02)
    bot.post("First")
    code, _ = bot.refused("POST", "/2/tweets", json=draft("Second"))
    assert code == 402
    answer = bot.call("POST", "/2/tweets", json=draft("Second"))
    assert answer.json()["title"] == "CreditsDepleted"
    assert [post["text"] for post in bot.sandbox.control.posts()] == ["First"]
    assert bot.sandbox.control.state()["money"] == {"left_mills": 5, "spent_mills": 15, "cap_mills": None}


def test_a_page_that_costs_more_than_is_left_is_not_given(start: Callable[..., Bot]) -> None:
    bot = start(credit=0.017)
    quiz = bot.post("What is it?")
    for number in range(3):
        bot.sandbox.control.post("amy", f"guess {number}", reply_to=quiz)
    path = f"/2/users/{bot.sandbox.bot_id}/mentions"
    assert bot.refused("GET", path)[0] == 402
    bot.sandbox.control.dial(credit=5)
    assert len(bot.mentions()) == 3


def test_the_spending_cap_is_a_403(start: Callable[..., Bot]) -> None:
    bot = start(spend_cap=0.02)
    bot.post("First")
    answer = bot.call("POST", "/2/tweets", json=draft("Second"))
    assert (answer.status_code, answer.json()["title"]) == (403, "SpendCapReached")
    bot.sandbox.control.dial(spend_cap=None)
    bot.post("Second")


@untimed
@given(st.lists(st.tuples(st.sampled_from(list(Item)), st.integers(1, 4)), max_size=30), st.integers(0, 300))
def test_the_ledger_adds_up_and_credit_never_goes_below_zero(calls: list[tuple[Item, int]], credit: int) -> None:
    db = Database(":memory:")
    with db.transaction() as tx:
        money.set_credit(tx, credit / 1000)
    for item, number in calls:
        try:
            with db.transaction() as tx:
                money.charge(tx, [Bill(item, str(number))], 0)
        except CreditsGoneError:
            continue
    with db.transaction() as tx:
        now, entries, totals = money.balance(tx), money.entries(tx), money.totals(tx)
    db.close()
    assert now.left is not None
    assert now.left >= 0
    assert now.left + now.spent == credit
    assert now.spent == sum(int(str(entry["mills"])) for entry in entries)
    assert now.spent == sum(line["mills"] for line in totals.values())
    assert all(int(str(entry["mills"])) % PRICES_MILLS[Item(str(entry["item"]))] == 0 for entry in entries)


def test_every_answer_tells_the_limit_what_is_left_and_when_it_ends(bot: Bot, clock: ManualClock) -> None:
    path = f"/2/users/{bot.sandbox.bot_id}/mentions"
    first = bot.call("GET", path).headers
    clock.sleep(60)
    second = bot.call("GET", path, params={"max_results": 1}).headers
    reset = str(int(START.timestamp()) + 900)
    assert [first[f"x-rate-limit-{name}"] for name in ("limit", "remaining", "reset")] == ["300", "299", reset]
    assert [second[f"x-rate-limit-{name}"] for name in ("limit", "remaining", "reset")] == ["300", "298", reset]


def test_one_call_too_many_is_a_429_until_the_window_ends(start: Callable[..., Bot], clock: ManualClock) -> None:
    bot = start(limits={POST: 2})
    bot.post("One")
    clock.sleep(899)
    bot.post("Two")
    answer = bot.call("POST", "/2/tweets", json=draft("Three"))
    assert (answer.status_code, answer.json()["title"]) == (429, "Too Many Requests")
    assert answer.headers["x-rate-limit-remaining"] == "0"
    assert int(answer.headers["x-rate-limit-reset"]) == int(clock.now().timestamp()) + 1
    bot.mentions()
    clock.sleep(1)
    bot.post("Three")
    assert [post["text"] for post in bot.sandbox.control.posts()] == ["One", "Two", "Three"]


def test_the_limits_are_those_of_x(bot: Bot) -> None:
    answer = bot.call("POST", "/2/tweets", json=draft("One"))
    assert answer.headers["x-rate-limit-limit"] == "100"


def test_a_call_with_a_wrong_signature_is_not_counted(bot: Bot) -> None:
    url = f"{bot.sandbox.url}/2/users/me"
    answers = [bot.session.get(url, timeout=20) for _ in range(3)]
    assert [answer.headers["x-rate-limit-remaining"] for answer in answers] == ["75", "75", "75"]
