"""forget, retract, db backup and db restore as an operator types them, wrong input too."""

import pytest

from quizbot.platforms.sandbox import SandboxServer
from quizbot.store import open_store
from quizbot.store.lock import sole_runner
from tests.cli.test_operating import complaint


@pytest.fixture
def running(quizbot, monkeypatch):
    """The command, on a sandbox and a database of its own."""
    with SandboxServer() as sandbox:
        for name, value in sandbox.keys.settings(sandbox.url).items():
            monkeypatch.setenv(name, value)
        quizbot("db", "upgrade")
        yield quizbot


def test_wrong_input_gets_one_line(running):
    assert "address of one of the replies" in complaint(running("forget", "@nobody", "--yes"), 1)
    assert "--yes" in complaint(running("forget", "12345"), 2)
    assert "no such round" in complaint(running("retract", "x", "--wrong"), 1)
    assert "one of --wrong and --privacy" in complaint(running("retract", "x"), 2)
    assert "go with --wrong" in complaint(running("retract", "x", "--privacy", "--void"), 2)
    assert "no such file" in complaint(running("db", "restore", "none.db", "--yes"), 1)
    assert "cannot be written" in complaint(running("db", "backup", "nowhere/x.db"), 3)


def test_a_backup_is_made_once_and_put_back_when_told_to(running, tmp_path):
    made = running("db", "backup", "copy.db")
    assert (made.code, "secret.key" in made.out) == (0, True)
    assert "exists already" in complaint(running("db", "backup", "copy.db"), 1)
    assert "--yes" in complaint(running("db", "restore", "copy.db"), 1)
    store = open_store(f"sqlite:///{tmp_path / 'db' / 'quizbot.db'}")
    with sole_runner(store):
        assert "already running" in complaint(running("db", "restore", "copy.db", "--yes"), 3)
    store.close()
    assert "paused" in running("db", "restore", "copy.db", "--yes").out
    (tmp_path / "copy.db").write_bytes(b"nonsense" * 100)
    assert "no backup" in complaint(running("db", "restore", "copy.db", "--yes"), 3)


def test_whoever_is_forgotten_need_not_be_known_and_backups_are_named(running, tmp_path):
    done = running("forget", "12345", "--yes")
    assert (done.code, "kept: a keyed hash" in done.out) == (0, True)
    assert "12345" not in (tmp_path / "db" / "forgotten").read_text()


def test_an_address_written_as_a_uri_makes_no_folder_of_that_name(running, tmp_path, monkeypatch):
    monkeypatch.setenv("QUIZBOT_DATABASE_URL", f"sqlite:///file:{tmp_path / 'new' / 'q.db'}?uri=true")
    assert running("db", "upgrade").code == 0
    assert (tmp_path / "new" / "q.db").exists()
    assert not list(tmp_path.glob("file:*"))


def test_a_name_is_barred_a_cohort_reported_and_the_boards_counted_anew(running, tmp_path):
    assert "has no pseudonym" in complaint(running("clear-name", "12345"), 1)
    assert "no pseudonym can be chosen" in running("clear-name", "12345", "--bar").out
    running("cohort", "add", "Class of 2026")
    for name, start in (("p.csv", b"cohort,handle"), ("p.PDF", b"%PDF-")):
        assert running("cohort", "report", "Class of 2026", "-o", name).code == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert running("leaderboard", "--season", "all", "--recount", "--json").code == 0
    assert "write 2026Q4" in complaint(running("leaderboard", "--season", "winter"), 1)
