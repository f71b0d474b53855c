"""The public pages over HTTP: nothing gives the answer away before the reveal, and nothing hostile gets onto them."""

import threading
import time
from collections.abc import Iterator

import pytest
import requests
import uvicorn

from quizbot.core.ports import listening_socket
from quizbot.web import create_app
from tests.rounds.world import World, database, options, world  # noqa: F401  # fixtures

SECRETS = ("wellens", "LAD", "angiograph", "doi.org", "biphasic", "dips below", "drops steeply")


@pytest.fixture
def site(world: World) -> Iterator[str]:  # noqa: F811  # the fixture above
    """The address of the pages of the world's bot."""
    socket = listening_socket("127.0.0.1", 0)
    pages = create_app(world.store, lambda: world.sandbox.bot_id, world.clock, "quarter", "https://x.com/i")
    server = uvicorn.Server(uvicorn.Config(pages, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    socket.close()


def everything(site: str, round_id: str) -> dict[str, str]:
    """All that can be fetched: bodies and headers, by address."""
    paths = [
        "/",
        "/archive",
        "/board",
        f"/rounds/{round_id}",
        f"/rounds/{round_id}/image/1",
        "/health",
        "/static/style.css",
    ]
    found = {}
    for path in paths:
        answer = requests.get(site + path, timeout=20)
        found[path] = f"{answer.headers} {answer.content.decode('latin-1')}"
    return found


def test_before_the_reveal_nothing_tells_the_answer(world, site):  # noqa: F811
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    for hours in (1, 23):
        world.go(hours=hours)
        for path, shown in everything(site, world.views()[0].round.id).items():
            assert not [word for word in SECRETS if word.lower() in shown.lower()], path


def test_after_the_reveal_the_page_has_answer_reasons_reference_and_points(world, site):  # noqa: F811
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.reply("ben", "NSTEMI")
    world.go(step=30, hours=25)
    round_id = world.views()[0].round.id
    page = requests.get(f"{site}/rounds/{round_id}", timeout=20).text
    for part in ("Answer: Wellens syndrome", "https://doi.org/10.1016/0002-8703(82)90480-X", "@ann", "Troponin"):
        assert part in page
    assert "@ben" not in page
    assert "@ann" in requests.get(f"{site}/board", timeout=20).text


def test_a_round_is_not_there_before_its_post(world, site):  # noqa: F811
    world.sandbox.control.fault("status", status=503, times=None, path="/2/tweets", method="POST")
    world.go(minutes=10)
    round_id = world.views()[0].round.id
    for path in (f"/rounds/{round_id}", f"/rounds/{round_id}/image/1", "/rounds/wellens-syndrome", "/rounds/../x"):
        assert requests.get(site + path, timeout=20).status_code == 404
    assert "No case yet" in requests.get(site, timeout=20).text


def test_hostile_names_stay_text_and_no_script_may_run(world, site):  # noqa: F811
    world.go(minutes=1)
    world.reply("ann", "Wellens")
    world.go(step=30, hours=25)
    with world.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE respondent SET handle = '<script>alert(1)</script>'")
    answer = requests.get(f"{site}/board", timeout=20)
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_database_that_is_gone_is_said_helpfully(world, site):  # noqa: F811
    with world.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE round RENAME TO away")
    answer = requests.get(site, timeout=20)
    assert (answer.status_code, "Back soon" in answer.text) == (503, True)
    with world.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO round")
        connection.exec_driver_sql("ALTER TABLE account RENAME TO gone")
    assert requests.get(f"{site}/health", timeout=20).status_code == 503
    with world.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO account")
    assert requests.get(f"{site}/health", timeout=20).text == "ok\n"
