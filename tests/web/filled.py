"""A database filled with rounds as years of playing would leave it, without playing them: for tests of the pages.

The rounds are the starter cases with their own pictures. How people answered follows from a seed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import insert

from quizbot.casebook import load_case
from quizbot.core.bundled import bundled
from quizbot.core.case import Case
from quizbot.rounds.counting import rebuild
from quizbot.store import Store
from quizbot.store.tables import Account, Attempt, Media, ReplyRow, Respondent, Round, VerdictRow

ACCOUNT = "1"
NOW = datetime(2026, 11, 25, 16, 40, tzinfo=UTC)
BATCH = 5_000
_FIRST = "anna ben carla dmitri elif farid greta hugo ines jamal kofi lena mateo nadia omar priya quinn rosa sven tariq"
_LAST = "em_reg icu_nurse cardio_fan med_student ed_doc radiology paeds_sho night_float ultrasound gp_trainee"


@dataclass
class Filling:
    """How much of what. ``people``: respondents; each answers every quiz."""

    people: int = 120
    quizzes: int = 14
    open_round: bool = True
    names: list[str] = field(default_factory=list)
    seed: int = 1


@cache
def cases_with(kinds: tuple[str, ...]) -> list[tuple[str, Case, list[bytes]]]:
    """The starter cases of these kinds with their pictures."""
    found = []
    for folder in sorted(bundled("cases").iterdir()):
        case = load_case(folder).case if (folder / "case.yaml").exists() else None
        if case is not None and case.kind in kinds:
            found.append((folder.name, case, [(Path(folder) / one.file).read_bytes() for one in case.images]))
    return found


def fill(store: Store, filling: Filling) -> list[str]:
    """Write the rounds, newest first the open one; returns their ids, oldest first."""
    chooser = random.Random(filling.seed)
    cases = sorted(cases_with(("image-quiz", "question")), key=lambda one: one[0] != "wellens-syndrome")
    pictured = next(one for one in cases[1:] if one[2])
    names = filling.names or _handles(filling.people)
    with store.write() as session:
        session.add(Account(id=ACCOUNT, handle="quiz", started_at=NOW - timedelta(days=400)))
        session.flush()
        people = ({"account": ACCOUNT, "user_id": str(1000 + n), "handle": name} for n, name in enumerate(names))
        _insert(session, Respondent, people)
        ids = []
        for number in range(filling.quizzes):
            last = filling.open_round and number == filling.quizzes - 1
            slug, case, pictures = pictured if last else cases[number % len(cases)]
            opened = NOW - timedelta(days=3 * (filling.quizzes - 1 - number), hours=3 if last else 26)
            row = quiz_round(number, slug, case, opened, "open" if last else "revealed")
            row.media = [_picture(session, data) for data in pictures]
            session.add(row)
            session.flush()
            answers = list(_answers(chooser, row, case, len(names)))
            _insert(session, ReplyRow, (_reply(one) for one in answers))
            _insert(session, VerdictRow, (_verdict(one) for one in answers))
            if not last:
                _insert(session, Attempt, (_attempt(one) for one in answers))
            ids.append(row.id)
    rebuild(store, ACCOUNT)
    return ids


def quiz_round(number: int, slug: str, case: Case, opened: datetime, state: str) -> Round:
    """A round of a quiz that opened at an instant."""
    revealed = opened + timedelta(hours=24) if state == "revealed" else None
    return Round(
        id=sha256(f"round {number}".encode()).hexdigest()[:16],
        account=ACCOUNT,
        case_id=slug,
        kind=case.kind,
        lane="quiz",
        slot_at=opened,
        state=state,
        case_json=case.model_dump_json(),
        quiz_post_id=str(10**12 + number),
        opened_at=opened,
        closes_at=opened + timedelta(hours=24),
        revealed_at=revealed,
        scored_at=revealed,
        created_at=opened,
    )


def _handles(count: int) -> list[str]:
    pairs = [f"{first}_{last}" for last in _LAST.split() for first in _FIRST.split()]
    return [pairs[n] if n < len(pairs) else f"{pairs[n % len(pairs)]}{n // len(pairs)}" for n in range(count)]


def _picture(session: Any, data: bytes) -> str:
    digest = sha256(data).hexdigest()
    if session.get(Media, (ACCOUNT, digest)) is None:
        width, height = Image.open(BytesIO(data)).size
        session.add(
            Media(
                account=ACCOUNT,
                digest=digest,
                mime="image/png",
                width=width,
                height=height,
                source_digest="",
                data=data,
            )
        )
        session.flush()
    return digest


def _answers(chooser: random.Random, row: Round, case: Case, people: int) -> Iterator[dict[str, Any]]:
    assert case.answer is not None
    assert row.opened_at is not None
    share = chooser.uniform(0.25, 0.8)
    wrong = [(one.answer, 0.0) for one in case.answer.reject] + [
        (one.answer, one.credit) for one in case.answer.partial
    ]
    for n in range(people):
        post, seconds = str(2 * 10**12 + int(row.quiz_post_id or 0) % 10**6 * 10**6 + n), chooser.expovariate(1 / 9000)
        right = chooser.random() < share * (0.6 + 0.8 * n / max(1, people))
        name, credit = (case.answer.diagnosis, 1.0) if right else wrong[int(len(wrong) * chooser.random() ** 2)]
        kind = "correct" if right else "partial" if credit else "incorrect"
        yield {
            "post": post,
            "round": row.id,
            "author": str(1000 + n),
            "at": row.opened_at + timedelta(seconds=min(seconds, 80_000)),
            "seconds": min(seconds, 80_000.0),
            "kind": kind,
            "credit": credit,
            "name": name,
        }


def _reply(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "account": ACCOUNT,
        "post_id": one["post"],
        "root_id": one["post"],
        "round_id": one["round"],
        "author_id": one["author"],
        "text": f"I think {one['name']}",
        "posted_at": one["at"],
        "seen_at": one["at"],
    }


def _verdict(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "account": ACCOUNT,
        "post_id": one["post"],
        "round_id": one["round"],
        "kind": one["kind"],
        "credit": one["credit"],
        "matched": one["name"],
        "reasons": [f"it is {one['name']}"],
        "diagnosis": one["name"],
        "grader": "4",
        "graded_at": one["at"],
    }


def _attempt(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "account": ACCOUNT,
        "round_id": one["round"],
        "author_id": one["author"],
        "post_id": one["post"],
        "kind": one["kind"],
        "credit": one["credit"],
        "points": int(one["credit"] * 10 + 0.5),
        "seconds": one["seconds"],
    }


def _insert(session: Any, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        session.execute(insert(table), batch)
