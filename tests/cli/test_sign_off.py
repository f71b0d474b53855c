"""The state of a case in the terminal, and what check, schedule and status say of it."""

import json
import re
import signal
import subprocess
import sys

import pytest
import requests
from argon2 import PasswordHasher

from quizbot.core.bundled import bundled
from quizbot.core.keyed import KeyedHash
from quizbot.platforms.sandbox import SandboxServer
from quizbot.store import open_store
from tests.signoff.given import Gate, ledger_of, patient_case, people, signed


@pytest.fixture
def case(monkeypatch, tmp_path, quizbot):
    gate = Gate()
    monkeypatch.setattr("quizbot.deid.examine", gate.examine)
    monkeypatch.setenv("QUIZBOT_SECRET_KEY", "k" * 32)
    return patient_case(tmp_path / "cases", gate)


@pytest.fixture
def store(quizbot, tmp_path, monkeypatch):
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("quizbot.store.people._hasher", lambda: quick)
    quizbot("db", "upgrade")
    opened = open_store(f"sqlite:///{tmp_path / 'db' / 'quizbot.db'}")
    people(opened)
    yield opened
    opened.close()


def test_the_key_of_the_tests_is_that_of_the_settings():
    assert ledger_of(None).seal().of("a", "b") == KeyedHash(b"k" * 32).of("a", "b")


def test_check_names_missing_sign_offs_until_they_are_there(quizbot, case, store):
    said = quizbot("check", case)
    assert (said.code, "2 people" in said.out, f"quizbot sign-off {case}" in said.out) == (0, True, True)
    signed(store, case)
    assert quizbot("check", case).out == "1 case, 0 errors, 0 warnings\n"
    (case / "case.yaml").write_text((case / "case.yaml").read_text().replace("pain-free", "Pain-free"))
    assert "changed since it was signed" in quizbot("check", case).out


def test_check_without_a_database_says_that_nobody_has_signed(quizbot, case, tmp_path):
    assert "2 people" in quizbot("check", case).out
    assert not (tmp_path / "db").exists()


def test_check_refuses_a_picture_that_is_no_output_of_the_gate_with_the_command(quizbot, case):
    (case / "deid.jsonl").unlink()
    said = quizbot("check", case)
    assert (said.code, "quizbot deid ORIGINAL -o" in said.out) == (1, True)


def test_a_line_that_the_gate_did_not_write_is_told(quizbot, case):
    with (case / "deid.jsonl").open("a") as file:
        file.write('{"hello": 1}\nnot json\n')
    said = quizbot("check", case)
    assert ("line 2" in said.out, "line 3" in said.out) == (True, True)


def test_the_state_is_listed_by_name_or_folder(quizbot, case, store):
    (record,) = map(json.loads, quizbot("sign-off", "outflow", "--list", "--json").out.splitlines())
    assert (record["released"], record["needed"], record["signed"]) == (False, 2, [])
    signed(store, case)
    assert "released (signed by ann, ben)" in quizbot("sign-off", case, "--list").out
    assert quizbot("sign-off", "nothing", "--list").code == 1


def test_schedule_and_status_name_the_command(quizbot, case, store, monkeypatch):
    with SandboxServer() as sandbox:
        for name, value in sandbox.keys.settings(sandbox.url).items():
            monkeypatch.setenv(name, value)
        assert "quizbot sign-off outflow" in quizbot("schedule").out
        assert "quizbot sign-off outflow" in quizbot("status").out
        signed(store, case)
        assert "not ready" not in quizbot("schedule").out
        assert "not ready" not in quizbot("status").out


def test_the_page_is_served_on_this_machine_until_it_is_ended(case, store, tmp_path):
    process = subprocess.Popen(  # our own program
        [sys.executable, "-m", "quizbot", "sign-off", "outflow"], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    with process:
        address = re.search(r"http://127\.0\.0\.1:\d+/[\w-]{40,}/", process.stdout.readline())[0]
        assert requests.get(f"{address}style.css", timeout=30).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_what_nobody_has_to_sign_is_said_and_no_page_waits_for_anybody(quizbot, store, monkeypatch):
    monkeypatch.setattr("quizbot.web.signoff.local.serve", lambda *_: pytest.fail("a page was served"))
    said = quizbot("sign-off", str(bundled("cases") / "brugada"))
    assert (said.code, said.out) == (0, "brugada: released (nobody has to sign it)\n")
