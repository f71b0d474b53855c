"""Fill a database with rounds and their replies, as years of a well-followed account would."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert

from bench.grading.labelled import labelled_sets, own_set
from bench.grading.realistic import Replies
from quizbot.core.case import Case
from quizbot.store import ReplyRow, Round, Store
from quizbot.store.accounts import account_row

ACCOUNT = "1"
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
A_ROUND = 5_000  # replies to each quiz
DISTINCT = 0.2  # of a round's replies: four in five repeat an earlier one, for most name the same few things
A_BATCH = 5_000  # rows written at a time
REPLY = timedelta(seconds=15)  # from one reply to the next


def fill(store: Store, count: int) -> int:
    """Write so many replies; returns the number of rounds."""
    with store.write() as session:
        account_row(session, ACCOUNT, START)
    cases = list(own_set().cases.items())
    texts = iter(Replies([reply.text for labelled in labelled_sets() for reply in labelled.replies], seed=1))
    rounds = -(-count // A_ROUND)
    for number in range(rounds):
        size = min(A_ROUND, count - number * A_ROUND)
        _round(store, number, *cases[number % len(cases)])
        rows = _replies(number, list(islice(texts, max(1, round(size * DISTINCT)))), size)
        while batch := list(islice(rows, A_BATCH)):
            with store.write() as session:
                session.execute(insert(ReplyRow), batch)
    return rounds


def _opened(number: int) -> datetime:
    return START + timedelta(days=number)


def _round(store: Store, number: int, slug: str, case: Case) -> None:
    opened = _opened(number)
    with store.write() as session:
        session.add(
            Round(
                id=f"round{number}",
                account=ACCOUNT,
                case_id=slug,
                kind="image-quiz",
                lane="quiz",
                slot_at=opened,
                state="revealed",
                case_json=case.model_dump_json(),
                quiz_post_id=str(10**12 + number),
                opened_at=opened,
                closes_at=opened + timedelta(days=1),
                created_at=opened,
            )
        )


def _replies(number: int, texts: list[str], size: int) -> Iterator[dict[str, Any]]:
    """A round's replies, each by another respondent; the frequent texts are frequent, as Zipf's law has it."""
    chooser = random.Random(number)  # noqa: S311  # repeatable, nothing secret
    for n in range(size):
        post = str(2 * 10**12 + number * A_ROUND + n)
        at = _opened(number) + n * REPLY
        text = texts[n] if n < len(texts) else texts[int(len(texts) ** chooser.random()) - 1]
        one = {"account": ACCOUNT, "post_id": post, "root_id": post, "round_id": f"round{number}", "text": text}
        yield one | {"author_id": str(chooser.randrange(10**9)), "posted_at": at, "seen_at": at}
