"""Accounts: who may sign in, and how fast one may guess."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from quizbot.core.errors import InputError
from quizbot.core.person import Person, Role
from quizbot.store import PersonRow
from quizbot.store.people import (
    FREE_FAILURES,
    NotAuthenticated,
    add_person,
    authenticate,
    known_people,
    set_disabled,
    set_passphrase,
    wait_after,
)

T0 = datetime(2026, 3, 2, 12, tzinfo=UTC)
GOOD = "seven grey herons on a wet roof"
OTHER = "eight blue kettles in the attic"


def ann(store, **changes):
    given = {"name": "Ann", "handle": "@Ann_Reads", "roles": [Role.REVIEWER], "passphrase": GOOD, "now": T0}
    return add_person(store, **(given | changes))


def test_who_was_added_signs_in_whatever_the_case_of_the_name(store):
    ann(store)
    person = authenticate(store, " aNN ", GOOD, T0)
    assert (person.name, person.handle, person.roles) == ("Ann", "@ann_reads", {Role.REVIEWER})


def test_the_database_holds_no_passphrase(store):
    ann(store)
    with store.read() as session:
        row = session.get_one(PersonRow, ("", "ann"))
    assert row.passphrase.startswith("$argon2id$")
    assert GOOD not in repr(row)
    assert row.passphrase not in repr(row)


def test_equal_passphrases_have_different_hashes(store):
    ann(store)
    ann(store, name="ben", handle=None)
    with store.read() as session:
        assert session.get_one(PersonRow, ("", "ann")).passphrase != session.get_one(PersonRow, ("", "ben")).passphrase


@pytest.mark.parametrize("changes", [{"handle": None}, {"name": "ann", "handle": None}, {"name": "ben"}])
def test_a_name_and_a_handle_belong_to_one(sqlite_store, changes):
    ann(sqlite_store)
    with pytest.raises(InputError, match="already"):
        ann(sqlite_store, **changes)


@pytest.mark.parametrize("changes", [{"name": "a b"}, {"name": ""}, {"handle": "ann"}, {"passphrase": "short"}])
def test_what_is_none_is_refused_and_nothing_is_kept(sqlite_store, changes):
    with pytest.raises(InputError):
        ann(sqlite_store, **changes)
    with sqlite_store.read() as session:
        assert known_people(session) == {}


@pytest.mark.parametrize(("name", "passphrase"), [("ann", OTHER), ("nobody", GOOD), ("ann", "")])
def test_wrong_ones_are_told_nothing_about_which_was_wrong(sqlite_store, name, passphrase):
    ann(sqlite_store)
    with pytest.raises(NotAuthenticated, match="do not belong together") as refused:
        authenticate(sqlite_store, name, passphrase, T0)
    assert passphrase == "" or passphrase not in str(refused.value)


def test_a_shut_account_cannot_sign_in_until_it_is_opened_again(store):
    ann(store)
    assert set_disabled(store, "ann", T0).disabled
    with pytest.raises(NotAuthenticated):
        authenticate(store, "ann", GOOD, T0)
    set_disabled(store, "ann", None)
    assert not authenticate(store, "ann", GOOD, T0).disabled


def test_another_passphrase_replaces_the_old_one(store):
    ann(store)
    set_passphrase(store, "ann", OTHER, T0)
    assert authenticate(store, "ann", OTHER, T0)
    with pytest.raises(NotAuthenticated):
        authenticate(store, "ann", GOOD, T0)
    with pytest.raises(InputError, match="shorter"):
        set_passphrase(store, "ann", "short", T0)


def fail(store, times, at):
    for _ in range(times):
        with pytest.raises(NotAuthenticated):
            authenticate(store, "ann", OTHER, at)


def test_after_a_few_failures_even_the_right_one_has_to_wait(store):
    ann(store)
    fail(store, FREE_FAILURES + 1, T0)
    with pytest.raises(NotAuthenticated, match=r"wait [56] s"):
        authenticate(store, "ann", GOOD, T0)
    assert authenticate(store, "ann", GOOD, T0 + timedelta(seconds=6))
    fail(store, FREE_FAILURES, T0 + timedelta(seconds=7))
    assert authenticate(store, "ann", GOOD, T0 + timedelta(seconds=8))


def test_the_wait_grows_to_a_quarter_of_an_hour_and_no_further():
    waits = [wait_after(failures) for failures in range(30)]
    assert waits == sorted(waits)
    assert (waits[FREE_FAILURES], waits[-1]) == (timedelta(), timedelta(minutes=15))


def test_many_tries_at_once_are_all_counted(store):
    """Else whoever sends a thousand at the same moment gets a thousand guesses."""
    ann(store)

    def guess(_):
        try:
            authenticate(store, "ann", OTHER, T0)
        except NotAuthenticated as refused:
            return "wait" in str(refused)
        return False

    with ThreadPoolExecutor(8) as pool:
        waited = sum(pool.map(guess, range(12)))
    assert waited == 12 - (FREE_FAILURES + 1)


def test_an_author_is_known_by_handle_or_by_name():
    person = Person("ann", "@ann_reads", frozenset())
    assert person.wrote("@Ann_Reads")
    assert person.wrote("@ANN")
    assert not person.wrote("@ben")
