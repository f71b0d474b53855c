"""What respondents may ask for: to be left out, to be forgotten, and that a deleted reply is gone here, too."""

from datetime import timedelta

import pytest

from quizbot.core.errors import InputError, OutsideError
from quizbot.core.keyed import KeyedHash
from quizbot.core.ruling import Decision, Ruling
from quizbot.platforms.protocol import Failure, PlatformError
from quizbot.rounds.engine import advance
from quizbot.rounds.forget import Memory, find_user, forget, merge, what_is_held
from quizbot.rounds.grade import regrade
from quizbot.rounds.names import clear_pseudonym, find_named
from quizbot.rounds.own import rename, show_on_board
from quizbot.rounds.rulings import rule, waiting
from quizbot.rounds.views import account_view, people_with_points
from quizbot.store.accounts import account_if_known
from quizbot.store.audit import entries
from quizbot.store.forgotten_file import append_entries, read_entries
from tests.rounds.test_time_and_money import another_case
from tests.rounds.world import DAY, T0, World, board


def leap(world: World, minutes: int) -> None:
    """Let time pass in one step, and wake the bot a few times."""
    for more in (0, 3, 3, 3, 3):
        world.clock.at = max(world.clock.at, T0 + timedelta(minutes=minutes)) + timedelta(minutes=more)
        advance(world.bot)


def revealed(world: World) -> None:
    """Until the answer is out and the points are counted."""
    leap(world, 24 * 60 + 3)


def user_id(world: World, handle: str) -> str:
    return next(str(user["id"]) for user in world.sandbox.control.users() if user["handle"] == handle)


def rows(world: World, statement: str) -> list[tuple[object, ...]]:
    with world.store.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement).all()]


def everything(world: World) -> str:
    """Every value of every table, as one text."""
    with world.store.engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return "".join(str(connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()) for name in tables)  # noqa: S608


def forget_ann(world: World) -> str:
    ann = user_id(world, "ann")
    forget(world.store, world.sandbox.bot_id, ann, world.bot.memory, world.clock.at)
    return ann


def read_so_far(world: World) -> int:
    return world.sandbox.control.ledger_totals().get("owned_read", {}).get("returned", 0)


def test_stop_between_two_quizzes_is_heard_within_hours_and_costs_one_reading(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.reply("ben", "Wellens")
    revealed(world)
    world.clock.at = T0 + 4 * DAY
    advance(world.bot)
    before = read_so_far(world)
    for _ in range(8):
        world.clock.sleep(3 * 3600)
        advance(world.bot)
    assert read_so_far(world) == before
    world.reply("ann", "stop")
    for _ in range(5):
        world.clock.sleep(3600)
        advance(world.bot)
    assert world.points() == {"ben": 10}
    assert read_so_far(world) == before + 1


def test_stop_right_before_the_next_quiz_is_heard(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    revealed(world)
    another_case(world)
    world.clock.at = T0 + 5 * DAY - timedelta(minutes=7)
    advance(world.bot)
    world.reply("ann", "stop")
    world.clock.at = T0 + 5 * DAY
    world.go(hours=1)
    assert len(world.views()) == 2
    assert world.points() == {}


@pytest.mark.parametrize("where", ["quiz", "answer", "mention", "quote"])
def test_stop_opts_out_wherever_it_is_said_to_the_bot(world, where):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.reply("ben", "Wellens")
    revealed(world)
    quiz, answer = world.own_posts()
    assert world.points() == {"ann": 10, "ben": 10}
    control, name = world.sandbox.control, world.sandbox.handle
    {
        "quiz": lambda: control.post("ann", "Stop.", reply_to=quiz["id"]),
        "answer": lambda: control.post("ann", "unsubscribe", reply_to=answer["id"]),
        "mention": lambda: control.post("ann", f"@{name} opt out"),
        "quote": lambda: control.post("ann", f"@{name} STOP", quote=quiz["id"]),
    }[where]()
    leap(world, 29 * 60)
    assert world.points() == {"ben": 10}
    assert rows(world, "SELECT count(*) FROM reply WHERE text IS NULL") == [(1,)]
    world.reply("ann", "Wellens again")
    leap(world, 34 * 60)
    assert world.points() == {"ben": 10}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_who_is_forgotten_leaves_nothing_but_a_hash_and_is_never_read_again(world, database):
    world.go(minutes=1)
    world.reply("ann", "Wellens, my unusual words")
    world.reply("ben", "Wellens")
    revealed(world)
    ann = user_id(world, "ann")
    found = what_is_held(world.store, world.sandbox.bot_id, ann)
    assert (found.replies, found.verdicts, found.attempts, found.respondent) == (1, 1, 1, True)
    forget_ann(world)
    world.reply("ann", "Wellens once more")
    world.reply("ann", "stop")
    leap(world, 36 * 60)
    assert world.points() == {"ben": 10}
    assert not what_is_held(world.store, world.sandbox.bot_id, ann)
    assert rows(world, "SELECT hash FROM forgotten") == [(world.bot.memory.of(ann),)]
    regrade(world.store, world.views()[0].round, world.clock.at)
    assert world.points() == {"ben": 10}


def test_nothing_of_a_forgotten_person_is_left_in_the_file_of_the_database(world):
    world.go(minutes=1)
    posts = [world.reply("ann", "Wellens, my unusual words"), world.reply("ben", "Wellens")]
    revealed(world)
    ann = forget_ann(world)
    world.go(hours=1)
    for file in world.store.path.parent.glob("q.db*"):
        content = file.read_bytes()
        assert not [word for word in (b"unusual", ann.encode(), posts[0].encode()) if word in content], file
    assert ann not in everything(world)


def test_who_is_forgotten_stays_forgotten_when_an_older_database_comes_back(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    revealed(world)
    memory, account = world.bot.memory, world.sandbox.bot_id
    before = everything(world)
    forget_ann(world)
    with world.store.engine.begin() as connection:  # as an older copy would be: without the hash, with the person
        connection.exec_driver_sql("DELETE FROM forgotten")
    world.reply("ann", "Wellens")
    leap(world, 30 * 60)
    ann = user_id(world, "ann")
    assert ann in everything(world)
    assert ann in before
    assert merge(world.store, account, memory) == 1
    assert ann not in everything(world)
    assert merge(world.store, account, memory) == 0


def test_the_file_catches_up_with_the_database(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.go(hours=1)
    forget_ann(world)
    memory = world.bot.memory
    memory.file.unlink()
    merge(world.store, world.sandbox.bot_id, memory)
    assert [entry.hash for entry in read_entries(memory.file)] == [memory.of(user_id(world, "ann"))]


def test_another_key_is_found_out_before_somebody_forgotten_is_read(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    forget_ann(world)
    other = Memory(KeyedHash(bytes([1]) * 32), world.bot.memory.file)
    with pytest.raises(OutsideError, match="another installation's key"):
        merge(world.store, world.sandbox.bot_id, other)


def test_a_line_that_a_crash_cut_off_is_no_damage_but_any_other_is(tmp_path, world):
    file = world.bot.memory.file
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    forget_ann(world)
    whole = file.read_text()
    file.write_text(whole + whole[:30])
    assert len(read_entries(file)) == 1
    append_entries(file, read_entries(file))
    assert file.read_text() == whole * 2
    file.write_text("nonsense\n" + whole)
    with pytest.raises(OutsideError, match="line 1 is damaged"):
        read_entries(file)


def test_a_person_is_found_by_id_handle_or_the_address_of_a_reply(world):
    world.go(minutes=1)
    post = world.reply("ann", "Wellens")
    world.reply("ben", "NSTEMI")
    revealed(world)
    account, ann = world.sandbox.bot_id, user_id(world, "ann")
    for named in (ann, "@ann", "ANN", f"https://x.com/ann/status/{post}?s=20"):
        assert find_user(world.store, account, named) == ann
    for named in ("@ben", "https://x.com/ann/status/1"):  # ben has no points, so his handle was never looked up
        with pytest.raises(InputError, match="address of one of the replies"):
            find_user(world.store, account, named)
    with pytest.raises(InputError, match="own account"):
        forget(world.store, account, account, world.bot.memory, T0)


def deleted(world: World) -> list[str]:
    return [str(row[0]) for row in rows(world, "SELECT post_id FROM reply WHERE deleted_at IS NOT NULL")]


def test_replies_that_were_deleted_or_protected_before_the_reveal_are_forgotten(world):
    world.go(minutes=1)
    gone = [world.reply("ann", "NSTEMI"), world.reply("cy", "Wellens, and this rash of mine")]
    kept = world.reply("ann", "Wellens")
    world.reply("ben", "Wellens")
    edited = world.reply("di", "NSTEMI")
    leap(world, 120)
    world.sandbox.control.delete(gone[0])
    world.sandbox.control.user("cy", protected=True)
    world.sandbox.control.edit(edited, "Wellens")
    revealed(world)
    assert sorted(deleted(world)) == sorted(gone)
    assert world.points() == {"ann": 10, "ben": 10, "di": 10}
    assert b"this rash" not in world.store.path.read_bytes()
    assert kept not in deleted(world)
    assert world.views()[0].verdicts == {"correct": 3, "incorrect": 1}


def test_a_reply_that_one_reading_did_not_show_is_no_deleted_one(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.reply("ben", "Wellens")
    leap(world, 23 * 60)
    real = world.bot.platform.mentions

    def mentions(*bounds):
        pages = list(real(*bounds))
        # The third reading from here on is the one in search of deleted replies.
        hide = world.views()[0].round.state == "closed" and world.views()[0].round.last_read_at >= T0 + DAY + timedelta(
            minutes=2
        )
        if hide and world.views()[0].round.reread_at is None:
            return iter([type(page)(page.posts[1:]) for page in pages])
        return iter(pages)

    world.bot.platform.mentions = mentions
    revealed(world)
    assert deleted(world) == []
    assert world.points() == {"ann": 10, "ben": 10}
    assert [view.round.state for view in world.views()] == ["revealed"]


def test_a_reply_held_for_deleted_comes_back_when_x_shows_it_again(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    leap(world, 120)
    world.sandbox.control.user("ann", protected=True)
    revealed(world)
    assert world.points() == {}
    world.sandbox.control.user("ann", protected=False)
    leap(world, 33 * 60)
    assert world.points() == {"ann": 10}


def test_the_search_costs_one_reading_and_nothing_where_nobody_replied(world):
    world.go(minutes=1)
    revealed(world)
    assert world.views()[0].round.checked_at is not None
    assert world.views()[0].round.reread_at is None


def test_if_x_cannot_be_read_the_answer_comes_late_rather_than_never(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    leap(world, 23 * 60)

    def mentions(*bounds):
        raise PlatformError(Failure.UNAVAILABLE, "X", "is down")

    world.bot.platform.mentions = mentions
    revealed(world)
    leap(world, 26 * 60)
    assert [view.round.state for view in world.views()] == ["revealed"]


def test_a_ruling_after_the_text_is_gone_works_on_the_phrase_that_was_kept(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.reply("ben", "the widowmaker waves of doom")
    revealed(world)
    (item,) = waiting(world.store, world.sandbox.bot_id)
    world.clock.at = T0 + timedelta(days=40)
    advance(world.bot)
    assert "widowmaker" not in str(rows(world, "SELECT text, reasons FROM reply NATURAL JOIN verdict"))
    assert regrade(world.store, world.views()[0].round, world.clock.at) == 2
    assert world.points() == {"ann": 10, "ben": 0}
    rule(
        world.store,
        world.sandbox.bot_id,
        "wellens-syndrome",
        Ruling(item.phrase, Decision.ACCEPT),
        "dr",
        world.clock.at,
    )
    assert world.points() == {"ann": 10, "ben": 10}
    forget(world.store, world.sandbox.bot_id, user_id(world, "ben"), world.bot.memory, world.clock.at)
    assert rows(world, "SELECT phrase FROM ruling") == [(item.phrase,)]
    assert world.points() == {"ann": 10}


def test_the_board_forgets_too(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    revealed(world)
    forget_ann(world)
    assert board(world)[1] == []


def test_the_board_of_the_operator_calls_people_as_they_chose_and_leaves_out_who_left(world):
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.reply("ben", "Wellens")
    revealed(world)
    account = world.sandbox.bot_id
    rename(world.store, account, user_id(world, "ann"), "Night Owl")
    show_on_board(world.store, account, user_id(world, "ben"), on=False, handle="ben", now=T0)
    _, lines = board(world)
    assert [line.handle for line in lines] == ["Night Owl"]
    here = people_with_points(world.store, world.views()[0].round.id, account, joined_only=False)
    assert [name for name, *_ in here] == ["Night Owl"]


def test_an_offensive_pseudonym_is_taken_away_and_the_record_names_neither_it_nor_the_person(world: World):
    account, ann = world.sandbox.bot_id, "77"
    rename(world.store, account, ann, "Rude Name")
    assert find_named(world.store, account, "rude name") == ann
    assert clear_pseudonym(world.store, account, ann, "operator", T0, why="reported") == "Rude Name"
    with pytest.raises(InputError, match="has no pseudonym"):
        clear_pseudonym(world.store, account, ann, "operator", T0)
    rename(world.store, account, ann, "Ruder Name")
    assert clear_pseudonym(world.store, account, ann, "operator", T0, bar=True) == "Ruder Name"
    with pytest.raises(InputError, match="took your name away"):
        rename(world.store, account, ann, "Rudest Name")
    rename(world.store, account, ann, "")
    with world.store.read() as session:
        noted = entries(session, account)
    assert [one.action for one in noted] == ["took a pseudonym away"] * 2
    assert not any("ude" in one.detail or ann in f"{one.about}{one.detail}" for one in noted)


def test_looking_at_an_account_writes_nothing(world: World):
    assert account_view(world.store, "9", T0).started_at == T0
    with world.store.read() as session:
        assert account_if_known(session, "9") is None
