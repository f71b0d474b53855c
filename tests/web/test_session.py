"""Sessions: what a cookie opens, for how long, and which forms are believed; on both kinds of database."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from quizbot.core.clock import ManualClock
from quizbot.core.keyed import KeyedHash
from quizbot.store import Store
from quizbot.store.sessions import Owner
from quizbot.store.tries import Limit
from quizbot.web.brake import Brake, sender
from quizbot.web.session import CONSOLE, FIELD, RESPONDENT, Sessions, Visitor, require_own_form
from tests.store.conftest import sqlite_store, store  # noqa: F401  # fixtures

T0 = datetime(2026, 11, 25, 12, tzinfo=UTC)
ANN = Owner("1", RESPONDENT.name, "42")
LIMIT = Limit(3, timedelta(minutes=10))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(T0)


@pytest.fixture
def sessions(store: Store, clock: ManualClock) -> Sessions:  # noqa: F811  # the fixture above
    return Sessions(store, RESPONDENT, clock, lambda: KeyedHash(bytes(32)), secure=True)


def request(cookies: dict[str, str] | None = None, client: str = "192.0.2.1", **headers: str) -> Request:
    jar = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    raw = [(b"cookie", jar.encode()), *((k.replace("_", "-").encode(), v.encode()) for k, v in headers.items())]
    return Request({"type": "http", "headers": raw, "client": (client, 1), "method": "POST", "path": "/"})


def cookies_of(response: Response) -> SimpleCookie:
    jar: SimpleCookie = SimpleCookie()
    for name, value in response.raw_headers:
        if name == b"set-cookie":
            jar.load(value.decode())
    return jar


def signed_in(sessions: Sessions, owner: Owner = ANN) -> dict[str, str]:
    response = Response()
    sessions.begin(response, owner, "@ann")
    return {name: morsel.value for name, morsel in cookies_of(response).items()}


def test_a_cookie_opens_its_own_session_and_a_made_up_one_none(sessions):
    cookies = signed_in(sessions)
    visitor = sessions.visitor(request(cookies))
    assert (visitor.owner, visitor.label) == (ANN, "@ann")
    for made_up in ({}, {sessions.cookie: ""}, {sessions.cookie: "x" * 43}, {sessions.cookie: visitor.hashed}):
        assert sessions.visitor(request(made_up)) is None


def test_every_sign_in_has_a_new_cookie(sessions):
    assert signed_in(sessions) != signed_in(sessions)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(sessions, store):  # noqa: F811
    response = Response()
    sessions.begin(response, ANN, "@ann")
    morsel = cookies_of(response)["__Host-quizbot_you"]
    assert (morsel["httponly"], morsel["secure"], morsel["samesite"], morsel["path"]) == (True, True, "lax", "/")
    assert morsel["domain"] == ""
    plain = Sessions(store, CONSOLE, ManualClock(T0), lambda: KeyedHash(bytes(32)), secure=False)
    response = Response()
    plain.begin(response, Owner("", CONSOLE.name, "ann"), "ann")
    assert cookies_of(response)["quizbot_console"]["samesite"] == "strict"


def test_neither_the_database_nor_the_visitor_tells_the_cookie(sessions, store):  # noqa: F811
    token = signed_in(sessions)[sessions.cookie]
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM web_session").all()
    assert len(rows) == 1
    assert token not in str(rows)
    visitor = sessions.visitor(request({sessions.cookie: token}))
    assert visitor.csrf not in repr(visitor)


@pytest.mark.parametrize(("realm", "used_every"), [(RESPONDENT, timedelta(days=1)), (CONSOLE, timedelta(minutes=20))])
def test_a_session_ends_when_idle_and_after_its_longest_whatever_happens(store, clock, realm, used_every):  # noqa: F811
    sessions = Sessions(store, realm, clock, lambda: KeyedHash(bytes(32)), secure=False)
    owner = Owner("1", realm.name, "42")
    idle, busy = signed_in(sessions, owner), signed_in(sessions, owner)
    began = clock.at
    while clock.at + used_every < began + realm.longest:
        clock.at += used_every
        assert sessions.visitor(request(busy)) is not None
    clock.at = began + realm.longest
    assert sessions.visitor(request(busy)) is None
    clock.at = began + realm.idle - timedelta(seconds=1)
    assert sessions.visitor(request(idle)) is not None
    clock.at += realm.idle
    assert sessions.visitor(request(idle)) is None


def test_a_session_of_one_realm_opens_no_other(sessions, store, clock):  # noqa: F811
    token = signed_in(sessions)[sessions.cookie]
    console = Sessions(store, CONSOLE, clock, lambda: KeyedHash(bytes(32)), secure=True)
    assert console.visitor(request({console.cookie: token})) is None


def test_signing_out_ends_this_browser_and_everywhere_ends_all_of_a_person(sessions):
    one, two, ben = signed_in(sessions), signed_in(sessions), signed_in(sessions, Owner("1", "respondent", "7"))
    response = Response()
    sessions.end(request(one), response)
    assert cookies_of(response)[sessions.cookie].value == ""
    assert [sessions.visitor(request(cookies)) is None for cookies in (one, two, ben)] == [True, False, False]
    sessions.end_all(ANN)
    assert [sessions.visitor(request(cookies)) is None for cookies in (one, two, ben)] == [True, True, False]


def form_of(visitor: Visitor) -> dict[str, str]:
    return {FIELD: visitor.csrf}


def test_only_a_form_of_the_same_session_from_here_is_believed(sessions):
    ann, other = (sessions.visitor(request(signed_in(sessions))) for _ in range(2))
    require_own_form(request(), ann, form_of(ann))
    require_own_form(request(sec_fetch_site="same-origin"), ann, form_of(ann))
    for sent, form in [
        (request(), {}),
        (request(), {FIELD: ""}),
        (request(), {FIELD: "é"}),
        (request(), form_of(other)),
        (request(sec_fetch_site="cross-site"), form_of(ann)),
        (request(sec_fetch_site="same-site"), form_of(ann)),
    ]:
        with pytest.raises(HTTPException) as refused:
            require_own_form(sent, ann, form)
        assert refused.value.status_code == 403


@pytest.fixture
def brake(store: Store, clock: ManualClock) -> Iterator[Brake]:  # noqa: F811  # the fixture above
    return Brake(store, clock, lambda: KeyedHash(bytes(32)))


def refused(brake: Brake, who: str, what: str = "sign-in") -> int:
    """Seconds to wait; 0 if the try is allowed."""
    try:
        brake.require("1", what, who, LIMIT)
    except HTTPException as error:
        return int(error.headers["Retry-After"]) if error.status_code == 429 else -1
    return 0


def test_one_try_too_many_has_to_wait_until_the_window_ends(brake, clock):
    assert [refused(brake, "a") for _ in range(5)] == [0, 0, 0, 600, 600]
    assert refused(brake, "b") == refused(brake, "a", "code") == 0
    clock.at += timedelta(minutes=9)
    assert refused(brake, "a") == 60
    clock.at += timedelta(minutes=1)
    assert refused(brake, "a") == 0


def test_after_a_success_tries_are_counted_anew(brake):
    for _ in range(3):
        assert not refused(brake, "a")
    brake.release("1", "sign-in", "a")
    assert not refused(brake, "a")


def test_many_tries_at_once_gain_nothing(brake):
    outcomes: list[int] = []
    threads = [threading.Thread(target=lambda: outcomes.append(refused(brake, "a"))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(not wait for wait in outcomes) == LIMIT.most


def test_who_tries_is_not_stored_readably(brake, store):  # noqa: F811
    refused(brake, "192.0.2.77")
    with store.engine.connect() as connection:
        assert "192.0.2.77" not in str(connection.exec_driver_sql("SELECT * FROM tries").all())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("testclient", "testclient", True),
    ],
)
def test_a_household_is_one_sender(one, other, same):
    assert (sender(request(client=one)) == sender(request(client=other))) is same
