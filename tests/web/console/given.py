"""A console with people, cases and rounds, made in the database alone: no bot runs, and time stands still."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from quizbot.casebook import load_case
from quizbot.cli.wiring import vet
from quizbot.core.bundled import bundled
from quizbot.core.clock import ManualClock
from quizbot.core.keyed import KeyedHash
from quizbot.core.person import Role
from quizbot.platforms.protocol import Failure, PlatformError, User
from quizbot.rounds.forget import Memory
from quizbot.rounds.grade import grade_new, rescore
from quizbot.store import Account, OutboxRow, ReplyRow, Round, Store
from quizbot.store.accounts import bill
from quizbot.store.own import call
from quizbot.store.people import add_person
from quizbot.web import create_app
from quizbot.web.console.office import Office
from quizbot.web.handshake import SignInWithX
from quizbot.web.people import People
from tests.crash.life import policy
from tests.web.console.client import Client

T0 = datetime(2026, 3, 2, 12, tzinfo=UTC)
ACCOUNT = "100"
PASSPHRASE = "seven grey herons on a wet roof"
STAFF = {
    "ada": [Role.AUTHOR],
    "rae": [Role.REVIEWER],
    "opi": [Role.OPERATOR],
    "all": list(Role),
}
CASES = ("wellens-syndrome", "brugada", "boerhaave", "barcode", "shark-fin", "mobitz-two", "pearl-clonus")


@dataclass
class Scene:
    """A database, case folders, and the console over them."""

    store: Store
    clock: ManualClock
    cases: Path
    app: FastAPI

    def client(self, name: str = "", address: str = "192.0.2.7") -> Client:
        """Somebody's browser, signed in if a name is given."""
        client = Client(self.app, address)
        if name:
            assert client.sign_in(name, PASSPHRASE).status == 303
        return client

    def round(self, slug: str = "wellens-syndrome", round_id: str = "r1", **changes: Any) -> Round:
        """A quiz that is out."""
        case = load_case(bundled("cases", slug)).case
        assert case is not None
        at = changes.get("opened_at", T0) or T0
        given: dict[str, Any] = {
            "id": round_id,
            "account": ACCOUNT,
            "case_id": slug,
            "kind": case.kind,
            "lane": "quiz",
            "slot_at": at,
            "state": "revealed",
            "case_json": case.model_dump_json(),
            "quiz_post_id": f"9{round_id}",
            "opened_at": at,
            "closes_at": at + timedelta(hours=24),
            "revealed_at": at + timedelta(hours=24),
            "created_at": at,
        }
        row = Round(**(given | changes))
        post = OutboxRow(
            account=ACCOUNT, round_id=round_id, seq=0, role="quiz", part=1, action="post", text=case.prompt
        )
        post.state, post.result_id, post.settled_at = "sent", row.quiz_post_id, at
        with self.store.write() as session:
            session.add(row)
            session.flush()
            session.add(post)
        return row

    def replies(self, row: Round, texts: Iterable[str], first: int = 1) -> None:
        """One reply a person, graded and scored."""
        assert row.opened_at is not None
        rows = [
            ReplyRow(
                account=ACCOUNT,
                post_id=f"{crc32(row.id.encode()) % 10**6}{number:06}",
                root_id=f"{crc32(row.id.encode()) % 10**6}{number:06}",
                round_id=row.id,
                author_id=str(1000 + number),
                text=text,
                posted_at=row.opened_at + timedelta(minutes=number % 600),
                seen_at=row.opened_at,
            )
            for number, text in enumerate(texts, start=first)
        ]
        with self.store.write() as session:
            session.add_all(rows)
        grade_new(self.store, row, self.clock.now())
        rescore(self.store, row, self.clock.now())


def unknown(count: int) -> list[str]:
    """Phrases that no grader knows, all different."""
    heads = ("bel", "dor", "fin", "gam", "hol", "jup", "kel", "lum", "mor", "nat", "pur", "quo", "sal", "tiv", "vor")
    tails = ("anch", "ebra", "isto", "ovel", "umar", "ystri", "axen", "ontil", "erdas", "ilpo")
    names = [f"{a}{b} {c}{d}" for a in heads for b in tails for c in heads[:3] for d in tails[:2]]
    return [f"{name}osis" for name in names[:count]]


class FakeX:
    """Says yes in the name of whoever ``user`` is; a code is good for the verifier that its sign-in began with."""

    def __init__(self) -> None:
        self.user = User("4711", "Rae_On_X", "Rae")
        self.asked: list[tuple[str, str]] = []

    def address(self, state: str, verifier: str) -> str:
        self.asked.append((state, verifier))
        return f"https://x.test/authorize?state={state}"

    def who(self, code: str, verifier: str) -> User:
        if code != "yes" or verifier != self.asked[-1][1]:
            raise PlatformError(Failure.REFUSED, "x.test", "refused the sign-in (400)", "try again")
        return self.user


def make_scene(
    store: Store, tmp_path: Path, clock: ManualClock, *, staff: bool = True, x: SignInWithX | None = None
) -> Scene:
    """A scene with its people, without rounds; with ``x``, they may sign in with X."""
    cases = tmp_path / "cases"
    for slug in CASES:
        shutil.copytree(bundled("cases", slug), cases / slug)
    if staff:
        for name, roles in STAFF.items():
            add_person(store, name, None, roles, PASSPHRASE, T0)
    with store.write() as session:
        session.add(Account(id=ACCOUNT, handle="quiz", started_at=T0 - timedelta(days=400)))
    zone = ZoneInfo("Europe/London")
    keyed = KeyedHash(bytes(32))
    office = Office(policy("daily 12:00"), cases, lambda: keyed, vet, zone, clock=clock, x=x)
    memory = Memory(keyed, tmp_path / "forgotten")
    own = People(store, x, lambda: memory, clock, secure=False) if x else None
    app = create_app(store, lambda: ACCOUNT, clock, "quarter", "https://x.com/i", office=office, people=own)
    app.state.x = x
    return Scene(store, clock, cases, app)


REAL_WORDS = (
    "prinzmetal again",
    "التهاب التامور الحاد",
    "肺血栓塞栓症ではない何か",
    "widow maker pattern (thx @dr_very_long_handle_indeed for teaching us this one last week!!)",
    "T wave thingy",
    "Supercalifragilisticexpialidocious-syndrome-with-a-very-long-name-that-will-not-break",
)
"""Replies as people write them."""


def _answer(person: int, people: int, number: int) -> str:
    """The later a person stands in the row, the more they know; but in the fifth round that is turned around."""
    knows = person if number != 5 else people - person
    right = (person * 37 + number * 53) % 100 < 20 + 60 * knows // people
    wrong = ("NSTEMI", "pericarditis", "hyperkalaemia", "pulmonary embolism")[(person + number) % 4]
    return (("Wellens", "Brugada")[number % 2]) if right else wrong


NAMES = ("Blue Light", "救急の花子", "طبيبة الطوارئ", "A name as long as a name is allowed", "Dr. O'Hara-Łoś")
"""What people call themselves, in letters of many kinds."""


def furnish(scene: Scene, people: int = 160) -> None:
    """A year of rounds, one of them halted, a queue to rule on, a case with a hostile file: for looking at pages."""
    for number in range(8):
        at = T0 - timedelta(days=45 * (8 - number))
        row = scene.round(CASES[number % 2], f"r{number}", opened_at=at, slot_at=at)
        answers = [_answer(person, people, number) for person in range(people)]
        scene.replies(row, [*answers, *REAL_WORDS, REAL_WORDS[0]] if number == 0 else answers)
    late = T0 - timedelta(hours=3)
    row = scene.round("boerhaave", "now", state="open", opened_at=late, slot_at=late, revealed_at=None)
    scene.replies(row, [*unknown(12), *unknown(3), "Boerhaave", "boerhaave syndrome", "nice one!"])
    stuck = scene.round(
        "brugada", "stuck", state="posting", opened_at=None, slot_at=T0, revealed_at=None, quiz_post_id=None
    )
    with scene.store.write() as session:
        found = session.get_one(Round, stuck.id)
        found.halted, found.closes_at = "X refuses the picture of the quiz", None
        bad = OutboxRow(account=ACCOUNT, round_id="stuck", seq=1, role="quiz", part=1, action="upload", state="refused")
        bad.failure, bad.error, bad.attempts = "media", "X: 400 media type unrecognised", 3
        session.add(bad)
        for kind, units in (("owned_read", 940), ("post_create", 9), ("post_create_link", 8), ("user_read", 61)):
            bill(session, ACCOUNT, T0.date(), kind, units)
        for person, name in enumerate(NAMES):
            call(session, ACCOUNT, f"named-{person}", name)
