"""The record: what it holds, that it shows every change, and that writers at once do not get into each other's way."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from quizbot.core.errors import OutsideError
from quizbot.core.keyed import KeyedHash
from quizbot.deid.record import Entry, Link, SignedPicture, canonical, entries, first_broken, linked
from quizbot.desk.signoff.ledger import Ledger
from quizbot.desk.signoff.review import review
from quizbot.store import open_store
from quizbot.store.migrate import upgrade
from quizbot.store.signoffs import chain
from tests.postgres import fresh_database
from tests.signoff.given import HOLD, SEAL, T0, ledger_of, signed

PICTURE = SignedPicture(pixels="p" * 64, data="d" * 64, origin="patient")


def entry(by: str = "ann", **changes) -> Entry:
    given = {
        "at": T0, "by": by, "role": "reviewer", "case": "c", "text": "t" * 64, "pictures": (PICTURE,),
        "versions": {"gate": "1"}, "findings": (), "checklist": {"a": True}, "consent": "written-consent",
        "consent_ref": "C-1", "released": True,
    }  # fmt: skip
    return Entry(**(given | changes))


def made(*people: str) -> list[Link]:
    links: list[Link] = []
    for name in people:
        links.append(linked(entry(name), links[-1] if links else None, SEAL))
    return links


def test_a_chain_is_whole_and_reads_back():
    links = made("ann", "ben", "cy")
    assert first_broken(links, SEAL) is None
    assert [one.by for one in entries(links)] == ["ann", "ben", "cy"]
    assert entries(links)[0] == entry("ann")


def test_another_key_seals_otherwise():
    assert first_broken(made("ann"), KeyedHash(b"x" * 32)) == 1


@given(st.data())
def test_every_changed_letter_is_found_where_it_is(data):
    links = made("ann", "ben", "cy")
    n = data.draw(st.integers(0, 2))
    field = data.draw(st.sampled_from(["body", "hash", "previous"]))
    old = getattr(links[n], field)
    at = data.draw(st.integers(0, len(old) - 1))
    new = old[:at] + ("0" if old[at] != "0" else "1") + old[at + 1 :]
    links[n] = replace(links[n], **{field: new})
    assert first_broken(links, SEAL) == n + 1


@pytest.mark.parametrize(
    "order", [(1, 0, 2), (0, 2), (1, 2), (0, 0, 1), (0, 1, 1), (2, 1, 0)], ids=lambda order: "".join(map(str, order))
)
def test_moved_missing_and_repeated_entries_are_found(order):
    links = made("ann", "ben", "cy")
    assert first_broken([links[n] for n in order], SEAL) is not None


def test_the_same_entry_is_always_the_same_letters():
    assert canonical(entry()) == canonical(Entry.model_validate_json(canonical(entry())))
    assert " " not in canonical(entry(consent_ref=None)).replace("written-consent", "")


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(request, tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'r.db'}" if request.param == "sqlite" else fresh_database())
    upgrade(opened)
    yield opened
    opened.close()


def test_writers_at_once_make_one_chain(any_store):
    ledger = Ledger(any_store, lambda: SEAL)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: ledger.add(entry(f"p{n}")), range(18)))
    with any_store.read() as session:
        rows = chain(session)
    assert first_broken(rows, SEAL) is None
    assert sorted(one.by for one in entries(rows)) == sorted(f"p{n}" for n in range(18))


@pytest.mark.parametrize("statement", ["UPDATE signoff SET body = '{}'", "DELETE FROM signoff"])
def test_the_database_itself_refuses_to_change_or_delete_an_entry(any_store, statement):
    Ledger(any_store, lambda: SEAL).add(entry())
    with pytest.raises(DBAPIError, match="only added to"), any_store.engine.begin() as connection:
        connection.execute(text(statement))
    with any_store.read() as session:
        assert first_broken(chain(session), SEAL) is None


def test_nothing_is_added_to_a_record_that_is_not_whole(store):
    ledger_of(store).add(entry())
    with store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER signoff_no_update"))
        connection.execute(text("UPDATE signoff SET body = replace(body, 'ann', 'eve')"))
    with pytest.raises(OutsideError, match="entry 1 was changed"):
        ledger_of(store).add(entry("ben"))


def test_a_sign_off_holds_digests_codes_and_decisions_and_no_text(store, folder):
    signed(store, folder, ["ann"])
    with store.read() as session:
        (row,) = chain(session)
    held = json.loads(row.body)
    assert HOLD.text not in row.body
    assert {len(held[key]) for key in ("text",)} | {
        len(held["pictures"][0][k]) for k in ("source", "pixels", "data")
    } == {64}
    (found,) = held["findings"]
    assert (found["layer"], found["kind"], found["box"], found["ruling"]) == (
        "text",
        "unknown-text",
        [20, 20, 90, 44],
        "clinical",
    )
    assert found["hash"] == SEAL.of("finding", HOLD.text.casefold())
    assert (held["by"], held["role"], held["at"], held["consent_ref"]) == (
        "ann",
        "reviewer",
        "2026-03-02T12:00:00Z",
        "C-2026-0042",
    )
    assert held["checklist"]["waited-30-days"] is True
    assert held["codes"] == ["113100"]


def test_the_claim_file_holds_no_text_either(folder):
    line = (folder / "deid.jsonl").read_text()
    assert (HOLD.text in line, "113100" in line, "unknown-text" in line) == (False, True, True)


def test_what_was_found_when_the_file_was_made_is_shown_though_it_is_not_found_again(store, gate, folder):
    gate.findings = []
    shown = review(folder, ledger_of(store))
    assert [(one.finding.kind, one.finding.text) for one in shown.findings.values()] == [("unknown-text", "")]
