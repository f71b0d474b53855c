"""What the boards show, after whatever happened, is what counting all attempts anew gives."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlmodel import select

from quizbot.rounds.board import season_bounds
from quizbot.rounds.boards import ALL_TIME, board
from quizbot.rounds.counting import boards_of, count_owed, rebuild, recounted
from quizbot.rounds.own import show_on_board
from quizbot.store import Attempt, Respondent, Round, Store, VerdictRow, open_store
from quizbot.store.accounts import account_row, opt_out, opted_out
from quizbot.store.attempts import replace_attempts
from quizbot.store.boards import results_in, round_tally
from quizbot.store.forgotten import erase
from quizbot.store.migrate import upgrade
from quizbot.store.rounds import all_rounds, wipe_round
from tests.postgres import fresh_database

T0 = datetime(2026, 12, 1, tzinfo=UTC)  # some rounds are of the next quarter, and year
ROUNDS, PEOPLE = 6, "abcdefg"
NAMES = ("right", "near", "wrong")
_accounts = count(1)
FULL = bool(os.environ.get("QUIZBOT_TEST_FULL"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield from opened(f"sqlite:///{tmp_path_factory.mktemp('counting') / 'q.db'}")


def opened(url: str) -> Iterator[Store]:
    opened = open_store(url)
    upgrade(opened)
    yield opened
    opened.close()


def new_account(store: Store) -> str:
    """An account of its own for each example: cheaper than a database."""
    account = f"account {next(_accounts)}"
    with store.write() as session:
        account_row(session, account, T0)
        for number in range(ROUNDS):
            opened_at = T0 + timedelta(days=9 * number)
            session.add(
                Round(
                    id=f"{account}/{number}", account=account, case_id="c", kind="question", lane="quiz",
                    slot_at=opened_at, state="closed", case_json="{}", opened_at=opened_at, closes_at=opened_at,
                    created_at=opened_at, media=[],
                )
            )  # fmt: skip
    return account


def score(store: Store, account: str, number: int, answers: dict[str, tuple[int, float]]) -> None:
    """Give a round these attempts: who, points and seconds."""
    round_id = f"{account}/{number}"
    with store.write() as session, recounted(session, account, round_id) as row:
        away = opted_out(session, account)
        row.scored_at = T0
        rows = [(f"{number}{who}", who, *got) for who, got in answers.items() if who not in away and not row.voided]
        session.execute(VerdictRow.__table__.delete().where(VerdictRow.round_id == round_id))
        if rows:
            session.execute(insert(VerdictRow), [verdict(account, round_id, *one) for one in rows])
        replace_attempts(session, round_id, (attempt(account, round_id, *one) for one in rows))


def verdict(account: str, round_id: str, post: str, who: str, points: int, seconds: float) -> dict[str, Any]:
    kind = "correct" if points == 10 else "partial" if points else "incorrect"
    return {
        "account": account, "post_id": post, "round_id": round_id, "kind": kind, "credit": points / 10,
        "reasons": [], "diagnosis": NAMES[ord(who) % 3], "grader": "1", "graded_at": T0,
    }  # fmt: skip


def attempt(account: str, round_id: str, post: str, who: str, points: int, seconds: float) -> dict[str, Any]:
    kind = "correct" if points == 10 else "partial" if points else "incorrect"
    return {
        "account": account, "round_id": round_id, "author_id": who, "post_id": post, "kind": kind,
        "credit": points / 10, "points": points, "seconds": seconds,
    }  # fmt: skip


def mark(store: Store, account: str, number: int, how: str) -> None:
    """Reveal a round, correct it, void it, or take it back for privacy."""
    with store.write() as session, recounted(session, account, f"{account}/{number}") as row:
        if how == "reveal":
            row.state, row.revealed_at = "revealed", T0
        elif how == "wipe":
            row.state, row.retraction = "retracted", "privacy"
            wipe_round(session, row, "{}")
        else:
            row.state, row.retraction, row.voided = "retracting", "wrong", how == "void"


def choose(store: Store, account: str, who: str, how: str) -> None:
    if how in ("join", "leave"):
        show_on_board(store, account, who, on=how == "join", handle=who, now=T0)
        return
    with store.write() as session:
        opt_out(session, account, who, T0) if how == "stop" else erase(session, account, who)


def stands(row: Round) -> bool:
    return row.state == "revealed" or (row.retraction == "wrong" and not row.voided and row.revealed_at is not None)


def anew(store: Store, account: str, name: str, *, joined_only: bool) -> tuple[int, list[tuple[Any, ...]]]:
    """A board by the rule as education.md has it, from all attempts: rounds, and of each line all but its handle."""
    start, end = (T0, T0 + timedelta(days=999)) if name == ALL_TIME else season_bounds(name)
    with store.read() as session:
        rows = [row for row in all_rounds(session, account) if row.opened_at and start <= row.opened_at < end]
        held = [r.id for r in rows if stands(r)]
        attempts = session.exec(select(Attempt).where(Attempt.account == account)).all()
        people = {r.user_id: r.on_board for r in session.exec(select(Respondent).where(Respondent.account == account))}
    own = defaultdict(list)
    for one in attempts:
        if one.round_id in held:
            own[one.author_id].append((one.points, one.seconds))
    best = ceil(len(held) * 7 / 10)
    lines = [
        (-sum(sorted((p for p, _ in got), reverse=True)[:best]), median(s for _, s in got), who, len(got))
        for who, got in own.items()
        if (people.get(who) is True if joined_only else people.get(who) is not False)
    ]
    lines = sorted(line for line in lines if line[0])
    return len(held), [(1 + sum(two[:2] < one[:2] for two in lines), one[2], -one[0], one[3], one[1]) for one in lines]


def shown(store: Store, account: str, name: str, *, joined_only: bool) -> tuple[int, list[tuple[Any, ...]]]:
    """The same as the pages read it, some lines at a time."""
    pages = [
        board(store, account, name, joined_only=joined_only, skip=skip, most=2) for skip in range(0, len(PEOPLE), 2)
    ]
    assert pages[0].people == sum(len(page.lines) for page in pages)
    lines = [line.standing for page in pages for line in page.lines]
    return pages[0].rounds, [(s.rank, s.author_id, s.points, s.rounds, s.median_seconds) for s in lines]


def differences(store: Store, account: str) -> list[str]:
    names = {name for number in range(ROUNDS) for name in boards_of(T0 + timedelta(days=9 * number))}
    found = [
        f"{name}, joined only: {joined}"
        for name in sorted(names)
        for joined in (False, True)
        if anew(store, account, name, joined_only=joined) != shown(store, account, name, joined_only=joined)
    ]
    return found + [f"round {n}" for n in range(ROUNDS) if not tally_is_right(store, account, f"{account}/{n}")]


def tally_is_right(store: Store, account: str, round_id: str) -> bool:
    with store.read() as session:
        tally, results = round_tally(session, account, round_id), results_in(session, account, round_id)
    if tally is None:
        return not results
    names = Counter(NAMES[ord(who) % 3] for who in results)
    given = Counter[str]()
    for _, _, diagnosis, people in tally.answers:
        given[diagnosis] += people
    return given == names and (tally.judged, tally.correct) == (len(results), sum(p == 10 for p, _ in results.values()))


numbers = st.integers(0, ROUNDS - 1)
results = st.dictionaries(
    st.sampled_from(PEOPLE), st.tuples(st.sampled_from((0, 3, 5, 10)), st.sampled_from((1.5, 60.0, 61.25)))
)
deeds = st.one_of(
    st.tuples(st.just(score), numbers, results),
    st.tuples(st.just(score), numbers, results),
    st.tuples(st.just(mark), numbers, st.just("reveal")),
    st.tuples(st.just(mark), numbers, st.sampled_from(("reveal", "correct", "void", "wipe"))),
    st.tuples(st.just(choose), st.sampled_from(PEOPLE), st.sampled_from(("join", "leave", "stop", "erase"))),
)
many_rounds = [(score, n, dict.fromkeys(PEOPLE, (10 if n % 3 else 5, 60.0 + n))) for n in range(ROUNDS)]


partly = (score, 0, {"c": (5, 1.5), "f": (3, 1.5)})  # the same diagnosis, by a ruling with another credit


@example(first=[*many_rounds, (mark, 0, "reveal")], then=[partly, (choose, "f", "erase")])
@settings(max_examples=200 if FULL else 10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([*many_rounds, *((mark, n, "reveal") for n in range(ROUNDS))]), st.lists(deeds, max_size=12))
def test_the_boards_are_what_counting_anew_gives(store: Store, first: list[Any], then: list[Any]):
    account = new_account(store)
    for deed, *what in [*first, *then]:
        deed(store, account, *what)
    assert differences(store, account) == []
    rebuild(store, account)
    assert differences(store, account) == []


def filled(store: Store) -> str:
    account = new_account(store)
    for deed, *what in [*many_rounds, *((mark, n, "reveal") for n in range(4))]:
        deed(store, account, *what)
    return account


@pytest.mark.parametrize(
    "left",
    [
        ("DELETE FROM standing", "DELETE FROM board", "DELETE FROM round_tally"),  # a database of an older version
        (
            "UPDATE round SET state = 'posting' WHERE id LIKE '%/0'",
            "UPDATE round SET state = 'revealed' WHERE id LIKE '%/5'",
        ),
    ],
    ids=["older version", "killed process"],
)
def test_what_was_left_uncounted_is_counted_at_the_next_start(tmp_path: Path, left: tuple[str, ...]):
    for store in opened(f"sqlite:///{tmp_path / 'q.db'}"):
        account = filled(store)
        with store.engine.begin() as connection:
            for statement in left:
                connection.exec_driver_sql(statement)
        assert count_owed(store, account) > 0
        assert differences(store, account) == []
        assert count_owed(store, account) == 0


def test_on_postgresql_too():
    for store in opened(fresh_database()):
        account = filled(store)
        for deed, *what in [
            (choose, "a", "join"), (choose, "b", "leave"), (choose, "c", "stop"), (mark, 0, "void"), (mark, 1, "wipe"),
            (choose, "d", "erase"),
        ]:  # fmt: skip
            deed(store, account, *what)
        assert differences(store, account) == []
        rebuild(store, account)
        assert differences(store, account) == []
