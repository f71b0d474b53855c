"""Rounds, replies, edits, deletions, rulings, opt-outs, forgetting, retractions, crashes and time jumps, at random.

A model as simple as the policy says who should have which points and which posts should stand; the bot has to agree,
whatever order things happen in. Grading itself is replaced by a dictionary, for it is tested elsewhere.
"""

import logging
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event
from sqlmodel import Session

from quizbot import grading
from quizbot.casebook import Casebook, LoadedCase
from quizbot.core.case import Answer, Case, Reference, Review
from quizbot.core.clock import ManualClock
from quizbot.core.keyed import KeyedHash
from quizbot.core.ruling import OUTCOMES, Decision, Ruling
from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.rounds import rulings
from quizbot.rounds.bot import Bot
from quizbot.rounds.engine import advance, recover
from quizbot.rounds.forget import Memory, forget
from quizbot.rounds.retract import Why, correction_text, take_back
from quizbot.rounds.states import UNFINISHED, State
from quizbot.store import Round, open_store
from quizbot.store.accounts import account_row
from quizbot.store.attempts import attempts_of
from quizbot.store.rounds import all_rounds
from tests.crash.life import policy
from tests.databases import empty_file
from tests.rounds.fake_x import FakeX

FULL = os.environ.get("QUIZBOT_TEST_FULL") == "1"
STEPS, PARTS = 50, 4
RUNS = 550 if FULL else 55  # a part; somewhat more than 10,000 steps in all
T0 = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLOSE = timedelta(hours=24)
UNDER_WAY = set(UNFINISHED) - {State.OPEN}  # the bot has something to do in such a round
PEOPLE = st.sampled_from([str(n) for n in range(201, 225)])  # enough that some are left when many have said stop
VERDICTS = {
    "right": Verdict(VerdictKind.CORRECT, 1.0, None, ()),
    "half": Verdict(VerdictKind.PARTIAL, 0.5, None, ()),
    "wrong": Verdict(VerdictKind.INCORRECT, 0.0, None, ()),
    "chat": Verdict(VerdictKind.NO_GUESS, None, None, ()),
    "odd": Verdict(VerdictKind.REVIEW, None, None, (), "odd"),
}
TEXTS = st.sampled_from(list(VERDICTS))
GUESSES = st.lists(st.tuples(PEOPLE, TEXTS), min_size=1, max_size=6)

TALLY: Counter[str] = Counter()  # what was tried


class Killed(BaseException):
    """The process is gone: nothing of the bot's own code may catch it."""


def a_case(n: int) -> LoadedCase:
    case = Case(
        kind="question",
        prompt=f"Question {n}?",
        answer=Answer(diagnosis=f"Diagnosis {n}"),
        certainty="certain",
        references=(Reference(title="t", url=f"https://example.org/{n}"),),
        author="@somebody",
        reviewed=Review(by="@other", on=T0.date()),
        consent="synthetic",
    )
    return LoadedCase(f"case-{n:02}", Path(f"case-{n:02}"), case, (), str(n))


def prepare(_case: Case, decided: list[Ruling]) -> dict[str, Verdict]:
    """In the place of the grader's key: texts with their verdicts, "odd" as a person ruled."""
    key = dict(VERDICTS)
    for one in decided:
        kind, credit = OUTCOMES[one.decision]
        key[one.phrase] = Verdict(kind, credit, None, (), one.phrase)
    return key


@dataclass
class Reply:
    """A reply as the model knows it: its last version before the close."""

    id: str
    author: str
    text: str
    deleted: bool = False
    edited: bool = False


@dataclass
class Quiz:
    """A round as the model knows it."""

    case_id: str
    post_id: str
    closes: datetime
    replies: list[Reply] = field(default_factory=list)
    ruled: list[Decision] = field(default_factory=list)
    taken: str | None = None

    def points(self, gone: set[str]) -> dict[str, int]:
        """Who should have which points, by the policy."""
        found: dict[str, int] = {}
        for reply in self.replies:
            kind, credit = self.verdict(reply.text)
            counts = not reply.deleted and reply.author not in gone and kind is not VerdictKind.NO_GUESS
            if counts and reply.author not in found:
                found[reply.author] = round(10 * (credit or 0))
        return found if self.taken is None else {}

    def verdict(self, text: str) -> tuple[VerdictKind, float | None]:
        if text == "odd" and self.ruled:
            return OUTCOMES[self.ruled[-1]]
        return VERDICTS[text].kind, VERDICTS[text].credit


class Rounds(RuleBasedStateMachine):
    """The bot on one side, the model on the other."""

    @initialize()
    def begin(self) -> None:
        base = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a private folder is made in it
        self.folder = Path(tempfile.mkdtemp(dir=base))
        self.clock, self.memory = (
            ManualClock(T0 - timedelta(minutes=1)),
            Memory(KeyedHash(bytes(32)), self.folder / "f"),
        )
        self.x = FakeX(self.clock)
        self.x.point = self.point
        (self.folder / "q.db").write_bytes(empty_file())
        self.store = open_store(f"sqlite:///{self.folder / 'q.db'}")
        self.die_in: int | None = None
        self.listening = [(name, lambda _session: self.point()) for name in ("before_commit", "after_commit")]
        for name, listener in self.listening:
            event.listen(Session, name, listener)
        with self.store.write() as session:
            account_row(session, self.x.account, T0 - timedelta(hours=1))
        self.book = Casebook(Path(), tuple(a_case(n) for n in range(30)))
        self.bots = [self.new_bot(), self.new_bot()]
        self.quizzes: dict[str, Quiz] = {}
        self.gone: set[str] = set()

    def new_bot(self) -> Bot:
        rules = policy("daily 12:00")
        return Bot(self.store, self.x, self.clock, rules, lambda: self.book, lambda _loaded: None, memory=self.memory)

    def point(self) -> None:
        """A point where the process may die."""
        if self.die_in is not None:
            self.die_in -= 1
            if self.die_in < 0:
                self.die_in = None
                raise Killed

    def wake(self, which: int = 0) -> None:
        """Wake a bot; if it dies, start another in its place, and that one does what is due."""
        try:
            advance(self.bots[which])
        except Killed:
            TALLY["kills"] += 1
            self.bots[which] = self.new_bot()
            recover(self.bots[which])
            advance(self.bots[which])
        self.learn()

    def learn(self) -> None:
        """New quizzes are known by their posts."""
        known = {quiz.post_id for quiz in self.quizzes.values()}
        for row in self.rounds():
            if row.quiz_post_id and row.id not in self.quizzes and row.quiz_post_id not in known:
                closes = self.x.posts[row.quiz_post_id].created_at + CLOSE
                self.quizzes[row.id] = Quiz(row.case_id, row.quiz_post_id, closes)

    def rounds(self) -> Sequence[Round]:
        with self.store.read() as session:
            return all_rounds(session, self.x.account)

    def open(self) -> list[Quiz]:
        return [q for q in self.quizzes.values() if self.clock.at < q.closes and q.taken is None]

    def row_of(self, quiz: Quiz) -> Round:
        return next(row for row in self.rounds() if row.case_id == quiz.case_id)

    @rule(minutes=st.one_of(st.integers(1, 30), st.integers(30, 900)), which=st.integers(0, 1))
    def time_passes(self, minutes: int, which: int) -> None:
        self.clock.sleep(60 * minutes)
        self.wake(which)

    @rule(days=st.integers(1, 3))
    def asleep_for_days(self, days: int) -> None:
        self.clock.sleep(86400 * days)
        self.wake()

    @rule(points=st.integers(0, 25), minutes=st.integers(1, 120), which=st.integers(0, 1))
    def killed(self, points: int, minutes: int, which: int) -> None:
        self.clock.sleep(60 * minutes)
        self.die_in = points
        self.wake(which)
        self.die_in = None

    @precondition(lambda self: self.open())
    @rule(guesses=GUESSES)
    def people_reply(self, guesses: list[tuple[str, str]]) -> None:
        self.say(guesses)

    @precondition(lambda self: self.open())
    @rule(guesses=GUESSES, points=st.integers(0, 25))
    def a_day_goes_by(self, guesses: list[tuple[str, str]], points: int) -> None:
        """The commonest story, so that there is something to compare: people reply, it closes, the answer is told."""
        self.say(guesses)
        self.clock.sleep(3600)
        self.wake()
        self.clock.at = self.open()[-1].closes if self.open() else self.clock.at
        self.die_in = points
        self.wake(1)
        self.die_in = None

    @precondition(lambda self: self.quizzes)
    @rule(author=PEOPLE, text=TEXTS)
    def somebody_is_late(self, author: str, text: str) -> None:
        """A reply after the close counts for nobody."""
        quiz = list(self.quizzes.values())[-1]
        if self.clock.at >= quiz.closes and quiz.taken is None:
            self.x.say(author, text, quiz.post_id)
            self.clock.sleep(1)

    def say(self, guesses: list[tuple[str, str]]) -> None:
        quiz = self.open()[-1]
        for author, text in guesses:
            if not any(reply.edited for reply in quiz.replies if reply.author == author):
                quiz.replies.append(Reply(self.x.say(author, text, quiz.post_id), author, text))
                self.clock.sleep(1)

    @precondition(lambda self: self.open() and self.open()[-1].replies)
    @rule(data=st.data(), text=TEXTS)
    def edits(self, data: Any, text: str) -> None:
        quiz = self.open()[-1]
        reply = data.draw(st.sampled_from(quiz.replies))
        alone = sum(one.author == reply.author for one in quiz.replies) == 1
        if alone and not reply.deleted:
            reply.id, reply.text, reply.edited = self.x.edit(reply.id, text), text, True
            self.clock.sleep(1)

    @precondition(lambda self: self.open() and self.open()[-1].replies)
    @rule(data=st.data())
    def deletes(self, data: Any) -> None:
        reply = data.draw(st.sampled_from(self.open()[-1].replies))
        self.x.deleted.add(reply.id)
        reply.deleted = True

    @precondition(lambda self: self.open())
    @rule(data=st.data())
    def says_stop(self, data: Any) -> None:
        if self.clock.at < self.open()[-1].closes - timedelta(hours=1):
            author = data.draw(self.somebody())
            self.x.say(author, "stop", self.open()[-1].post_id)
            self.gone.add(author)
            self.clock.sleep(1)

    @rule(data=st.data())
    def asks_to_be_forgotten(self, data: Any) -> None:
        author = data.draw(self.somebody())
        forget(self.store, self.x.account, author, self.memory, self.clock.at)
        self.gone.add(author)

    def somebody(self) -> st.SearchStrategy[str]:
        """Mostly one who has replied to the newest quiz: whose leaving changes something."""
        answered = {reply.author for quiz in list(self.quizzes.values())[-1:] for reply in quiz.replies} - self.gone
        return st.one_of(st.sampled_from(sorted(answered)), PEOPLE) if answered else PEOPLE

    @precondition(lambda self: self.quizzes)
    @rule(data=st.data(), decision=st.sampled_from([Decision.ACCEPT, Decision.REJECT, Decision.NO_GUESS]))
    def somebody_rules(self, data: Any, decision: Decision) -> None:
        quiz = data.draw(st.sampled_from(list(self.quizzes.values())))
        rulings.rule(self.store, self.x.account, quiz.case_id, Ruling("odd", decision), "dr", self.clock.at)
        quiz.ruled.append(decision)

    @precondition(lambda self: any(quiz.ruled for quiz in self.quizzes.values()))
    @rule()
    def a_ruling_is_undone(self) -> None:
        newest = next(row for row in rulings.decided(self.store, self.x.account) if row.undone_at is None)
        rulings.undo(self.store, self.x.account, newest.id or 0, "dr", self.clock.at)
        next(quiz for quiz in self.quizzes.values() if quiz.case_id == newest.case_id).ruled.pop()

    @precondition(lambda self: any(quiz.taken is None for quiz in self.quizzes.values()))
    @rule(data=st.data(), why=st.sampled_from(Why))
    def taken_back(self, data: Any, why: Why) -> None:
        quiz = data.draw(st.sampled_from([quiz for quiz in self.quizzes.values() if quiz.taken is None]))
        row = self.row_of(quiz)
        text = correction_text("", row, None) if why is Why.WRONG else ""
        take_back(self.store, row, why, self.clock.at, text=text)
        quiz.taken = why

    @rule()
    def all_comes_to_rest_and_agrees(self) -> None:
        for wakes in range(7):
            self.clock.sleep(61 * 60)
            self.wake()
            if wakes and not any(row.state in UNDER_WAY for row in self.rounds()):
                break
        for row in self.rounds():
            quiz = self.quizzes.get(row.id)
            if quiz is not None and row.state in ("revealed", "retracted"):
                with self.store.read() as session:
                    found = {a.author_id: a.points for a in attempts_of(session, row.id)}
                assert found == quiz.points(self.gone), quiz
                TALLY["rounds compared"] += 1
                TALLY["attempts compared"] += len(found)
                self.posts_are_right(row, quiz)

    def posts_are_right(self, row: Round, quiz: Quiz) -> None:
        number = quiz.case_id.removeprefix("case-").lstrip("0") or "0"
        standing = [post.text.split(":")[0] for post in self.x.own() if self.belongs(post.text, number, row)]
        expected = {None: ["Question", "Answer"], Why.WRONG: ["Question", "Correction"], Why.PRIVACY: []}[quiz.taken]
        kinds = [text.split()[0] for text in standing]
        if quiz.taken is Why.WRONG and row.revealed_at:
            expected = ["Question", "Answer", "Correction"]
        assert kinds == expected, (kinds, quiz)

    def belongs(self, text: str, number: str, row: Round) -> bool:
        mine = (f"Question {number}?", f"Answer: Diagnosis {number}\n")
        return text.startswith(mine) or text == row.correction

    @invariant()
    def a_step_is_done(self) -> None:
        TALLY["steps"] += 1

    @invariant()
    def nothing_is_posted_twice(self) -> None:
        texts = [post.text for post in self.x.posts.values() if post.author_id == self.x.account]
        assert len(texts) == len(set(texts))

    def teardown(self) -> None:
        self.die_in = None
        if hasattr(self, "store"):
            self.clock.sleep(CLOSE.total_seconds())  # so that the last quiz is compared, too
            self.all_comes_to_rest_and_agrees()
            self.store.close()
            for name, listener in self.listening:
                event.remove(Session, name, listener)
            shutil.rmtree(self.folder)


@pytest.mark.long
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_the_bot_agrees_with_the_model(part, monkeypatch, capsys):
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    monkeypatch.setattr(grading, "prepare", prepare)
    monkeypatch.setattr(grading, "grade_many", lambda key, texts: [key[text] for text in texts])
    quick = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    limits = settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None, database=None, suppress_health_check=quick
    )
    TALLY.clear()
    try:
        run_state_machine_as_test(seed(part)(type("Part", (Rounds,), {})), settings=limits)  # type: ignore[no-untyped-call]  # Hypothesis has no types here
    finally:
        structlog.reset_defaults()
    told = ", ".join(f"{name} {number}" for name, number in sorted(TALLY.items()))
    with capsys.disabled():
        print(f"\nthe model and the bot agreed, part {part + 1} of {PARTS}: {told}")  # noqa: T201  # how much was tried
