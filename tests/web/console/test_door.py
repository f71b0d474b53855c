"""The console's door: nothing for the logged-out, to each role its own, no form from elsewhere, guessing slowed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import DBAPIError

from quizbot.core.clock import ManualClock
from quizbot.core.person import Person, Role
from quizbot.store import open_store
from quizbot.store.audit import entries
from quizbot.store.migrate import upgrade
from quizbot.store.people import CONSOLE_REALM, set_disabled, set_passphrase
from quizbot.store.tries import Limit
from quizbot.web.console.login import TRIES, own_page
from quizbot.web.console.rights import TABLE, Right, may
from quizbot.web.session import CONSOLE
from tests.web.console.client import Client
from tests.web.console.given import ACCOUNT, PASSPHRASE, STAFF, T0, Scene, make_scene

OPEN = {
    ("GET", "/console/login"),
    ("POST", "/console/login"),
    ("GET", "/console/sign-in"),
    ("GET", "/console/sign-in/callback"),
}
NAMES = {"slug": "wellens-syndrome", "round_id": "r1", "number": "1", "post_id": "1", "cohort_id": "c1"}


def routes_of(scene: Scene) -> Iterator[tuple[str, str, Any]]:
    """Every method and address of the console, with a thing that is there for each name in it."""
    for route in iter_route_contexts(scene.app.routes):
        if (route.path or "").startswith("/console"):
            for method in sorted(route.methods - {"HEAD"}):
                yield method, route.path.format(**NAMES), route


def right_of(route: Any) -> Right:
    gates = [one.dependency.right for one in route.dependencies if hasattr(one.dependency, "right")]
    assert len(gates) == 1, f"{route.path} has {len(gates)} gates"
    return gates[0]


def log(scene: Scene) -> list[tuple[str, str, str]]:
    with scene.store.read() as session:
        return [(one.by, one.action, one.about) for one in entries(session, ACCOUNT)]


def test_a_logged_out_person_reaches_nothing(scene):
    scene.round()
    walked = 0
    for method, path, _ in routes_of(scene):
        if (method, path) in OPEN:
            continue
        answer = Client(scene.app).send(method, path, {} if method == "POST" else None)
        assert (answer.status, answer.to[:14]) == ((303, "/console/login") if method == "GET" else (401, "")), path
        assert "wellens" not in answer.text.lower()
        walked += 1
    assert walked > 25


@pytest.mark.parametrize("name", STAFF)
def test_each_role_reaches_its_own_and_nothing_else(scene, name):
    scene.round()
    client, person = scene.client(name), Person(name, None, frozenset(STAFF[name]))
    for method, path, route in routes_of(scene):
        if (method, path) in OPEN or path.endswith("/logout"):
            continue
        answer = client.get(path) if method == "GET" else client.post(path)
        assert (answer.status == 403) == (not may(person, right_of(route))), (method, path, answer.status)
        assert answer.status < 500


def test_every_right_is_somebodys_and_the_log_and_retraction_are_the_operators():
    assert set(TABLE) == set(Right)
    assert all(TABLE.values())
    for right in (Right.RETRACT, Right.READ_LOG, Right.PAUSE, Right.SEE_MONEY):
        assert TABLE[right] == {Role.OPERATOR}
    assert Role.OPERATOR not in TABLE[Right.RULE] | TABLE[Right.READ_CASES] | TABLE[Right.SIGN_OFF]


def test_the_navigation_shows_only_where_one_may_go(scene):
    assert 'href="/console/money"' not in scene.client("ada").get("/console").text
    assert 'href="/console/review"' not in scene.client("opi").get("/console").text
    assert 'href="/console/money"' in scene.client("opi").get("/console").text


@pytest.mark.parametrize("token", ["", "x", "é" * 64])
def test_no_form_passes_without_its_token(scene, token):
    scene.round()
    client = scene.client("all")
    for method, path, _ in routes_of(scene):
        if method == "POST" and (method, path) not in OPEN:
            assert client.send("POST", path, {"csrf": token}).status == 403, path
    assert [action for _, action, _ in log(scene)] == ["signed in"]


def test_a_token_of_another_session_is_none(scene):
    first, second = scene.client("opi"), scene.client("opi", "192.0.2.9")
    assert first.send("POST", "/console/calendar/pause", {"csrf": second.csrf}).status == 403


def test_a_form_that_a_browser_says_came_from_elsewhere_is_refused(scene):
    client = scene.client("opi")
    fields = {"csrf": client.csrf}
    for site in ("cross-site", "same-site", "none"):
        answer = client.send("POST", "/console/calendar/pause", fields, {"sec-fetch-site": site})
        assert answer.status == 403
    strange = {"name": "opi", "passphrase": PASSPHRASE}
    assert Client(scene.app).send("POST", "/console/login", strange, {"sec-fetch-site": "cross-site"}).status == 403


def test_guessing_one_persons_passphrase_has_to_wait_longer_each_time(scene):
    client = Client(scene.app)
    for _ in range(4):
        assert client.sign_in("rae", "not it at all, not at all").status == 422
    waiting = client.sign_in("rae", PASSPHRASE)
    assert (waiting.status, "too many failed tries" in waiting.text.lower()) == (422, True)
    scene.clock.sleep(60)
    assert client.sign_in("rae", PASSPHRASE).status == 303


def test_trying_many_names_from_one_address_is_stopped_and_another_address_is_not(scene):
    client = Client(scene.app)
    for number in range(TRIES.most):
        assert client.sign_in(f"name{number}", PASSPHRASE).status == 422
    refused = client.sign_in("rae", PASSPHRASE)
    assert (refused.status, int(refused.headers["retry-after"]) > 0) == (429, True)
    assert Client(scene.app, "192.0.2.200").sign_in("rae", PASSPHRASE).status == 303
    scene.clock.sleep(TRIES.window.total_seconds())
    assert client.sign_in("rae", PASSPHRASE).status == 303


def test_a_person_can_send_so_many_forms_and_no_more(scene, monkeypatch):
    monkeypatch.setattr("quizbot.web.console.desk.FORMS", Limit(3, timedelta(minutes=10)))
    client, other = scene.client("opi"), scene.client("all", "192.0.2.8")
    answers = [client.post("/console/calendar/pause").status for _ in range(4)]
    assert answers == [303, 303, 303, 429]
    assert other.post("/console/calendar/resume").status == 303
    assert client.get("/console/calendar").status == 200


def test_an_unknown_name_and_a_wrong_passphrase_are_told_alike(scene):
    known, unknown = (Client(scene.app).sign_in(name, "wrong wrong wrong 1") for name in ("rae", "nobody-here"))
    assert known.text.replace("rae", "") == unknown.text.replace("nobody-here", "")


def test_a_name_that_is_nobodys_is_not_written_down(scene):
    Client(scene.app).sign_in("my secret sentence", "x")
    Client(scene.app).sign_in("rae", "x")
    assert log(scene)[:2] == [("", "sign-in refused", "rae"), ("", "sign-in refused", "(no such account)")]


def test_signing_out_ends_the_session_and_an_old_cookie_opens_nothing(scene):
    client = scene.client("rae")
    old = dict(client.cookies)
    assert client.post("/console/logout").to.startswith("/console/login")
    client.cookies = old
    assert client.get("/console").status == 303
    assert log(scene)[0] == ("rae", "signed out", "")


@pytest.mark.parametrize("after", [CONSOLE.idle, CONSOLE.longest])
def test_a_session_is_over_when_idle_and_after_its_longest_time(scene, after):
    client = scene.client("rae")
    step = timedelta(minutes=20) if after == CONSOLE.longest else after
    while scene.clock.at < T0 + after:
        assert client.get("/console").status == 200
        scene.clock.at += step
    assert client.get("/console").status == 303


@pytest.mark.parametrize("how", ["disabled", "passphrase"])
def test_shutting_an_account_or_changing_its_passphrase_signs_it_out_at_once(scene, how):
    client = scene.client("rae")
    if how == "disabled":
        set_disabled(scene.store, "rae", T0)
    else:
        set_passphrase(scene.store, "rae", "eleven blue boats in the fog", T0)
    assert client.get("/console").status == 303
    assert CONSOLE.name == CONSOLE_REALM


def test_the_cookie_is_out_of_a_scripts_reach_and_no_page_is_kept(scene):
    client = Client(scene.app)
    cookie = client.sign_in("rae", PASSPHRASE).cookies[0].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    page = client.get("/console/review")
    assert page.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "target",
    ["https://evil.test/", "//evil.test", "/console/../x", "/console/\\evil.test", "/", "console/x", "/consolex"],
)
def test_signing_in_never_leads_elsewhere(target):
    assert own_page(target) == "/console"
    assert own_page("/console/cases") == "/console/cases"


def test_the_log_cannot_be_changed_in_the_database_either(scene):
    scene.client("opi")
    for statement in ("UPDATE audit SET by = 'me'", "DELETE FROM audit"):
        with pytest.raises(DBAPIError, match="only added to"), scene.store.engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert log(scene)[0] == ("opi", "signed in", "")


def test_what_is_sent_is_bounded(scene):
    client = scene.client("rae")
    answer = client.send("POST", "/console/review/rule", {"csrf": "x" * 1_500_000})
    assert answer.status == 413


def test_an_installation_without_people_says_how_to_make_one(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'none.db'}")
    upgrade(store)
    empty = make_scene(store, tmp_path, ManualClock(T0), staff=False)
    assert "quizbot user add" in Client(empty.app).get("/console/login").text
    store.close()
