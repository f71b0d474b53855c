import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from quizbot.core.errors import OutsideError, UsageError
from quizbot.store import Conflict, OutboxRow, Round, open_store
from quizbot.store.accounts import account_row, bill, billed
from quizbot.store.lock import sole_runner
from quizbot.store.migrate import require_current, upgrade, versions
from quizbot.store.rounds import claim

T0 = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_round(round_id: str = "r1", **changes) -> Round:
    given = {
        "id": round_id,
        "account": "100",
        "case_id": "gout",
        "kind": "question",
        "lane": "quiz",
        "slot_at": T0,
        "state": "posting",
        "case_json": "{}",
        "created_at": T0,
    }
    return Round(**(given | changes))


def test_migrations_make_exactly_the_tables_of_the_models(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_upgrading_twice_changes_nothing(store):
    assert upgrade(store) is False
    require_current(store)


def test_a_database_from_a_newer_version_is_refused(store):
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for act in (upgrade, require_current):
        with pytest.raises(OutsideError, match="newer version"):
            act(store)


def test_an_empty_database_says_what_to_do(tmp_path):
    empty = open_store(f"sqlite:///{tmp_path / 'new' / 'q.db'}")
    assert versions(empty)[0] is None
    with pytest.raises(OutsideError, match="quizbot db upgrade"):
        require_current(empty)
    empty.close()


def test_instants_come_back_as_utc_and_naive_ones_are_refused(store):
    with store.write() as session:
        session.add(a_round(opened_at=datetime(2026, 3, 2, 14, tzinfo=timezone(timedelta(hours=2)))))
    with store.read() as session:
        assert session.get_one(Round, "r1").opened_at == T0
    with pytest.raises(Exception, match="naive"), store.write() as session:  # noqa: PT012  # raised at the flush
        session.add(a_round("r2", slot_at=datetime(2026, 3, 2)))  # noqa: DTZ001  # what is refused
        session.flush()


def test_a_time_of_the_calendar_is_claimed_once(store):
    with store.write() as session:
        session.add(a_round())
    with pytest.raises(Conflict), store.write() as session:
        session.add(a_round("r2"))


def test_a_failed_write_keeps_nothing(store):
    class BoomError(Exception):
        pass

    with pytest.raises(BoomError), store.write() as session:  # noqa: PT012  # the point is what comes before
        session.add(a_round())
        session.flush()
        raise BoomError
    with store.read() as session:
        assert session.get(Round, "r1") is None


def test_an_effect_is_claimed_by_one_and_only_when_due(store):
    with store.write() as session:
        session.add(a_round())
        session.flush()
        row = OutboxRow(account="100", round_id="r1", seq=0, role="quiz", part=0, action="post", next_try_at=T0)
        session.add(row)
    late = T0 + timedelta(seconds=1)
    with store.write() as session:
        assert not claim(session, row.id, "early", T0 - timedelta(seconds=1), T0)
        assert claim(session, row.id, "first", late, late)
        assert not claim(session, row.id, "second", late, late)
    with store.read() as session:
        stored = session.get_one(OutboxRow, row.id)
        assert (stored.state, stored.owner, stored.attempts) == ("sending", "first", 1)


def test_bills_add_up(store):
    for units in (3, 4):
        with store.write() as session:
            account_row(session, "100", T0)
            bill(session, "100", T0.date(), "owned_read", units)
    with store.read() as session:
        assert billed(session, "100") == {"owned_read": 7}


def test_a_second_runner_is_told_who_holds_the_lock_and_a_dead_one_holds_none(sqlite_store):
    held = "import sys; from quizbot.store import open_store; from quizbot.store.lock import sole_runner\n"
    held += "with sole_runner(open_store(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    url = sqlite_store.engine.url.render_as_string()
    process = subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-c", held, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(OutsideError, match=f"process {process.pid} "), sole_runner(sqlite_store):
            pass
        process.kill()
    with sole_runner(sqlite_store):
        pass


@pytest.mark.parametrize(
    ("url", "error"),
    [("nonsense", UsageError), ("mysql://x/y", UsageError), ("sqlite:////proc/nowhere/q.db", OutsideError)],
)
def test_a_wrong_address_is_one_clear_line(url, error):
    with pytest.raises(error) as caught:
        open_store(url)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path):
    file = tmp_path / "q.db"
    file.write_bytes(os.urandom(4096))
    with pytest.raises(OutsideError, match="database says"):
        open_store(f"sqlite:///{file}")


def test_a_database_password_is_in_no_error():
    with pytest.raises(OutsideError) as caught:
        open_store("postgresql://bot:hunter2secret@127.0.0.1:1/none")
    assert "hunter2secret" not in str(caught.value)
    assert "hunter2secret" not in repr(caught.value)
