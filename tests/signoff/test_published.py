"""The bot posts what was signed off and nothing else, whatever was done to files or database, through the real path."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from quizbot.core.bundled import bundled
from quizbot.core.clock import ManualClock
from quizbot.core.keyed import KeyedHash
from quizbot.deid import clean
from quizbot.desk.signoff.act import Unsigned
from quizbot.platforms.sandbox import SandboxServer
from quizbot.platforms.x import XKeys, XPlatform
from quizbot.rounds.bot import Bot
from quizbot.rounds.engine import advance
from quizbot.rounds.outbox import resume_round
from quizbot.rounds.scan import CachedScan, candidates
from quizbot.rounds.views import round_views
from quizbot.store import Media, Round, Store
from quizbot.store.accounts import account_row
from quizbot.store.people import set_disabled
from quizbot.store.rounds import outbox_of
from quizbot.store.signoffs import chain
from tests.crash.life import policy
from tests.signoff.given import SEAL, T0, Gate, patient_case, patient_picture, png, signed


@dataclass
class World:
    """The bot and its X, and one case of a patient."""

    sandbox: SandboxServer
    bot: Bot
    store: Store
    folder: Path
    clock: ManualClock

    @property
    def picture(self) -> Path:
        return next(self.folder.glob("*.png"))

    def go(self) -> None:
        for _ in range(3):
            advance(self.bot)
            self.clock.at += timedelta(minutes=1)

    def uploads(self) -> int:
        calls = self.sandbox.control.state()["calls"]
        return sum(sum(by.values()) for name, by in calls.items() if "media" in name)

    def posts(self) -> list[dict[str, Any]]:
        return [p for p in self.sandbox.control.posts() if p["author_id"] == self.sandbox.bot_id]

    def why_not(self) -> str:
        waiting = candidates(self.bot)[self.folder.name][1].problem
        halted = [view.next_step for view in round_views(self.store, self.bot.account)]
        return " ".join([waiting or "", *halted])


@pytest.fixture
def world(tmp_path: Path, store: Store, folder: Path) -> Iterator[World]:
    clock = ManualClock(T0)
    with SandboxServer(clock=clock) as sandbox:
        keys = sandbox.keys
        own = XKeys(keys.consumer_key, keys.consumer_secret, keys.access_token, keys.access_token_secret)
        with XPlatform(own, sandbox.url, 5) as platform:
            scan = CachedScan(folder.parent)
            bot = Bot(store, platform, clock, policy("daily 12:00"), scan, lambda _: None, seal=lambda: SEAL)
            with store.write() as session:
                account_row(session, sandbox.bot_id, T0 - timedelta(hours=1))
            yield World(sandbox, bot, store, folder, clock)


def test_what_two_people_signed_is_posted_in_exactly_its_bytes(world: World):
    signed(world.store, world.folder)
    world.go()
    (post,) = world.posts()
    assert [media["alt"] for media in post["media"]] == ["Ultrasound of the heart."]
    with world.store.read() as session:
        (round_row,) = [view.round for view in round_views(world.store, world.bot.account)]
        kept = session.get_one(Media, (world.bot.account, round_row.media[0]))
        assert kept.data == world.picture.read_bytes()
        assert kept.source_digest == hashlib.sha256(png(patient_picture())).hexdigest()


def test_without_a_sign_off_nothing_is_posted_and_the_command_is_named(world: World):
    world.go()
    assert (world.posts(), world.uploads()) == ([], 0)
    assert "2 people" in world.why_not()
    assert "quizbot sign-off outflow" in world.why_not()


def test_the_record_is_read_once_for_all_cases_of_a_look(world: World, monkeypatch: pytest.MonkeyPatch):
    for name in ("other", "third"):
        shutil.copytree(world.folder, world.folder.with_name(name))
    read: list[int] = []
    monkeypatch.setattr("quizbot.rounds.signed.chain", lambda session: read.append(1) or chain(session))
    found = candidates(world.bot)
    assert ["2 people" in (candidate.problem or "") for _, candidate in found.values()] == [True] * 3
    assert len(read) == 1


def repainted(world: World) -> None:
    world.picture.write_bytes(png(patient_picture(spot=1)))


def reworded(world: World) -> None:
    file = world.folder / "case.yaml"
    file.write_text(file.read_text().replace("pain-free now", "pain-free, now"))


def other_versions(world: World, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("quizbot.deid.versions._version", lambda _module: "newer")


def shut(world: World) -> None:
    set_disabled(world.store, "ben", T0)


def by_hand(world: World, *statements: str) -> None:
    """What somebody with the database alone could do: the triggers are the first thing to go."""
    with world.store.engine.begin() as connection:
        for act in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS signoff_no_{act}"))
        for statement in statements:
            connection.execute(text(statement))


def edited(world: World) -> None:
    by_hand(world, """UPDATE signoff SET body = replace(body, '"by":"ben"', '"by":"BEN"') WHERE seq = 2""")


def replayed(world: World) -> None:
    """Ben's entry is made of Ann's: copied, numbered on, with a new place in the chain."""
    by_hand(
        world,
        "DELETE FROM signoff WHERE seq = 2",
        "INSERT INTO signoff SELECT account, 2, case_id, hash, hash, replace(body, 'ann', 'ben') FROM signoff",
    )


def cut_in_front(world: World) -> None:
    by_hand(world, "DELETE FROM signoff WHERE seq = 1", "UPDATE signoff SET seq = 1")


def other_key(world: World) -> None:
    world.bot.seal = lambda: KeyedHash(b"x" * 32)


def no_key(world: World) -> None:
    world.bot.seal = None


def moved(world: World) -> None:
    """Another case's folder takes the name that was signed."""
    shutil.rmtree(world.folder)
    other = patient_case(world.folder.parent.parent / "elsewhere", Gate([]), prompt="Another story altogether. Why?")
    shutil.copytree(other, world.folder)


def renamed(world: World) -> None:
    """The very case under another name was signed by nobody."""
    world.folder = world.folder.rename(world.folder.with_name("inflow"))


def role_taken(world: World) -> None:
    by_hand(world, """UPDATE person SET roles = '["operator"]' WHERE name = 'ann'""")


def became_author(world: World) -> None:
    by_hand(
        world,
        "UPDATE person SET handle = NULL WHERE name = 'edu'",
        "UPDATE person SET handle = '@an_educator' WHERE name = 'ann'",
    )


def said_photo(world: World) -> None:
    file = world.folder / "case.yaml"
    file.write_text(file.read_text().replace("origin: patient", "origin: patient\n  photo: true"))


def said_synthetic(world: World) -> None:
    file = world.folder / "case.yaml"
    file.write_text(file.read_text().replace("origin: patient", "origin: synthetic"))


DEEDS = (
    repainted, reworded, shut, edited, replayed, cut_in_front, other_key, no_key, moved, renamed, role_taken,
    became_author, said_photo, said_synthetic,
)  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_nothing_leaves_after_tampering(world: World, deed: Callable[[World], None]):
    signed(world.store, world.folder)
    deed(world)
    world.go()
    assert (world.posts(), world.uploads()) == ([], 0)
    assert world.why_not().strip()


def test_rules_or_models_that_changed_ask_again(world: World, monkeypatch: pytest.MonkeyPatch):
    signed(world.store, world.folder)
    with monkeypatch.context() as patch:
        other_versions(world, patch)
        world.go()
        assert (world.posts(), world.uploads()) == ([], 0)
        assert "other rules or models" in world.why_not()
        signed(world.store, world.folder)
        world.go()
    assert len(world.posts()) == 1


def test_one_person_twice_is_one_person(world: World):
    signed(world.store, world.folder, ["ann", "ANN"])
    world.go()
    assert (world.posts(), world.uploads()) == ([], 0)


def test_the_author_cannot_sign(world: World):
    signed(world.store, world.folder, ["ann"])
    with pytest.raises(Unsigned, match="wrote the case"):
        signed(world.store, world.folder, ["edu"])
    world.go()
    assert (world.posts(), world.uploads()) == ([], 0)


def test_a_file_swapped_between_the_queue_and_the_start_stays_here(world: World, monkeypatch: pytest.MonkeyPatch):
    signed(world.store, world.folder)
    real = "quizbot.rounds.start.cleared"
    from quizbot.rounds.signed import cleared  # noqa: PLC0415  # what is wrapped

    def swapped(bot: Bot, slug: str, case: Any, where: Path) -> Any:
        repainted(world)
        return cleared(bot, slug, case, where)

    monkeypatch.setattr(real, swapped)
    world.go()
    assert (world.posts(), world.uploads()) == ([], 0)


def started(world: World) -> Round:
    """A round that was written down; X is away, so that nothing left yet."""
    signed(world.store, world.folder)
    world.sandbox.control.fault("status", status=503, path="/2/media/upload", method="*", times=None)
    advance(world.bot)
    world.sandbox.control.clear_faults()
    (view,) = round_views(world.store, world.bot.account)
    return view.round


def swap_media(world: World, round_row: Round, *, whole: bool) -> None:
    """Other bytes in the database, with or without their own digest."""
    data = png(patient_picture(spot=2))
    digest = hashlib.sha256(data).hexdigest()
    with world.store.write() as session:
        row = session.get_one(Media, (world.bot.account, round_row.media[0]))
        if not whole:
            row.data = data
            return
        session.add(Media(account=row.account, digest=digest, mime=row.mime, width=row.width, height=row.height,
                          source_digest=row.source_digest, data=data))  # fmt: skip
        session.get_one(Round, round_row.id).media = [digest]
        for one in outbox_of(session, round_row.id):
            one.media_digest = digest if one.media_digest else None


def swap_bytes(world: World, round_row: Round) -> None:
    swap_media(world, round_row, whole=False)


def swap_picture(world: World, round_row: Round) -> None:
    swap_media(world, round_row, whole=True)


def change_case(world: World, round_row: Round) -> None:
    with world.store.write() as session:
        row = session.get_one(Round, round_row.id)
        row.case_json = json.dumps(json.loads(row.case_json) | {"prompt": "Jane Doe, 54. What is it?"})


def change_post(world: World, round_row: Round) -> None:
    with world.store.write() as session:
        next(one for one in outbox_of(session, round_row.id) if one.action == "post").text = "Jane Doe, 54. What is it?"


@pytest.mark.parametrize("deed", [swap_bytes, swap_picture, change_case, change_post])
def test_what_is_changed_in_the_database_before_the_upload_stays_here(world: World, deed: Any):
    round_row = started(world)
    deed(world, round_row)
    before = world.uploads()
    world.clock.at += timedelta(minutes=5)
    world.go()
    assert (world.posts(), world.uploads()) == ([], before)
    assert "halted" in world.why_not()


def test_even_a_drawn_picture_is_not_exchanged_for_another(world: World):
    """What was drawn needs no sign-off; it still has to be the picture of its case."""
    shutil.copytree(bundled("cases", "wellens-syndrome"), world.folder.parent / "wellens-syndrome")
    world.sandbox.control.fault("status", status=503, path="/2/media/upload", method="*", times=None)
    advance(world.bot)
    world.sandbox.control.clear_faults()
    ((round_row,),) = [[view.round for view in round_views(world.store, world.bot.account)]]
    with world.store.write() as session:
        row = session.get_one(Media, (world.bot.account, round_row.media[0]))
        row.data = clean(bundled("cases", "hyperkalaemia") / "ecg.png").data
    world.clock.at += timedelta(minutes=5)
    world.go()
    assert world.posts() == []
    assert "not the one that passed" in world.why_not()


def test_a_sign_off_taken_back_after_the_start_stops_the_upload_until_there_is_another(world: World):
    round_row = started(world)
    shut(world)
    before = world.uploads()
    world.clock.at += timedelta(minutes=5)
    world.go()
    assert (world.posts(), world.uploads()) == ([], before)
    set_disabled(world.store, "ben", None)
    with world.store.write() as session:
        assert resume_round(session, world.bot.account, round_row.id, world.clock.now())
    world.go()
    assert len(world.posts()) == 1
