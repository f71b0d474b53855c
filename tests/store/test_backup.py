"""A backup is whole, of one moment, made while others write; what is put back is all there or nothing is changed."""

import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel, select

from quizbot.core.errors import InputError, OutsideError
from quizbot.core.keyed import KeyedHash
from quizbot.rounds.forget import Memory, forget
from quizbot.rounds.restoring import restore
from quizbot.rounds.retract import Why, take_back
from quizbot.store import OutboxRow, ReplyRow, Respondent, Round, Store, open_store
from quizbot.store.accounts import account_row, accounts
from quizbot.store.backup import back_up, backups_since, note_backup
from quizbot.store.engine import unopened_store
from quizbot.store.lock import is_held, sole_runner
from quizbot.store.migrate import upgrade, versions
from tests.postgres import fresh_database
from tests.store.test_store import T0, a_round

BOT = "100"


def fill(store: Store) -> None:
    with store.write() as session:
        account_row(session, BOT, T0).heartbeat_at = T0
        session.add(a_round(state="revealing", media=["d"]))
        session.flush()
        session.add(OutboxRow(account=BOT, round_id="r1", seq=0, role="answer", part=1, action="post", text="naïve"))
        for n in range(3):
            user, row = f"20{n}", {"posted_at": T0, "seen_at": T0, "text": f"words {n}", "round_id": "r1"}
            session.add(ReplyRow(account=BOT, post_id=f"30{n}", root_id=f"30{n}", author_id=user, **row))
            session.add(Respondent(account=BOT, user_id=user, handle=f"h{n}"))


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with store.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=str)
            for table in SQLModel.metadata.sorted_tables
        }


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(KeyedHash(bytes(32)), tmp_path / "forgotten")


@pytest.fixture
def backup(store: Store, tmp_path: Path) -> Path:
    fill(store)
    back_up(store, tmp_path / "copy?%.db")
    return tmp_path / "copy?%.db"


def test_a_backup_holds_every_row_and_is_one_private_file(store, backup, tmp_path):
    (tmp_path / "other.db").write_bytes(backup.read_bytes())
    copy = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    assert content(copy) == content(store)
    copy.close()
    assert backup.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".copy*"))
    with pytest.raises(InputError, match="exists already"):
        back_up(store, backup)
    with pytest.raises(OutsideError, match="cannot be written"):
        back_up(store, tmp_path / "nowhere" / "x.db")


def test_a_backup_made_while_others_write_is_of_one_moment(store, tmp_path):
    fill(store)
    stop = threading.Event()

    def once(n: int) -> None:
        with store.write() as session:  # two rows that are always equal
            session.get_one(Respondent, (BOT, "200")).handle = str(n)
            session.get_one(Respondent, (BOT, "201")).handle = str(n)

    def write() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            once(n)

    once(0)
    thread = threading.Thread(target=write)
    thread.start()
    try:
        for n in range(5):
            back_up(store, tmp_path / f"{n}.db")
    finally:
        stop.set()
        thread.join()
    for n in range(5):
        with sqlite3.connect(tmp_path / f"{n}.db") as copy:
            first, second, _ = [row[0] for row in copy.execute("SELECT handle FROM respondent ORDER BY user_id")]
        assert first == second
        copy.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_moves_into_an_empty_database_of_either_kind(store, backup, tmp_path, memory, kind):
    target = unopened_store(fresh_database() if kind == "postgresql" else f"sqlite:///{tmp_path / 'new' / 'q.db'}")
    assert restore(target, backup, memory, T0, overwrite=False) == 0
    before, after = content(store), content(target)
    for name in before.keys() - {"account", "backup", "outbox"}:
        assert after[name] == before[name], name
    with target.write() as session:
        session.add(OutboxRow(account=BOT, round_id="r1", seq=1, role="x", part=1, action="post"))  # numbers go on
    target.close()


def test_after_a_restore_the_bot_is_paused_and_what_it_may_have_posted_is_looked_for(store, backup, memory):
    assert restore(store, backup, memory, T0 + timedelta(days=1), overwrite=True) == 0
    with store.read() as session:
        (row,) = accounts(session)
        assert (row.paused_at, row.restored_from) == (T0 + timedelta(days=1), T0)
        effect = session.exec(select(OutboxRow)).one()
        assert (effect.state, effect.first_tried_at) == ("unknown", T0)
        assert [one.path for one in backups_since(session, None)] == [str(backup)]


def test_it_is_not_overwritten_without_being_told_nor_while_a_bot_runs(store, backup, memory):
    before = content(store)
    with pytest.raises(InputError, match="--yes"):
        restore(store, backup, memory, T0, overwrite=False)
    assert not is_held(store)
    with sole_runner(store):
        assert is_held(store)
        with pytest.raises(OutsideError, match="running"):
            restore(store, backup, memory, T0, overwrite=True)
    assert content(store) == before
    with pytest.raises(InputError, match="no such file"):
        restore(store, backup.with_name("none"), memory, T0, overwrite=True)


@pytest.mark.parametrize("damage", ["cut", "torn", "nonsense", "newer", "empty"])
def test_a_damaged_or_newer_backup_changes_nothing(store, backup, memory, damage):
    before = content(store)
    whole = backup.read_bytes()
    if damage == "newer":
        with sqlite3.connect(backup) as copy:
            copy.execute("UPDATE alembic_version SET version_num = '9999'")
        copy.close()
    elif damage == "torn":
        backup.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    else:
        backup.write_bytes({"cut": whole[: len(whole) // 2], "nonsense": b"x" * 5000, "empty": b""}[damage])
    with pytest.raises(OutsideError, match="newer version" if damage == "newer" else "backup|damaged"):
        restore(store, backup, memory, T0, overwrite=True)
    assert content(store) == before


def test_a_damaged_database_is_moved_aside(tmp_path, memory, sqlite_store):
    fill(sqlite_store)
    back_up(sqlite_store, tmp_path / "copy.db")
    before = content(sqlite_store)
    sqlite_store.close()
    sqlite_store.path.write_bytes(b"x" * 5000)
    target = unopened_store(f"sqlite:///{sqlite_store.path}")
    with pytest.raises(InputError, match="--yes"):
        restore(target, tmp_path / "copy.db", memory, T0, overwrite=False)
    restore(target, tmp_path / "copy.db", memory, T0, overwrite=True)
    assert content(target)["reply"] == before["reply"]
    assert sqlite_store.path.with_name("q.db.damaged").read_bytes() == b"x" * 5000
    target.close()


def test_a_reader_that_has_the_database_open_sees_what_was_put_back(sqlite_store, tmp_path, memory):
    fill(sqlite_store)
    back_up(sqlite_store, tmp_path / "copy.db")
    pages = open_store(f"sqlite:///{sqlite_store.path}")
    with sqlite_store.write() as session:
        session.get_one(Respondent, (BOT, "200")).handle = "changed"
    restore(sqlite_store, tmp_path / "copy.db", memory, T0, overwrite=True)
    with pages.read() as session:
        assert session.get_one(Respondent, (BOT, "200")).handle == "h0"
    pages.close()


def test_promises_made_since_the_backup_are_kept(store, backup, memory, tmp_path):
    forget(store, BOT, "201", memory, T0)
    with store.read() as session:
        row = session.get_one(Round, "r1")
    take_back(store, row, Why.PRIVACY, T0)
    with store.write() as session:
        note_backup(session, tmp_path / "forgotten", T0 + timedelta(hours=1))
    memory.file.unlink()  # the database alone remembers, too
    assert restore(store, backup, memory, T0, overwrite=True) == 1
    found = content(store)
    assert len(found["reply"]) == 2
    assert "201" not in str(found)
    with store.read() as session:
        assert session.get_one(Round, "r1").state == "retracting"
        assert len(backups_since(session, None)) == 2
        assert len(backups_since(session, T0 + timedelta(minutes=1))) == 1


FIRST_TABLES = "account attempt case_seen ledger media outbox reply respondent round ruling verdict"
FIRST = Path(__file__).with_name("first_version.sql")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_of_the_first_version_keeps_its_data(tmp_path, kind):
    store = open_store(fresh_database() if kind == "postgresql" else f"sqlite:///{tmp_path / 'q.db'}")
    upgrade(store, to="0001")
    with store.engine.begin() as connection:
        for statement in FIRST.read_text().split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement.replace("%", "%%"))
    assert upgrade(store)
    assert versions(store)[0] == versions(store)[1]
    found = content(store)
    assert {name for name, rows in found.items() if len(rows) == 1} == set(FIRST_TABLES.split())
    with store.read() as session:
        row = session.get_one(Round, "r1")
        assert (row.voided, row.retraction, row.opened_at) == (False, None, T0)
        assert session.get_one(ReplyRow, (BOT, "300")).text == "Wellens?"
    store.close()
