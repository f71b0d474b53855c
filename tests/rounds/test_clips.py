"""A pearl's clip goes out once, with its captions, in exactly the bytes that two people signed, or not at all."""

import os
import shutil
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from quizbot.core.clock import ManualClock
from quizbot.core.keyed import KeyedHash
from quizbot.platforms.protocol import Draft, Failure, PlatformError, Upload
from quizbot.rounds.bot import Bot
from quizbot.rounds.engine import advance, recover
from quizbot.rounds.forget import Memory
from quizbot.rounds.outbox import PROCESSING_MOST
from quizbot.rounds.scan import CachedScan
from quizbot.store import Media, OutboxRow, Round, open_store
from quizbot.store.accounts import account_row
from tests.clips import CUES, bare_clip, no_layers, pearl_with_clip
from tests.crash.life import policy
from tests.rounds.fake_x import FakeX
from tests.rounds.world import T0
from tests.signoff.given import SEAL, people, signed

FULL = os.environ.get("QUIZBOT_TEST_FULL") == "1"
PIN = (T0 + timedelta(minutes=5)).isoformat()


@pytest.fixture
def pearl(world, monkeypatch):
    """A signed pearl with a clip, pinned to five minutes from now, and nothing else in the casebook."""
    no_layers(monkeypatch)
    shutil.rmtree(world.cases / "wellens-syndrome")
    folder = pearl_with_clip(world.cases, post_on=PIN)
    world.bot.seal = lambda: SEAL
    people(world.store)
    signed(world.store, folder)
    return folder


def only_round(world) -> Round:
    with world.store.read() as session:
        return session.exec(select(Round)).one()


def effects(world) -> list[tuple[str, str, int]]:
    with world.store.read() as session:
        rows = session.exec(select(OutboxRow).order_by(OutboxRow.seq)).all()
    return [(row.action, row.state, row.attempts) for row in rows]


def uploads(world) -> list[str]:
    return [one["mime"] for one in world.sandbox.control.media()]


def test_it_is_brought_waited_for_captioned_and_posted(world, pearl):
    world.go(minutes=8, step=0.1)
    (post,) = world.own_posts()
    (shown,) = post["media"]
    kept = {one["id"]: one for one in world.sandbox.control.media()}
    clip = kept[shown["id"]]
    assert clip["sha256"] == sha256(bare_clip()).hexdigest()
    assert kept[clip["captions"]]["mime"] == "text/srt"
    assert post["text"].startswith("Look at the neck veins.")
    assert effects(world) == [("upload", "sent", 2), ("caption", "sent", 1), ("post", "sent", 1)]  # brought, then asked
    row = only_round(world)
    assert (row.state, row.media[0]) == ("posted", clip["sha256"])
    with world.store.read() as session:
        kinds = [session.get_one(Media, (world.bot.account, digest)).mime for digest in row.media]
    assert kinds == ["video/mp4", "image/jpeg", "text/srt"]


@pytest.fixture
def at_upload(world, pearl):
    """The pearl's round has been started, and X does not answer yet."""
    world.sandbox.control.fault(kind="status", path="/2/media/upload*", times=1, status=503)
    world.clock.at = T0 + timedelta(minutes=6)
    advance(world.bot)
    assert effects(world)[0] == ("upload", "planned", 1)
    return only_round(world)


def change(world, row, **columns) -> None:
    with world.store.write() as session:
        for name, value in columns.items():
            setattr(session.get_one(Round, row.id), name, value)


def put(world, data: bytes, mime: str = "video/mp4") -> str:
    digest = sha256(data).hexdigest()
    with world.store.write() as session:
        given = {"account": world.bot.account, "digest": digest, "mime": mime, "width": 128, "height": 96}
        session.add(Media(**given, source_digest="", data=data))
    return digest


def overwrite(world, digest: str, data: bytes) -> None:
    with world.store.write() as session:
        session.get_one(Media, (world.bot.account, digest)).data = data


def aim(world, digest: str, action: str = "upload") -> None:
    with world.store.write() as session:
        session.exec(select(OutboxRow).where(OutboxRow.action == action)).one().media_digest = digest


def swap_bytes(world, row):
    overwrite(world, row.media[0], bare_clip(200))


def swap_media(world, row):
    other = put(world, bare_clip(200))
    change(world, row, media=[other, *row.media[1:]])
    aim(world, other)


def aim_at_another(world, row):
    aim(world, put(world, bare_clip(200)))


def aim_at_the_poster(world, row):
    aim(world, row.media[1])


def swap_captions(world, row):
    other = put(world, b"1\n00:00:00,000 --> 00:00:00,900\nJane Doe slides.\n\n", "text/srt")
    change(world, row, media=[*row.media[:2], other])


def change_the_text(world, row):
    change(world, row, case_json=row.case_json.replace("neck veins", "face of Jane Doe"))


@pytest.mark.parametrize(
    "tamper", [swap_bytes, swap_media, aim_at_another, aim_at_the_poster, swap_captions, change_the_text]
)
def test_what_is_changed_between_check_and_upload_is_never_brought(world, at_upload, tamper):
    tamper(world, at_upload)
    world.go(minutes=10, step=0.5)
    assert uploads(world) == []
    assert world.own_posts() == []
    assert only_round(world).halted


def test_a_clip_swapped_in_the_folder_after_its_sign_off_starts_no_round(world, pearl):
    (clip,) = pearl.glob("*.mp4")
    clip.write_bytes(bare_clip(200))
    world.go(minutes=8, step=1)
    assert uploads(world) == []
    assert effects(world) == []


def test_captions_swapped_after_the_sign_off_start_no_round(world, pearl):
    (captions,) = pearl.glob("*.srt")
    captions.write_bytes(b"1\n00:00:00,000 --> 00:00:00,900\nIt slides.\n\n")
    world.go(minutes=8, step=1)
    assert effects(world) == []


def test_one_signature_is_not_enough_for_a_clip(world, monkeypatch):
    no_layers(monkeypatch)
    folder = pearl_with_clip(world.cases, post_on=PIN)
    shutil.rmtree(world.cases / "wellens-syndrome")
    world.bot.seal = lambda: SEAL
    people(world.store)
    signed(world.store, folder, by=["ann"])
    world.go(minutes=8, step=1)
    assert effects(world) == []


def test_a_clip_that_x_cannot_process_is_brought_once_more_and_then_waits_for_a_person(world, pearl, monkeypatch):
    monkeypatch.setattr("quizbot.platforms.sandbox.clips.look", _no_clip)
    world.go(minutes=12, step=0.2)
    assert uploads(world) == ["video/mp4", "video/mp4"]
    assert world.own_posts() == []
    row = only_round(world)
    assert "could not process" in (row.halted or "")
    with world.store.read() as session:
        upload = session.exec(select(OutboxRow).where(OutboxRow.action == "upload")).one()
    assert upload.failure == Failure.PROCESSING


def _no_clip(data: bytes):
    from quizbot.platforms.sandbox.pictures import CLIP, Looked  # noqa: PLC0415  # only here

    return Looked(CLIP, 0, 0)


def test_x_that_is_never_done_is_given_up_after_a_second_try(world, pearl, monkeypatch):
    monkeypatch.setattr("quizbot.platforms.sandbox.pictures.PROCESSING_MS", 10**9)
    world.clock.at = T0 + timedelta(minutes=6)
    advance(world.bot)
    assert effects(world)[0][:2] == ("upload", "planned")
    for _ in range(2):
        world.clock.at += PROCESSING_MOST + timedelta(minutes=1)
        world.go(minutes=2, step=0.5)
    assert "not processed" in (only_round(world).halted or "")
    assert world.own_posts() == []


def test_a_clip_that_x_has_forgotten_is_brought_anew(world, pearl):
    world.clock.at = T0 + timedelta(minutes=6)
    world.sandbox.control.fault(kind="status", path="/2/media/upload", method="GET", times=1, status=404)
    world.go(minutes=3, step=0.1)
    assert len(world.own_posts()) == 1
    assert uploads(world).count("video/mp4") == 2


class Killed(BaseException):
    """The process is gone: nothing of the bot's own code may catch it."""


class ClipX(FakeX):
    """The platform in memory, with clips; what a post shows is remembered."""

    def __init__(self, *words, **more) -> None:
        super().__init__(*words, **more)
        self.brought: dict[str, bytes] = {}
        self.captioned: dict[str, bytes] = {}
        self.looks: dict[str, int] = {}
        self.shown: list[tuple[str, ...]] = []

    def upload(self, media) -> Upload:
        self.point()
        self.brought[media_id := str(1000 + len(self.brought))] = media.data
        self.point()
        return Upload(media_id, 1)

    def processed(self, media_id: str) -> Upload:
        self.point()
        if media_id not in self.brought:
            raise PlatformError(Failure.NOT_FOUND, "X", "not there")
        self.looks[media_id] = self.looks.get(media_id, 0) + 1
        self.point()
        return Upload(media_id, 0 if self.looks[media_id] > 1 else 1)

    def caption(self, media_id: str, captions) -> str:
        self.point()
        self.captioned[media_id] = captions.data
        self.point()
        return f"9{media_id}"

    def post(self, draft: Draft) -> str:
        made = super().post(draft)
        self.shown.append(draft.media_ids)
        return made


def test_killed_at_any_point_it_ends_in_exactly_one_post(world, pearl, tmp_path, monkeypatch):
    """A process dies at each call to X and each commit; the next one goes on from the database alone."""
    monkeypatch.setattr("quizbot.rounds.bot.structlog.get_logger", lambda *_: Silent())
    world.store.empty_log()
    scan = CachedScan(world.cases)
    points = _one_life_and_the_next(tmp_path / "whole.db", world, scan, 0)
    assert points > 20  # else they are not those of a whole round
    for die_at in range(1, points + 1, 1 if FULL else 9):
        assert _one_life_and_the_next(tmp_path / f"{die_at}.db", world, scan, die_at) >= die_at


class Silent:
    """A log that nobody reads."""

    def bind(self, **_):
        return self

    def __getattr__(self, _name):
        return lambda *_, **__: None


def _one_life_and_the_next(database, world, scan: CachedScan, die_at: int) -> int:
    """How many points the first life passed; asserts what holds at the end of the second."""
    shutil.copy(world.store.where.removeprefix("sqlite:///"), database)
    clock = ManualClock(T0 + timedelta(minutes=6))
    passed = 0

    def point(*_) -> None:
        nonlocal passed
        passed += 1
        if passed == die_at:
            raise Killed

    x = ClipX(clock, account=world.bot.account, point=point)
    for name in ("before_commit", "after_commit"):
        event.listen(Session, name, point)
    try:
        _live(database, scan, x, clock)
    except Killed:
        pass
    finally:
        for name in ("before_commit", "after_commit"):
            event.remove(Session, name, point)
    x.point = lambda: None
    _live(database, scan, x, clock)
    (post,) = x.own()
    assert post.text.startswith("Look at the neck veins.")
    assert len(x.posts) == 1
    if x.shown:
        (media_id,) = x.shown[0]
        assert x.brought[media_id] == bare_clip()
        assert x.captioned[media_id].decode().splitlines()[2] == CUES[0].text
    return passed


def _live(database, scan: CachedScan, x: ClipX, clock: ManualClock) -> None:
    store = open_store(f"sqlite:///{database}")
    try:
        memory = Memory(KeyedHash(bytes(32)), database.with_suffix(".forgotten"))
        rules = policy("mon 12:00")
        bot = Bot(store, x, clock, rules, scan, lambda _loaded: None, memory=memory)
        bot.seal = lambda: SEAL
        with store.write() as session:
            account_row(session, x.account, T0 - timedelta(hours=1))
        recover(bot)
        for _ in range(8):
            advance(bot)
            clock.at += timedelta(minutes=2)
    finally:
        store.close()
