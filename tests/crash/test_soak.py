"""Months of a bot's life in compressed time: what it uses stays level, and every count adds up."""

import os
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from quizbot.platforms.sandbox import SandboxServer
from quizbot.store import Store, open_store
from quizbot.store.accounts import account_row, billed
from quizbot.store.migrate import upgrade
from quizbot.store.rounds import rounds_in
from tests.crash.life import Setting, SharedClock, forkserver
from tests.crash.replicas import POSTING_FAULTS, write_cases
from tests.crash.soak import HOUR, OPEN_FOR, T0, BotProcess, Load, People

FULL = os.environ.get("QUIZBOT_TEST_FULL") == "1"
ROUNDS, REPLIES = (1000, 500) if FULL else (12, 36)
FAULT_EVERY = 7  # rounds
AT_A_CLOSE = (0, 3, 6, 9)  # minutes at which the bot is woken; else once an hour


class Months:
    """The story: quiz after quiz, each answered by many."""

    def __init__(self, sandbox: SandboxServer, store: Store, bot: BotProcess, clock: SharedClock) -> None:
        self.sandbox, self.store, self.bot, self.clock = sandbox, store, bot, clock
        self.people = People(sandbox.control)
        self.loads: list[Load] = []

    def tell(self) -> None:
        """Until every round is revealed; what the bot uses is noted at each quarter."""
        hour = 0
        while (revealed := self.revealed()) < ROUNDS:
            assert hour < (ROUNDS + 20) * OPEN_FOR, f"{revealed} rounds are revealed"
            if hour % (OPEN_FOR * FAULT_EVERY) == 0:
                self.sandbox.control.fault(**POSTING_FAULTS[hour // (OPEN_FOR * FAULT_EVERY) % len(POSTING_FAULTS)])
            self._hour(hour)
            hour += 1

    def _hour(self, hour: int) -> None:
        for minute in AT_A_CLOSE if hour % OPEN_FOR == 0 else (0,):
            self.clock.set(T0 + hour * HOUR + timedelta(minutes=minute))
            self.bot.wake()
        if self.revealed() >= ROUNDS * (len(self.loads) + 1) // 4:
            self.loads.append(self.bot.load())
        self.clock.set(T0 + hour * HOUR + timedelta(minutes=30))
        for quiz in self._open():
            self.people.think_again(quiz)
            left = REPLIES - len(self.people.said.get(quiz, []))
            if left:
                self.people.reply(quiz, min(left, -(-REPLIES // OPEN_FOR)))

    def revealed(self) -> int:
        """How many rounds are over."""
        with self.store.engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM round WHERE state = 'revealed'").scalar_one())

    def _open(self) -> list[str]:
        with self.store.read() as session:
            rounds = rounds_in(session, self.sandbox.bot_id, ["open"])
        return [row.quiz_post_id or "" for row in rounds if row.closes_at and row.closes_at > self.clock.now()]


def counts_of_x(sandbox: SandboxServer, people: People) -> dict[str, Any]:
    """As X and the people count it."""
    own = [post for post in sandbox.control.every_post() if post["author_id"] == sandbox.bot_id]
    ledger = sandbox.control.ledger_totals()
    return {
        "posts": Counter(post["text"] for post in own),
        "threads": Counter(post["reply_to"] for post in own),
        "replies": {one.last for one in people.standing()},
        "verdicts": people.verdicts(),
        "points": people.points(),
        "billed": {item: numbers["returned"] for item, numbers in ledger.items()},
    }


def counts_of_bot(sandbox: SandboxServer, store: Store) -> dict[str, Any]:
    """As the bot's database has it; of an edited reply the last version."""
    handles = {user["id"]: user["handle"] for user in sandbox.control.users()}
    with store.engine.connect() as connection:
        posts = connection.exec_driver_sql(
            "SELECT o.text, p.result_id FROM outbox o LEFT JOIN outbox p"
            " ON p.round_id = o.round_id AND p.seq = o.reply_to_seq WHERE o.action = 'post' AND o.state = 'sent'"
        ).all()
        replies = connection.exec_driver_sql(
            "SELECT root_id, r.post_id, v.kind FROM reply r LEFT JOIN verdict v ON v.post_id = r.post_id"
            " WHERE deleted_at IS NULL ORDER BY r.post_id"
        ).all()
        points = connection.exec_driver_sql(
            "SELECT quiz_post_id, author_id, points FROM attempt a JOIN round ON round.id = round_id"
        ).all()
    last = {root: (post_id, kind) for root, post_id, kind in replies}
    with store.read() as session:
        own_bill = billed(session, sandbox.bot_id)
    return {
        "posts": Counter(text for text, _ in posts),
        "threads": Counter(parent for _, parent in posts),
        "replies": {post_id for post_id, _ in last.values()},
        "verdicts": Counter(kind for _, kind in last.values()),
        "points": {(quiz, handles[author]): worth for quiz, author, worth in points},
        "billed": own_bill,
    }


@pytest.mark.long
@pytest.mark.timeout(6 * 3600)
def test_months_of_rounds_add_up_and_what_the_bot_uses_stays_level(tmp_path: Path, capsys: Any) -> None:
    write_cases(tmp_path / "cases", ROUNDS)
    store = open_store(f"sqlite:///{tmp_path / 'q.db'}")
    upgrade(store)
    seconds = forkserver.Value("d", T0.timestamp())
    clock = SharedClock(seconds)
    with SandboxServer(clock=clock) as sandbox:
        with store.write() as session:
            account_row(session, sandbox.bot_id, T0 - HOUR)
        own = sandbox.keys
        keys = (own.consumer_key, own.consumer_secret, own.access_token, own.access_token_secret)
        bot = BotProcess(Setting(f"sqlite:///{tmp_path / 'q.db'}", tmp_path, sandbox.url, keys), seconds)
        months = Months(sandbox, store, bot, clock)
        months.tell()
        bot.stop()
        truth, found = counts_of_x(sandbox, months.people), counts_of_bot(sandbox, store)
    store.close()
    with capsys.disabled():
        print(f"\n{report(months, truth, clock)}")  # noqa: T201  # the figures belong into the log
    for name, counted in truth.items():
        assert found[name] == counted, name
    assert set(truth["posts"].values()) == {1}
    assert truth["threads"][None] == ROUNDS
    assert sum(len(said) for said in months.people.said.values()) == ROUNDS * REPLIES
    first, *later = months.loads
    assert max(load.handles for load in later) <= first.handles
    assert max(load.memory for load in later) <= 1.10 * first.memory


def report(months: Months, truth: dict[str, Any], clock: SharedClock) -> str:
    """What was done, and what the bot used in each quarter, as a share of the first."""
    first = months.loads[0]
    memory = ", ".join(f"{load.memory / first.memory:.3f}" for load in months.loads)
    handles = ", ".join(f"{load.handles / first.handles:.3f}" for load in months.loads)
    spent = [b.seconds - a.seconds for a, b in zip(months.loads, months.loads[1:], strict=False)]
    work = ", ".join(f"{one / spent[0]:.2f}" for one in spent)
    return (
        f"{ROUNDS} rounds and {ROUNDS * REPLIES} replies in {(clock.now() - T0).days} days:"
        f" {truth['posts'].total()} posts, {len(truth['replies'])} replies stand,"
        f" {sum(truth['points'].values())} points, billed {truth['billed']}\n"
        f"  by quarters, against the first: memory {memory} (of {first.memory / 2**20:.0f} MiB); file handles {handles}"
        f" (of {first.handles}); CPU against the second {work} (of {1000 * spent[0] / (ROUNDS / 4):.0f} ms a round)"
    )
