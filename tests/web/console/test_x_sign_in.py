"""Signing in to the console with X: who is on the list, in the browser that began it, and with no more rights."""

from datetime import timedelta
from typing import Any

import pytest

from quizbot.core.errors import InputError
from quizbot.platforms.protocol import User
from quizbot.store.accounts import billed
from quizbot.store.audit import entries
from quizbot.store.people import people, set_disabled
from quizbot.store.x_links import HANDLE_HOLDS, link, links, unlink
from quizbot.web.people.desk import SIGN_INS
from tests.web.console.client import Answer, Client
from tests.web.console.given import ACCOUNT, PASSPHRASE, T0, Scene

BACK = "/console/sign-in/callback"


def fake(scene: Scene) -> Any:
    return scene.app.state.x


@pytest.fixture
def linked(scene: Scene) -> Scene:
    link(scene.store, "rae", "@rae_on_x", T0)
    return scene


def begun(client: Client, to: str = "") -> str:
    """Begin a sign-in; returns the address at which X sends the browser back after a yes."""
    answer = client.get(f"/console/sign-in?to={to}")
    assert answer.status == 303
    return f"{BACK}?code=yes&state={answer.to.partition('state=')[2]}"


def with_x(client: Client, to: str = "") -> Answer:
    return client.get(begun(client, to))


def log(scene: Scene) -> list[tuple[str, str, str, str]]:
    with scene.store.read() as session:
        return [(one.by, one.action, one.about, one.detail) for one in entries(session, ACCOUNT)]


def test_who_is_on_the_list_is_let_in_as_the_account_here_and_it_is_written_down(linked):
    client = Client(linked.app)
    answer = with_x(client, "/console/items")
    assert (answer.status, 'url=/console/items"' in answer.text) == (200, True)
    assert "strict" in next(one for one in answer.cookies if one.startswith("quizbot_console=")).lower()
    assert "<strong>rae</strong>" in client.get("/console").text
    assert log(linked)[:2] == [
        ("rae", "signed in", "", "with X"),
        ("(command line)", "linked to an account of X", "rae", "rae_on_x"),
    ]
    with linked.store.read() as session:
        assert billed(session, ACCOUNT)["user_read"] == 1


def test_an_account_of_x_on_no_list_is_refused_and_none_is_made(scene):
    client = Client(scene.app)
    answer = with_x(client)
    assert (answer.status, "is on no list here" in answer.text) == (403, True)
    assert client.get("/console").status == 303
    with scene.store.read() as session:
        assert len(people(session)) == 4
    assert log(scene) == [("", "sign-in refused", "(an account of X that is on no list)", "")]


def test_after_the_first_sign_in_the_id_counts_and_the_handle_no_more(linked):
    assert with_x(Client(linked.app)).status == 200
    fake(linked).user = User("666", "rae_on_x", "Not Rae")
    assert with_x(Client(linked.app)).status == 403
    fake(linked).user = User("4711", "rae_has_another_handle", "Rae")
    assert with_x(Client(linked.app)).status == 200


def test_an_entry_by_handle_waits_a_week_and_one_by_id_for_ever(scene):
    link(scene.store, "rae", "@rae_on_x", T0)
    scene.clock.at += HANDLE_HOLDS
    assert with_x(Client(scene.app)).status == 403
    link(scene.store, "rae", "4711", scene.clock.at)
    scene.clock.at += timedelta(days=3000)
    assert with_x(Client(scene.app)).status == 200


@pytest.mark.parametrize("how", ["unlinked", "linked anew", "disabled"])
def test_whose_entry_ends_is_signed_out_at_once_and_not_let_in_again(linked, how):
    client = Client(linked.app)
    with_x(client)
    if how == "unlinked":
        unlink(linked.store, "rae", T0)
    elif how == "linked anew":
        link(linked.store, "rae", "@somebody_else", T0)
    else:
        set_disabled(linked.store, "rae", T0)
    assert client.get("/console").status == 303
    assert with_x(client).status == 403


def test_a_sign_in_is_good_once_in_the_browser_that_began_it_and_for_ten_minutes(linked):
    one, other = Client(linked.app), Client(linked.app)
    address = begun(one)
    begun(other)
    assert other.get(address).status == 400, "another browser"
    assert Client(linked.app).get(address).status == 400, "no browser of ours"
    linked.clock.at += timedelta(minutes=10, seconds=1)
    assert one.get(address).status == 400, "too late"
    address = begun(one)
    assert one.get(address).status == 200
    assert one.get(address).status == 400, "a second time"


def test_a_no_at_x_and_a_code_that_x_refuses_let_nobody_in(linked):
    client = Client(linked.app)
    assert client.get(begun(client).replace("code=yes", "error=access_denied")).status == 400
    assert client.get(begun(client).replace("code=yes", "code=stolen")).status == 502
    assert client.get("/console").status == 303


@pytest.mark.parametrize("target", ["https://evil.test/", "//evil.test", "/you", "/console/%0d%0aSet-Cookie"])
def test_it_leads_only_to_the_console(linked, target):
    assert 'url=/console"' in with_x(Client(linked.app), target).text


def test_it_does_not_stand_for_the_passphrase_where_that_is_asked_for(linked):
    link(linked.store, "opi", "4712", T0)
    linked.round()
    fake(linked).user = User("4712", "opi", "Opi")
    client = Client(linked.app)
    with_x(client)
    client.get("/console/rounds/r1")
    assert client.post("/console/rounds/r1/retract", why="privacy").status == 422
    assert client.post("/console/rounds/r1/retract", why="privacy", passphrase=PASSPHRASE).status == 303


def test_beginning_too_often_is_stopped(linked):
    client = Client(linked.app)
    for _ in range(SIGN_INS.most):
        assert client.get("/console/sign-in").status == 303
    assert client.get("/console/sign-in").status == 429


def test_the_sign_in_page_offers_it_only_where_it_is_set_up(linked):
    assert (
        'href="/console/sign-in?to=/console/items"' in Client(linked.app).get("/console/login?next=/console/items").text
    )


@pytest.mark.parametrize("x", ["ann", "@", "@with space", "-1", "1" * 20, "", "@<b>"])
def test_what_is_no_account_of_x_is_not_linked(scene, x):
    with pytest.raises(InputError):
        link(scene.store, "rae", x, T0)


def test_one_account_of_x_is_one_persons(linked):
    with pytest.raises(InputError, match="somebody else"):
        link(linked.store, "ada", "@RAE_on_X", T0)
    with pytest.raises(InputError, match="nobody has that name"):
        link(linked.store, "nobody", "@other", T0)
    with linked.store.read() as session:
        assert list(links(session)) == ["rae"]
